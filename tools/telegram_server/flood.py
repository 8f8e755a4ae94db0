"""Counts what Telegram would call too much, and refuses it if a test wants that.

The limits are those of core.telegram.org/bots/faq: one message a second in a chat, 20 a minute in a
group, 30 a second over all. Edits count as messages do, but for those that telegram-bot-api refuses
by itself because there is nothing to edit (Client::check_message). Drafts are counted apart: how
Telegram counts them is not known.
"""

import math
from collections import deque
from dataclasses import dataclass
from typing import Literal

from .chats import Chat
from .clock import Clock
from .refusals import too_many_requests

NOT_COUNTED = frozenset({"sendChatAction"})
COUNTED = ("send", "edit", "copy", "forward")
LONGEST_WAIT = 3600.0


@dataclass(frozen=True)
class FloodLimits:
    """How many messages and drafts may be sent. A larger `chat_per_second` allows bursts."""

    chat_per_second: int = 1
    group_per_minute: int = 20
    overall_per_second: int = 30
    drafts_per_second: int = 1


@dataclass(frozen=True)
class Excess:
    """A request beyond a limit, such as "chat_per_second"."""

    method: str
    chat_id: int
    limit: str
    time: float


class FloodMeter:
    """`mode` may be changed at any time. "record" only fills `excesses`, "enforce" answers 429 too.

    Whoever sends again before the wait is over has to wait twice as long as was left.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.mode: Literal["off", "record", "enforce"] = "off"
        self.limits = FloodLimits()
        self.excesses: list[Excess] = []
        self._sent: dict[tuple[str, int], deque[float]] = {}
        self._wait_until: dict[int, float] = {}

    def admit(self, method: str, chat: Chat | None) -> None:
        """Counts a request, or raises the 429 for it."""
        if self.mode == "off" or chat is None or not _is_counted(method):
            return
        now = self._clock.now()
        left = self._wait_until.get(chat.id, 0.0) - now
        if self.mode == "enforce" and left > 0:
            self._refuse(chat, now, min(2 * left, LONGEST_WAIT))
        buckets = self._buckets(method, chat)
        for limit, (key, period) in buckets.items():
            times = self._sent.setdefault((limit, key), deque())
            while times and times[0] <= now - period:
                times.popleft()
            if len(times) >= getattr(self.limits, limit):
                self.excesses.append(Excess(method, chat.id, limit, now))
                if self.mode == "enforce":
                    self._refuse(chat, now, times[0] + period - now)
        for limit, (key, _) in buckets.items():
            self._sent[limit, key].append(now)

    def _buckets(self, method: str, chat: Chat) -> dict[str, tuple[int, float]]:
        """By limit: whose requests count together, and over how many seconds."""
        if method == "sendMessageDraft":
            return {"drafts_per_second": (chat.id, 1.0)}
        buckets = {"chat_per_second": (chat.id, 1.0), "overall_per_second": (0, 1.0)}
        if chat.type != "private":
            buckets["group_per_minute"] = (chat.id, 60.0)
        return buckets

    def _refuse(self, chat: Chat, now: float, wait: float) -> None:
        seconds = max(1, math.ceil(wait))
        self._wait_until[chat.id] = now + seconds
        raise too_many_requests(seconds)


def _is_counted(method: str) -> bool:
    return method.startswith(COUNTED) and method not in NOT_COUNTED
