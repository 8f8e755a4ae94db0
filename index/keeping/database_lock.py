"""The single-writer lock of an index in a database: one process at a time, on whatever machine."""

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from hashlib import sha256

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from footnote.index.database.database import Database
from footnote.index.database.upsert import put_new
from footnote.index.errors import IndexLocked
from footnote.index.keeping.database_tables import index_collection

_TRY_SECONDS, _BETWEEN_TRIES = 0.1, 0.01
# Of a machine that lost its power, the server would hear nothing for two hours.
_SETTINGS = (
    "SET tcp_keepalives_idle = 20",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
_ANYBODY = "another process"
_is_its = index_collection.c.collection == bindparam("of")
_HOLDER = select(index_collection.c.holder).where(_is_its)
_TERM = select(index_collection.c.term).where(_is_its)
_TERM_IN_TURN = _TERM.with_for_update(read=True)
_BEGIN = (
    update(index_collection)
    .where(_is_its)
    .values(holder=bindparam("told"), term=index_collection.c.term + 1)
    .returning(index_collection.c.term)
)
_END = update(index_collection).where(
    _is_its, index_collection.c.term == bindparam("own")
).values(holder=None)  # fmt: skip
_OWN_TABLES = {"schema_translate_map": None}


class DatabaseWriterLock:
    """An advisory lock, which the server gives back with the connection that has it: a crash leaves
    none behind.

    A connection may end and the process go on. So each time that a process gets the lock a new term
    begins, and nothing is written in an earlier one (`refuse_others`).
    """

    def __init__(self, database: Callable[[], Database], collection: str) -> None:
        self._database = database
        self._of = {"of": collection}
        digest = sha256(f"footnote index {collection}".encode()).digest()
        self._key = int.from_bytes(digest[:8], signed=True)
        self._guard = threading.RLock()  # of what is below
        self._connection: Connection | None = None
        self._until_released = ExitStack()
        self._purpose, self._term = "", 0

    def acquire(self, purpose: str) -> None:
        with self._guard:
            if self._connection is not None:
                return
            with ExitStack() as until_failed:
                connection = until_failed.enter_context(self._database().connected())
                for setting in _SETTINGS:
                    connection.exec_driver_sql(setting)
                self._wait(connection)
                until_failed.callback(_unlock, connection, self._key)
                put_new(connection, index_collection, {"collection": self._of["of"]})
                self._term = int(connection.scalar(_BEGIN, {**self._of, "told": _told(purpose)}))
                self._until_released = until_failed.pop_all()
            self._connection, self._purpose = connection, purpose

    def _wait(self, connection: Connection) -> None:
        """Who asks for the holder has the lock too, for less than a millisecond."""
        until = time.monotonic() + _TRY_SECONDS
        while not _try(connection, self._key):
            if time.monotonic() > until:
                raise IndexLocked(connection.scalar(_HOLDER, self._of) or _ANYBODY)
            time.sleep(_BETWEEN_TRIES)

    def confirm(self) -> None:
        with self._guard:
            if self._connection is not None:
                try:
                    if self._connection.scalar(_TERM, self._of) == self._term:
                        return
                except SQLAlchemyError:
                    pass  # the connection is gone, and the lock with it
                self._let_go()
            self.acquire(self._purpose)

    def refuse_lost(self) -> None:
        with self._database().transaction(shared=True) as connection:
            self.refuse_others(connection)

    def refuse_others(self, connection: Connection) -> None:
        """Raises IndexLocked where another process has the lock, or has had it since; until this
        transaction ends none gets it."""
        term = connection.scalar(_TERM_IN_TURN, self._of, execution_options=_OWN_TABLES)
        if not self.held or term != self._term:
            holder = connection.scalar(_HOLDER, self._of, execution_options=_OWN_TABLES)
            raise IndexLocked(holder or _ANYBODY)

    def holder(self) -> str | None:
        with self._database().connected() as connection:
            if not self.held and _try(connection, self._key):
                _unlock(connection, self._key)
                return None
            return connection.scalar(_HOLDER, self._of) or _ANYBODY

    @property
    def held(self) -> bool:
        return self._connection is not None

    def release(self) -> None:
        with self._guard:
            if self._connection is None:
                return
            with suppress(SQLAlchemyError):  # the connection is gone, and the lock with it
                self._connection.execute(_END, {**self._of, "own": self._term})
            self._let_go()

    def _let_go(self) -> None:
        self._connection = None
        self._until_released.close()


def _try(connection: Connection, key: int) -> bool:
    return bool(connection.scalar(select(func.pg_try_advisory_lock(key))))


def _unlock(connection: Connection, key: int) -> None:
    """Else whoever uses the connection next, in this process, would keep the lock."""
    try:
        connection.scalar(select(func.pg_advisory_unlock(key)))
    except SQLAlchemyError:
        connection.invalidate()


def _told(purpose: str) -> str:
    since = time.strftime("%Y-%m-%d %H:%M")
    return f"{purpose}, process {os.getpid()} on {socket.gethostname()}, since {since}"
