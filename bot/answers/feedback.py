"""What people think of the answers, stored with the receipts."""

import time
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import case, func, select

from footnote.bot.database.tables import feedback
from footnote.bot.state import State
from footnote.index.database.upsert import put


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
            select(
                func.sum(case((feedback.c.verdict == Rating.UP.value, 1), else_=0)),
                func.sum(case((feedback.c.verdict == Rating.DOWN.value, 1), else_=0)),
                func.sum(feedback.c.wrong_passage),
            ).where(feedback.c.receipt == receipt)
        )
        return Tally(*(int(count or 0) for count in rows[0]))

    def _stored(self, receipt: str, person: int) -> tuple[Rating, bool, str | None]:
        rows = self._state.rows(
            select(feedback.c.verdict, feedback.c.wrong_passage, feedback.c.press).where(
                feedback.c.receipt == receipt, feedback.c.person == person
            )
        )
        for verdict, wrong, press in rows:
            return Rating(verdict), bool(wrong), press
        return Rating.NONE, False, None

    def _store(self, receipt: str, person: int, verdict: Rating, wrong: bool, press: str) -> None:
        with self._state.transaction() as connection:
            put(
                connection,
                feedback,
                {
                    "receipt": receipt,
                    "person": person,
                    "verdict": verdict.value,
                    "wrong_passage": int(wrong),
                    "at": time.time(),
                    "press": press,
                },
            )
