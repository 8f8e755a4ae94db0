"""The queue of updates that the bot has not confirmed yet, and what became of the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .table import Table
from .validation import Json, expected, require

# Not sent unless `allowed_updates` names them.
ONLY_IF_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

DAY = 86400.0
# How long an update is kept for the bot, in seconds (the timeouts given to Client::add_update).
LIFETIMES = {"callback_query": 150.0, "inline_query": 30.0}
AHEAD = 10  # an offset further beyond the newest update is taken for nonsense (TQueue.cpp)


@dataclass(eq=False)
class QueuedUpdate:
    """`queue` orders delivery by webhook: updates of one queue come one after the other."""

    id: int
    kind: str
    body: Json
    queue: tuple[str, int]
    expires: float
    deliveries: int = 0  # how often it was in an answer to getUpdates or sent to the webhook
    fate: Literal["pending", "confirmed", "expired", "dropped"] = "pending"

    @property
    def confirmed(self) -> bool:
        return self.fate == "confirmed"


class UpdateQueue:
    def __init__(self, table: Table, *, first_id: int) -> None:
        self._table = table
        self.next_id = first_id  # a test may set it: after a quiet week Telegram picks a new one
        self.history: list[QueuedUpdate] = []
        self.held = False  # nothing is handed out meanwhile
        self.allowed: tuple[str, ...] = ()  # as the bot asked; empty: all but ONLY_IF_NAMED

    def is_allowed(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_IF_NAMED

    def add(self, kind: str, payload: Json, queue: int, now: float) -> QueuedUpdate | None:
        """Makes an update, or None if the bot did not ask for its kind.

        Raises `ImpossibleObject` if the Bot API could not have made it.
        """
        body = {"update_id": self.next_id, kind: payload}
        require(self._table, body, expected("Update"), "Update")
        if not self.is_allowed(kind):
            return None
        expires = now + LIFETIMES.get(kind, DAY)
        family = "message" if kind in ("message", "edited_message") else kind
        update = QueuedUpdate(self.next_id, kind, body, (family, queue), expires)
        self.next_id += 1
        self.history.append(update)
        return update

    def pending(self, now: float) -> list[QueuedUpdate]:
        for update in self.history:
            if update.fate == "pending" and update.expires <= now:
                update.fate = "expired"
        return [update for update in self.history if update.fate == "pending"]

    def select(self, offset: int, limit: int, now: float) -> list[QueuedUpdate]:
        """What getUpdates answers. Everything before a positive `offset` counts as confirmed.

        A negative one keeps only so many of the newest; the others are forgotten
        (Client::do_get_updates).
        """
        pending = self.pending(now)
        if offset < 0:
            settle(pending[:offset], "dropped")
        elif offset <= self.next_id + AHEAD:
            settle((update for update in pending if update.id < offset), "confirmed")
        else:
            offset = 0
        if self.held:
            return []
        return [u for u in pending if u.fate == "pending" and u.id >= offset][:limit]

    def drop_all(self, now: float) -> None:
        settle(self.pending(now), "dropped")


def settle(
    updates: Iterable[QueuedUpdate], fate: Literal["confirmed", "expired", "dropped"]
) -> None:
    for update in updates:
        update.fate = fate
