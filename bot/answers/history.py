"""The conversations that somebody has had, read from the receipts of what they asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from footnote.bot.answers.receipts import Receipt, Receipts
from footnote.bot.database.tables import receipt as receipts
from footnote.bot.state import State

_AFTER_COLON = ";"
"""The character that follows a colon, so that a range of names ends with it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """`first` is its first question, `at` when the last was asked, in seconds since 1970."""

    place: str
    first: str
    questions: int
    at: float


class History:
    """Safe to use from several threads."""

    def __init__(self, state: State, receipts: Receipts) -> None:
        self._state = state
        self._receipts = receipts

    def conversations(self, home: str, most: int) -> list[Conversation]:
        """Those whose places begin with `home` and a colon, the latest first."""
        first = receipts.alias("first")
        question = select(first.c.question).where(first.c.place == receipts.c.place)
        rows = self._state.rows(
            select(
                receipts.c.place,
                question.order_by(first.c.seq).limit(1).scalar_subquery(),
                func.sum(1 - receipts.c.replaced),
                func.max(receipts.c.at),
            )
            .where(receipts.c.place >= f"{home}:", receipts.c.place < f"{home}{_AFTER_COLON}")
            .group_by(receipts.c.place)
            .order_by(func.max(receipts.c.seq).desc())
            .limit(most)
        )
        return [Conversation(place, first, int(count), at) for place, first, count, at in rows]

    def of(self, place: str, most: int) -> Sequence[Receipt]:
        """The last receipts of a place, oldest first."""
        rows = self._state.rows(
            select(receipts.c.id)
            .where(receipts.c.place == place, receipts.c.replaced == 0)
            .order_by(receipts.c.seq.desc())
            .limit(most)
        )
        found = (self._receipts.find(receipt) for (receipt,) in reversed(rows))
        return [receipt for receipt in found if receipt]

    def asked_at(self, receipt: str) -> float | None:
        """When it was asked, in seconds since 1970."""
        rows = self._state.rows(select(receipts.c.at).where(receipts.c.id == receipt))
        return rows[0][0] if rows else None
