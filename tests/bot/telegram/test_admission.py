"""Who may use the bot, and what the others are told."""

import logging
from pathlib import Path

import pytest

from bot.telegram import texts
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, Answers, ask
from tests.telegram_server import TelegramServer


def test_nobody_may_use_it_by_default_and_is_told_how(
    server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.WARNING, logger="bot"),
        RunningBot(server, tmp_path, open=False) as bot,
    ):
        chat = bot.chat()
        answers = Answers(bot)
        refusal = texts.NOT_ADMITTED.format(user=chat.id)
        assert str(chat.id) in refusal
        for send in (
            lambda: chat.send(DANCE),
            lambda: chat.send("/start"),
            lambda: chat.send("/articles"),
            lambda: chat.send("/nonsense"),
            lambda: chat.send_sticker(),
        ):
            assert chat.wait_for_message(after=send()).text == refusal
        assert answers.asked == []
    assert "nobody may ask yet: set FOOTNOTE_OWNERS" in caplog.text


def test_only_owners_may_use_it_and_press_its_buttons(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    with RunningBot(server, tmp_path):
        chat, other = server.private_chat(ada), server.private_chat(bob)
        answer, before = ask(chat, DANCE), ask(other, DANCE)
    with RunningBot(server, tmp_path, open=False, owners={ada.id}):
        assert ask(chat, LIGHTHOUSE).text.startswith("The lighthouse")
        assert chat.wait_for_message(after=answer.press("[1]")).marked("underline") == [DECODED]
        refusal = texts.NOT_ADMITTED.format(user=bob.id)
        assert ask(other, LIGHTHOUSE).text == refusal
        press = before.press("[1]")
        assert press.wait_answered().text == refusal
        other.wait_quiet(seconds=0.1)
        assert other.bot_messages(after=press) == []
