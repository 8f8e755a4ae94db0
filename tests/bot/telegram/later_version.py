"""A later Footnote with a migration that is made up, for a process that has imported nothing else.

`upgrading/` has the migrations, each in a folder of its own.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from alembic.config import Config

from footnote.bot.database import tables
from footnote.bot.database.migrations import migrating
from footnote.index.database.columns import zero

NAME = "LATER_VERSION"
"""Of the variable of the environment that says which."""
REVISION = "state_3"
FOLDER = Path(__file__).with_name("upgrading")


def _add() -> None:
    tables.incoming.append_column(zero("weight"))


def _rename() -> None:
    tables.asked.c.text.name = "body"


_IN_THE_DESCRIPTION: dict[str, Callable[[], None]] = {"adds": _add, "renames": _rename}


def become(which: str) -> None:
    """Have its tables described and migrated as the later version would."""
    _IN_THE_DESCRIPTION[which]()
    tables.STATE_PART = replace(tables.STATE_PART, revision=REVISION)
    tables.PARTS = (tables.STATE_PART, *tables.PARTS[1:])
    tables.SERVER_PARTS = (*tables.PARTS, tables.INDEX_PART)
    known = migrating._config

    def config() -> Config:
        made = known()
        locations = made.get_main_option("version_locations")
        made.set_main_option("version_locations", f"{locations}\n{FOLDER / which}")
        return made

    migrating._config = config
