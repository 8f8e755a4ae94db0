"""Several processes on one inbox: a chat in one of them at a time, in order, and nothing twice."""

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update
from telegram import Update

from footnote.bot.database.opening import DatabaseServer
from footnote.bot.database.tables import lane_claim
from footnote.bot.state import State
from footnote.bot.telegram.receiving import chat_queues
from footnote.bot.telegram.receiving.chat_queues import ChatQueues
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.receiving.lanes import CHANNEL, Lanes
from footnote.bot.telegram.receiving.update_origin import Json
from footnote.bot.telegram.sending.fencing import TurnLost, fence
from footnote.bot.telegram.sending.sent import Sent
from tests.bot.database.server import PostgresServer

CHATS, EACH = 6, 12


def message(update_id: int, chat: int) -> Json:
    sender = {"id": chat, "is_bot": False, "first_name": "Ada"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id, "date": 1, "text": str(update_id), "from": sender,
            "chat": {"id": chat, "type": "private"},
        },
    }  # fmt: skip


def test_a_queue_is_one_processes_until_it_lets_go(state: State) -> None:
    inbox, one, other = Inbox(state), Lanes(state), Lanes(state)
    first, second = inbox.store([message(1, 7), message(2, 7)])
    lane = first.queue_key
    assert one.claim(lane) == [first.number, second.number]
    assert one.claim(lane) == [first.number, second.number]
    assert other.claim(lane) is None
    inbox.handled(first.number)
    assert one.release(lane) == [second.number]
    assert other.claim(lane) is None
    inbox.handled(second.number)
    assert one.release(lane) == []
    assert other.claim(lane) == []


def age(state: State, seconds: float) -> None:
    """As if all claims had been made so much earlier."""
    with state.transaction() as connection:
        connection.execute(update(lane_claim).values(until=lane_claim.c.until - seconds))


def test_of_a_process_that_is_gone_others_take_the_queues_over(state: State) -> None:
    inbox, gone, other = Inbox(state), Lanes(state, held_seconds=500), Lanes(state)
    [stored] = inbox.store([message(1, 7)])
    assert gone.claim(stored.queue_key) == [stored.number]
    assert other.claim(stored.queue_key) is None
    age(state, 300)
    gone.renew()
    age(state, 300)
    assert other.claim(stored.queue_key) is None
    age(state, 300)
    assert other.claim(stored.queue_key) == [stored.number]
    assert gone.claim(stored.queue_key) is None


def test_at_an_end_in_order_others_need_not_wait(state: State) -> None:
    inbox, one, other = Inbox(state), Lanes(state), Lanes(state)
    [update] = inbox.store([message(1, 7)])
    one.claim(update.queue_key)
    one.release_all()
    assert other.claim(update.queue_key) == [update.number]


def test_what_another_process_has_in_hand_is_not_suspected(state: State) -> None:
    now = [1000.0]
    inbox, other = Inbox(state, clock=lambda: now[0]), Lanes(state)
    held, left = inbox.store([message(1, 7), message(2, 8)])
    other.claim(held.queue_key)
    for taken in (held, left):
        inbox.take(taken.number)
    now[0] += 60
    assert inbox.suspect("somebody else") == {left.number}
    assert inbox.suspect(other.holder) == {held.number, left.number}


def test_who_was_taken_over_writes_nothing_more_of_the_update(state: State) -> None:
    inbox, sent = Inbox(state), Sent(state)
    slow, other = Lanes(state, held_seconds=0.2), Lanes(state)
    [update] = inbox.store([message(1, 7)])
    lane = update.queue_key
    slow.claim(lane)
    token = fence.set(partial(slow.require, lane))
    try:
        assert inbox.take(update.number) is not None
        sent.begin("the answer", 7, 1)
        sent.forget("the answer")
        time.sleep(0.3)
        assert other.claim(lane) == [update.number]
        for write in (
            partial(sent.begin, "the answer", 7, 1),
            partial(inbox.take, update.number),
            partial(inbox.handled, update.number),
            partial(inbox.failed, update.number, "a traceback"),
            partial(inbox.set_aside, update.number, "a traceback"),
        ):
            with pytest.raises(TurnLost):
                write()
    finally:
        fence.reset(token)
    assert sent.find("the answer") is None
    assert other.waiting(lane) == [update.number]
    assert inbox.take(update.number).failed == 0


def test_a_turn_that_nobody_took_over_is_held_for_another_while(state: State) -> None:
    inbox, slow, other = Inbox(state), Lanes(state, held_seconds=500), Lanes(state)
    [stored] = inbox.store([message(1, 7)])
    slow.claim(stored.queue_key)
    age(state, 600)
    with state.transaction() as connection:
        slow.require(stored.queue_key, connection)
    assert other.claim(stored.queue_key) is None


def test_of_a_process_whose_connection_ended_others_take_the_queues_over_at_once(
    states: list[State],
) -> None:
    inbox, other = Inbox(states[1]), Lanes(states[1])
    living, ending = Lanes(states[0]), Lanes(states[0])
    kept, left = inbox.store([message(1, 7), message(2, 8)])
    stops, held = [threading.Event(), threading.Event()], threading.Barrier(3)
    threads = [
        threading.Thread(
            target=lanes.show_life, args=(lambda is_held: is_held and held.wait(60), stop)
        )
        for lanes, stop in zip((living, ending), stops, strict=True)
    ]
    for thread in threads:
        thread.start()
    held.wait(60)
    living.claim(kept.queue_key)
    ending.claim(left.queue_key)
    for _ in range(3):
        other.take_from_the_dead(gone_seconds=0.0)
    assert [other.claim(u.queue_key) for u in (kept, left)] == [None, None]
    stops[1].set()
    threads[1].join()
    for _ in range(3):  # however soon one after the other: it may have another in a moment
        other.take_from_the_dead(gone_seconds=600)
    assert other.claim(left.queue_key) is None
    time.sleep(0.2)
    other.take_from_the_dead(gone_seconds=0.2)
    assert other.claim(left.queue_key) == [left.number]
    assert other.claim(kept.queue_key) is None
    stops[0].set()
    threads[0].join()


def test_who_begins_is_known_to_live_before_it_claims_anything_and_until_it_has_ended(
    states: list[State],
) -> None:
    known = list[bool]()

    class Looking(Recorder):
        async def handle(self, given: Update) -> None:
            known.append(is_known())
            await super().handle(given)

    def is_known() -> bool:
        return states[0].database.is_held(f"life of {queues.holder}")

    async def run() -> None:
        await queues.begin()
        known.append(is_known())
        await until(lambda: recorder.log)
        await queues.end(60)
        known.append(is_known())

    recorder = Looking([], defaultdict(int))
    queues = queues_on(states[1], recorder)
    Inbox(states[0]).store([message(1, 7)])
    asyncio.run(run())
    assert known == [True, True, False]


@dataclass
class Recorder:
    """What is handed updates, and how they overlapped."""

    log: list[tuple[int, int]]
    under_way: defaultdict[int, int]
    faults: list[str] = field(default_factory=list)

    async def handle(self, update: Update) -> None:
        assert update.message is not None
        chat = update.message.chat.id
        if self.under_way[chat]:
            self.faults.append(f"two of chat {chat} at once")
        self.under_way[chat] += 1
        await asyncio.sleep(0.005)
        self.under_way[chat] -= 1
        self.log.append((chat, update.update_id))

    async def apologise(self, update: Update) -> None:
        self.faults.append(f"{update.update_id} failed")

    async def work(self) -> None:
        """Nothing goes on beside."""


class SilentDelivery:
    """Of a bot that says nothing."""

    bot = SimpleNamespace(token="1:token", defaults=None)

    async def notice(self, update: Update) -> None:
        pass


@pytest.fixture
def states(postgres: PostgresServer) -> Iterator[list[State]]:
    place = DatabaseServer(postgres.database())
    with closing(State(place)) as one, closing(State(place)) as other:
        yield [one, other]


def queues_on(state: State, recorder: Recorder) -> ChatQueues:
    delivery: Any = SilentDelivery()
    return ChatQueues(Inbox(state), state, recorder, delivery)


async def until(done: Any, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came to that"
        await asyncio.sleep(0.02)


def test_two_processes_handle_each_update_once_and_each_chat_in_order(states: list[State]) -> None:
    recorder = Recorder([], defaultdict(int))

    async def run() -> None:
        both = [queues_on(state, recorder) for state in states]
        for number in range(CHATS * EACH):
            state, queues = states[number % 2], both[number % 2]
            stored = Inbox(state).store
            # Of one chat, by turns to the one and to the other.
            chat = 1 + (number // 2) % CHATS
            queues.add(await state.run_in_db(stored, [message(1000 + number, chat)]))
        await until(lambda: len(recorder.log) >= CHATS * EACH)
        await asyncio.sleep(0.3)
        for queues in both:
            await queues.end(60)

    asyncio.run(run())
    assert recorder.faults == []
    assert len(recorder.log) == len(set(recorder.log)) == CHATS * EACH
    for chat in range(1, CHATS + 1):
        numbers = [number for of, number in recorder.log if of == chat]
        assert numbers == sorted(numbers)
    assert Inbox(states[0]).counts().waiting == 0


def test_what_a_process_left_when_it_was_killed_is_handled_by_another(
    states: list[State], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_queues, "_LOOK_AT_OTHERS_SECONDS", 0.1)
    recorder = Recorder([], defaultdict(int))
    killed = Lanes(states[0], held_seconds=0.5)
    left = Inbox(states[0]).store([message(1, 7), message(2, 7)])
    assert killed.claim(left[0].queue_key)

    async def run() -> None:
        queues = queues_on(states[1], recorder)
        await queues.begin()
        looking = asyncio.create_task(queues.look_again())
        await until(lambda: len(recorder.log) == 2)
        looking.cancel()
        await queues.end(60)

    asyncio.run(run())
    assert [number for _, number in recorder.log] == [update.number for update in left]


def test_what_is_replayed_elsewhere_is_looked_at_at_once(
    states: list[State], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_queues, "_LOOK_AT_OTHERS_SECONDS", 3600.0)
    looks, waiting = list[Inbox](), Inbox.waiting

    def look(inbox: Inbox) -> Any:
        looks.append(inbox)
        return waiting(inbox)

    monkeypatch.setattr(Inbox, "waiting", look)
    recorder = Recorder([], defaultdict(int))
    other = Inbox(states[0])
    [update] = other.store([message(1, 7)])
    other.set_aside(update.number, "a traceback")

    async def run() -> None:
        queues = queues_on(states[1], recorder)
        await queues.begin()
        before = len(looks)
        looking = asyncio.create_task(queues.look_again())
        while len(looks) == before:  # until it listens
            await states[0].run_in_db(states[0].database.notify, CHANNEL)
            await asyncio.sleep(0.02)
        assert recorder.log == []
        await states[0].run_in_db(other.replay)
        await until(lambda: recorder.log)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        await queues.end(60)

    asyncio.run(run())
    assert recorder.log == [(7, update.number)]


def test_who_stood_still_for_long_leaves_what_another_has_answered(states: list[State]) -> None:
    """Of two processes the first stops in the middle of an answer for longer than it holds it."""
    said, begun, resumed = list[str](), asyncio.Event(), asyncio.Event()

    class Answering(Recorder):
        def __init__(self, name: str, state: State, wait: bool) -> None:
            super().__init__([], defaultdict(int))
            self.name, self.state, self.wait = name, state, wait

        async def handle(self, given: Update) -> None:
            if self.wait:
                begun.set()
                await resumed.wait()
            of = Sent(self.state)
            await self.state.run_in_db(of.begin, f"answer {given.update_id}", 7, 1)
            said.append(self.name)

    async def run() -> None:
        first = queues_on(states[0], Answering("first", states[0], True))
        other = queues_on(states[1], Answering("other", states[1], False))
        stored = await states[0].run_in_db(Inbox(states[0]).store, [message(1, 7)])
        first.add(stored)
        await asyncio.wait_for(begun.wait(), 60)
        with states[1].transaction() as connection:
            connection.execute(update(lane_claim).values(until=0.0))
        other.add(stored)
        await until(lambda: said)
        resumed.set()
        await asyncio.sleep(0.3)
        for queues in (first, other):
            await queues.end(60)

    asyncio.run(run())
    assert said == ["other"]
    assert Inbox(states[0]).counts().waiting == 0
