from typing import Any

import pytest

from .. import FloodLimits, ManualClock, PrivateChat, TelegramServer, User
from .conftest import Api


@pytest.fixture
def wait(api: Api) -> Any:
    """Sends a message and tells how long Telegram wants the bot to wait, None if it was sent."""

    def call(chat: Any, method: Any = "sendMessage", **parameters: Any) -> Any:
        given = {"chat_id": chat.id, "text": "x", **parameters}
        return api.post(method, **given).json().get("parameters", {}).get("retry_after")

    return call


def test_nothing_is_counted_unless_a_test_wants_it(
    server: TelegramServer, chat: PrivateChat, wait: Any
) -> None:
    assert [wait(chat) for _ in range(5)] == [None] * 5
    assert server.flood.excesses == []


def test_recording_refuses_nothing(server: TelegramServer, chat: PrivateChat, wait: Any) -> None:
    server.flood.mode = "record"
    assert [wait(chat) for _ in range(3)] == [None] * 3
    assert [(e.method, e.chat_id, e.limit) for e in server.flood.excesses] == [
        ("sendMessage", chat.id, "chat_per_second")
    ] * 2


def test_one_message_a_second_goes_to_a_chat(
    server: TelegramServer, chat: PrivateChat, wait: Any, clock: ManualClock
) -> None:
    server.flood.mode = "enforce"
    assert (wait(chat), wait(chat)) == (None, 1)
    clock.advance(1)
    assert wait(chat) is None


def test_whoever_does_not_wait_has_to_wait_longer(
    server: TelegramServer, chat: PrivateChat, wait: Any, clock: ManualClock
) -> None:
    server.flood.mode = "enforce"
    assert [wait(chat) for _ in range(4)] == [None, 1, 2, 4]
    clock.advance(4)
    assert wait(chat) is None


def test_chats_do_not_wait_for_each_other(
    server: TelegramServer, chat: PrivateChat, wait: Any
) -> None:
    server.flood.mode = "enforce"
    other = server.private_chat(server.user("Bob"))
    assert (wait(chat), wait(other)) == (None, None)


def test_20_messages_a_minute_go_to_a_group(
    server: TelegramServer, ada: User, wait: Any, clock: ManualClock
) -> None:
    server.flood.mode = "enforce"
    group = server.group("Desk", ada)
    for _ in range(20):
        assert wait(group) is None
        clock.advance(1.5)
    assert wait(group) == 30


def test_edits_count_and_signs_do_not(
    server: TelegramServer, chat: PrivateChat, wait: Any, api: Api, clock: ManualClock
) -> None:
    server.flood.mode = "enforce"
    wait(chat)
    assert api.result("sendChatAction", chat_id=chat.id, action="typing")
    assert wait(chat, "editMessageText", message_id=1, text="y") == 1


def test_edits_of_what_is_not_there_do_not_count(
    server: TelegramServer, chat: PrivateChat, wait: Any
) -> None:
    server.flood.mode = "enforce"
    question = chat.send("Who?")
    for number in (question.id, 77, 78):
        assert wait(chat, "editMessageText", message_id=number) is None
    assert wait(chat) is None
    assert server.flood.excesses == []


def test_drafts_are_counted_apart(server: TelegramServer, chat: PrivateChat, wait: Any) -> None:
    server.flood.mode = "enforce"
    assert wait(chat, "sendMessageDraft", draft_id=1) is None
    assert wait(chat) is None


def test_limits_can_be_set(server: TelegramServer, chat: PrivateChat, wait: Any) -> None:
    server.flood.mode = "enforce"
    server.flood.limits = FloodLimits(chat_per_second=3, overall_per_second=2)
    assert [wait(chat) for _ in range(3)] == [None, None, 1]
    assert server.flood.excesses[0].limit == "overall_per_second"
