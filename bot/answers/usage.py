"""What the language model has cost: questions, tokens and dropped sentences, by day."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from footnote.bot.state import State

if TYPE_CHECKING:
    from footnote.index.writing.spent import Spent

# Who asked is kept for the day on which it counts; then the days' sums remain.
_STEPS = (
    """
CREATE TABLE written (
    day TEXT NOT NULL,
    person TEXT NOT NULL,
    questions INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    PRIMARY KEY (day, person)
) STRICT, WITHOUT ROWID;
""",
)
_ANYBODY = ""
_SUMS = "sum(questions), sum(tokens_in), sum(tokens_out), sum(kept), sum(dropped)"
_COUNT = (
    "INSERT INTO written VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, person) DO UPDATE SET"
    " questions = questions + excluded.questions, tokens_in = tokens_in + excluded.tokens_in,"
    " tokens_out = tokens_out + excluded.tokens_out, kept = kept + excluded.kept,"
    " dropped = dropped + excluded.dropped"
)


@dataclass(frozen=True, slots=True)
class Day:
    """`day` as 2024-11-22, in UTC; `kept` and `dropped` are sentences."""

    day: str
    questions: int
    tokens_in: int
    tokens_out: int
    kept: int
    dropped: int


class Usage:
    """Persons are named as the rooms name them; only how many they asked today is known of each."""

    def __init__(self, state: State) -> None:
        self._state = state
        state.migrate("usage", _STEPS)

    def add(self, person: str, spent: "Spent") -> None:
        today, costs = _today(), (spent.tokens_in, spent.tokens_out, spent.kept, spent.dropped)
        with self._state.transaction(lazily=True) as connection:
            over = connection.execute(
                f"SELECT day, {_SUMS} FROM written WHERE day < ? AND person <> ? GROUP BY day",
                (today, _ANYBODY),
            ).fetchall()
            connection.execute(
                "DELETE FROM written WHERE day < ? AND person <> ?", (today, _ANYBODY)
            )
            connection.executemany(_COUNT, [(day, _ANYBODY, *sums) for day, *sums in over])
            connection.execute(_COUNT, (today, person, 1, *costs))

    def asked_today(self, person: str) -> int:
        """How many questions of this person a model has written answers to."""
        rows = self._state.rows(
            "SELECT questions FROM written WHERE day = ? AND person = ?", _today(), person
        )
        return rows[0][0] if rows else 0

    def days(self, most: int) -> list[Day]:
        """The latest days on which anything was asked, the newest first."""
        rows = self._state.rows(
            f"SELECT day, {_SUMS} FROM written GROUP BY day ORDER BY day DESC LIMIT ?", most
        )
        return [Day(*row) for row in rows]


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
