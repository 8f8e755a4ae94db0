"""Reactions on messages that brought something: which there is to be, and which is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from footnote.bot.database.tables import reaction as reactions
from footnote.bot.state import State
from footnote.index.database.upsert import insert, put_new


@dataclass(frozen=True, slots=True)
class Reaction:
    """None for `emoji` where there is to be none."""

    place: str
    message: int
    emoji: str | None
    version: int


_MISSING = select(
    reactions.c.place, reactions.c.message, reactions.c.emoji, reactions.c.version
).where(reactions.c.shown < reactions.c.version)


class Reactions:
    """Kept so that each comes to be shown, whatever ends the bot or its connection meanwhile."""

    def __init__(self, state: State) -> None:
        self._state = state

    def begin(self, place: str, message: int, emoji: str, at: float) -> None:
        """The first reaction; nothing where there was one, for it would be older news."""
        with self._state.transaction(lazily=True) as connection:
            row = {"place": place, "message": message, "emoji": emoji, "at": at}
            put_new(connection, reactions, row)

    def put(self, place: str, messages: Iterable[int], emoji: str | None, at: float) -> None:
        """From now on it is this one."""
        with self._state.transaction(lazily=True) as connection:
            statement = insert(connection.dialect.name, reactions)
            anew = {"emoji": emoji, "at": at, "version": reactions.c.version + 1}
            statement = statement.on_conflict_do_update(
                index_elements=["place", "message"], set_=anew
            )
            for message in messages:
                row = {"place": place, "message": message, "emoji": emoji, "at": at}
                connection.execute(statement, row)

    def missing(self) -> list[Reaction]:
        """Those that are not shown yet, the oldest first."""
        rows = self._state.rows(_MISSING.order_by(reactions.c.at))
        return [Reaction(*row) for row in rows]

    def of(self, place: str, message: int) -> Reaction | None:
        """The one that is to be shown on a message; None where it is shown already."""
        is_it = reactions.c.place == place, reactions.c.message == message
        rows = self._state.rows(_MISSING.where(*is_it))
        return Reaction(*rows[0]) if rows else None

    def shown(self, reaction: Reaction) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                update(reactions)
                .where(
                    reactions.c.place == reaction.place,
                    reactions.c.message == reaction.message,
                    reactions.c.shown < reaction.version,
                )
                .values(shown=reaction.version)
            )

    def prune(self, before: float) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute(delete(reactions).where(reactions.c.at < before))
