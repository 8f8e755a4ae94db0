"""Keeping below Telegram's limits, so that it has no reason to ask for a pause; obeying if it asks.

The limits are those of core.telegram.org/bots/faq: one message a second in a chat, 20 a minute in a
group, 30 a second over all; edits count as messages. What was sent before a restart is forgotten,
the pauses that Telegram asked for are not (`holds`).

This is no `BaseRateLimiter` of python-telegram-bot, which waits inside the call of the bot. What is
about to be sent is recorded between the turn and the request, with the time and the highest number
known then (`transmission.py`). Recorded before the turn, it would be too old to find a lost message
by, and a long pause (NotYet) would leave a record of what was never sent. Edits that look for a
lost message wait for pauses only, and count if they find it, which a limiter can't know before the
request. Drafts and signs are left out where there is no room, instead of waiting.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import RetryAfter

from footnote.bot.errors import NotYet

# Over all chats we count when a request leaves, Telegram when it arrives: a little more than its
# periods.
_SECOND, _MINUTE = 1.05, 63.0
_MAX_PATIENCE_SECONDS = 60
_FORGET_ABOVE = 1000  # chats


@dataclass(frozen=True, slots=True)
class RateLimits:
    """How many messages go at most to a chat in a second, to a group in a minute, and in all.

    `late`: for so many seconds after its connection broke a request may yet be carried out.
    """

    chat_per_second: int = 1
    group_per_minute: int = 20
    all_per_second: int = 30
    late: float = 3.0


TELEGRAMS = RateLimits()


class Pacing:
    """Turns to send, by chat. Times are in seconds of `clock`."""

    def __init__(
        self,
        limits: RateLimits = TELEGRAMS,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.limits = limits
        self._clock = clock
        self._sleep = sleep
        self._sent: dict[tuple[int, int], deque[float]] = {}
        self._held: dict[int, float] = {}
        self._drafts: dict[int, float] = {}

    def hold(self, chat: int, until: float) -> None:
        """Telegram wants nothing for this chat before then."""
        self._held[chat] = max(until, self._held.get(chat, 0.0))

    def wait(self, chat: int) -> float:
        """Seconds until a message may be sent there; 0 where it may be now."""
        now = self._clock()
        until = self._held.get(chat, 0.0)
        for key, (most, period) in self._counted(chat).items():
            sent = self._sent.get(key, ())
            if len(sent) >= most:
                until = max(until, sent[-most] + period)
        return max(0.0, until - now)

    def is_spare(self, chat: int) -> bool:
        """Whether there is room for an optional message: half of every limit is free."""
        now = self._clock()
        return self.wait(chat) == 0 and all(
            sum(at > now - period for at in self._sent.get(key, ())) <= most // 2
            for key, (most, period) in self._counted(chat).items()
        )

    def is_held(self, chat: int) -> bool:
        """Whether Telegram has asked for a pause there."""
        return self._held.get(chat, 0.0) > self._clock()

    def has_room_for_draft(self, chat: int) -> bool:
        """Whether a draft may be shown, which is counted: one a second, apart from messages."""
        now, last = self._clock(), self._drafts.get(chat, 0.0)
        if self.is_held(chat) or now < last + _SECOND:
            return False
        self._drafts[chat] = now
        return True

    async def release(self, chat: int) -> None:
        """Wait until Telegram's pause is over; raises NotYet where that is long."""
        while (seconds := self._held.get(chat, 0.0) - self._clock()) > 0:
            if seconds > _MAX_PATIENCE_SECONDS:
                raise NotYet(seconds)
            await self._sleep(seconds)

    async def turn(self, chat: int) -> None:
        """Wait until a message may be sent, and count it; raises NotYet where that is long."""
        while (seconds := self.wait(chat)) > 0:
            if seconds > _MAX_PATIENCE_SECONDS:
                raise NotYet(seconds)
            await self._sleep(seconds)
        self.count(chat)

    def count(self, chat: int) -> None:
        now = self._clock()
        for key, (most, _) in self._counted(chat).items():
            self._sent.setdefault(key, deque(maxlen=most)).append(now)
        if len(self._sent) > _FORGET_ABOVE:
            self._forget(now)

    def landed(self, chat: int) -> None:
        """The message counted last in a chat has been answered by now: it counts from now on."""
        now = self._clock()
        for key in self._counted(chat):
            if chat in key and key in self._sent:
                self._sent[key][-1] = now

    def _forget(self, now: float) -> None:
        longest = _MINUTE
        self._sent = {key: sent for key, sent in self._sent.items() if sent[-1] > now - longest}
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        self._drafts = {chat: at for chat, at in self._drafts.items() if at > now - longest}

    def _counted(self, chat: int) -> dict[tuple[int, int], tuple[int, float]]:
        """By what is counted together: how many, in how many seconds."""
        limits = {
            (0, 0): (self.limits.all_per_second, _SECOND),
            (1, chat): (self.limits.chat_per_second, _SECOND),
        }
        group = {(2, chat): (self.limits.group_per_minute, _MINUTE)}
        return limits | group if chat < 0 else limits


def seconds_asked(error: RetryAfter) -> float:
    """How long Telegram wants nothing, from its refusal."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
