"""Which change each request to take one back was about, so that it takes back no other."""

import time
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select

from footnote.bot.articles.changes import KEPT_SECONDS, Change, What
from footnote.bot.articles.library import Library
from footnote.bot.articles.undo import NothingToUndo
from footnote.bot.database.tables import undone
from footnote.bot.state import State
from footnote.corpus.errors import CorpusError


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was done to which article by whom, and is no longer; `title` is its present or last."""

    article: str
    title: str
    what: What
    who: str


class Undoing:
    """A request is handled again after a crash, when the last change may be another one."""

    def __init__(self, state: State, library: Library) -> None:
        self._state = state
        self._library = library

    def take_back(self, cause: str, number: int | None = None) -> TakenBack:
        """Take back the change of this number, or the last one; `cause` names the request for ever.

        Raises NothingToUndo, and what Library.undo does besides.
        """
        changes = self._library.changes
        meant = self._meant(cause)
        if meant is None:
            change = changes.last() if number is None else changes.find(number)
            if change is None:
                raise NothingToUndo("nothing of the last day is left to take back")
            meant = self._begin(cause, change)
        if changes.find(meant) is None:  # it was taken back, and there was no time to say so
            return self._told(meant)
        try:
            title = self._library.undo(meant).title
        except NothingToUndo:
            self._forget(meant)
            raise
        return self._told(meant, title)

    def _begin(self, cause: str, change: Change) -> int:
        with self._state.transaction() as connection:
            is_old = undone.c.at < time.time() - KEPT_SECONDS
            is_it = or_(undone.c.change == change.number, undone.c.cause == cause)
            connection.execute(delete(undone).where(or_(is_old, is_it)))
            row = {"change": change.number, "cause": cause, "article": change.article}
            row |= {"what": change.what, "who": change.who, "at": time.time()}
            connection.execute(insert(undone), row)
        return change.number

    def _meant(self, cause: str) -> int | None:
        rows = self._state.rows(select(undone.c.change).where(undone.c.cause == cause))
        return rows[0][0] if rows else None

    def _forget(self, change: int) -> None:
        with self._state.transaction() as connection:
            connection.execute(delete(undone).where(undone.c.change == change))

    def _told(self, change: int, title: str | None = None) -> TakenBack:
        [(article, what, who)] = self._state.rows(
            select(undone.c.article, undone.c.what, undone.c.who).where(undone.c.change == change)
        )
        return TakenBack(article, title or self._title(article), what, who)

    def _title(self, article: str) -> str:
        try:
            return self._library.store.read(article).title
        except CorpusError:
            return article
