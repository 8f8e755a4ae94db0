"""Codes that let people in: one for the first owner, and invitations.

Neither stands anywhere on disk: the owner's code is in memory, of an invitation the digest is kept.
"""

import hashlib
import hmac
import secrets
import sqlite3
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from footnote.bot.state import State

INVITATION = "i_"
"""What the payload of an invitation's link begins with; the code follows."""

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
    "ALTER TABLE invitation ADD COLUMN made_by INTEGER",
)
_BYTES_OF_NUMBER = 6
# No letter or digit that is easily taken for another when it is copied by hand; 32 to the power of
# 12 is 60 bits, which nobody tries out at five tries an hour.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 12
_MAX_TRIES, _TRIES_SECONDS = 5, 3600
_GOOD_FOR_SECONDS = INVITATION_DAYS * 24 * 3600


@dataclass(frozen=True, slots=True)
class Invitation:
    """One that nobody has used yet: `number` stands for it, `by` is who made it, if that is known;
    it is void from `until` on, in seconds since 1970."""

    number: int
    rank: int
    by: int | None
    until: float


class Codes:
    """For one thread at a time, but for `invite` and `forget`."""

    def __init__(
        self, state: State, now: Callable[[], float], may_invite: Callable[[int], bool]
    ) -> None:
        """`may_invite`: whether a person is an owner still, whose open invitations are good."""
        self._may_invite = may_invite
        state.migrate("codes", _STEPS)
        self._state = state
        self._now = now
        self._owners: str | None = None
        self._tries: defaultdict[int, deque[float]] = defaultdict(deque)

    def for_owner(self) -> str:
        """A new code in place of the one before; good until it is used, or this process ends."""
        self._owners = _new()
        return self._owners

    def invite(self, rank: int, by: int | None) -> str:
        """A code that gives one person this rank."""
        code = _new()
        with self._state.transaction() as connection:
            connection.execute(
                "INSERT INTO invitation (digest, rank, at, made_by) VALUES (?, ?, ?, ?)",
                (_digest(code), rank, self._now(), by),
            )
        return code

    def open(self) -> list[Invitation]:
        """Those that nobody has used and that are not void yet, the newest first."""
        rows = self._state.rows(
            "SELECT digest, rank, made_by, at FROM invitation WHERE used_by IS NULL AND at > ?"
            " ORDER BY at DESC, digest",
            self._now() - _GOOD_FOR_SECONDS,
        )
        return [
            Invitation(_number(digest), rank, by, at + _GOOD_FOR_SECONDS)
            for digest, rank, by, at in rows
        ]

    def revoke(self, number: int) -> None:
        """Make void the open invitation of this number; nothing where there is none."""
        with self._state.transaction() as connection:
            rows = connection.execute("SELECT digest FROM invitation WHERE used_by IS NULL")
            void = [(digest,) for (digest,) in rows.fetchall() if _number(digest) == number]
            connection.executemany("DELETE FROM invitation WHERE digest = ?", void)

    def has_tried_enough(self, user: int) -> bool:
        """Whether there were five void codes within an hour: then no other is looked at."""
        tries = self._tries[user]
        while tries and tries[0] < self._now() - _TRIES_SECONDS:
            tries.popleft()
        return len(tries) >= _MAX_TRIES

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
        """Within a transaction, take away the invitations by which this person came in, and those
        that this person made and nobody has used."""
        connection.execute(
            "DELETE FROM invitation WHERE used_by = ?1 OR (made_by = ?1 AND used_by IS NULL)",
            (user,),
        )

    def _redeem_owners(self, code: str) -> int | None:
        if self._owners is None or not hmac.compare_digest(code.encode(), self._owners.encode()):
            return None
        self._owners = None
        return OWNER

    def _redeem_invitation(self, code: str, user: int, above: int) -> int | None:
        """Good for one person, who may send it twice: a message may be handled again."""
        rows = self._state.rows(
            "SELECT rank, used_by, made_by FROM invitation WHERE digest = ? AND at > ?",
            _digest(code),
            self._now() - _GOOD_FOR_SECONDS,
        )
        for rank, used_by, by in rows:
            may = by is None or self._may_invite(by)
            if used_by == user or (used_by is None and rank > above and may):
                with self._state.transaction() as connection:
                    connection.execute(
                        "UPDATE invitation SET used_by = ? WHERE digest = ?",
                        (user, _digest(code)),
                    )
                return int(rank)
        return None


def _new() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def _number(digest: str) -> int:
    """Names an invitation within the 64 bytes of a button's data."""
    return int(digest[: 2 * _BYTES_OF_NUMBER], 16)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
