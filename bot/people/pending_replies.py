"""What somebody was asked for, so that the next thing they send in that chat is taken for it."""

import time
from collections.abc import Callable
from typing import Literal

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from footnote.bot.database.tables import awaited
from footnote.bot.state import State
from footnote.index.database.upsert import put

What = Literal["title", "replacement", "new title", "words"]
"""Titles are of what is being added, new ones of what is there; words are searched for."""

GOOD_FOR_SECONDS = 600.0
"""After that the next message is what it would be otherwise; a question, most likely."""


class PendingReplies:
    """One thing at a time from one person at one place: the last that they were asked for."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._now = now

    def expect(self, place: str, person: int, what: What, subject: str) -> None:
        """`subject` is a submission or an article, with what asks for it where that matters."""
        with self._state.transaction(lazily=True) as connection:
            until = self._now() + GOOD_FOR_SECONDS
            row = {"place": place, "person": person, "what": what, "subject": subject}
            put(connection, awaited, {**row, "until": until, "cause": None})

    def find(self, place: str, person: int, what: What, *, cause: str = "") -> str | None:
        """The subject; it stays awaited until it is forgotten, or brought.

        A message whose `cause` brought it finds it still when it is handled again.
        """
        rows = self._state.rows(
            select(awaited.c.subject).where(
                *_of(place, person),
                awaited.c.what == what,
                or_(
                    awaited.c.cause == cause,
                    and_(awaited.c.cause.is_(None), awaited.c.until > self._now()),
                ),
            )
        )
        return rows[0][0] if rows else None

    def upload(self, place: str, person: int, cause: str) -> None:
        """The message with this cause brought it; no other one does."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(update(awaited).where(*_of(place, person)).values(cause=cause))

    def forget(self, place: str, person: int) -> None:
        """Nothing is awaited any more; what was brought is found still by what brought it."""
        with self._state.transaction(lazily=True) as connection:
            is_it = (*_of(place, person), awaited.c.cause.is_(None))
            connection.execute(delete(awaited).where(*is_it))


def _of(place: str, person: int) -> tuple[ColumnElement[bool], ...]:
    return awaited.c.place == place, awaited.c.person == person
