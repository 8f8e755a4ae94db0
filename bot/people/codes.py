"""Codes that let people in: one for the first owner, and invitations.

Neither stands anywhere on disk: the owner's code is in memory, of an invitation the digest is kept.
"""

import hashlib
import hmac
import secrets
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from footnote.bot.database.tables import invitation
from footnote.bot.state import State

INVITATION = "i_"
"""What the payload of an invitation's link begins with; the code follows."""

INVITATION_DAYS = 7
"""An invitation that nobody has used is void after so many days."""

OWNER = 3
"""The rank that the owner's code gives; invitations give the one that they were made for."""

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
            row = {"digest": _digest(code), "rank": rank, "at": self._now(), "made_by": by}
            connection.execute(insert(invitation), row)
        return code

    def open(self) -> list[Invitation]:
        """Those that nobody has used and that are not void yet, the newest first."""
        rows = self._state.rows(
            select(invitation.c.digest, invitation.c.rank, invitation.c.made_by, invitation.c.at)
            .where(
                invitation.c.used_by.is_(None), invitation.c.at > self._now() - _GOOD_FOR_SECONDS
            )
            .order_by(invitation.c.at.desc(), invitation.c.digest)
        )
        return [
            Invitation(_number(digest), rank, by, at + _GOOD_FOR_SECONDS)
            for digest, rank, by, at in rows
        ]

    def revoke(self, number: int) -> None:
        """Make void the open invitation of this number; nothing where there is none."""
        with self._state.transaction() as connection:
            unused = select(invitation.c.digest).where(invitation.c.used_by.is_(None))
            void = [digest for digest in connection.scalars(unused) if _number(digest) == number]
            connection.execute(delete(invitation).where(invitation.c.digest.in_(void)))

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

    def forget(self, user: int, connection: Connection) -> None:
        """Within a transaction, take away the invitations by which this person came in, and those
        that this person made and nobody has used."""
        is_open = and_(invitation.c.made_by == user, invitation.c.used_by.is_(None))
        connection.execute(delete(invitation).where(or_(invitation.c.used_by == user, is_open)))

    def _redeem_owners(self, code: str) -> int | None:
        if self._owners is None or not hmac.compare_digest(code.encode(), self._owners.encode()):
            return None
        self._owners = None
        return OWNER

    def _redeem_invitation(self, code: str, user: int, above: int) -> int | None:
        """Good for one person, who may send it twice: a message may be handled again."""
        rows = self._state.rows(
            select(invitation.c.rank, invitation.c.used_by, invitation.c.made_by).where(
                invitation.c.digest == _digest(code),
                invitation.c.at > self._now() - _GOOD_FOR_SECONDS,
            )
        )
        for rank, used_by, by in rows:
            may = by is None or self._may_invite(by)
            if used_by == user or (used_by is None and rank > above and may):
                with self._state.transaction() as connection:
                    is_it = invitation.c.digest == _digest(code)
                    connection.execute(update(invitation).where(is_it).values(used_by=user))
                return int(rank)
        return None


def _new() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def _number(digest: str) -> int:
    """Names an invitation within the 64 bytes of a button's data."""
    return int(digest[: 2 * _BYTES_OF_NUMBER], 16)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
