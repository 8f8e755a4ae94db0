"""What goes wrong around a bot, and what people see of it."""

import logging
from pathlib import Path
from typing import NoReturn

import pytest

from bot.telegram.texts import ENGLISH
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, Answers, ask
from tests.telegram_server import TelegramServer


def fail() -> NoReturn:
    raise ZeroDivisionError("deep inside")


def test_an_error_gives_one_apology_and_the_log_the_traceback(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    Answers(bot, broken=fail)
    chat = bot.chat()
    said = ask(chat, "broken")
    chat.wait_quiet(seconds=0.1)
    assert [message.text for message in chat.bot_messages()] == [ENGLISH.failed]
    assert "ZeroDivisionError" not in said.text
    [record] = [record for record in caplog.records if record.exc_info]
    assert "ZeroDivisionError: deep inside" in caplog.text
    assert record.exc_info[2] is not None
    assert ask(chat, "and now?").text.startswith(ENGLISH.not_answered)


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
    for _ in range(2):
        press = answer.press("[1]")
        assert chat.wait_for_message(after=press).marked("underline") == [DECODED]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_passage_that_cannot_be_sent_ends_the_spinner_and_is_apologised_for(
    server: TelegramServer, bot: RunningBot
) -> None:
    chat = bot.chat()
    answer = ask(chat, DANCE)
    with server.faults.server_error(method="sendMessage"):
        press = answer.press("[1]")
        press.wait_answered()
        assert chat.wait_for_message(after=press).text == ENGLISH.failed


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


def test_a_pause_that_is_too_long_is_an_error(server: TelegramServer, bot: RunningBot) -> None:
    chat = bot.chat()
    server.faults.too_many_requests(3600, method="sendMessage")
    assert ask(chat, DANCE).text == ENGLISH.failed


def test_commands_that_cannot_be_registered_do_not_keep_the_bot_from_starting(
    server: TelegramServer, tmp_path: Path
) -> None:
    server.faults.server_error(method="setMyCommands")
    with RunningBot(server, tmp_path) as bot:
        assert ask(bot.chat(), DANCE).text.startswith(DECODED)
