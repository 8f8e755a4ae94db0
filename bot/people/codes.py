"""Codes that let people in: one for the first owner, and invitations.

Neither stands anywhere on disk: the owner's code is in memory, of an invitation the digest is kept.
"""

import hashlib
import hmac
import secrets
import sqlite3
from collections import defaultdict, deque
from collections.abc import Callable

from bot.state import State

INVITATION_DAYS = 7
"""An invitation that nobody has used is void after so many days."""

OWNER = 3
"""The rank that the owner's code gives; invitations give the one that they were made for."""

_STEPS = (
    """
CREATE TABLE invitation (
    digest TEXT PRIMARY KEY,
    rank INTEGER NOT NULL,
    at REAL NOT NULL,
    used_by INTEGER
) STRICT, WITHOUT ROWID;
""",
)
# No letter or digit that is easily taken for another when it is copied by hand; 32 to the power of
# 12 is 60 bits, which nobody tries out at five tries an hour.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 12
_MOST_TRIES, _TRIES_SECONDS = 5, 3600
_DAY_SECONDS = 24 * 3600


class Codes:
    """For one thread at a time, but for `invite` and `forget`."""

    def __init__(self, state: State, now: Callable[[], float]) -> None:
        state.migrate("codes", _STEPS)
        self._state = state
        self._now = now
        self._owners: str | None = None
        self._tries: defaultdict[int, deque[float]] = defaultdict(deque)

    def for_owner(self) -> str:
        """A new code in place of the one before; good until it is used, or this process ends."""
        self._owners = _new()
        return self._owners

    def invite(self, rank: int) -> str:
        """A code that gives one person this rank."""
        code = _new()
        with self._state.transaction() as connection:
            connection.execute(
                "INSERT INTO invitation (digest, rank, at) VALUES (?, ?, ?)",
                (_digest(code), rank, self._now()),
            )
        return code

    def has_tried_enough(self, user: int) -> bool:
        """Whether there were five void codes within an hour: then no other is looked at."""
        tries = self._tries[user]
        while tries and tries[0] < self._now() - _TRIES_SECONDS:
            tries.popleft()
        return len(tries) >= _MOST_TRIES

    def redeem(self, code: str, user: int, *, above: int) -> int | None:
        """The rank that a code gives this person, who has the rank `above`; None where it is void,
        or is not looked at."""
        if self.has_tried_enough(user):
            return None
        plain = code.upper().encode(errors="replace").decode()
        rank = self._redeem_owners(plain) or self._redeem_invitation(plain, user, above)
        if rank is None:
            self._tries[user].append(self._now())
        return rank

    def forget(self, user: int, connection: sqlite3.Connection) -> None:
        """Within a transaction, take away the invitations by which this person came in."""
        connection.execute("DELETE FROM invitation WHERE used_by = ?", (user,))

    def _redeem_owners(self, code: str) -> int | None:
        if self._owners is None or not hmac.compare_digest(code.encode(), self._owners.encode()):
            return None
        self._owners = None
        return OWNER

    def _redeem_invitation(self, code: str, user: int, above: int) -> int | None:
        """Good for one person, who may send it twice: a message may be handled again."""
        rows = self._state.rows(
            "SELECT rank, used_by FROM invitation WHERE digest = ? AND at > ?",
            _digest(code),
            self._now() - INVITATION_DAYS * _DAY_SECONDS,
        )
        for rank, used_by in rows:
            if used_by == user or (used_by is None and rank > above):
                with self._state.transaction() as connection:
                    connection.execute(
                        "UPDATE invitation SET used_by = ? WHERE digest = ?",
                        (user, _digest(code)),
                    )
                return int(rank)
        return None


def _new() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
