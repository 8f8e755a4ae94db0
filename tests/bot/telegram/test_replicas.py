"""An indexer and a replica with one database: what the one takes in, the other answers from."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from footnote.bot.articles.card import Card
from footnote.bot.composition import compose
from footnote.bot.errors import SettingsFault
from footnote.bot.settings import Process, Settings
from footnote.bot.telegram.texts import ENGLISH
from footnote.corpus.readers.apart import ReadersApart
from footnote.index.errors import IndexLocked
from tests.bot.commands import names
from tests.bot.database.server import PostgresServer
from tests.bot.indexed import ARTICLES
from tests.bot.telegram.desk import ASKED, FERRY, STORY, Desk, answer_to
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, ask
from tests.corpus.bucket import address_of
from tests.fakes import WordsModel
from tests.index.chroma_run import ChromaRun, chroma_run
from tools.telegram_server import TelegramServer


class Indexer(Desk):
    """Asks Telegram for nothing, so that nobody can wait until it does."""

    def __enter__(self) -> Self:
        self.start()
        return self


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaRun]:
    with chroma_run(tmp_path / "chroma") as server:
        yield server


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["folder", "store"])
def test_what_a_replica_was_sent_the_indexer_adds_and_the_replica_answers_from(
    kind: str,
    server: TelegramServer,
    postgres: PostgresServer,
    chroma: ChromaRun,
    readers: ReadersApart,
    tmp_path: Path,
) -> None:
    address = Settings(_env_file=None, database_url=postgres.database()).database_url
    common: dict[str, Any] = {
        "database_url": address,
        "chroma_url": chroma.address,
        "chroma_database": chroma.database(),
        "shared": str(tmp_path / "shared"),
    }
    if kind == "store":
        bucket = Path(shutil.copytree(ARTICLES, tmp_path / "bucket"))
        common["articles"] = address_of(bucket)
    with (
        Indexer(server, tmp_path, readers, **common, process=Process.INDEXER) as indexer,
        RunningBot(
            server,
            tmp_path,
            **common,
            process=Process.REPLICA,
            home=tmp_path / "replica",
            editors=indexer.settings.editors,
        ) as replica,
    ):
        assert DECODED in ask(replica.chat("Bob"), DANCE).text
        sent = indexer.ada.send(f"The ferry of Lorne\n\n{FERRY} {STORY}")
        offer = answer_to(indexer.ada, sent, ENGLISH.offer_pasted)
        offer.press(ENGLISH.add).wait_answered()
        offer.wait_until(lambda m: m.text.startswith(f"{ENGLISH.added}\n"))
        assert sent.reactions == ["👍"]
        assert ask(indexer.ada, ASKED).text.startswith(FERRY)
        with pytest.raises(IndexLocked):
            replica.footnote.library.sync()
        assert not replica.footnote.passage_index.lock.held
        if kind == "store":
            assert Card.of(replica.footnote.library, replica.footnote.receipts, "tea").words
            replica.footnote.library.remove("tea")
            assert names(bucket) == ["honeybees", "lighthouse", "the-ferry-of-lorne"]
            assert indexer.footnote.library.sync().removed == ("tea",)


IN_COMMON = {
    "database_url": "postgresql://ada@127.0.0.1/footnote",
    "chroma_url": "http://127.0.0.1:8000",
    "shared": "/mnt/footnote",
}


@pytest.mark.parametrize("process", [Process.INDEXER, Process.REPLICA])
@pytest.mark.parametrize("there", [[], ["database_url"], ["chroma_url", "shared"]])
def test_a_process_that_is_to_be_one_of_several_is_told_what_it_lacks_in_common_with_them(
    there: list[str], process: Process, tmp_path: Path
) -> None:
    given: dict[str, Any] = {name: IN_COMMON[name] for name in there}
    settings = Settings(
        _env_file=None, articles=tmp_path, home=tmp_path / "home", process=process, **given
    )
    with pytest.raises(SettingsFault) as raised:
        compose(settings, purpose="a test", model=WordsModel())
    for name in IN_COMMON:
        assert (f"FOOTNOTE_{name.upper()}" in str(raised.value)) is (name not in there)
