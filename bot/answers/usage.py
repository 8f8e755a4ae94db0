"""What the language model has cost: questions, tokens and dropped sentences, by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, delete, func, select

from footnote.bot.database.tables import written
from footnote.bot.state import State
from footnote.index.database.upsert import insert

if TYPE_CHECKING:
    from footnote.index.writing.spent import Spent

_ANYBODY = ""
"""Who asked is kept for the day on which it counts; then the days' sums remain."""
_COUNTED = ("questions", "tokens_in", "tokens_out", "kept", "dropped")


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

    def add(self, person: str, spent: "Spent") -> None:
        today, costs = _today(), (spent.tokens_in, spent.tokens_out, spent.kept, spent.dropped)
        is_over = (written.c.day < today, written.c.person != _ANYBODY)
        with self._state.transaction(lazily=True) as connection:
            over = connection.execute(_sums().where(*is_over)).fetchall()
            connection.execute(delete(written).where(*is_over))
            for day, *sums in over:
                _count(connection, day, _ANYBODY, sums)
            _count(connection, today, person, (1, *costs))

    def asked_today(self, person: str) -> int:
        """How many questions of this person a model has written answers to."""
        rows = self._state.rows(
            select(written.c.questions).where(written.c.day == _today(), written.c.person == person)
        )
        return rows[0][0] if rows else 0

    def days(self, most: int) -> list[Day]:
        """The latest days on which anything was asked, the newest first."""
        rows = self._state.rows(_sums().order_by(written.c.day.desc()).limit(most))
        return [Day(day, *map(int, sums)) for day, *sums in rows]


def _sums() -> Select[Any]:
    sums = (func.sum(written.c[name]) for name in _COUNTED)
    return select(written.c.day, *sums).group_by(written.c.day)


def _count(connection: Connection, day: str, person: str, counts: Sequence[int]) -> None:
    """Add to what is counted of a person on a day."""
    statement = insert(connection.dialect.name, written)
    more = {name: written.c[name] + statement.excluded[name] for name in _COUNTED}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["day", "person"], set_=more),
        {"day": day, "person": person, **dict(zip(_COUNTED, map(int, counts), strict=True))},
    )


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
