"""Reactions on messages that brought something: which there is to be, and which is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from footnote.bot.state import State

_STEPS = (
    """
CREATE TABLE reaction (
    place TEXT NOT NULL,
    message INTEGER NOT NULL,
    emoji TEXT,
    at REAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    shown INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (place, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX reaction_missing ON reaction (at) WHERE shown < version;
""",
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """None for `emoji` where there is to be none."""

    place: str
    message: int
    emoji: str | None
    version: int


class Reactions:
    """Kept so that each comes to be shown, whatever ends the bot or its connection meanwhile."""

    def __init__(self, state: State) -> None:
        state.migrate("reactions", _STEPS, places=["reaction.place"])
        self._state = state

    def begin(self, place: str, message: int, emoji: str, at: float) -> None:
        """The first reaction; nothing where there was one, for it would be older news."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "INSERT OR IGNORE INTO reaction (place, message, emoji, at) VALUES (?, ?, ?, ?)",
                (place, message, emoji, at),
            )

    def put(self, place: str, messages: Iterable[int], emoji: str | None, at: float) -> None:
        """From now on it is this one."""
        with self._state.transaction(lazily=True) as connection:
            connection.executemany(
                "INSERT INTO reaction (place, message, emoji, at) VALUES (?1, ?2, ?3, ?4)"
                " ON CONFLICT DO UPDATE SET emoji = ?3, at = ?4, version = version + 1",
                [(place, message, emoji, at) for message in messages],
            )

    def missing(self) -> list[Reaction]:
        """Those that are not shown yet, the oldest first."""
        rows = self._state.rows(
            "SELECT place, message, emoji, version FROM reaction WHERE shown < version ORDER BY at"
        )
        return [Reaction(*row) for row in rows]

    def of(self, place: str, message: int) -> Reaction | None:
        """The one that is to be shown on a message; None where it is shown already."""
        rows = self._state.rows(
            "SELECT place, message, emoji, version FROM reaction"
            " WHERE place = ? AND message = ? AND shown < version",
            *(place, message),
        )
        return Reaction(*rows[0]) if rows else None

    def shown(self, reaction: Reaction) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE reaction SET shown = max(shown, ?) WHERE place = ? AND message = ?",
                (reaction.version, reaction.place, reaction.message),
            )

    def prune(self, before: float) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute("DELETE FROM reaction WHERE at < ?", (before,))
