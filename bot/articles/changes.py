"""What was changed by whom, and what was there before: for a day, so that it can be taken back."""

import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from footnote.bot.bot_faults import BotFault
from footnote.bot.database.errors import LaterRevision, reason
from footnote.bot.database.opening import Place, open_database
from footnote.bot.database.sqlite import SqliteDatabase
from footnote.bot.database.tables import CHANGES_PART, together
from footnote.bot.database.tables import change as changes
from footnote.bot.errors import BotError
from footnote.corpus.article_files import ArticlesPlace, name_of
from footnote.corpus.faults import ToldFault
from footnote.index.database.database import Database

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600.0

What = Literal["added", "replaced", "renamed", "removed"]

_NOTE = insert(changes).returning(changes.c.number)


@dataclass(frozen=True, slots=True)
class Change:
    """`before`: the file's content as it was, None where there was none; `after`: the SHA-256 of
    what came instead, None where nothing did. `at` is in seconds since 1970."""

    number: int
    article: str
    what: What
    who: str
    at: float
    before: bytes | None
    after: bytes | None

    def is_carried_out(self, content: bytes | None) -> bool:
        """Whether that is what the file holds now."""
        return digest(content) == self.after

    def is_not_begun(self, content: bytes | None) -> bool:
        return content == self.before


_IS_HERE = changes.c.folder == bindparam("folder")
_CHANGES = select(*(changes.c[field.name] for field in fields(Change))).where(_IS_HERE)
_RECENT = _CHANGES.where(changes.c.at > bindparam("since")).order_by(changes.c.number.desc())
_LAST = _RECENT.limit(1)
_NUMBERED = _LAST.where(changes.c.number == bindparam("number"))
_LATEST = _LAST.where(changes.c.article == bindparam("article"))
_FIRST = select(together.c.first).where(together.c.change == bindparam("number"))
_MADE_WITH = _RECENT.where(
    or_(
        changes.c.number == bindparam("first"),
        changes.c.number.in_(
            select(together.c.change).where(together.c.first == bindparam("first"))
        ),
    )
)
_ARRIVAL = (
    _CHANGES.where(changes.c.article == bindparam("article"), changes.c.what == "added")
    .order_by(changes.c.number.desc())
    .limit(1)
)
_ARRIVALS = (
    select(changes.c.article, func.max(changes.c.at))
    .where(_IS_HERE, changes.c.what == "added")
    .group_by(changes.c.article)
)
_ARTICLES = select(changes.c.article).where(_IS_HERE).distinct()
_OLD = select(changes.c.number, changes.c.article, changes.c.what).where(
    _IS_HERE, changes.c.at <= bindparam("old")
)


class Changes:
    """For all places of articles of a home; what is struck out is overwritten.

    A change is written down before it is carried out: a process that ends in between leaves the
    old state and a change that `unfinished` finds.
    """

    def __init__(self, place: Place, articles: ArticlesPlace) -> None:
        self._place = place
        self._folder = name_of(articles)
        self._lock = threading.RLock()
        self.mended: list[str] = []
        """What was found to be damaged, in words, until somebody is told of it."""
        with self._lock:
            self._open_or_begin_anew()

    def _open_or_begin_anew(self) -> None:
        try:
            self._database = self._opened()
        except LaterRevision as error:
            raise BotError(
                f"{self._place} was written by a later Footnote (its form is {error}): use that"
                " one, or move the file away and do without taking back what was changed"
            ) from error
        except (SQLAlchemyError, OSError) as error:
            if not _is_damage(error):
                raise BotError(
                    f"{self._place} cannot be used ({reason(error)}): mend its rights, or move it"
                    " away and do without taking back what was changed"
                ) from error
            self._begin_anew(error)

    def _opened(self) -> Database:
        # In no file but this: a log would keep what was erased.
        database = open_database(self._place, CHANGES_PART)
        if isinstance(database, SqliteDatabase):
            try:
                [(told,)] = database.rows(text("PRAGMA quick_check(1)"))
                if told != "ok":
                    raise DBAPIError("PRAGMA quick_check", None, sqlite3.DatabaseError(told))
            except BaseException:
                database.close()
                raise
        return database

    def _begin_anew(self, error: BaseException) -> None:
        """Put what is damaged aside, where nothing needs it, and go on without earlier changes."""
        assert isinstance(self._place, Path), "only a file is known to be damaged"
        file, damaged = self._place, _damaged(self._place)
        try:
            os.replace(file, damaged)
            damaged.touch()  # it has texts, which are kept for a day
            file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
            self._database = self._opened()
        except (SQLAlchemyError, OSError) as again:
            raise BotError(
                f"{file} is damaged ({reason(error)}), and cannot be put aside ({reason(again)})"
            ) from again
        told = self._damage()
        logger.warning("%s (%s)", told, reason(error))
        self.mended.append(str(told))

    def _damage(self) -> ToldFault:
        """That what there was has been put aside."""
        assert isinstance(self._place, Path)
        file = self._place
        return BotFault.CHANGES_DAMAGED.of(file=file.name, damaged=_damaged(file).name)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is found to be damaged within the block is put aside; the block fails then."""
        with self._lock:
            try:
                yield
            except SQLAlchemyError as error:
                if not _is_damage(error):
                    raise
                self._database.close()
                self._begin_anew(error)
                raise _BegunAnew from error

    def note(
        self,
        article: str,
        what: What,
        who: str,
        *,
        before: bytes | None,
        after: bytes | None,
        first: int | None = None,
    ) -> int:
        """Write down a change that is about to be made to a file's content; its number.

        `first` is the number of the first one of those that it is made together with.
        """
        with self._transaction() as connection:
            row: dict[str, Any] = {
                "folder": self._folder,
                "article": article,
                "what": what,
                "who": who,
            }
            row |= {"at": time.time(), "before": before, "after": digest(after)}
            noted = int(connection.execute(_NOTE, row).scalar_one())
            if first is not None:
                connection.execute(insert(together), {"change": noted, "first": first})
            return noted

    def remove(self, number: int) -> None:
        """As if it had never been made."""
        with self._transaction() as connection:
            _strike_out(connection, number)

    def last(self) -> Change | None:
        """The last one that can still be taken back."""
        return next(iter(self._recent(_LAST)), None)

    def find(self, number: int) -> Change | None:
        """The change of this number, if it can still be taken back."""
        return next(iter(self._recent(_NUMBERED, number=number)), None)

    def latest(self, article: str) -> Change | None:
        """The last one of this article that can still be taken back."""
        return next(iter(self._recent(_LATEST, article=article)), None)

    def made_with(self, change: Change) -> list[Change]:
        """It and those made together with it that can still be taken back, the last one first."""
        known = self._read(_FIRST, number=change.number)
        return self._recent(_MADE_WITH, first=known[0][0] if known else change.number)

    def articles(self) -> list[str]:
        """Those of which there is a change."""
        return [article for (article,) in self._read(_ARTICLES, folder=self._folder)]

    def arrivals(self) -> dict[str, float]:
        """When each article that did not come by hand came, in seconds since 1970."""
        return dict(self._read(_ARRIVALS, folder=self._folder))

    def arrival(self, article: str) -> Change | None:
        """How the article that goes by this name now came there, if it was not by hand."""
        rows = self._read(_ARRIVAL, folder=self._folder, article=article)
        return Change(*rows[0]) if rows else None

    def recent(self) -> list[Change]:
        """All that can still be taken back, the last one first."""
        return self._recent(_RECENT)

    def erase_old(self, there: Callable[[], Collection[str]]) -> None:
        """After a day nothing is kept of what was there before, nor of articles not `there` now."""
        old = time.time() - KEPT_SECONDS
        if isinstance(self._place, Path):
            with contextlib.suppress(OSError):
                if _damaged(self._place).stat().st_mtime <= old:
                    _damaged(self._place).unlink()
        rows = self._read(_OLD, folder=self._folder, old=old)
        kept = there() if any(what == "added" for _, _, what in rows) else ()
        gone = [n for n, article, what in rows if what != "added" or article not in kept]
        if gone:
            with self._transaction() as connection:
                for number in gone:
                    _strike_out(connection, number)

    def alone(self) -> AbstractContextManager[None]:
        """Of all processes on a database server, one at a time changes these articles."""
        return self._database.alone(f"articles in {self._folder}")

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def _recent(self, which: Select[Any], **values: object) -> list[Change]:
        since = time.time() - KEPT_SECONDS
        return [
            Change(*row) for row in self._read(which, folder=self._folder, since=since, **values)
        ]

    def _read(self, query: Select[Any], **values: object) -> list[Any]:
        """None of what was there before, where that is damaged."""
        try:
            with self._whole():
                return self._database.rows(query, **values)
        except _BegunAnew:
            return []
        except OperationalError as error:
            raise BotError(BotFault.CHANGES_UNREAD.of(reason=reason(error))) from error

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            self._look()
            with self._whole(), self._database.transaction() as connection:
                yield connection
        except _BegunAnew as error:
            raise BotError(self._damage(), BotFault.TRY_AGAIN.of()) from error
        except OperationalError as error:
            raise BotError(BotFault.CHANGES_UNWRITTEN.of(reason=reason(error))) from error

    def _look(self) -> None:
        """Before something is written: damage shows where the last change is read."""
        with contextlib.suppress(_BegunAnew), self._whole():
            self._database.rows(select(func.max(changes.c.number)))


class _BegunAnew(Exception):
    """What was to be read was damaged, and is now empty."""


def _is_damage(error: BaseException) -> bool:
    """SQLite's own class of fault; its subclasses tell of others: a full disk, a lock."""
    return isinstance(error, DBAPIError) and type(error.orig) is sqlite3.DatabaseError


def _strike_out(connection: Connection, number: int) -> None:
    connection.execute(delete(together).where(together.c.change == number))
    connection.execute(delete(changes).where(changes.c.number == number))


def _damaged(file: Path) -> Path:
    return file.with_name(f"{file.name}.damaged")


def digest(content: bytes | None) -> bytes | None:
    return None if content is None else sha256(content).digest()
