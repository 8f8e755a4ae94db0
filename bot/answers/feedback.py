"""What people think of the answers, stored with the receipts."""

import time
from dataclasses import dataclass
from enum import IntEnum

from footnote.bot.state import State

_STEPS = (
    """
CREATE TABLE feedback (
    receipt TEXT NOT NULL,
    person INTEGER NOT NULL,
    verdict INTEGER NOT NULL,
    wrong_passage INTEGER NOT NULL,
    at REAL NOT NULL,
    press TEXT NOT NULL,
    PRIMARY KEY (receipt, person)
) STRICT, WITHOUT ROWID;
""",
)


class Rating(IntEnum):
    """What one person says of an answer."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people say what of an answer; `wrong_passages` are among those who say no."""

    up: int = 0
    down: int = 0
    wrong_passages: int = 0


class Feedback:
    """One verdict for each person and answer; `press` names what is done, so that it is done once
    however often it is handled."""

    def __init__(self, state: State) -> None:
        state.migrate("feedback", _STEPS)
        self._state = state

    def press(self, receipt: str, person: int, verdict: Rating, press: str) -> Rating:
        """Give a verdict, or take back the same one; the verdict now."""
        before, _, last = self._stored(receipt, person)
        if last != press:
            before = Rating.NONE if before == verdict else verdict
            self._store(receipt, person, before, False, press)
        return before

    def press_wrong_passage(self, receipt: str, person: int, press: str) -> bool:
        """Say that the passage is wrong, which is a no, or take that back; whether it is said."""
        _, wrong, last = self._stored(receipt, person)
        if last != press:
            wrong = not wrong
            self._store(receipt, person, Rating.DOWN, wrong, press)
        return wrong

    def rate(
        self, receipt: str, person: int, verdict: Rating, *, wrong_passage: bool = False
    ) -> None:
        """Give this verdict, whatever was said before; done twice, it is given once."""
        self._store(receipt, person, verdict, wrong_passage, "")

    def tally(self, receipt: str) -> Tally:
        rows = self._state.rows(
            "SELECT sum(verdict = 1), sum(verdict = -1), sum(wrong_passage) FROM feedback"
            " WHERE receipt = ?",
            receipt,
        )
        return Tally(*(count or 0 for count in rows[0]))

    def _stored(self, receipt: str, person: int) -> tuple[Rating, bool, str | None]:
        rows = self._state.rows(
            "SELECT verdict, wrong_passage, press FROM feedback WHERE receipt = ? AND person = ?",
            receipt,
            person,
        )
        for verdict, wrong, press in rows:
            return Rating(verdict), bool(wrong), press
        return Rating.NONE, False, None

    def _store(self, receipt: str, person: int, verdict: Rating, wrong: bool, press: str) -> None:
        with self._state.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?)",
                (receipt, person, verdict, wrong, time.time(), press),
            )
