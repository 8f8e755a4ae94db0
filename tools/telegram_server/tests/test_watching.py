import re
import threading
import time
from typing import Any

import pytest

from .. import NothingHappened, PrivateChat, TelegramServer
from .conftest import Api


@pytest.fixture
def later(api: Api) -> Any:
    """Calls a method a moment later, from another thread."""
    timers = []

    def call(method: Any, seconds: Any = 0.1, **parameters: Any) -> Any:
        timer = threading.Timer(seconds, lambda: api.result(method, **parameters))
        timer.start()
        timers.append(timer)

    yield call
    for timer in timers:
        timer.join()


def test_a_message_is_waited_for(chat: PrivateChat, later: Any) -> None:
    question = chat.send("Why?")
    later("sendMessage", chat_id=chat.id, text="Because")
    assert chat.wait_for_message(after=question).text == "Because"


def test_a_message_may_be_one_that_matches_after_an_edit(
    chat: PrivateChat, later: Any, api: Api
) -> None:
    question = chat.send("Why?")
    api.result("sendMessage", chat_id=chat.id, text="…")
    later("editMessageText", chat_id=chat.id, message_id=2, text="Because 7")
    assert chat.wait_for_message(after=question, matching=re.compile(r"\d")).edits == 1
    assert chat.wait_for_message(matching="Because").id == 2
    assert chat.wait_for_message(matching=lambda message: message.edits == 1).id == 2


def test_an_edit_is_waited_for_once(chat: PrivateChat, later: Any, api: Api) -> None:
    api.result("sendMessage", chat_id=chat.id, text="…")
    answer = chat.wait_for_message()
    later("editMessageText", chat_id=chat.id, message_id=1, text="Because")
    assert answer.wait_edited().text == "Because"
    with pytest.raises(NothingHappened):
        answer.wait_edited(timeout=0.05)
    later("editMessageText", chat_id=chat.id, message_id=1, text="Done")
    assert answer.wait_until("Done").edits == 2


def test_a_wait_in_vain_shows_what_happened_instead(api: Api, chat: PrivateChat) -> None:
    markup = {"inline_keyboard": [[{"text": "[1]", "callback_data": "x"}]]}
    question = chat.send("Why?")
    api.result("sendMessage", chat_id=chat.id, text="Hm", reply_markup=markup)
    chat.bot_messages()[0].press("[1]")
    with pytest.raises(NothingHappened) as error:
        chat.wait_for_message(after=question, matching="Because", timeout=0.05)
    text = str(error.value)
    assert "waited for a message of the bot matching 'Because': not within 0.05 s" in text
    assert "Ada #1: Why?\nbot #2: Hm\n    [[1]]\nAda presses 'x' on #2" in text
    assert "sendMessage(chat_id=" in text


def test_silence_is_expected(api: Api, chat: PrivateChat, later: Any) -> None:
    chat.expect_silence(seconds=0.05)
    later("sendMessage", chat_id=chat.id, text="Because")
    with pytest.raises(AssertionError, match="the bot wrote"):
        chat.expect_silence(seconds=60)


def test_an_earlier_message_breaks_the_silence_too(api: Api, chat: PrivateChat) -> None:
    question = chat.send("Why?")
    api.result("sendMessage", chat_id=chat.id, text="Because")
    with pytest.raises(AssertionError, match="Because"):
        chat.expect_silence(after=question, seconds=0.05)


def test_quiet_comes_when_the_bot_is_done(chat: PrivateChat, later: Any) -> None:
    begun, sent = time.monotonic(), list[float]()
    note = chat.note

    def noted(line: str) -> None:
        sent.append(time.monotonic())
        note(line)

    chat.note = noted  # type: ignore[method-assign]  # looks over its shoulder
    for step in range(3):
        later("sendMessage", seconds=0.1 * step, chat_id=chat.id, text="x")
    with chat.state.changed:  # nothing is noted between its end and the look at the clock
        chat.wait_quiet(seconds=0.25)
        assert time.monotonic() - max(begun, *sent) >= 0.25


def test_a_call_is_waited_for(
    server: TelegramServer, api: Api, chat: PrivateChat, later: Any
) -> None:
    later("sendChatAction", chat_id=chat.id, action="typing")
    call = server.wait_for_call("sendChatAction", chat=chat)
    assert call.parameters["action"] == "typing"
    with pytest.raises(NothingHappened):
        server.wait_for_call("sendChatAction", after=call, timeout=0.05)


def test_a_bot_is_ready_when_it_asks_for_updates(server: TelegramServer, api: Api) -> None:
    with pytest.raises(NothingHappened):
        server.wait_until_ready(timeout=0.05)
    api.updates()
    server.wait_until_ready(timeout=0.05)
    with pytest.raises(NothingHappened):
        server.wait_until_ready(after=server.requests[-1], timeout=0.05)
