"""The file of a catalogue: how SQLite opens, reads and writes it."""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

from footnote.index.database.compiled import Compiled
from footnote.index.database.sqlite_connection import SqliteConnection, connect
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping import held_files
from footnote.index.keeping.catalogue_statements import FORGET_CLEARED
from footnote.index.keeping.catalogue_tables import TABLES

# Of the codes of a passage (1,600 bytes then, 1,300 since each word has one) two fit into SQLite's
# usual page of 4,096, and a fifth of each stays empty: 4.5 bytes for a byte of text over 10,000
# passages, against 3.9.
_PAGE_BYTES = 16384
_DIALECT = sqlite.dialect(paramstyle="qmark")


class CatalogueFile:
    """One connection that writes, and as many that read as there are threads that do at once.

    Whatever is asked of it raises IndexUnreadable where the file is broken.
    """

    def __init__(
        self,
        file: Path,
        *,
        create: bool = False,
        on_write: Callable[[], object] = lambda: None,
    ) -> None:
        """Raises IndexUnreadable where there is none to open and `create` was not asked for.

        `on_write` is called before anything is written.
        """
        self._on_write = on_write
        self._file = file
        self._lock = threading.RLock()
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False
        if not create and not file.is_file():
            raise IndexUnreadable(f"{file} is missing")
        try:
            self._writer = SqliteConnection(file)
            try:
                there = self._begin(create=create)
            except BaseException:
                self._writer.close()
                raise
        except (sqlite3.DatabaseError, DBAPIError) as error:
            raise IndexUnreadable(f"SQLite cannot open {file}: {_told(error)}") from error
        held_files.hold(file)
        if not create and not there:
            self.close()
            raise IndexUnreadable(f"{file} is empty")

    def _begin(self, *, create: bool) -> bool:
        """Whether there were tables."""
        self._driver = self._writer.driver
        if create:
            self._driver.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        for pragma in ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
            self._driver.execute(f"PRAGMA {pragma}")
        there = self._driver.execute("PRAGMA user_version").fetchone()[0]
        if create and not there:
            with self.transaction() as connection:
                TABLES.create_all(connection, checkfirst=False)
                connection.exec_driver_sql("PRAGMA user_version = 1")
        return bool(there)

    def rows(self, statement: Executable, **values: object) -> list[Any]:
        """What is written in a transaction that has not ended is not among them."""
        asked = _compiled(statement)
        with self._reading() as connection:
            return connection.execute(asked.sql, asked.values(values)).fetchall()

    def changed(self, connection: Connection) -> None:
        """SQLite sees by itself that something was written."""

    def generation(self) -> int:
        """SQLite's data_version."""
        with self._lock, _readable():
            return int(self._driver.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One that nobody else reads with to the end of the block."""
        with _readable():
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._reader()
            try:
                yield connection
            finally:
                self._idle.append(connection)
                if self._closed:
                    self._close_idle()

    def _reader(self) -> sqlite3.Connection:
        connection = connect(self._file)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _close_idle(self) -> None:
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Written at the end of the block, or not at all."""
        with self._lock, _readable():
            self._on_write()
            with self._writer.transaction() as connection:
                yield connection

    def copy_to(self, file: Path) -> None:
        """Into a new file, without deleted rows (VACUUM INTO)."""
        with self._lock, _readable():
            self._driver.execute("VACUUM INTO ?", (str(file),))

    def checkpoint(self) -> bool:
        """Empty the write-ahead log, which otherwise keeps its greatest size, and deleted text.

        Whether that was done: another process may be reading from it.
        """
        with self._lock, _readable():
            busy, *_ = self._driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        with self._lock:
            was_closed, self._closed = self._closed, True
            self._close_idle()
            self._writer.close()
            if not was_closed:
                held_files.release(self._file)


def copy_catalogue(file: Path, to: Path) -> None:
    """Write all that is live, and nothing that was cleared, into a new file."""
    with closing(CatalogueFile(file)) as there:
        there.copy_to(to)
    with closing(CatalogueFile(to)) as copy, copy.transaction() as connection:
        connection.execute(FORGET_CLEARED)


@contextmanager
def _readable() -> Iterator[None]:
    """What SQLite says of a file that is broken, as IndexUnreadable; else as sqlite3 says it."""
    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as error:
        told = _told(error)
        # Its subclasses are other faults: a full disk, a lock, a wrong statement.
        if type(told) is sqlite3.DatabaseError:
            raise IndexUnreadable(f"SQLite cannot read the catalogue: {told}") from error
        if told is error:
            raise
        raise told from error


@cache
def _compiled(statement: Executable) -> Compiled:
    return Compiled.of(statement, _DIALECT)


def _told(error: Exception) -> BaseException:
    """SQLite's own fault, without what SQLAlchemy puts around it."""
    return error.orig if isinstance(error, DBAPIError) and error.orig else error
