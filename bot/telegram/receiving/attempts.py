"""One try at an update of the inbox: what comes of it, and when it is tried again.

What fails is tried again after a pause, then set aside, and the person is told once. What fails
because Telegram can't be reached waits for it.
"""

import asyncio
import contextlib
import logging
import time
import traceback
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Protocol

from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from footnote.bot.errors import DatabaseAway, NotYet, TelegramUnreachable
from footnote.bot.log import logfmt
from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import Inbox, TakenUpdate
from footnote.bot.telegram.receiving.update_origin import UpdateOrigin
from footnote.bot.telegram.sending.delivery import Delivery, handling
from footnote.bot.telegram.sending.fencing import TurnLost
from footnote.bot.telegram.sending.pacing import seconds_asked

logger = logging.getLogger(__name__)

PAUSES_SECONDS = (1.0, 5.0, 30.0)
"""Before a failed update is tried again; after the last of them it is set aside."""
_LONGEST_PAUSE_SECONDS = 60.0
_MAX_PATIENCE_SECONDS = 6 * 3600
# Often begun and never ended may mean that an update ends the process. So may an unlucky one that
# is under way in a row of kills from outside: killed 30 times in half a minute, a bot had begun the
# first update of some chats 16 times. Hence the age; and the others get a head start meanwhile.
_SUSPECT_BEGUN, _HEAD_START_SECONDS = 8, 3.0
_MAX_BEGUN, _GUILTY_AFTER_SECONDS = 15, 600.0
# What had been under way for long when the process ended, twice, may well be why: what is suspected
# is handled one at a time, so that the second time it is the only one.
_MAX_SUSPECTED = 2
_TRIES_BEFORE_A_WARNING = 3

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


class Attempts:
    """Of the updates of one inbox; `suspected` are those that may have ended the process before."""

    def __init__(
        self,
        inbox: Inbox,
        state: State,
        handlers: UpdateHandler,
        delivery: Delivery,
        *,
        ending: asyncio.Event,
        log_texts: bool = False,
    ) -> None:
        self._inbox = inbox
        self._state = state
        self._handlers = handlers
        self._delivery = delivery
        self._ending = ending
        self._log_texts = log_texts
        self.suspected: Collection[int] = ()
        self._one_suspect = asyncio.Semaphore(1)

    async def turn(self, number: int, tries: int, slots: asyncio.Semaphore) -> float | None:
        """Try once, in one of the slots. Seconds to wait before the next try, None without one.

        Raises DatabaseAway, and TurnLost where another process handles it by now.
        """
        alone = self._one_suspect if number in self.suspected else contextlib.nullcontext()
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
