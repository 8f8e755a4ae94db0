"""Handling the updates of the inbox: in order within a chat, the chats concurrently.

What fails is tried again after a pause, then set aside, and the person is told once. What fails
because Telegram can't be reached waits for it. Whatever is under way when this ends, however it
ends, is handled again at the next start; sending by name (`transmission.py`) makes that harmless.
"""

import asyncio
import contextlib
import logging
import time
import traceback
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import partial
from typing import Protocol

from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from footnote.bot.database.errors import DATABASE_FAULTS
from footnote.bot.database.hearing import hearing
from footnote.bot.errors import DatabaseAway, NotYet, TelegramUnreachable
from footnote.bot.log import logfmt
from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import Inbox, QueuedUpdate, TakenUpdate
from footnote.bot.telegram.receiving.lanes import CHANNEL, Lanes, Life
from footnote.bot.telegram.receiving.update_origin import UpdateOrigin
from footnote.bot.telegram.sending.delivery import Delivery, handling
from footnote.bot.telegram.sending.fencing import TurnLost, fence
from footnote.bot.telegram.sending.pacing import seconds_asked
from footnote.bot.telegram.sending.pausing import passed_or_set

logger = logging.getLogger(__name__)

PAUSES_SECONDS = (1.0, 5.0, 30.0)
"""Before a failed update is tried again; after the last of them it is set aside."""
_LONGEST_PAUSE_SECONDS = 60.0
_LONGEST_WITHOUT_STATE_SECONDS = 4.0  # a server that is back is to be noticed soon
_MAX_PATIENCE_SECONDS = 6 * 3600
# Often begun and never ended may mean that an update ends the process. So may an unlucky one that
# is under way in a row of kills from outside: killed 30 times in half a minute, a bot had begun the
# first update of some chats 16 times. Hence the age; and the others get a head start meanwhile.
_SUSPECT_BEGUN, _HEAD_START_SECONDS = 8, 3.0
_MAX_BEGUN, _GUILTY_AFTER_SECONDS = 15, 600.0
# What had been under way for long when the process ended, twice, may well be why: what is suspected
# is handled one at a time, so that the second time it is the only one.
_MAX_SUSPECTED = 2
_AT_ONCE = 64
_PRESSES_AT_ONCE = 16
_LOOK_EVERY_SECONDS = 20.0
_LOOK_AT_OTHERS_SECONDS = 4.0
_LOOK_AGAIN_SECONDS = 2.0
_TRIES_BEFORE_A_WARNING = 3
_MAX_TRIES_IN_ORDER = 6

_slot: ContextVar[asyncio.Semaphore | None] = ContextVar("slot", default=None)
"""Of those that bound how many updates are handled at once, the one that this update takes up."""


class EndsTheProcess(Exception):
    """An update that was under way whenever the process died."""


class UpdateHandler(Protocol):
    """What an update is handed to. Its `update_id` is the inbox's number, which never repeats."""

    async def handle(self, update: Update) -> None:
        """Handle the update; raises whatever went wrong.

        It may be called again for an update that it was called for before.
        """

    async def apologise(self, update: Update) -> None:
        """Tell the person that it could not be handled."""

    async def work(self) -> None:
        """Run the background work, until it is cancelled."""


@asynccontextmanager
async def making_room() -> AsyncIterator[None]:
    """Free this update's slot while it waits, so that another one is handled."""
    slot = _slot.get()
    if slot is None:
        yield
        return
    slot.release()
    try:
        yield
    finally:
        await slot.acquire()


async def rest(seconds: float) -> None:
    """Sleep with the slot freed."""
    async with making_room():
        await asyncio.sleep(seconds)


class ChatQueues:
    """Runs in the event loop that `add` is called in."""

    def __init__(
        self,
        inbox: Inbox,
        state: State,
        handlers: UpdateHandler,
        delivery: Delivery,
        *,
        log_texts: bool = False,
    ) -> None:
        self._inbox = inbox
        self._state = state
        self._handlers = handlers
        self._delivery = delivery
        self._log_texts = log_texts
        self._queues: dict[str, deque[int]] = {}
        self._in_hand: set[int] = set()
        self._suspected: set[int] = set()
        self._one_suspect = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._press_slots = asyncio.Semaphore(_PRESSES_AT_ONCE)
        self._ending = asyncio.Event()
        self._lanes = Lanes(state) if state.is_shared else None
        self._life = Life(self._lanes) if self._lanes else None
        self.holder = self._lanes.holder if self._lanes else ""

    async def begin(self) -> None:
        """Handle what an earlier process has left; others know from before that this one lives."""
        if self._life:
            await self._life.begin()
        self._suspected = await self._state.run_in_db(self._inbox.suspect, self.holder)
        self.add(await self._state.run_in_db(self._inbox.waiting))

    def add(self, updates: Iterable[QueuedUpdate]) -> None:
        """Queue these updates, each behind those of its chat, but for those that are queued."""
        for update in updates:
            if update.number in self._in_hand:
                continue
            self._in_hand.add(update.number)
            queue = self._queues.get(update.queue_key)
            if queue is None:
                self._queues[update.queue_key] = queue = deque()
                task = asyncio.create_task(self._work(update.queue_key, queue))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            queue.append(update.number)

    async def look_again(self) -> None:
        """Now and then add what waits and was not added: it was replayed, or the state failed, or
        another process has let go of it, which it tells where it can."""
        noticed = asyncio.Event()
        async with hearing(self._state.database, CHANNEL, noticed.set):
            await self._look_whenever(noticed)

    async def _look_whenever(self, noticed: asyncio.Event) -> None:
        while True:
            every = _LOOK_AT_OTHERS_SECONDS if self._lanes else _LOOK_EVERY_SECONDS
            await passed_or_set(noticed, every)
            noticed.clear()
            try:
                if self._lanes:
                    await self._state.run_in_db(self._lanes.renew)
                    await self._state.run_in_db(self._lanes.take_from_the_dead)
                self.add(await self._state.run_in_db(self._inbox.waiting))
            except DATABASE_FAULTS:
                logger.exception("the inbox can't be looked at")

    async def end(self, patience: float) -> None:
        """Start no more updates, and wait up to so many seconds for those in progress."""
        self._ending.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(*DATABASE_FAULTS):
            await self._state.run_in_db(self._inbox.clear, self.holder)
            if self._lanes:
                await self._state.run_in_db(self._lanes.release_all)
        if self._life:
            await self._life.end()

    async def _work(self, queue_key: str, queue: deque[int]) -> None:
        slots = self._press_slots if queue_key.startswith("press") else self._slots
        if self._lanes:
            fence.set(partial(self._lanes.require, queue_key))
        try:
            while await self._is_there_more(queue_key, queue):
                await self._work_off(queue, slots)
                if self._ending.is_set():
                    break
        finally:
            self._in_hand.difference_update(queue)
            del self._queues[queue_key]

    async def _is_there_more(self, queue_key: str, queue: deque[int]) -> bool:
        """Whether something waits in a queue; where several processes have one inbox, whether it
        is this one's turn, and with what others took in."""
        if self._lanes is None:
            return bool(queue)
        while not self._ending.is_set():
            before = set(queue)
            try:
                claimed = await self._state.run_in_db(self._lanes.claim, queue_key)
                if claimed is not None and not claimed:
                    claimed = await self._state.run_in_db(self._lanes.release, queue_key)
            except DATABASE_FAULTS:
                logger.exception("the queue %s can't be looked at now, and waits", queue_key)
                await passed_or_set(self._ending, _LOOK_AGAIN_SECONDS)
                continue
            # What came in meanwhile may have come too late for whoever looked.
            added = {number for number in queue if number not in before}
            self._in_hand.difference_update(before)
            queue.clear()
            queue.extend(sorted({*(claimed or ()), *added}))
            self._in_hand.update(queue)
            if claimed or not queue:
                return bool(queue)
        return False

    async def _work_off(self, queue: deque[int], slots: asyncio.Semaphore) -> None:
        while queue and not self._ending.is_set():
            number, tries = queue[0], 0
            while (pause := await self._tried(number, tries, slots)) is not None:
                tries += 1
                await passed_or_set(self._ending, pause)
            queue.popleft()
            self._in_hand.discard(number)
            if self._lanes is not None:
                return  # to what came in before the next one, if anything did

    async def _tried(self, number: int, tries: int, slots: asyncio.Semaphore) -> float | None:
        """As `_turn`. Where the state can't be written, say, those behind it wait with it."""
        try:
            return await self._turn(number, tries, slots)
        except DatabaseAway:  # of which it was told: in order still, for nothing else can go on
            return min(2.0**tries, _LONGEST_WITHOUT_STATE_SECONDS)
        except TurnLost as lost:
            logger.warning("update %d is left alone: %s", number, lost)
            return None
        except Exception:  # nothing is lost: it is in the inbox, and looked for again
            logger.exception("update %d could not be handled now, and waits", number)
            return 2.0**tries if tries < _MAX_TRIES_IN_ORDER else None

    async def _turn(self, number: int, tries: int, slots: asyncio.Semaphore) -> float | None:
        """Try once. Seconds to wait before the next try, None if there shall be none."""
        alone = self._one_suspect if number in self._suspected else contextlib.nullcontext()
        async with alone, slots:
            _slot.set(slots)
            if self._ending.is_set():
                return None
            taken = await self._state.run_in_db(self._inbox.take, number)
            if taken is None:
                return None
            if taken.begun >= _SUSPECT_BEGUN:
                await asyncio.sleep(_HEAD_START_SECONDS)
            begun = time.monotonic()
            outcome, pause = await self._try(taken, tries)
        stuck = pause is not None and tries >= _TRIES_BEFORE_A_WARNING
        level = logging.WARNING if stuck else logging.INFO
        self._log(level, taken, outcome, time.monotonic() - begun)
        return pause

    async def _try(self, taken: TakenUpdate, tries: int) -> tuple[str, float | None]:
        """What came of it, and the pause before the next try if there shall be one."""
        handling.set(taken.number)
        update = None
        try:
            update = Update.de_json(taken.body | {"update_id": taken.number}, self._delivery.bot)
            if taken.begun >= _MAX_BEGUN and time.time() > taken.at + _GUILTY_AFTER_SECONDS:
                raise EndsTheProcess(f"begun {taken.begun} times and never ended")
            if taken.suspected >= _MAX_SUSPECTED:
                raise EndsTheProcess(f"under way {taken.suspected} times when the process ended")
            await self._delivery.notice(update)
            await self._handlers.handle(update)
        except (TelegramUnreachable, Forbidden) as error:
            outcome = f"unreachable ({error})"
        except NotYet as error:
            return await self._postpone(taken, "postponed", error.seconds)
        except RetryAfter as error:
            return await self._postpone(taken, "postponed", seconds_asked(error))
        except (DatabaseAway, TurnLost):
            raise
        except Exception as error:  # the last handler: whatever it is, it is kept and told
            if _is_of_telegram(error) and time.time() < taken.at + _MAX_PATIENCE_SECONDS:
                pause = min(2.0**tries, _LONGEST_PAUSE_SECONDS)
                return await self._postpone(taken, f"no connection ({error})", pause)
            if update is None or isinstance(error, EndsTheProcess):
                return await self._set_aside(taken, update)
            return await self._failed(taken, update)
        else:
            outcome = "handled"
        await self._state.run_in_db(self._inbox.handled, taken.number)
        return outcome, None

    async def _postpone(self, taken: TakenUpdate, outcome: str, pause: float) -> tuple[str, float]:
        await self._state.run_in_db(self._inbox.postponed, taken.number)
        return outcome, pause

    async def _failed(self, taken: TakenUpdate, update: Update) -> tuple[str, float | None]:
        if taken.failed >= len(PAUSES_SECONDS):
            return await self._set_aside(taken, update)
        logger.warning("update %d failed", taken.number, exc_info=True)
        await self._state.run_in_db(self._inbox.failed, taken.number, self._fault())
        return "failed", PAUSES_SECONDS[taken.failed]

    async def _set_aside(self, taken: TakenUpdate, update: Update | None) -> tuple[str, None]:
        logger.error("update %d is set aside", taken.number, exc_info=True)
        await self._state.run_in_db(self._inbox.set_aside, taken.number, self._fault())
        if update is not None:
            await self._apologise(update)
        return "set aside", None

    def _fault(self) -> str:
        """The traceback of what is being handled, for the state; addresses may have the token."""
        return traceback.format_exc().replace(self._delivery.bot.token, "‹token›")

    async def _apologise(self, update: Update) -> None:
        try:
            await self._handlers.apologise(update)
        except Exception:  # there is nothing more to be done for them
            logger.warning("the apology could not be sent", exc_info=True)

    def _log(self, level: int, taken: TakenUpdate, outcome: str, took: float) -> None:
        origin = UpdateOrigin.of(taken.body)
        facts = {
            "update": taken.number,
            "id": taken.body["update_id"],
            "kind": origin.kind,
            "chat": origin.chat,
            "sender": origin.sender,
            "outcome": outcome,
            "waited": f"{time.time() - taken.at - took:.3f}",
            "took": f"{took:.3f}",
        }
        if self._log_texts:
            facts["text"] = origin.text
        logger.log(level, logfmt(facts))


def _is_of_telegram(error: Exception) -> bool:
    """Whether Telegram can't be reached, or doesn't answer, or not this bot any more."""
    return isinstance(error, NetworkError | InvalidToken) and not isinstance(error, BadRequest)
