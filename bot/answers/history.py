"""The conversations that somebody has had, read from the receipts of what they asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from footnote.bot.answers.receipts import Receipt, Receipts
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
        rows = self._state.rows(
            "SELECT place, (SELECT json_extract(result, '$.question') FROM receipt AS first"
            " WHERE first.place = receipt.place ORDER BY seq LIMIT 1), sum(NOT replaced), max(at)"
            " FROM receipt WHERE place >= ? AND place < ? GROUP BY place"
            " ORDER BY max(seq) DESC LIMIT ?",
            f"{home}:",
            f"{home}{_AFTER_COLON}",
            most,
        )
        return [Conversation(*row) for row in rows]

    def of(self, place: str, most: int) -> Sequence[Receipt]:
        """The last receipts of a place, oldest first."""
        rows = self._state.rows(
            "SELECT id FROM receipt WHERE place = ? AND NOT replaced ORDER BY seq DESC LIMIT ?",
            place,
            most,
        )
        found = (self._receipts.find(receipt) for (receipt,) in reversed(rows))
        return [receipt for receipt in found if receipt]

    def asked_at(self, receipt: str) -> float | None:
        """When it was asked, in seconds since 1970."""
        rows = self._state.rows("SELECT at FROM receipt WHERE id = ?", receipt)
        return rows[0][0] if rows else None
