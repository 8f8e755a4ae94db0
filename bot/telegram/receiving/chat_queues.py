"""Handling the updates of the inbox: in order within a chat, the chats concurrently.

What fails is tried again (`attempts.py`). Whatever is under way when this ends, however it ends, is
handled again at the next start; sending by name (`transmission.py`) makes that harmless.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Iterable
from functools import partial

from footnote.bot.database.errors import DATABASE_FAULTS
from footnote.bot.database.hearing import hearing
from footnote.bot.errors import DatabaseAway, TablesChanged
from footnote.bot.state import State
from footnote.bot.telegram.receiving.attempts import Attempts, UpdateHandler
from footnote.bot.telegram.receiving.inbox import Inbox, QueuedUpdate
from footnote.bot.telegram.receiving.lanes import CHANNEL, Lanes, Life
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.fencing import TurnLost, fence
from footnote.bot.telegram.sending.pausing import passed_or_set

logger = logging.getLogger(__name__)

_LONGEST_WITHOUT_STATE_SECONDS = 4.0  # a server that is back is to be noticed soon
_AT_ONCE = 64
_PRESSES_AT_ONCE = 16
_LOOK_EVERY_SECONDS = 20.0
_LOOK_AT_OTHERS_SECONDS = 4.0
_LOOK_AGAIN_SECONDS = 2.0
_MAX_TRIES_IN_ORDER = 6


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
        self._queues: dict[str, deque[int]] = {}
        self._in_hand: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._press_slots = asyncio.Semaphore(_PRESSES_AT_ONCE)
        self._ending = asyncio.Event()
        self._attempts = Attempts(
            inbox, state, handlers, delivery, ending=self._ending, log_texts=log_texts
        )
        self._lanes = Lanes(state) if state.is_shared else None
        self._life = Life(self._lanes) if self._lanes else None
        self.holder = self._lanes.holder if self._lanes else ""
        self._is_outdated = False
        """Whether a later version has changed the tables: others of that version do all there is,
        so that nobody waits until this process is ended."""

    async def begin(self) -> None:
        """Handle what an earlier process has left; others know from before that this one lives."""
        if self._life:
            await self._life.begin()
        self._attempts.suspected = await self._state.run_in_db(self._inbox.suspect, self.holder)
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
                if self._is_outdated and self._lanes:
                    with contextlib.suppress(*DATABASE_FAULTS):
                        await self._state.run_in_db(self._lanes.give_up, queue_key)
                if self._ending.is_set() or self._is_outdated:
                    break
        finally:
            self._in_hand.difference_update(queue)
            del self._queues[queue_key]

    async def _is_there_more(self, queue_key: str, queue: deque[int]) -> bool:
        """Whether something waits in a queue; where several processes have one inbox, whether it
        is this one's turn, and with what others took in."""
        if self._lanes is None:
            return bool(queue)
        while not (self._ending.is_set() or self._is_outdated):
            before = set(queue)
            try:
                claimed = await self._state.run_in_db(self._lanes.claim, queue_key)
                if claimed is not None and not claimed:
                    claimed = await self._state.run_in_db(self._lanes.release, queue_key)
            except TablesChanged:
                self._is_outdated = True
                return False
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
        """As `Attempts.turn`. Where the state fails, those behind it wait with it."""
        try:
            return await self._attempts.turn(number, tries, slots)
        except TablesChanged:
            self._is_outdated = True
            return None
        except DatabaseAway:  # of which it was told: in order still, for nothing else can go on
            return min(2.0**tries, _LONGEST_WITHOUT_STATE_SECONDS)
        except TurnLost as lost:
            logger.warning("update %d is left alone: %s", number, lost)
            return None
        except Exception:  # nothing is lost: it is in the inbox, and looked for again
            logger.exception("update %d could not be handled now, and waits", number)
            return 2.0**tries if tries < _MAX_TRIES_IN_ORDER else None
