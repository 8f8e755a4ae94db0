"""What somebody was asked for, so that the next thing they send in that chat is taken for it."""

import time
from collections.abc import Callable
from typing import Literal

from footnote.bot.state import State

What = Literal["title", "replacement", "new title", "words"]
"""Titles are of what is being added, new ones of what is there; words are searched for."""

GOOD_FOR_SECONDS = 600.0
"""After that the next message is what it would be otherwise; a question, most likely."""

_STEPS = (
    """
CREATE TABLE awaited (
    place TEXT NOT NULL,
    person INTEGER NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    until REAL NOT NULL,
    PRIMARY KEY (place, person)
) STRICT, WITHOUT ROWID;
""",
    "ALTER TABLE awaited ADD COLUMN cause TEXT",
)


class PendingReplies:
    """One thing at a time from one person at one place: the last that they were asked for."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        state.migrate("awaited", _STEPS, places=["awaited.place"])
        self._state = state
        self._now = now

    def expect(self, place: str, person: int, what: What, subject: str) -> None:
        """`subject` is a submission or an article, with what asks for it where that matters."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO awaited VALUES (?, ?, ?, ?, ?, NULL)",
                (place, person, what, subject, self._now() + GOOD_FOR_SECONDS),
            )

    def find(self, place: str, person: int, what: What, *, cause: str = "") -> str | None:
        """The subject; it stays awaited until it is forgotten, or brought.

        A message whose `cause` brought it finds it still when it is handled again.
        """
        rows = self._state.rows(
            "SELECT subject FROM awaited WHERE place = ? AND person = ? AND what = ?"
            " AND (cause = ? OR (cause IS NULL AND until > ?))",
            *(place, person, what, cause, self._now()),
        )
        return rows[0][0] if rows else None

    def upload(self, place: str, person: int, cause: str) -> None:
        """The message with this cause brought it; no other one does."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE awaited SET cause = ? WHERE place = ? AND person = ?",
                (cause, place, person),
            )

    def forget(self, place: str, person: int) -> None:
        """Nothing is awaited any more; what was brought is found still by what brought it."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "DELETE FROM awaited WHERE place = ? AND person = ? AND cause IS NULL",
                (place, person),
            )
