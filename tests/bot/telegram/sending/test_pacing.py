"""Below Telegram's limits at every moment, and silent for as long as Telegram asks."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.bot.errors import NotYet
from footnote.bot.telegram.sending.pacing import Pacing

PERSON, OTHER, GROUP = 7, 8, -9


class Time:
    """Passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def pacing(time: Time) -> Pacing:
    return Pacing(clock=time, sleep=time.sleep)


def send(pacing: Pacing, time: Time, *chats: int) -> list[float]:
    """When each was sent, one after the other."""

    async def run() -> list[float]:
        sent = []
        for chat in chats:
            await pacing.turn(chat)
            sent.append(time.now)
        return sent

    return asyncio.run(run())


@given(
    chats=st.lists(st.sampled_from([PERSON, OTHER, GROUP, *range(20, 60)]), max_size=150),
    pauses=st.lists(st.floats(0, 2), max_size=150),
)
def test_no_window_of_telegrams_has_too_many(chats: list[int], pauses: list[float]) -> None:
    time = Time()
    pacing = Pacing(clock=time, sleep=time.sleep)
    sent: list[tuple[float, int]] = []
    for chat, pause in zip(chats, pauses, strict=False):
        time.now += pause
        sent += [(at, chat) for at in send(pacing, time, chat)]
    for at, chat in sent:
        second = [(t, c) for t, c in sent if at - 1 < t <= at]
        assert len(second) <= 30
        assert sum(c == chat for _, c in second) <= 1
        if chat < 0:
            assert sum(c == chat for t, c in sent if at - 60 < t <= at) <= 20


def test_nobody_waits_without_a_reason(pacing: Pacing, time: Time) -> None:
    assert send(pacing, time, PERSON, OTHER, GROUP) == [1000.0] * 3
    assert send(pacing, time, *range(20, 47)) == [1000.0] * 27
    assert send(pacing, time, 50)[0] > 1001.0


def test_a_message_that_is_long_on_its_way_counts_from_its_arrival(
    pacing: Pacing, time: Time
) -> None:
    send(pacing, time, PERSON)
    time.now += 0.9
    pacing.landed(PERSON)
    assert send(pacing, time, OTHER, PERSON) == [1000.9, pytest.approx(1001.95)]


def test_a_pause_is_kept_to_the_second_and_by_its_chat_alone(pacing: Pacing, time: Time) -> None:
    pacing.hold(PERSON, 1005.0)
    pacing.hold(PERSON, 1003.0)
    assert send(pacing, time, OTHER, PERSON) == [1000.0, 1005.0]
    assert not pacing.is_held(PERSON)


def test_a_pause_beyond_patience_is_handed_back(pacing: Pacing, time: Time) -> None:
    pacing.hold(PERSON, 1100.0)
    with pytest.raises(NotYet) as raised:
        send(pacing, time, PERSON)
    assert raised.value.seconds == 100.0
    with pytest.raises(NotYet):
        asyncio.run(pacing.release(PERSON))


def test_there_is_room_for_progress_only_while_half_of_every_limit_is_free(
    pacing: Pacing, time: Time
) -> None:
    assert pacing.is_spare(PERSON)
    send(pacing, time, PERSON)
    assert not pacing.is_spare(PERSON)
    time.now += 2
    assert pacing.is_spare(PERSON)
    send(pacing, time, *range(20, 36))
    assert not pacing.is_spare(PERSON)
    time.now += 2
    send(pacing, time, *[GROUP] * 11)
    time.now += 2
    assert pacing.is_spare(PERSON)
    assert not pacing.is_spare(GROUP)
    pacing.hold(PERSON, time.now + 5)
    assert not pacing.is_spare(PERSON)


def test_drafts_are_apart_from_messages_and_one_a_second(pacing: Pacing, time: Time) -> None:
    send(pacing, time, PERSON)
    assert pacing.has_room_for_draft(PERSON)
    assert not pacing.has_room_for_draft(PERSON)
    assert pacing.has_room_for_draft(OTHER)
    time.now += 1.1
    assert pacing.has_room_for_draft(PERSON)
    pacing.hold(PERSON, time.now + 5)
    time.now += 2
    assert not pacing.has_room_for_draft(PERSON)


def test_chats_that_have_been_silent_for_long_are_forgotten(pacing: Pacing, time: Time) -> None:
    for chat in range(1, 3000):
        pacing.hold(chat, time.now + 1)
        time.now += 1
        send(pacing, time, chat)
        pacing.has_room_for_draft(chat)
    assert all(len(kept) < 1100 for kept in vars(pacing).values() if isinstance(kept, dict))
