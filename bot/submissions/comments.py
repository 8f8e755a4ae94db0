"""What somebody says of what they pass on, which comes as a message of its own."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from footnote.bot.database.tables import comment
from footnote.bot.state import State
from footnote.bot.submissions.submission import Came
from footnote.index.database.upsert import put

TOGETHER_SECONDS = 2.0
"""A client sends the comment and what is passed on one right after the other."""
_KEPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Comment:
    message: int
    text: str


class Comments:
    def __init__(self, state: State) -> None:
        self._state = state

    def keep(self, came: Came, text: str) -> None:
        """It may be said of what comes next."""
        with self._state.transaction(lazily=True) as connection:
            row = {"place": came.place, "person": came.person, "message": came.message}
            put(connection, comment, {**row, "at": came.at, "text": text})
            connection.execute(delete(comment).where(comment.c.at < came.at - _KEPT_SECONDS))

    def on(self, came: Came) -> Comment | None:
        """What the person said just before they passed this on."""
        rows = self._state.rows(
            select(comment.c.message, comment.c.text)
            .where(
                comment.c.place == came.place,
                comment.c.person == came.person,
                comment.c.message < came.message,
                func.abs(comment.c.at - came.at) <= TOGETHER_SECONDS,
            )
            .order_by(comment.c.message.desc())
            .limit(1)
        )
        return Comment(*rows[0]) if rows else None
