"""A database that is one SQLite file."""

import sqlite3
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import OperationalError

from footnote.index.database.compiled import Compiled
from footnote.index.database.database import Database
from footnote.index.database.sqlite_connection import BUSY_SECONDS, SqliteConnection

_BETWEEN_TRIES = 0.02


class SqliteDatabase(Database):
    """One connection for all threads, in turn.

    With a `log` (WAL), readers of other processes do not wait for a writer. Without one the file
    has no other beside it in which deleted text could stay.
    """

    def __init__(self, file: Path, *, log: bool, erases: bool = True) -> None:
        """Raises SQLAlchemyError where it is no database, and OSError where it can't be made."""
        super().__init__()
        self.name = str(file)
        self.file = file
        self._lazily: bool | None = None
        self._known: dict[Executable, Compiled] = {}
        # Of the same thread again, so that a room may read within its own transaction.
        self._lock = threading.RLock()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)  # what people ask is nobody else's business
        self._open = SqliteConnection(file)
        self.driver = self._open.driver
        try:
            if log:
                self._begin_log()
            # What was sent to be an article, and then was none, or is erased again, is nowhere.
            self._open.run(f"PRAGMA secure_delete = {'ON' if erases else 'OFF'}")
        except BaseException:
            self._open.close()
            raise

    def _begin_log(self) -> None:
        """Where another is writing, SQLite does not wait for it with this, but fails at once."""
        last = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._open.run("PRAGMA journal_mode = WAL")
                return
            except OperationalError as error:
                busy = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() >= last:
                    raise
            time.sleep(_BETWEEN_TRIES)

    def hold(self, name: str, on_change: Callable[[bool], object], stop: threading.Event) -> None:
        on_change(True)
        stop.wait()
        on_change(False)

    def is_held(self, name: str) -> bool:
        return True

    def alone(self, name: str) -> AbstractContextManager[None]:
        return nullcontext()

    def notify(self, channel: str) -> None:
        """There is nobody else to tell: one bot has a file."""

    def listen(self, channel: str, on_notice: Callable[[], object], stop: threading.Event) -> None:
        """There is nobody else to listen to."""

    def tidy(self) -> None:
        with self._lock:
            self._open.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def stamp(self) -> Hashable:
        """None while another thread reads or writes."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            [by_others] = self.driver.execute("PRAGMA data_version").fetchone()
            return by_others, self.driver.total_changes
        except sqlite3.Error:  # whoever reads next tells of it
            return None
        finally:
            self._lock.release()

    def close(self) -> None:
        with self._lock:
            self._open.close()

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        with self._lock:
            yield self._open.connection

    def _read(self, statement: Executable, values: dict[str, Any]) -> list[Any]:
        """What takes values is made once and asked again and again, so it is compiled once, too.

        By way of SQLAlchemy's results such a read took 19 µs here, so 9; a page of 650 µs needs
        several of them.
        """
        if not values:
            return super()._read(statement, values)
        asked = self._compiled(statement)
        with self._lock:
            return self._open.run(asked.sql, asked.values(values))

    def _compiled(self, statement: Executable) -> Compiled:
        if (known := self._known.get(statement)) is None:
            known = self._known[statement] = Compiled.of(statement, self._open.connection.dialect)
        return known

    @contextmanager
    def _transaction(self, lazily: bool, shared: bool) -> Iterator[Connection]:
        with self._lock:
            # Waiting for the disk takes 8 ms here, not waiting 0.1 ms.
            if lazily is not self._lazily:
                self._lazily = None
                self._open.run(f"PRAGMA synchronous = {'NORMAL' if lazily else 'FULL'}")
                self._lazily = lazily
            with self._open.transaction() as connection:
                yield connection
