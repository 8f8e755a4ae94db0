"""A connection to a SQLite file, which SQLAlchemy and Python's own module have in common."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, exc
from sqlalchemy.pool import StaticPool

BUSY_SECONDS = 30


def connect(file: Path) -> sqlite3.Connection:
    """For one thread at a time, whichever; transactions are begun by a statement of their own."""
    return sqlite3.connect(
        file, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
    )


class SqliteConnection:
    """`connection` is for statements that are put together, `driver` for those that are text.

    What begins and ends a transaction goes straight to the driver: by way of SQLAlchemy that was a
    quarter of the time that keeping a receipt took.
    """

    def __init__(self, file: Path) -> None:
        """Raises SQLAlchemyError where there is none to be had."""
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: connect(file),
            poolclass=StaticPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,  # what people ask shall stand in no message
        )
        try:
            self.connection: Connection = self._engine.connect()
            # SQLAlchemy's own, which sends nothing here: else Alembic would begin one, and with it
            # end that of the file.
            self.connection.begin()
        except BaseException:
            self._engine.dispose()
            raise
        driver = self.connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        self.driver = driver

    def run(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """What a statement finds; its faults are told as SQLAlchemy tells them."""
        try:
            return self.driver.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _told(sql, error) from error

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """In which nobody else writes; all of the block or nothing."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.run("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # some faults end the transaction by themselves
                self.driver.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self.connection.close()
        self._engine.dispose()


def _told(sql: str, error: sqlite3.Error) -> exc.DBAPIError:
    kind: type[exc.DBAPIError] = getattr(exc, type(error).__name__, exc.DBAPIError)
    return kind(sql, None, error, hide_parameters=True)
