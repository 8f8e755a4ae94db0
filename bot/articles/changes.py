"""What was changed by whom, and what was there before: for a day, so that it can be taken back."""

import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from footnote.bot.errors import BotError

logger = logging.getLogger(__name__)

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
        self._file = file
        self._damaged = file.with_name(f"{file.name}.damaged")
        self._folder = str(folder.resolve())
        self._lock = threading.RLock()
        self.mended: list[str] = []
        """What was found to be damaged, in words, until somebody is told of it."""
        with self._lock:
            self._open_or_begin_anew()

    def _open_or_begin_anew(self) -> None:
        try:
            self._connection = self._opened()
        except (sqlite3.DatabaseError, OSError) as error:
            if not _is_damage(error):
                raise BotError(
                    f"{self._file} cannot be used ({error}): mend its rights, or move it away and"
                    " do without taking back what was changed"
                ) from error
            self._begin_anew(error)

    def _opened(self) -> sqlite3.Connection:
        """Raises sqlite3.DatabaseError itself, not one of its subclasses, where it is damaged."""
        if not self._file.exists():
            self._file.touch(mode=0o600)
        connection = sqlite3.connect(
            self._file, isolation_level=None, check_same_thread=False, timeout=30
        )
        try:
            # Not WAL: its log would keep the text of what was erased.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                [told] = connection.execute("PRAGMA quick_check(1)").fetchone()
                if told != "ok":
                    raise sqlite3.DatabaseError(told)
                if not connection.execute("PRAGMA user_version").fetchone()[0]:
                    for statement in filter(str.strip, _SCHEMA.split(";")):
                        connection.execute(statement)
                    connection.execute("PRAGMA user_version = 1")
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin_anew(self, error: BaseException) -> None:
        """Put what is damaged aside, where nothing needs it, and go on without earlier changes."""
        try:
            os.replace(self._file, self._damaged)
            self._damaged.touch()  # it has texts, which are kept for a day
            self._file.with_name(f"{self._file.name}-journal").unlink(missing_ok=True)
            self._connection = self._opened()
        except (sqlite3.DatabaseError, OSError) as again:
            raise BotError(
                f"{self._file} is damaged ({error}), and cannot be put aside ({again})"
            ) from again
        told = (
            f"{self._file.name} was damaged and is now {self._damaged.name}: what was"
            " changed before can't be taken back"
        )
        logger.warning("%s (%s)", told, error)
        self.mended.append(told)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is found to be damaged within the block is put aside; the block fails then."""
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._connection.close()
                self._begin_anew(error)
                raise _BegunAnew from error

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

    def remove(self, number: int) -> None:
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
        rows = self._read("SELECT DISTINCT article FROM change WHERE folder = ?", (self._folder,))
        return [article for (article,) in rows]

    def arrivals(self) -> dict[str, float]:
        """When each article that did not come by hand came, in seconds since 1970."""
        rows = self._read(
            "SELECT article, max(at) FROM change WHERE folder = ? AND what = 'added'"
            " GROUP BY article",
            (self._folder,),
        )
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
        with contextlib.suppress(OSError):
            if self._damaged.stat().st_mtime <= old:
                self._damaged.unlink()
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
        rows = self._read(
            "SELECT number, article, what, who, at, before, after FROM change"
            f" WHERE folder = ? AND {where}",
            (self._folder, *values),
        )
        return [Change(*row) for row in rows]

    def _read(self, query: str, values: Sequence[object]) -> list[Any]:
        """None of what was there before, where that is damaged."""
        try:
            with self._whole():
                return self._connection.execute(query, values).fetchall()
        except _BegunAnew:
            return []

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._look()
        try:
            with self._whole(), self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
        except _BegunAnew as error:
            raise BotError(f"{self.mended[-1]}; nothing was changed now: try again") from error
        except sqlite3.OperationalError as error:
            raise BotError(
                f"changes cannot be written down ({error}), so nothing was changed: make room"
                " on the disk or mend the rights of the folder"
            ) from error

    def _look(self) -> None:
        """Before something is written: damage shows where the last change is read."""
        with contextlib.suppress(_BegunAnew), self._whole():
            self._connection.execute("SELECT max(number) FROM change").fetchone()


class _BegunAnew(Exception):
    """What was to be read was damaged, and is now empty."""


def _is_damage(error: BaseException) -> bool:
    """Its subclasses tell of other faults: a full disk, a lock, a wrong statement."""
    return type(error) is sqlite3.DatabaseError


def digest(content: bytes | None) -> bytes | None:
    return None if content is None else sha256(content).digest()
