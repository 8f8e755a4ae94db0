"""What somebody says of what they pass on, which comes as a message of its own."""

from dataclasses import dataclass

from footnote.bot.state import State
from footnote.bot.submissions.submission import Came

TOGETHER_SECONDS = 2.0
"""A client sends the comment and what is passed on one right after the other."""
_KEPT_SECONDS = 60.0

_STEPS = (
    """
CREATE TABLE comment (
    place TEXT NOT NULL,
    person INTEGER NOT NULL,
    message INTEGER NOT NULL,
    at REAL NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (place, message)
) STRICT, WITHOUT ROWID;
""",
)


@dataclass(frozen=True, slots=True)
class Comment:
    message: int
    text: str


class Comments:
    def __init__(self, state: State) -> None:
        state.migrate("comments", _STEPS, places=["comment.place"])
        self._state = state

    def keep(self, came: Came, text: str) -> None:
        """It may be said of what comes next."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO comment VALUES (?, ?, ?, ?, ?)",
                (came.place, came.person, came.message, came.at, text),
            )
            connection.execute("DELETE FROM comment WHERE at < ?", (came.at - _KEPT_SECONDS,))

    def on(self, came: Came) -> Comment | None:
        """What the person said just before they passed this on."""
        rows = self._state.rows(
            "SELECT message, text FROM comment WHERE place = ? AND person = ? AND message < ?"
            " AND abs(at - ?) <= ? ORDER BY message DESC LIMIT 1",
            *(came.place, came.person, came.message, came.at, TOGETHER_SECONDS),
        )
        return Comment(*rows[0]) if rows else None
