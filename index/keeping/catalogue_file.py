"""The file of a catalogue: its tables, and how SQLite opens, reads and writes it."""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping import held_files

_SCHEMA = """
CREATE TABLE version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('adding', 'live', 'leaving')),
    digest BLOB NOT NULL,
    modified_ns INTEGER,
    size INTEGER,
    revision TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    date TEXT,
    language TEXT,
    source TEXT,
    url TEXT,
    characters INTEGER NOT NULL,
    identity TEXT,
    page_starts TEXT,
    sketch BLOB NOT NULL,
    added TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_live_version ON version (article) WHERE state = 'live';
CREATE INDEX version_by_language ON version (state, language);
CREATE INDEX version_by_day ON version (state, first_day);
CREATE INDEX version_by_last_day ON version (state, last_day);
CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    heading TEXT,
    tokens BLOB
) STRICT;
CREATE INDEX passage_by_version ON passage (version);
CREATE TABLE piece (
    version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX piece_by_version ON piece (version, number);
CREATE INDEX version_by_revision ON version (revision) WHERE state = 'live';
CREATE INDEX version_by_identity ON version (identity)
    WHERE state = 'live' AND identity IS NOT NULL;
CREATE TABLE mark (
    hash INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (hash, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE cleared (at REAL NOT NULL, passages INTEGER NOT NULL) STRICT;
"""
# Of token codes (1,600 bytes a passage) two fit into SQLite's usual page of 4,096, and a fifth of
# each stays empty: 4.5 bytes for a byte of text over 10,000 passages, against 3.9.
_PAGE_BYTES = 16384


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
            self._connection = sqlite3.connect(
                file, isolation_level=None, check_same_thread=False, timeout=30
            )
            if create:
                self._connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA secure_delete = ON")
            there = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if create and not there:
                on_write()
                self._connection.executescript(f"BEGIN;{_SCHEMA}PRAGMA user_version = 1;COMMIT;")
        except sqlite3.DatabaseError as error:
            raise IndexUnreadable(f"SQLite cannot open {file}: {error}") from error
        held_files.hold(file)
        if not create and not there:
            self.close()
            raise IndexUnreadable(f"{file} is empty")

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """What is written in a transaction that has not ended is not among them."""
        with self._reading() as connection:
            return connection.execute(query, values).fetchall()

    def each(self, query: str) -> Iterator[Any]:
        """Row by row: for what is more than fits into memory."""
        with self._reading() as connection:
            yield from connection.execute(query)

    def version_of_data(self) -> int:
        """Differs once another connection, of this process or another, has written."""
        with self._lock, _readable():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

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
        connection = sqlite3.connect(
            self._file, isolation_level=None, check_same_thread=False, timeout=30
        )
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _close_idle(self) -> None:
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Written at the end of the block, or not at all."""
        with self._lock, _readable(), self._connection:
            self._on_write()
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def copy_to(self, file: Path) -> None:
        """Into a new file, without deleted rows (VACUUM INTO)."""
        with self._lock, _readable():
            self._connection.execute("VACUUM INTO ?", (str(file),))

    def checkpoint(self) -> bool:
        """Empty the write-ahead log, which otherwise keeps its greatest size, and deleted text.

        Whether that was done: another process may be reading from it.
        """
        with self._lock, _readable():
            busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        with self._lock:
            was_closed, self._closed = self._closed, True
            self._close_idle()
            self._connection.close()
            if not was_closed:
                held_files.release(self._file)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        # Its subclasses are other faults: a full disk, a lock, a wrong statement.
        if type(error) is sqlite3.DatabaseError:
            raise IndexUnreadable(f"SQLite cannot read the catalogue: {error}") from error
        raise
