"""A dump of PostgreSQL put back elsewhere, without vectors and words: all is there again."""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.composition import compose
from footnote.bot.settings import Settings
from footnote.index.question import Question
from tests.bot.database import server as postgres_server
from tests.bot.database.server import PostgresServer
from tests.bot.indexed import ARTICLES
from tests.fakes import WordsModel
from tests.index.chroma_run import ChromaRun, chroma_run
from tests.index.home import assert_level

pytestmark = pytest.mark.slow
DANCE = "Who decoded the waggle dance of honeybees?"
DECODED = "Karl von Frisch"


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaRun]:
    with chroma_run(tmp_path / "chroma") as server:
        yield server


def programs() -> Path:
    found = postgres_server.programs()
    assert found
    return found


def copied(postgres: PostgresServer, address: str, file: Path, *options: str) -> str:
    """The address of a new database with what is in this one."""
    dump: list[str | Path] = [
        programs() / "pg_dump",
        "--format",
        "custom",
        "--file",
        file,
        *options,
        address,
    ]
    subprocess.run(dump, check=True)
    other = postgres.database()
    subprocess.run([programs() / "pg_restore", "--dbname", other, file], check=True)
    return other


@pytest.mark.parametrize("options", [(), ("--exclude-schema=footnote_*",)])
def test_an_index_is_made_anew_from_the_articles_and_the_state_is_as_it_was(
    options: tuple[str, ...], postgres: PostgresServer, chroma: ChromaRun, tmp_path: Path
) -> None:
    def opened(folder: Path, database: str, **own: Any) -> Any:
        settings = Settings(
            _env_file=None,
            articles=ARTICLES,
            home=folder / "home",
            database_url=database,
            chroma_url=chroma.address,
            chroma_database=chroma.database(),
            shared=str(folder / "shared"),
            reranker="none",
            **own,
        )
        return closing(compose(settings, purpose="a test", model=WordsModel()))

    database = postgres.database()
    with opened(tmp_path / "before", database) as footnote:
        footnote.library.sync()
        result = footnote.answerer.answer(Question(DANCE))
        receipt = footnote.receipts.keep(result, "7")
    other = copied(postgres, database, tmp_path / "dump", *options)
    with opened(tmp_path / "after", other) as footnote:
        footnote.library.sync()
        with footnote.passage_index.reading() as build:
            assert_level(build, footnote.store)
        assert DECODED in str(footnote.answerer.answer(Question(DANCE)))
        assert footnote.receipts.find(receipt.id) is not None
