"""Whose sessions are which, without asking the database again while nothing in it has changed.

Asking it takes a step into another thread, which is a fifth of the time that a page takes. What is
kept is void once anything is written to the state, by this process or another: so whoever is
dismissed is out, and whoever gets another role has it, with the next request.
"""

from collections.abc import Hashable
from typing import Protocol

from footnote.bot.people.secret import digest_of
from footnote.bot.state import State
from footnote.bot.web.visitor import PeopleParts, Visitor, visitor_of_session

_MAX_KEPT = 1_000


class _VisitorParts(PeopleParts, Protocol):
    @property
    def state(self) -> State: ...


class KnownVisitors:
    """To be used in the event loop alone; where the database can't tell at once whether it has
    changed, as PostgreSQL can't, it is asked each time."""

    def __init__(self, parts: _VisitorParts) -> None:
        self._parts = parts
        self._stamp: Hashable = None
        self._kept: dict[str, tuple[Visitor, float]] = {}

    async def find(self, session: str) -> Visitor | None:
        """None where the session is over, or its holder may not ask any more."""
        stamp, digest = self._parts.state.stamp(), digest_of(session)
        if stamp is not None and stamp == self._stamp and digest in self._kept:
            visitor, until = self._kept[digest]
            return None if self._parts.sessions.is_over(until) else visitor
        found = await self._parts.state.run_in_db(self._look, session)
        if found is not None and stamp is not None:
            self._keep(digest, found, stamp)
        return found[0] if found else None

    def _look(self, session: str) -> tuple[Visitor, float] | None:
        visitor = visitor_of_session(self._parts, session)
        return (visitor, self._parts.sessions.until(session)) if visitor else None

    def _keep(self, digest: str, found: tuple[Visitor, float], stamp: Hashable) -> None:
        """What the database said after it had this stamp."""
        if stamp != self._stamp or len(self._kept) >= _MAX_KEPT:
            self._stamp, self._kept = stamp, {}
        self._kept[digest] = found
