"""A damaged file of changes is put aside: nothing but taking back needs it."""

import os
import time
from pathlib import Path

import pytest

from footnote.bot.articles.changes import KEPT_SECONDS, Changes
from footnote.bot.composition import compose
from footnote.bot.settings import Settings
from tests.bot.commands import FERRY, Command
from tests.fakes import WordsModel

ASIDE = "changes.sqlite.damaged"
TOLD = (
    "changes.sqlite was damaged and is now changes.sqlite.damaged: what was changed before can't be"
    " taken back"
)


@pytest.fixture
def file(home: Path, articles: Path) -> Path:
    """One that several changes were written into."""
    home.mkdir()
    file = home / "changes.sqlite"
    changes = Changes(file, articles)
    for number in range(20):
        changes.note(f"a{number}", "replaced", "Ada", before=b"before" * 500, after=b"after")
    changes.close()
    return file


def damage(file: Path, how: str) -> None:
    data = bytearray(file.read_bytes())
    if how == "cut":
        data = data[: len(data) // 2]
    elif how == "flipped":
        data[4096:8192] = bytes(byte ^ 0xA5 for byte in data[4096:8192])
    elif how == "no database":
        data = bytearray(b"garbage" * 1000)
    file.write_bytes(data)


@pytest.mark.parametrize("how", ["cut", "flipped", "no database"])
def test_commands_say_so_and_go_on(command: Command, file: Path, articles: Path, how: str) -> None:
    damage(file, how)
    assert TOLD in command("sync").out
    assert TOLD not in command("sync").out
    assert (file.parent / ASIDE).exists()
    (articles / "ferry.md").write_text(FERRY)
    assert command("remove", "ferry", "--yes").code == 0
    assert command("undo", "--yes").code == 0
    assert (articles / "ferry.md").read_text() == FERRY


def test_asking_goes_on_too(command: Command, file: Path) -> None:
    damage(file, "cut")
    ended = command("ask", "Who built the lighthouse of Port Ellis?")
    assert ended.code == 0
    assert TOLD in ended.err


@pytest.mark.parametrize("how", ["cut", "no database"])  # flipped: SQLite has it in memory
def test_what_is_damaged_while_it_is_open_is_put_aside(
    file: Path, settings: Settings, articles: Path, how: str
) -> None:
    footnote = compose(settings, purpose="a test", model=WordsModel())
    footnote.library.sync()
    assert len(footnote.library.changes.recent()) == 20
    damage(file, how)
    (articles / "ferry.md").write_text(FERRY)
    [told] = [told for _ in range(2) for told in footnote.library.sync().mended]
    assert told == TOLD
    footnote.library.remove("ferry")
    assert footnote.library.undo().article is not None
    footnote.close()


def test_what_was_put_aside_is_erased_after_a_day(file: Path, articles: Path) -> None:
    damage(file, "cut")
    changes = Changes(file, articles)
    changes.erase_old(list)
    aside = file.parent / ASIDE
    assert aside.exists()
    before = time.time() - KEPT_SECONDS - 1
    os.utime(aside, (before, before))
    changes.erase_old(list)
    assert not aside.exists()
    changes.close()
