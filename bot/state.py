"""What has to survive a restart: one SQLite file, to which every room of state adds its tables."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from footnote.bot.errors import BotError
from footnote.bot.threads import ThreadPool

_STEPS_TAKEN = """
CREATE TABLE IF NOT EXISTS schema_step (
    room TEXT PRIMARY KEY,
    steps INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""
_BUSY_SECONDS = 30
P = ParamSpec("P")
T = TypeVar("T")


class State:
    """One connection for all threads; what is written is on disk when its transaction ends."""

    def __init__(self, file: Path) -> None:
        self.file = file
        # Of the same thread again, so that a room may read within its own transaction.
        self._lock = threading.RLock()
        self._thread = ThreadPool("state", 1)
        self._places: set[str] = set()
        self._chats: set[str] = set()
        with self._told():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not file.exists():
                file.touch(mode=0o600)  # what people ask is nobody else's business
            self._connection = sqlite3.connect(
                file, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            # What was sent to be an article, and then was none, or is erased again, is nowhere.
            self._connection.execute("PRAGMA secure_delete = ON")
            self._begin()

    def migrate(
        self,
        room: str,
        steps: Sequence[str],
        *,
        places: Sequence[str] = (),
        chats: Sequence[str] = (),
    ) -> None:
        """Take the steps that this room's tables have not been through yet, all or none.

        A step is SQL, one or more statements; once released it is never changed, only followed
        by another. `places` and `chats` are the columns (`table.column`) that name a place or have
        the number of a chat. Raises BotError where the file was written by a later Footnote.
        """
        self._places.update(places)
        self._chats.update(chats)
        with self._told(), self.transaction() as connection:
            row = connection.execute(
                "SELECT steps FROM schema_step WHERE room = ?", (room,)
            ).fetchone()
            taken = row[0] if row else 0
            if taken > len(steps):
                raise BotError(
                    f"{self.file} was written by a later Footnote ({room} has form {taken}, this"
                    f" one knows {len(steps)}): use that one, or move the file away"
                )
            for step in steps[taken:]:
                for statement in _statements(step):
                    connection.execute(statement)
            connection.execute(
                "INSERT OR REPLACE INTO schema_step (room, steps) VALUES (?, ?)", (room, len(steps))
            )

    @contextmanager
    def transaction(self, *, lazily: bool = False) -> Iterator[sqlite3.Connection]:
        """All of the block or nothing; never one within another.

        What is written `lazily` outlives the process at once, and a power cut only after the next
        transaction that is not lazy: waiting for the disk takes 8 ms here, not waiting 0.1 ms.
        """
        with self._lock, self._connection:
            self._connection.execute(f"PRAGMA synchronous = {'NORMAL' if lazily else 'FULL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def rows(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    async def run_in_db(self, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read or write in a thread of its own, in turn: those that answer have others."""
        return await self._thread.run(action, *args, **kwargs)

    def tidy(self) -> None:
        """Have nothing left in the log beside the file, which keeps what was deleted since."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def move(self, place: str, chat: int, *, to: tuple[str, int]) -> None:
        """A chat has got another number, and its place another name: in all tables, or in none.

        What both names have once is the old chat's afterwards.
        """
        with self.transaction() as connection:
            for table, column in (name.split(".") for name in sorted(self._chats)):
                connection.execute(
                    f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?", (to[1], chat)
                )
            for table, column in (name.split(".") for name in sorted(self._places)):
                connection.execute(
                    f"UPDATE OR REPLACE {table} SET {column} = ? || substr({column}, ?)"
                    f" WHERE {column} = ? OR substr({column}, 1, ?) = ?",
                    (to[0], len(place) + 1, place, len(place) + 1, f"{place}:"),
                )

    def close(self) -> None:
        self._thread.close()
        with self._lock:
            self._connection.close()

    def _begin(self) -> None:
        with self.transaction() as connection:
            connection.execute(_STEPS_TAKEN)
            # Version 0.1.0 counted in the file's head, and had receipts only.
            if connection.execute("PRAGMA user_version").fetchone()[0] == 1:
                connection.execute("INSERT OR IGNORE INTO schema_step VALUES ('receipts', 1)")
                connection.execute("PRAGMA user_version = 0")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            raise BotError(
                f"{self.file} is not a database that can be used ({error}): put back a copy of it,"
                " or move it away to begin without earlier answers"
            ) from error


def _statements(script: str) -> Iterator[str]:
    """One by one, for `executescript` would commit what was begun before it."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
