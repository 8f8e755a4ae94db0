"""What has to survive a restart: one database, in which every room of state has its tables."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Executable, Table, delete, func, literal, or_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import ColumnElement

from footnote.bot.database.errors import LaterRevision, reason
from footnote.bot.database.opening import PATIENCE_SECONDS, DatabaseServer, Place, open_database
from footnote.bot.database.sqlite import SqliteDatabase
from footnote.bot.database.tables import STATE_PART
from footnote.bot.errors import BotError
from footnote.bot.settings import Settings
from footnote.bot.threads import ThreadPool
from footnote.index.database.columns import CHAT, PLACE
from footnote.index.database.database import Database

P = ParamSpec("P")
T = TypeVar("T")
STATE = "state.sqlite"
"""The file of the home folder that keeps receipts and all else that is no index, unless a server
does."""
_Made = Callable[[ColumnElement[Any]], ColumnElement[Any]]


class State:
    """What is written is on disk when its transaction ends."""

    def __init__(self, place: Place) -> None:
        """Raises BotError where it can't be used, or a later Footnote wrote it."""
        self._thread = ThreadPool("state", 1)
        with plainly_told(place):
            self.database: Database = open_database(place, STATE_PART, log=True)

    @classmethod
    def of(cls, settings: Settings, *, patience: float = PATIENCE_SECONDS) -> "State":
        """A server is waited for as many seconds."""
        return cls(place_of(settings, STATE, patience=patience))

    @staticmethod
    def is_there(settings: Settings) -> bool:
        """Whether there may be any: as long as nothing was kept, there is no file."""
        return settings.database_url is not None or (settings.home / STATE).exists()

    @property
    def is_shared(self) -> bool:
        """Whether several bots may have it in common."""
        return not isinstance(self.database, SqliteDatabase)

    def transaction(
        self, *, lazily: bool = False, shared: bool = False
    ) -> AbstractContextManager[Connection]:
        """All of the block or nothing; never one within another.

        What is written `lazily` outlives the process at once, and a power cut only after the next
        transaction that is not lazy. A `shared` one lets others write meanwhile, on a server.
        """
        return self.database.transaction(lazily=lazily, shared=shared)

    def rows(self, statement: Executable, **values: object) -> list[Any]:
        return self.database.rows(statement, **values)

    def stamp(self) -> Hashable:
        """Another one after anything was written, by whichever process; None where that can't be
        told without waiting."""
        return self.database.stamp()

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
    return [
        (t, c.name) for t in STATE_PART.tables.sorted_tables for c in t.columns if c.info == kind
    ]


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


def place_of(settings: Settings, file: str, *, patience: float = PATIENCE_SECONDS) -> Place:
    """Where the tables are that would be in this file of the home folder."""
    if settings.database_url is None:
        return settings.home / file
    return DatabaseServer(settings.database_url.get_secret_value(), patience)


@contextmanager
def plainly_told(place: Place) -> Iterator[None]:
    """Why it can't be used, and what to do, as BotError."""
    way_out = (
        "put back a copy of it, or move it away to begin without earlier answers"
        if isinstance(place, Path)
        else "see what the server's log says of it"
    )
    try:
        yield
    except LaterRevision as error:
        raise BotError(
            f"{place} was written by a later Footnote (its form is {error}, which this one does not"
            f" know): use that one, or {way_out}"
        ) from error
    except (SQLAlchemyError, OSError) as error:
        raise BotError(
            f"{place} is not a database that can be used ({reason(error)}): {way_out}"
        ) from error
