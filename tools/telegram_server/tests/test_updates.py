import threading
import time

import pytest

from .. import ImpossibleObject, ManualClock, PrivateChat, TelegramServer
from ..polling import LONGEST
from .conftest import Api


def test_updates_stay_until_a_higher_offset_is_asked_for(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    for text in ("one", "two", "three"):
        chat.send(text)
    assert [number for number, _ in api.updates()] == [1, 2, 3]
    assert [number for number, _ in api.updates(offset=1)] == [1, 2, 3]
    assert [number for number, _ in api.updates(offset=3)] == [3]
    assert [number for number, _ in api.updates()] == [3]
    assert [update.fate for update in server.updates.history] == [
        "confirmed",
        "confirmed",
        "pending",
    ]
    assert server.updates.history[2].deliveries == 4


def test_a_message_knows_what_became_of_its_update(api: Api, chat: PrivateChat) -> None:
    question = chat.send("one")
    assert not question.update.confirmed
    api.updates(offset=2)
    assert question.update.confirmed


def test_a_negative_offset_forgets_all_but_the_newest(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    for text in ("one", "two", "three"):
        chat.send(text)
    assert [number for number, _ in api.updates(offset=-1)] == [3]
    assert [update.fate for update in server.updates.history[:2]] == ["dropped", "dropped"]


def test_an_offset_far_beyond_the_newest_is_taken_for_none(api: Api, chat: PrivateChat) -> None:
    chat.send("one")
    assert [number for number, _ in api.updates(offset=1000)] == [1]
    assert api.updates(offset=5) == []


@pytest.mark.parametrize(("limit", "found"), [(0, 1), (2, 2), (1000, 100)])
def test_the_limit_is_kept_between_1_and_100(
    server: TelegramServer, api: Api, chat: PrivateChat, limit: int, found: int
) -> None:
    for number in range(120):
        chat.send(f"message {number}")
    assert len(api.updates(limit=limit)) == found


def test_a_long_poll_ends_as_soon_as_there_is_something(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    answers: list[list[object]] = []
    poll = threading.Thread(target=lambda: answers.append(api.updates(timeout=LONGEST)))
    poll.start()
    server.wait_for_call("getUpdates")
    chat.send("now")
    poll.join(LONGEST / 2)
    assert answers == [[(1, "message")]]


def test_a_long_poll_ends_empty_after_its_time(api: Api) -> None:
    begin = time.monotonic()
    assert api.updates(timeout=1) == []
    assert time.monotonic() - begin > 0.9


def test_held_updates_come_all_at_once(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    with server.held_updates():
        chat.send("one")
        chat.send("two")
        assert api.updates() == []
        assert len(server.pending) == 2
    assert len(api.updates(timeout=5)) == 2


def test_of_two_pollers_the_older_is_ended(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    older = threading.Thread(target=lambda: ended.append(api.refusal("getUpdates", timeout=30)))
    newer = threading.Thread(target=lambda: answers.append(api.updates(timeout=30)))
    ended: list[str] = []
    answers: list[list[object]] = []
    older.start()
    first = server.wait_for_call("getUpdates")
    newer.start()
    server.wait_for_call("getUpdates", after=first)
    chat.send("hi")
    for poll in (older, newer):
        poll.join()
    assert answers == [[(1, "message")]]
    assert ended == [
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot "
        "instance is running"
    ]


def test_a_short_poll_ends_nobody(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    answers: list[list[object]] = []
    older = threading.Thread(target=lambda: answers.append(api.updates(timeout=10)))
    older.start()
    server.wait_for_call("getUpdates")
    assert api.updates() == []
    chat.send("hi")
    older.join()
    assert answers == [[(1, "message")]]


def test_only_what_was_asked_for_is_made_and_the_wish_is_remembered(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    api.updates(allowed_updates=["callback_query"])
    assert not chat.send("unheard").reached_bot
    assert api.updates() == []
    api.updates(allowed_updates=[])
    chat.send("heard")
    assert api.updates() == [(1, "message")]


def test_a_wish_for_an_unknown_kind_is_a_violation(server: TelegramServer, api: Api) -> None:
    api.refusal("getUpdates", allowed_updates=["mesage"])
    assert [v.text for v in server.take_violations()] == [
        "allowed_updates names no kind of update: mesage"
    ]


def test_updates_expire(
    server: TelegramServer, api: Api, chat: PrivateChat, clock: ManualClock
) -> None:
    chat.send("a day ago")
    clock.advance(86_400)
    assert api.updates() == []
    assert server.updates.history[0].fate == "expired"


def test_numbers_may_begin_anew(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    chat.send("one")
    server.updates.next_id = 7
    chat.send("seven")
    assert [number for number, _ in api.updates()] == [1, 7]


def test_an_impossible_update_is_refused_at_once(server: TelegramServer) -> None:
    with pytest.raises(ImpossibleObject, match="Update has no field massage"):
        server.inject("massage", {})
    with pytest.raises(ImpossibleObject, match="Message needs the field message_id"):
        server.inject("message", {"date": 1})


def test_an_update_that_a_library_cannot_read_is_possible(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    chat_object = chat.to_api()
    server.inject("message", {"message_id": 1, "date": 10**15, "chat": chat_object})
    assert api.updates() == [(1, "message")]
