"""Getting a message into a chat once, in order, and at the chat's pace.

A message has a name (`key`), under which it is sent once, however often it is tried. Where a try
ends without an answer (the connection broke, the process died) the message may stand in the chat or
not. Telegram numbers messages upwards and lets a bot edit no message but its own, so the next try
first edits the numbers above those that were known, one by one, into the message that is meant: a
number that takes it was the lost one. Only if none does, the message is sent again.

Telegram numbers the messages of all private chats and small groups together, so numbers of other
chats are passed over where they are known.

It can be there twice only where Telegram carries a request out later after the connection broke
than `RateLimits` has it; where more than `_MAX_LOOKED_AT` messages that the bot does not know of
got their numbers in between; where the group became a supergroup in between; or where the power
failed before the disk had what was sent.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from enum import Enum
from itertools import islice
from typing import Protocol
from weakref import WeakValueDictionary

import httpx
from telegram import Message as TelegramMessage
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from footnote.bot.errors import TelegramUnreachable
from footnote.bot.state import State
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.sending.pacing import Pacing, seconds_asked
from footnote.bot.telegram.sending.sent import Record, Sent

logger = logging.getLogger(__name__)

Request = Callable[[ChatThread], Awaitable[TelegramMessage]]
"""Sends a message to a place."""
EditRequest = Callable[[int, int], Awaitable[object]]
"""Edits the message of a chat that has a number, both given."""

_MAX_LOOKED_AT = 200
# What was begun longer ago may have been taken over by another process (`fencing.py`): this one
# stood still in between. Less than `lanes.HELD_SECONDS`.
_STALE_SECONDS = 10.0
# Numbers may have been given beyond the highest that is known: to what was sent and is in doubt
# too, and to what has not come in yet.
_BEYOND = 20
_KEPT_SECONDS = 30 * 24 * 3600  # as long as an update that was set aside may be replayed
_REFUSALS = (BadRequest, Forbidden, RetryAfter, ChatMigrated, Conflict, InvalidToken)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NOT_MODIFIED = "message is not modified"
_NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
_TAKES_NO_MESSAGES = (
    "chat not found", "message thread not found", "topic_closed", "topic_deleted",
    "not enough rights to send", "have no rights to send", "chat_write_forbidden",
)  # fmt: skip


class Edited(Enum):
    """What became of an edit: after the first two the message reads as it was meant to."""

    DONE = "done"
    UNCHANGED = "unchanged"
    GONE = "gone"
    SKIPPED = "skipped"  # it was dispensable, and there was no room for it


class IncomingNumbers(Protocol):
    """What is known of the messages that came in from a chat, and from all those whose messages
    are numbered together with its."""

    def newest(self, chat: int) -> int:
        """The highest number, 0 where there is none."""
        ...

    def numbers(self, chat: int, above: int) -> set[int]:
        """Those that are higher than one."""
        ...


class NothingCameIn:
    """Of a bot that only sends."""

    def newest(self, chat: int) -> int:
        return 0

    def numbers(self, chat: int, above: int) -> set[int]:
        return set()


class Transmission:
    """One request at a time in a chat."""

    def __init__(self, state: State, *, incoming: IncomingNumbers, pacing: Pacing) -> None:
        self._state = state
        self._incoming = incoming
        self._pacing = pacing
        self._sent = Sent(state)
        for chat, until in self._sent.holds():
            pacing.hold(chat, until)
        self._moved = self._sent.moved()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def now(self, place: ChatThread) -> ChatThread:
        """The place by the number that its chat has now."""
        return ChatThread(self._moved.get(place.chat, place.chat), place.thread)

    async def once(
        self, key: str, place: ChatThread, request: Request, recognise: EditRequest
    ) -> int:
        """The number of the message of this name, which is sent unless it stands there already.

        `recognise` edits a message into the one that is meant. Raises Unreachable, NotYet and
        TelegramError.
        """
        async with self._turn(place.chat):
            record = await self._state.run_in_db(self._sent.find, key)
            if record is not None and record.message is not None:
                return record.message
            number = await self._lost(record, recognise) if record is not None else None
            if number is None:
                number = await self._transmit(key, place, request)
            await self._state.run_in_db(self._sent.complete, key, number)
            return number

    async def was_begun(self, key: str) -> bool:
        """Whether a message of this name was sent, or may have been."""
        return await self._state.run_in_db(self._sent.find, key) is not None

    async def edit(self, place: ChatThread, number: int, request: EditRequest) -> Edited:
        """Edit a message of ours; raises Unreachable, NotYet and TelegramError."""
        async with self._turn(place.chat):
            while self.now(place).chat == place.chat:
                await self._pacing.turn(place.chat)
                try:
                    await request(place.chat, number)
                except TelegramError as error:
                    if outcome := _outcome(error):
                        return outcome
                    await self._absorb(place.chat, error)
                else:
                    return Edited.DONE
                finally:
                    self._pacing.landed(place.chat)
        return Edited.GONE  # the numbers of a group are void in what it has become

    async def move(self, chat: int, to: int) -> None:
        """A group has become a supergroup, with another number: all that is kept moves with it."""
        if self._moved.get(chat) == to:
            return
        old, new = str(ChatThread(chat)), str(ChatThread(to))
        await self._state.run_in_db(self._sent.move, old, chat, to=(new, to))
        self._moved = self._sent.moved()
        logger.info("chat %d has become %d", chat, to)

    async def prune(self) -> None:
        await self._state.run_in_db(self._sent.prune, time.time() - _KEPT_SECONDS)

    def _turn(self, chat: int) -> asyncio.Lock:
        return self._turns.setdefault(chat, asyncio.Lock())

    async def _transmit(self, key: str, place: ChatThread, request: Request) -> int:
        while True:
            now = self.now(place)
            await self._pacing.turn(now.chat)
            begun = time.monotonic()
            try:
                await self._state.run_in_db(self._begin, key, now.chat)
                if time.monotonic() > begun + _STALE_SECONDS:
                    continue
                return (await request(now)).message_id
            except TelegramError as error:
                note = self._sent.forget if _was_not_carried_out(error) else self._sent.doubt
                await self._state.run_in_db(note, key)
                await self._absorb(now.chat, error)
            finally:
                self._pacing.landed(now.chat)

    def _begin(self, key: str, chat: int) -> None:
        self._sent.begin(key, chat, self._incoming.newest(chat))

    async def _lost(self, record: Record, recognise: EditRequest) -> int | None:
        """The number of a message whose sending was never confirmed, None if it is not there."""
        late = self._pacing.limits.late
        left = record.at + late - time.time()
        await asyncio.sleep(min(max(left, 0.0), late))
        for number in await self._state.run_in_db(self._unknown, record):
            if await self._is_it(record.chat, number, recognise):
                logger.info("message %d had arrived, though nothing said so", number)
                return number
        return None

    def _unknown(self, record: Record) -> list[int]:
        """The numbers that it may have got, of those that are not known to be of another."""
        chat, above = record.chat, record.above
        others = self._sent.numbers(chat, above) | self._incoming.numbers(chat, above)
        end = max(others, default=above) + self._sent.in_doubt(chat) + _BEYOND
        unknown = (number for number in range(above + 1, end + 1) if number not in others)
        return list(islice(unknown, _MAX_LOOKED_AT))

    async def _is_it(self, chat: int, number: int, recognise: EditRequest) -> bool:
        while True:
            await self._pacing.release(chat)
            try:
                await recognise(chat, number)
            except BadRequest as error:
                return _outcome(error) is Edited.UNCHANGED
            except ChatMigrated:
                return False
            except TelegramError as error:
                await self._absorb(chat, error)
            else:
                self._pacing.count(chat)
                return True

    async def _absorb(self, chat: int, error: TelegramError) -> None:
        """Returns where the request can be made again, after the pause that Telegram asked for."""
        if isinstance(error, RetryAfter):
            until = time.time() + seconds_asked(error)
            logger.info(
                "Telegram asks chat %d to wait for %.0f seconds", chat, seconds_asked(error)
            )
            self._pacing.hold(chat, until)
            await self._state.run_in_db(self._sent.hold, chat, until)
        elif isinstance(error, ChatMigrated):
            await self.move(chat, error.new_chat_id)
        elif isinstance(error, Forbidden) or _is_of(error, _TAKES_NO_MESSAGES):
            raise TelegramUnreachable(error.message) from error
        else:
            raise error


def _was_not_carried_out(error: TelegramError) -> bool:
    return isinstance(error, _REFUSALS) or isinstance(error.__cause__, _NEVER_LEFT)


def _outcome(error: TelegramError) -> Edited | None:
    if _is_of(error, (_NOT_MODIFIED,)):
        return Edited.UNCHANGED
    return Edited.GONE if _is_of(error, _NOTHING_TO_EDIT) else None


def _is_of(error: TelegramError, texts: tuple[str, ...]) -> bool:
    told = error.message.lower()
    return isinstance(error, BadRequest) and any(text in told for text in texts)
