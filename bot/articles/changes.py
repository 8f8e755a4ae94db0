"""What was changed by whom, and what was there before: for a day, so that it can be taken back."""

import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from bot.errors import BotError

KEPT_SECONDS = 24 * 3600.0

What = Literal["added", "replaced", "renamed", "removed"]

_SCHEMA = """
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    folder TEXT NOT NULL,
    article TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    at REAL NOT NULL,
    before BLOB,
    after BLOB
) STRICT;
CREATE INDEX change_by_article ON change (folder, article, number);
"""


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


class Changes:
    """One SQLite file for all folders of articles of a home; what is struck out is overwritten.

    A change is written down before it is carried out: a process that ends in between leaves the
    old state and a change that `unfinished` finds.
    """

    def __init__(self, file: Path, folder: Path) -> None:
        self._folder = str(folder.resolve())
        self._lock = threading.Lock()
        try:
            if not file.exists():
                file.touch(mode=0o600)
            self._connection = sqlite3.connect(
                file, isolation_level=None, check_same_thread=False, timeout=30
            )
            # Not WAL: its log would keep the text of what was erased.
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute("PRAGMA synchronous = FULL")
            with self._transaction() as connection:
                if not connection.execute("PRAGMA user_version").fetchone()[0]:
                    for statement in filter(str.strip, _SCHEMA.split(";")):
                        connection.execute(statement)
                    connection.execute("PRAGMA user_version = 1")
        except (sqlite3.DatabaseError, OSError) as error:
            raise BotError(
                f"{file} is not a database that can be used ({error}): put back a copy of it, or"
                " move it away and do without taking back what was changed"
            ) from error

    def note(
        self, article: str, what: What, who: str, *, before: bytes | None, after: bytes | None
    ) -> int:
        """Write down a change that is about to be made to a file's content; its number."""
        with self._transaction() as connection:
            number = connection.execute(
                "INSERT INTO change (folder, article, what, who, at, before, after)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._folder, article, what, who, time.time(), before, digest(after)),
            ).lastrowid
        assert number is not None
        return number

    def strike(self, number: int) -> None:
        """As if it had never been made."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM change WHERE number = ?", (number,))

    def last(self) -> Change | None:
        """The last one that can still be taken back."""
        found = self._rows("at > ? ORDER BY number DESC LIMIT 1", time.time() - KEPT_SECONDS)
        return found[0] if found else None

    def find(self, number: int) -> Change | None:
        """The change of this number, if it can still be taken back."""
        found = self._rows("number = ? AND at > ?", number, time.time() - KEPT_SECONDS)
        return found[0] if found else None

    def latest(self, article: str) -> Change | None:
        """The last one of this article that can still be taken back."""
        since = time.time() - KEPT_SECONDS
        found = self._rows("article = ? AND at > ? ORDER BY number DESC LIMIT 1", article, since)
        return found[0] if found else None

    def articles(self) -> list[str]:
        """Those of which there is a change."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT DISTINCT article FROM change WHERE folder = ?", (self._folder,)
            ).fetchall()
        return [article for (article,) in rows]

    def arrivals(self) -> dict[str, float]:
        """When each article that did not come by hand came, in seconds since 1970."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT article, max(at) FROM change WHERE folder = ? AND what = 'added'"
                " GROUP BY article",
                (self._folder,),
            ).fetchall()
        return dict(rows)

    def arrival(self, article: str) -> Change | None:
        """How the article that goes by this name now came there, if it was not by hand."""
        found = self._rows("article = ? AND what = 'added' ORDER BY number DESC LIMIT 1", article)
        return found[0] if found else None

    def recent(self) -> list[Change]:
        """All that can still be taken back, the last one first."""
        return self._rows("at > ? ORDER BY number DESC", time.time() - KEPT_SECONDS)

    def erase_old(self, there: Callable[[], Collection[str]]) -> None:
        """After a day nothing is kept of what was there before, nor of articles not `there` now."""
        old = time.time() - KEPT_SECONDS
        gone = [change.number for change in self._rows("at <= ? AND what <> 'added'", old)]
        added = self._rows("at <= ? AND what = 'added'", old)
        if added:
            articles = there()
            gone += [change.number for change in added if change.article not in articles]
        if gone:
            with self._transaction() as connection:
                connection.executemany("DELETE FROM change WHERE number = ?", [(n,) for n in gone])

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _rows(self, where: str, *values: object) -> list[Change]:
        with self._lock:
            rows = self._connection.execute(
                "SELECT number, article, what, who, at, before, after FROM change"
                f" WHERE folder = ? AND {where}",
                (self._folder, *values),
            ).fetchall()
        return [Change(*row) for row in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
            except sqlite3.OperationalError as error:
                raise BotError(
                    f"changes cannot be written down ({error}), so nothing was changed: make room"
                    " on the disk or mend the rights of the folder"
                ) from error


def digest(content: bytes | None) -> bytes | None:
    return None if content is None else sha256(content).digest()
