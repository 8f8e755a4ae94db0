"""Running Alembic's scripts from within the program."""

import logging
import threading
from collections.abc import Collection
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from footnote.bot.database.errors import LaterRevision
from footnote.bot.database.tables import Part

logging.getLogger("alembic").setLevel(logging.WARNING)


_alone = threading.Lock()
"""Alembic keeps in variables of its own what is being migrated."""


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def migrate(connection: Connection, part: Part, found: Collection[str]) -> None:
    """Take the steps that this part has not been through, within the transaction that is begun."""
    directory = scripts()
    for revision in found:
        try:
            directory.get_revision(revision)
        except CommandError as error:
            raise LaterRevision(revision) from error
    config = _config()
    config.attributes["connection"] = connection
    with _alone:
        command.upgrade(config, part.revision)


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{folder}/versions".replace("%", "%%"))
    return config
