"""A folder of articles, a home of its own, and Footnote on them with a model made of words."""

import asyncio
import io
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from footnote.bot.collection import Collection
from footnote.bot.composition import Footnote, compose
from footnote.bot.database.opening import DatabaseServer, Place
from footnote.bot.settings import Settings
from footnote.bot.state import State
from footnote.bot.terminal import cli
from footnote.bot.watchdog import BEATS
from footnote.corpus.readers.apart import ReadersApart
from footnote.index.models.sentence_transformer import SentenceTransformerModel
from tests.bot.commands import Command, Ended
from tests.bot.database.server import PostgresServer
from tests.bot.indexed import ARTICLES, put_index
from tests.corpus.site import Site, running
from tests.fakes import WordsModel


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting but the test's own: neither of the environment nor of the checkout's `.env`."""
    for name in os.environ:
        if name.startswith("FOOTNOTE_") or name == "TELEGRAM_BOT_TOKEN":
            monkeypatch.delenv(name)
    own = Collection(tmp_path, tmp_path / "articles", "the test's")
    monkeypatch.setattr("footnote.bot.settings.find_collection", lambda: own)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a new database is to be: a test that takes it is run on each kind."""
    if request.param == "SQLite":
        return tmp_path / "home" / "state.sqlite"
    running: PostgresServer = request.getfixturevalue("postgres")
    return DatabaseServer(running.database())


@pytest.fixture
def state(place: Place) -> Iterator[State]:
    """New, on each kind of database."""
    with closing(State(place)) as opened:
        yield opened


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with the articles that stand beside this file."""
    return Path(shutil.copytree(ARTICLES, tmp_path / "articles"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def settings(articles: Path, home: Path) -> Settings:
    return Settings(_env_file=None, articles=articles, home=home, open=True, reranker="none")


@pytest.fixture
def footnote(settings: Settings) -> Iterator[Footnote]:
    """Composed and level, in this process."""
    put_index(settings.home)
    composed = compose(settings, purpose="a test", model=WordsModel())
    composed.library.sync()
    yield composed
    composed.close()


@pytest.fixture
def words_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedding model of every command that runs in this process is the one made of words."""
    monkeypatch.setattr(
        SentenceTransformerModel, "from_name", classmethod(lambda cls, name, **_: WordsModel())
    )


class KeptReaders(ReadersApart):
    """The real ones, shared: to start a process for every command would take most of a second."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def readers() -> Iterator[ReadersApart]:
    """Those of every Footnote that is composed in this process."""
    readers = KeptReaders(most=2)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("footnote.bot.composition.ReadersApart", lambda: readers)
        yield readers
    ReadersApart.close(readers)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site to fetch from."""
    with running() as site:
        yield site


@pytest.fixture
def command(new_command: Command) -> Command:
    """Runs `footnote …` in this process, on the articles; `typed` is its standard input."""
    return new_command


@pytest.fixture
def new_command(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    articles: Path,
    home: Path,
    words_model: None,
) -> Iterator[Command]:
    """The same, where a room has another `command` than one that makes the index first."""
    monkeypatch.setenv("FOOTNOTE_ARTICLES", str(articles))
    monkeypatch.setenv("FOOTNOTE_HOME", str(home))
    monkeypatch.setenv("FOOTNOTE_RERANKER", "none")
    monkeypatch.setenv(BEATS, "")  # the bot runs in this process, under no guard
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    loop = asyncio.new_event_loop()  # the bot closes the one that it runs in
    asyncio.set_event_loop(loop)

    def run(*arguments: str, typed: str | bytes = b"") -> Ended:
        data = typed.encode() if isinstance(typed, str) else typed
        monkeypatch.setattr(sys, "argv", ["footnote", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        capfd.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            _put_back(root, handlers, level)
        sys.stdout.flush()
        written = capfd.readouterr()
        return Ended(code, written.out, written.err)

    yield run
    loop.close()
    logging.captureWarnings(False)
    logging.getLogger("footnote.bot").setLevel(logging.NOTSET)


def _put_back(root: logging.Logger, handlers: list[logging.Handler], level: int) -> None:
    """The log of a command is its own; pytest's handlers come back."""
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
