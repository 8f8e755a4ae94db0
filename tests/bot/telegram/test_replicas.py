"""An indexer and a replica with one database: what the one takes in, the other answers from."""

from pathlib import Path
from typing import Self

import pytest

from footnote.bot.errors import SettingsFault
from footnote.bot.settings import Process, Settings
from footnote.bot.telegram.texts import ENGLISH
from footnote.corpus.readers.apart import ReadersApart
from footnote.index.errors import IndexLocked
from tests.bot.database.server import PostgresServer
from tests.bot.telegram.desk import ASKED, FERRY, STORY, Desk, answer_to
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, ask
from tools.telegram_server import TelegramServer


class Indexer(Desk):
    """Asks Telegram for nothing, so that nobody can wait until it does."""

    def __enter__(self) -> Self:
        self.start()
        return self


@pytest.mark.slow
def test_what_a_replica_was_sent_the_indexer_adds_and_the_replica_answers_from(
    server: TelegramServer, postgres: PostgresServer, readers: ReadersApart, tmp_path: Path
) -> None:
    address = Settings(_env_file=None, database_url=postgres.database()).database_url
    with (
        Indexer(
            server, tmp_path, readers, database_url=address, process=Process.INDEXER
        ) as indexer,
        RunningBot(
            server,
            tmp_path,
            database_url=address,
            process=Process.REPLICA,
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


def test_a_process_that_is_to_be_one_of_several_needs_a_database(tmp_path: Path) -> None:
    from footnote.bot.composition import compose
    from tests.fakes import WordsModel

    settings = Settings(
        _env_file=None, articles=tmp_path, home=tmp_path / "home", process=Process.REPLICA
    )
    with pytest.raises(SettingsFault, match="FOOTNOTE_DATABASE_URL"):
        compose(settings, purpose="a test", model=WordsModel())
