"""What has to survive a restart: one database, in which every room of state has its tables."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Executable, Table, delete, func, literal, or_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import ColumnElement

from footnote.bot.database.columns import CHAT, PLACE
from footnote.bot.database.database import Database
from footnote.bot.database.errors import LaterRevision, reason
from footnote.bot.database.schema import bring_up_to_date
from footnote.bot.database.sqlite import SqliteDatabase
from footnote.bot.database.tables import STATE, STATE_PART
from footnote.bot.errors import BotError
from footnote.bot.threads import ThreadPool

P = ParamSpec("P")
T = TypeVar("T")
_Made = Callable[[ColumnElement[Any]], ColumnElement[Any]]


class State:
    """What is written is on disk when its transaction ends."""

    def __init__(self, file: Path) -> None:
        """Raises BotError where it can't be used, or a later Footnote wrote it."""
        self._thread = ThreadPool("state", 1)
        with _told(file):
            self.database: Database = SqliteDatabase(file, log=True)
            try:
                bring_up_to_date(self.database, STATE_PART)
            except BaseException:
                self.database.close()
                raise

    def transaction(self, *, lazily: bool = False) -> AbstractContextManager[Connection]:
        """All of the block or nothing; never one within another.

        What is written `lazily` outlives the process at once, and a power cut only after the next
        transaction that is not lazy.
        """
        return self.database.transaction(lazily=lazily)

    def rows(self, statement: Executable, **values: object) -> list[Any]:
        return self.database.rows(statement, **values)

    async def run_in_db(self, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read or write in a thread of its own, in turn: those that answer have others."""
        return await self._thread.run(action, *args, **kwargs)

    def tidy(self) -> None:
        """Have nothing left anywhere of what was deleted."""
        self.database.tidy()

    def move(self, place: str, chat: int, *, to: tuple[str, int]) -> None:
        """A chat has got another number, and its place another name: in all tables, or in none.

        What both names have once is the old chat's afterwards.
        """
        within = f"{place}:"

        def is_place(column: ColumnElement[Any]) -> ColumnElement[Any]:
            return or_(column == place, func.substr(column, 1, len(within)) == within)

        def new_place(column: ColumnElement[Any]) -> ColumnElement[Any]:
            return literal(to[0]).concat(func.substr(column, len(place) + 1))

        with self.transaction() as connection:
            for table, name in _columns(CHAT):
                _rename(connection, table, name, lambda c: c == chat, lambda c: literal(to[1]))
            for table, name in _columns(PLACE):
                _rename(connection, table, name, is_place, new_place)

    def close(self) -> None:
        self._thread.close()
        self.database.close()


def _columns(kind: object) -> list[tuple[Table, str]]:
    """Those of all tables that name a place, or have the number of a chat."""
    return [(t, c.name) for t in STATE.sorted_tables for c in t.columns if c.info == kind]


def _rename(connection: Connection, table: Table, name: str, which: _Made, made: _Made) -> None:
    """Give a column another value where it is one of `which`, in place of what has that already."""
    keys = [key.name for key in table.primary_key]
    if name in keys:
        old = table.alias("old")
        same = [table.c[key] == old.c[key] for key in keys if key != name]
        there = old.select().where(which(old.c[name]), table.c[name] == made(old.c[name]), *same)
        connection.execute(delete(table).where(there.exists()))
    connection.execute(
        update(table).where(which(table.c[name])).values({name: made(table.c[name])})
    )


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except LaterRevision as error:
        raise BotError(
            f"{file} was written by a later Footnote (its form is {error}, which this one does not"
            " know): use that one, or move the file away"
        ) from error
    except (SQLAlchemyError, OSError) as error:
        raise BotError(
            f"{file} is not a database that can be used ({reason(error)}): put back a copy of it,"
            " or move it away to begin without earlier answers"
        ) from error
