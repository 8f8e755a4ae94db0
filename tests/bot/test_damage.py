"""After damage to the index: `ask`, `sync`, `doctor` and the running bot mend it by themselves."""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.bot import copied_home
from footnote.bot.articles import following
from footnote.bot.settings import read_settings
from footnote.index.keeping import vectors
from footnote.index.keeping.build import BuildFactory
from footnote.index.keeping.engines import EmbeddedChroma
from footnote.index.keeping.storage import CataloguesInFolder
from footnote.index.keeping.tantivy_index import TantivyIndex
from footnote.index.keeping.words_engines import WordsInFolder
from tests.bot.commands import ASKED, FERRY, Command
from tests.bot.telegram import running_bot
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, ask
from tests.index.keeping.test_damage import DAMAGES, OPEN
from tools.telegram_server import TelegramServer

pytestmark = pytest.mark.slow

DAMAGED = (
    *("graph flipped in many places", "header cut", "graph cut", "lengths cut", "metadata gone"),
    *("tokens flipped", "words flipped in .term", "catalogue cut"),
)
SOME = ("graph flipped in many places", "metadata gone", "tokens flipped", "words flipped in .term")
"""Where all of them take the same way."""


@pytest.fixture(autouse=True, scope="module")
def _graph_is_written_early() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        early = {"space": "cosine", "sync_threshold": 3, "batch_size": 2}
        patch.setattr(vectors, "GRAPH", early)
        # Every index is made here, for the one that is copied elsewhere has no graph yet.
        patch.setattr(running_bot, "put_index", lambda home: None)
        yield


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


def current(home: Path) -> Path:
    """The folder of the build that answers."""
    [file] = home.glob("index/*/current")
    return file.parent / file.read_text().strip()


@pytest.mark.parametrize("damage", DAMAGED)
def test_ask_mends_it_says_so_in_a_sentence_and_answers(
    command: Command, home: Path, damage: str
) -> None:
    command("sync")
    DAMAGES[damage](current(home))
    assert "'footnote sync' makes it good" in command("doctor").out.replace("\n", " ")
    ended = command("ask", DANCE)
    assert ended.code == 0
    assert DECODED in " ".join(ended.out.split())
    [told] = [line for line in ended.err.splitlines() if line.startswith("Mended: ")]
    assert "was made anew from the articles" in told
    assert command("ask", DANCE).err == ""
    assert command("doctor").code == 0


@pytest.mark.parametrize("damage", SOME)
def test_sync_mends_it_and_says_so(command: Command, home: Path, damage: str) -> None:
    command("sync")
    DAMAGES[damage](current(home))
    ended = command("sync")
    assert ended.code == 0
    assert "Mended: the index was damaged" in ended.out
    assert command("sync").out == "Nothing to do: 3 articles, all up to date.\n"


@pytest.mark.parametrize("damage", SOME)
def test_the_bot_mends_it_at_its_start(server: TelegramServer, tmp_path: Path, damage: str) -> None:
    with RunningBot(server, tmp_path) as bot:
        pass
    DAMAGES[damage](current(bot.settings.home))
    with RunningBot(server, tmp_path) as bot:
        assert DECODED in ask(bot.chat(), DANCE).text


@pytest.mark.parametrize("damage", [damage for damage in OPEN if "by the disk" not in damage])
def test_the_bot_mends_it_while_it_runs(
    server: TelegramServer, tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK_EVERY_SECONDS", 1.0)
    with RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
        assert DECODED in ask(chat, DANCE).text
        broken = current(bot.settings.home)
        DAMAGES[damage](broken)
        assert DECODED in ask(chat, DANCE).text
        wait_until_gone(broken)
        assert DECODED in ask(chat, DANCE).text


def wait_until_gone(folder: Path) -> None:
    for _ in range(300):
        if not folder.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{folder} is there still")


class PanicException(BaseException):
    """What pyo3 raises where Rust panics: it is no Exception."""


def test_a_panic_while_the_bot_answers_is_mended_and_the_question_answered(
    server: TelegramServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with RunningBot(server, tmp_path) as bot, caplog.at_level(logging.WARNING):
        search, panics = TantivyIndex._term, [PanicException("index out of bounds")]

        def panic(*arguments: object) -> object:
            if panics:
                raise panics.pop()
            return search(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(TantivyIndex, "_term", panic)
        assert DECODED in ask(bot.chat(), DANCE).text
        assert not panics


@pytest.mark.parametrize("state", ["level", "behind", "damaged", "none"])
def test_where_the_home_may_only_be_read_commands_that_read_answer(
    command: Command, home: Path, articles: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    if state == "none":
        home.mkdir()
    else:
        command("sync")
    if state == "damaged":
        DAMAGES["header cut"](current(home))
    (articles / "ferry.md").write_text(FERRY)
    if state == "level":
        command("sync")
    before = contents(home)
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != home and access(path, mode))
    for path in (home, *home.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        ended = command("ask", ASKED)
        assert ended.code == 0
        assert "twice a day" in ended.out
        assert f"{home} cannot be written" in ended.err.replace("\n", " ")
        assert command("list").code == command("show", "ferry").code == 0
        assert command("add", str(articles / "ferry.md")).code == 2
        assert contents(home) == before
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700)


def contents(home: Path) -> dict[str, bytes]:
    """Of every file but the log, which the test's own user may write."""
    files = [file for file in home.rglob("*") if file.is_file() and file.name != "footnote.log"]
    return {str(file): file.read_bytes() for file in files}


def test_a_copy_of_a_home_is_gone_afterwards(command: Command) -> None:
    command("sync")
    with copied_home.with_copied_home(read_settings()) as copied:
        assert current(copied.home).is_dir()
    assert not copied.home.exists()


def test_copy_of_an_index_that_is_written_meanwhile_is_of_one_moment(
    command: Command, home: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone else's bot may keep a home that may only be read here."""
    command("sync")
    copy, late = copied_home._copy, [1]

    def copy_while_it_is_written(file: Path, to: Path) -> None:
        copy(file, to)
        if file.name == "catalogue.sqlite" and late:
            late.clear()
            (articles / "ferry.md").write_text(FERRY)
            assert command("sync").code == 0

    monkeypatch.setattr(copied_home, "_copy", copy_while_it_is_written)
    with copied_home.with_copied_home(read_settings()) as copied:
        assert not late
        BuildFactory(CataloguesInFolder(), EmbeddedChroma(), WordsInFolder()).open(
            current(copied.home)
        ).close()
