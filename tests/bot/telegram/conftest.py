"""A Telegram for the bot to talk to, and bots that talk to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.telegram.running_bot import RunningBot
from tools.telegram_server import PrivateChat, TelegramServer


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def bot(server: TelegramServer, tmp_path: Path) -> Iterator[RunningBot]:
    """A bot of the test's own."""
    with RunningBot(server, tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def shared_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A bot for all tests of a module that bring their own people and change nothing."""
    with (
        TelegramServer() as server,
        RunningBot(server, tmp_path_factory.mktemp("shared"), new=True) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def reading_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """Another shared bot, which has the reader, and is surer of follow-ups by it."""
    with (
        TelegramServer() as server,
        RunningBot(server, tmp_path_factory.mktemp("reading"), reranker="") as running,
    ):
        yield running


@pytest.fixture
def chat(shared_bot: RunningBot) -> PrivateChat:
    """Somebody's chat with the shared bot."""
    return shared_bot.chat()


@pytest.fixture
def reading_chat(reading_bot: RunningBot) -> PrivateChat:
    return reading_bot.chat()
