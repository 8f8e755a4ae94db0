"""The inbox: what has come in, on disk from its arrival until it is handled."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from footnote.bot.database.tables import incoming
from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.receiving.update_origin import Json, UpdateOrigin, is_number

UPDATES = select(incoming.c.update_id).order_by(incoming.c.number)
SUPERGROUP = -1_002_000_000_001
DAY = 24 * 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(state: State, clock: Clock) -> Inbox:
    return Inbox(state, clock=clock)


def question(update: int, chat: int = 5, message: int = 1, text: str = "Who?") -> Json:
    sender = {"id": chat, "is_bot": False, "first_name": "Ada"}
    content = {"message_id": message, "chat": {"id": chat, "type": "private"}, "from": sender}
    return {"update_id": update, "message": content | {"date": 0, "text": text}}


def press(update: int, chat: int = 5, message: int = 1) -> Json:
    shown = question(0, chat, message)["message"]
    query = {"id": "1", "from": {"id": 9}, "message": shown, "data": "p"}
    return {"update_id": update, "callback_query": query}


def numbers(inbox: Inbox) -> list[int]:
    return [update.number for update in inbox.waiting()]


def test_what_was_stored_waits_in_order_until_it_is_handled(inbox: Inbox) -> None:
    stored = inbox.store([question(30), question(10, text="first"), question(20)])
    assert inbox.waiting() == stored
    taken = inbox.take(stored[1].number)
    assert taken.body == question(10, text="first")
    assert inbox.waiting() == stored
    inbox.handled(stored[1].number)
    assert inbox.waiting() == [stored[0], stored[2]]


def test_an_update_that_comes_again_is_not_stored_again(inbox: Inbox) -> None:
    [first] = inbox.store([question(10), question(10)])
    assert inbox.store([question(10)]) == []
    inbox.handled(first.number)
    assert inbox.store([question(10)]) == []
    assert inbox.waiting() == []


def test_an_old_number_on_a_new_update_is_another_update(inbox: Inbox, clock: Clock) -> None:
    [old] = inbox.store([question(10)])
    clock.now += 8 * DAY
    [new] = inbox.store([question(10)])
    assert numbers(inbox) == [old.number, new.number]


def test_numbers_of_ours_never_come_again(inbox: Inbox, clock: Clock) -> None:
    [old] = inbox.store([question(10)])
    inbox.handled(old.number)
    inbox.store([question(11)])
    clock.now += 8 * DAY
    inbox.prune()
    [new] = inbox.store([question(10)])
    assert new.number > old.number + 1


def test_a_batch_is_stored_whole_or_not_at_all(inbox: Inbox) -> None:
    with pytest.raises(KeyError):
        inbox.store([question(10), {"message": {}}])
    assert inbox.waiting() == []


def test_what_was_stored_is_there_after_a_power_cut(tmp_path: Path) -> None:
    opened = State(tmp_path / "state.sqlite")
    inbox = Inbox(opened)
    """As far as a copy of the files tells: what is in them was synced before `store` returned."""
    inbox.store([question(10)])
    (tmp_path / "copy").mkdir()
    for part in tmp_path.glob("state.sqlite*"):
        (tmp_path / "copy" / part.name).write_bytes(part.read_bytes())
    with closing(State(tmp_path / "copy" / "state.sqlite")) as state:
        assert len(Inbox(state).waiting()) == 1
    opened.close()


def test_what_was_handled_is_forgotten_but_for_its_number(inbox: Inbox, state: State) -> None:
    [stored] = inbox.store([question(10, text="a secret")])
    inbox.failed(stored.number, "a secret went wrong")
    inbox.handled(stored.number)
    assert "secret" not in str(state.rows(select(incoming)))


def test_what_was_set_aside_waits_again_when_it_is_replayed(inbox: Inbox) -> None:
    first, second, third = inbox.store([question(10), question(11), question(12)])
    for update in (first, second):
        inbox.take(update.number)
        inbox.failed(update.number, "once")
        inbox.set_aside(update.number, "Traceback: …")
    assert numbers(inbox) == [third.number]
    assert [(a.number, a.update_id, a.fault) for a in inbox.dead_letters()] == [
        (first.number, 10, "Traceback: …"),
        (second.number, 11, "Traceback: …"),
    ]
    assert (inbox.counts().waiting, inbox.counts().dead_letters) == (1, 2)
    assert inbox.replay([second.number, third.number, 77]) == 1
    assert numbers(inbox) == [second.number, third.number]
    taken = inbox.take(second.number)
    assert (taken.begun, taken.failed) == (0, 0)
    assert inbox.replay() == 1
    assert numbers(inbox) == [first.number, second.number, third.number]


def test_begun_counts_only_what_never_ended(inbox: Inbox) -> None:
    [update] = inbox.store([question(10)])
    assert [inbox.take(update.number).begun for _ in range(3)] == [0, 1, 2]
    inbox.postponed(update.number)
    assert inbox.take(update.number).begun == 0
    inbox.failed(update.number, "…")
    taken = inbox.take(update.number)
    assert (taken.begun, taken.failed) == (0, 1)


def test_what_was_handled_or_set_aside_long_ago_is_pruned(
    inbox: Inbox, clock: Clock, state: State
) -> None:
    handled, aside, _waiting, _newest = inbox.store([question(number) for number in range(4)])
    inbox.handled(handled.number)
    inbox.set_aside(aside.number, "…")
    clock.now += 3 * DAY
    inbox.prune()
    assert state.rows(UPDATES) == [(1,), (2,), (3,)]
    clock.now += 40 * DAY
    inbox.prune()
    assert state.rows(UPDATES) == [(2,), (3,)]


def test_messages_of_private_chats_and_small_groups_are_numbered_together(inbox: Inbox) -> None:
    inbox.store(
        [
            question(1, message=7),
            question(2, message=9),
            question(3, chat=-6, message=99),
            question(4, chat=SUPERGROUP, message=500),
        ]
    )
    assert (inbox.newest(5), inbox.newest(-6), inbox.newest(7)) == (99, 99, 99)
    assert (inbox.newest(SUPERGROUP), inbox.newest(SUPERGROUP - 1)) == (500, 0)
    assert inbox.numbers(5, 7) == {9, 99}
    assert inbox.numbers(SUPERGROUP, 7) == {500}
    assert inbox.last() is not None


def test_messages_that_are_pressed_or_reacted_to_did_not_come_in(inbox: Inbox) -> None:
    """They may be the bot's own, which are looked for among the numbers that did not."""
    chat = {"id": 5, "type": "private"}
    reaction = {"chat": chat, "message_id": 9, "date": 0, "old_reaction": [], "new_reaction": []}
    inbox.store([question(1, message=7), press(2, message=8)])
    inbox.store([{"update_id": 3, "message_reaction": reaction}])
    assert inbox.newest(5) == 7
    assert inbox.numbers(5, 0) == {7}


def test_presses_have_a_lane_of_their_own(inbox: Inbox) -> None:
    stored = inbox.store([question(1), press(2), question(3, chat=6), question(4)])
    assert [update.queue_key for update in stored] == ["chat 5", "press 5", "chat 6", "chat 5"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["message", "chat", "from", "id", "message_id", "text"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    update=st.dictionaries(
        st.sampled_from(["message", "callback_query", "inline_query", "x"]), JSON, max_size=3
    )
)
def test_whatever_comes_has_an_origin_that_can_be_stored(update: Json) -> None:
    origin = UpdateOrigin.of(update)
    assert all(
        number is None or is_number(number)
        for number in (origin.chat, origin.sender, origin.message)
    )
    with sqlite3.connect(":memory:") as connection:
        connection.execute("SELECT ?, ?, ?", (origin.chat, origin.message, origin.queue_key))
    connection.close()


def test_only_what_was_under_way_for_long_when_the_process_ended_is_suspected(
    inbox: Inbox, clock: Clock
) -> None:
    long, short, failed, done = inbox.store([question(n, chat=n) for n in range(4)])
    for update in (long, failed, done):
        inbox.take(update.number)
    inbox.failed(failed.number, "a traceback")
    inbox.handled(done.number)
    clock.now += 60
    inbox.take(short.number)
    clock.now += 1
    assert inbox.suspect() == {long.number}
    assert inbox.suspect() == {long.number}
    taken = [inbox.take(update.number) for update in (long, short, failed)]
    assert [one.suspected for one in taken if one] == [1, 0, 0]


def test_an_end_in_order_clears_what_has_just_begun(inbox: Inbox, clock: Clock) -> None:
    long, short = inbox.store([question(1), question(2)])
    inbox.take(long.number)
    clock.now += 60
    inbox.take(short.number)
    inbox.clear()
    clock.now += 3600
    assert inbox.suspect() == {long.number}


def test_what_is_replayed_is_suspected_no_more(inbox: Inbox, clock: Clock) -> None:
    [update] = inbox.store([question(1)])
    for _ in range(2):
        inbox.take(update.number)
        clock.now += 60
        inbox.suspect()
    inbox.set_aside(update.number, "a traceback")
    inbox.replay()
    assert inbox.suspect() == set()
