"""Two bots with one token: the first goes on, the second waits until that one is gone."""

import logging
from pathlib import Path

import pytest

from footnote.bot.telegram.receiving.connecting import Patience
from footnote.bot.telegram.receiving.inbox import Inbox
from tests.bot.telegram.running_bot import RunningBot
from tools.telegram_server import PrivateChat, TelegramServer
from tools.telegram_server.waiting import wait_for

# The first one may be kept from asking for so long as `probe` by whatever else the machine does.
PATIENCE = Patience(longest_pause=0.2, conflict=0.5, insist=0.1, probe=5)
QUESTION = "Who decoded the waggle dance of honeybees?"


def has_taken(bot: RunningBot) -> bool:
    return Inbox(bot.footnote.state).last() is not None


def ask(chat: PrivateChat) -> None:
    """Asks, and waits for the answer."""
    before = len(chat.bot_messages())
    chat.send(QUESTION)
    chat.wait(lambda: len(chat.bot_messages()) > before or None, "the answer")


def test_second_program_waits_and_takes_over_once_the_first_is_gone(
    server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chat = server.private_chat(server.user("Ada"))
    second = RunningBot(server, tmp_path / "second", patience=PATIENCE)
    caplog.set_level(logging.INFO, "footnote.bot")
    with RunningBot(server, tmp_path / "first", patience=PATIENCE) as first:
        ask(chat)
        second.start()
        wait_for(
            server.state,
            lambda: "until that is gone" in caplog.text or None,
            "the word that it waits",
        )
        for _ in range(3):
            ask(chat)
        assert not has_taken(second)
    ask(chat)
    assert has_taken(second)
    assert "this one takes over" in caplog.text
    second.stop()
    assert first.stopped == second.stopped == []
    assert len(chat.bot_messages()) == 5
