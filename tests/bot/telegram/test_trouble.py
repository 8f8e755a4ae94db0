"""What goes wrong around a bot, and what people see of it."""

import logging
from pathlib import Path

import pytest

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, ask
from tools.telegram_server import TelegramServer


def test_a_sign_of_typing_that_fails_does_not_lose_the_question(
    server: TelegramServer, bot: RunningBot
) -> None:
    chat = bot.chat()
    for fault in (
        server.faults.server_error(method="sendChatAction"),
        server.faults.reset(method="sendChatAction"),
        server.faults.too_many_requests(30, method="sendChatAction"),
    ):
        assert ask(chat, DANCE).text.startswith(DECODED)
        assert len(fault.hits) == 1
    assert len(chat.bot_messages()) == 3


def test_who_has_blocked_the_bot_is_not_written_to_again_and_harms_nobody(
    server: TelegramServer, bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.chat()
    with server.faults.refuse(403, "bot was blocked by the user", method="sendMessage", chat=chat):
        chat.send(DANCE)
        server.wait_for_call("sendMessage", chat=chat)
        assert ask(bot.chat("Bob"), DANCE).text.startswith(DECODED)
    assert len(server.calls("sendMessage", chat=chat)) == 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_press_that_is_too_old_to_be_acknowledged_still_opens_its_passage(
    server: TelegramServer, bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.chat()
    answer = ask(chat, DANCE)
    old = "query is too old and response timeout expired or query ID is invalid"
    server.faults.refuse(400, old, method="answerCallbackQuery")
    server.faults.reset(method="answerCallbackQuery")
    for label, marked in (("[1]", [DECODED]), (ENGLISH.back, [])):
        answer.press(label)
        assert answer.wait_edited().marked("underline") == marked
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_passage_that_cannot_be_shown_is_shown_when_it_can_be(
    server: TelegramServer, bot: RunningBot
) -> None:
    chat = bot.chat()
    answer = ask(chat, DANCE)
    fault = server.faults.server_error(method="editMessageText")
    answer.press("[1]").wait_answered()
    assert answer.wait_edited().marked("underline") == [DECODED]
    assert len(fault.hits) == 1


def test_a_network_that_fails_while_polling_is_waited_out(
    server: TelegramServer, bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.chat()
    with server.faults.reset(times=1, method="getUpdates") as outage:
        first = ask(chat, DANCE)
        answer = ask(chat, DANCE)
    assert first.text.startswith(DECODED)
    assert answer.text.startswith(DECODED)
    told = [r for r in caplog.records if "asking Telegram for messages failed" in r.getMessage()]
    assert len(told) == len(outage.hits) > 0
    assert not any(record.exc_info for record in told)
    assert server.token not in caplog.text


def test_a_pause_that_telegram_asks_for_is_kept_and_the_answer_comes_after_it(
    server: TelegramServer, bot: RunningBot
) -> None:
    chat = bot.chat()
    refusals = server.faults.too_many_requests(1, method="sendMessage")
    assert ask(chat, DANCE).text.startswith(DECODED)
    refused, sent = server.calls("sendMessage", chat=chat)
    assert refusals.hits == [refused]
    assert sent.time - refused.time >= 1


def test_commands_that_cannot_be_registered_do_not_keep_the_bot_from_starting(
    server: TelegramServer, tmp_path: Path
) -> None:
    server.faults.server_error(method="setMyCommands")
    with RunningBot(server, tmp_path, new=True) as bot:
        assert ask(bot.chat(), DANCE).text.startswith(DECODED)
