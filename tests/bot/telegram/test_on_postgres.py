"""The bot on engines of their own: over restarts of both, and while they stand still."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.settings import Settings
from tests.bot.database import server as postgres_server
from tests.bot.database.server import PASSWORD, PostgresServer
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, ask
from tests.index.chroma_run import chroma_run
from tools.telegram_server import Message, TelegramServer

pytestmark = pytest.mark.slow


@pytest.fixture
def own() -> Iterator[PostgresServer]:
    """One that a test may stop."""
    programs = postgres_server.programs()
    if programs is None:
        pytest.skip(postgres_server.LEFT_OUT)
    yield from postgres_server.running(programs)


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


def test_the_bot_answers_in_order_over_restarts_of_itself_and_of_the_database(
    server: TelegramServer, own: PostgresServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address = Settings(_env_file=None, database_url=own.database()).database_url
    with RunningBot(server, tmp_path, database_url=address) as bot:
        chat = bot.chat()
        answered = ask(chat, DANCE)
        assert DECODED in answered.text
    with RunningBot(server, tmp_path, database_url=address) as bot:
        chat = bot.chat()
        assert answered.press("[1]").wait_answered() is not None
        own.stop()
        first, second = chat.send("/help"), chat.send(DANCE)
        chat.wait_quiet(seconds=1.0)
        own.start()
        helped = chat.wait_for_message(after=first)
        told = chat.wait_for_message(
            after=helped, matching=lambda message: DECODED in message.text, timeout=30
        )
        assert told.id > second.id
    away = [r for r in caplog.records if "nothing is done until it is back" in r.getMessage()]
    # The state, the changes, the feeds and the index have a pool each.
    assert 1 <= len(away) <= 4
    assert PASSWORD not in caplog.text
    assert list((tmp_path / "home").glob("*.sqlite*")) == []


def test_while_an_engine_stands_still_questions_wait_and_are_then_answered_once_in_order(
    server: TelegramServer, own: PostgresServer, tmp_path: Path
) -> None:
    with chroma_run(tmp_path / "chroma") as chroma:
        settings: dict[str, Any] = {
            "database_url": Settings(_env_file=None, database_url=own.database()).database_url,
            "chroma_url": chroma.address,
            "chroma_database": chroma.database(),
        }
        with RunningBot(server, tmp_path, **settings) as bot:
            chat = bot.chat()
            ask(chat, DANCE)
            for engine in (own, chroma):
                asked = [chat.send(DANCE)]
                engine.pause()
                try:
                    asked += [chat.send(DANCE) for _ in range(3)]
                    chat.wait_quiet(seconds=2.0)
                finally:
                    engine.resume()
                chat.wait_for_message(matching=partial(_replies_to, asked[-1]))
                replies = [m.reply_to.id for m in chat.bot_messages() if m.reply_to]
                assert [r for r in replies if r >= asked[0].id] == [m.id for m in asked]


def _replies_to(question: Message, message: Message) -> bool:
    return message.reply_to == question
