"""The inbox: every update is on disk before Telegram is told that it arrived, until it is handled.

Telegram's numbers of updates turn random after a quiet week, so an update gets a number of ours,
which never comes again. It repeats itself for a day at most; one of the same number that comes
later than that is another.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from footnote.bot.state import State
from footnote.bot.telegram.chat_thread import OF_SUPERGROUPS, numbered_with
from footnote.bot.telegram.receiving.update_origin import Json, UpdateOrigin

_STEPS = (
    """
CREATE TABLE incoming (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id INTEGER NOT NULL,
    lane TEXT NOT NULL,
    chat INTEGER,
    message INTEGER,
    at REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'handled', 'aside')),
    body TEXT,
    begun INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    fault TEXT
) STRICT;
CREATE INDEX incoming_by_update ON incoming (update_id);
CREATE INDEX incoming_by_status ON incoming (status, number) WHERE status <> 'handled';
CREATE INDEX incoming_by_message ON incoming (chat, message);
""",
    f"""
CREATE INDEX incoming_by_common_message ON incoming (message) WHERE chat > {OF_SUPERGROUPS};
""",
    """
ALTER TABLE incoming ADD COLUMN since REAL;
ALTER TABLE incoming ADD COLUMN suspected INTEGER NOT NULL DEFAULT 0;
""",
)
# Of what was under way when the process ended, only what had been so for longer can be why: an
# answer takes less than a second, and whoever kills a bot at any moment catches one or two.
_LONG_UNDER_WAY_SECONDS = 10.0
_REPEATED_WITHIN_SECONDS = 2 * 24 * 3600
_KEPT_ASIDE_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class QueuedUpdate:
    """An update that waits; `queue_key` tells whose updates are handled one after the other."""

    number: int
    queue_key: str


@dataclass(frozen=True, slots=True)
class TakenUpdate:
    """An update in the hand; `at` is when it came, by time.time().

    `begun` is how often it was begun before without an end, `failed` how often it failed, and
    `suspected` how often it had been under way for long when the process ended.
    """

    number: int
    body: Json
    at: float
    begun: int
    failed: int
    suspected: int = 0


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update that could not be handled, with the traceback of the last try."""

    number: int
    update_id: int
    at: float
    fault: str


@dataclass(frozen=True, slots=True)
class Counts:
    waiting: int
    dead_letters: int


class Inbox:
    def __init__(self, state: State, *, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock
        state.migrate("inbox", _STEPS)

    def store(self, updates: Iterable[Json]) -> list[QueuedUpdate]:
        """Keep updates, all or none; those that are new, in order. Others are there already.

        They are on disk when this returns. Each has an `update_id`, an int, and may be anything
        else.
        """
        now = self._clock()
        new = []
        with self._state.transaction() as connection:
            for update in updates:
                of = UpdateOrigin.of(update)
                added = connection.execute(
                    "INSERT INTO incoming (update_id, lane, chat, message, at, body)"
                    " SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
                    " (SELECT 1 FROM incoming WHERE update_id = ? AND at > ?)",
                    (
                        *(update["update_id"], of.queue_key, of.chat, of.came_in, now),
                        json.dumps(update),
                        *(update["update_id"], now - _REPEATED_WITHIN_SECONDS),
                    ),
                )
                if added.rowcount and added.lastrowid:
                    new.append(QueuedUpdate(added.lastrowid, of.queue_key))
        return new

    def waiting(self) -> list[QueuedUpdate]:
        """Everything that is still to be handled, oldest first."""
        rows = self._state.rows(
            "SELECT number, lane FROM incoming WHERE status = 'waiting' ORDER BY number"
        )
        return [QueuedUpdate(*row) for row in rows]

    def after(self, number: int, chat: int) -> Json | None:
        """The next update of a chat that waits after one of this number."""
        rows = self._state.rows(
            "SELECT body FROM incoming WHERE chat = ? AND number > ? AND status = 'waiting'"
            " ORDER BY number LIMIT 1",
            *(chat, number),
        )
        update: Json | None = json.loads(rows[0][0]) if rows else None
        return update

    def take(self, number: int) -> TakenUpdate | None:
        """Begin to handle an update; it waits still, until it is `handled` or `set_aside`.

        None where it waits no more.
        """
        with self._state.transaction(lazily=True) as connection:
            row = connection.execute(
                "SELECT body, at, begun, failed, suspected FROM incoming"
                " WHERE number = ? AND status = 'waiting'",
                (number,),
            ).fetchone()
            if row is None:
                return None
            body, at, begun, failed, suspected = row
            connection.execute(
                "UPDATE incoming SET begun = begun + 1, since = ? WHERE number = ?",
                (self._clock(), number),
            )
        return TakenUpdate(number, json.loads(body), at, begun, failed, suspected)

    def suspect(self) -> set[int]:
        """At the start: suspect what had been under way for long when the process ended.

        The numbers of all that were suspected before or are so now, and still wait.
        """
        with self._state.transaction() as connection:
            connection.execute(
                "UPDATE incoming SET suspected = suspected + (since < ?), since = NULL"
                " WHERE status = 'waiting' AND since IS NOT NULL",
                (self._clock() - _LONG_UNDER_WAY_SECONDS,),
            )
        rows = self._state.rows(
            "SELECT number FROM incoming WHERE status = 'waiting' AND suspected > 0"
        )
        return {row[0] for row in rows}

    def clear(self) -> None:
        """At an end in order: what was not under way for long has nothing to do with it."""
        with self._state.transaction() as connection:
            connection.execute(
                "UPDATE incoming SET since = NULL WHERE status = 'waiting' AND since >= ?",
                (self._clock() - _LONG_UNDER_WAY_SECONDS,),
            )

    def handled(self, number: int) -> None:
        """It is done with, and what was in it is forgotten here."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE incoming SET status = 'handled', body = NULL, fault = NULL"
                " WHERE number = ?",
                (number,),
            )

    def failed(self, number: int, fault: str) -> None:
        """It is to be tried again; `fault` is the traceback."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE incoming SET failed = failed + 1, begun = 0, since = NULL, fault = ?"
                " WHERE number = ?",
                (fault, number),
            )

    def postponed(self, number: int) -> None:
        """It is to be tried again, and nothing about it was wrong."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE incoming SET begun = 0, since = NULL WHERE number = ?", (number,)
            )

    def set_aside(self, number: int, fault: str) -> None:
        """It is not tried again unless it is replayed; `fault` is the traceback."""
        with self._state.transaction() as connection:
            connection.execute(
                "UPDATE incoming SET status = 'aside', fault = ? WHERE number = ?", (fault, number)
            )

    def dead_letters(self) -> list[DeadLetter]:
        rows = self._state.rows(
            "SELECT number, update_id, at, fault FROM incoming WHERE status = 'aside'"
            " ORDER BY number"
        )
        return [DeadLetter(*row) for row in rows]

    def counts(self) -> Counts:
        rows = self._state.rows(
            "SELECT status, count(*) FROM incoming WHERE status <> 'handled' GROUP BY status"
        )
        counts = dict(rows)
        return Counts(counts.get("waiting", 0), counts.get("aside", 0))

    def replay(self, numbers: Iterable[int] | None = None) -> int:
        """Let updates that were set aside wait again, all of them by default; how many."""
        chosen = [update.number for update in self.dead_letters()]
        if numbers is not None:
            chosen = sorted(set(chosen).intersection(numbers))
        with self._state.transaction() as connection:
            connection.executemany(
                "UPDATE incoming SET status = 'waiting', begun = 0, failed = 0, suspected = 0,"
                " since = NULL WHERE number = ?",
                [(number,) for number in chosen],
            )
        return len(chosen)

    def newest(self, chat: int) -> int:
        """The highest number of a message that came lately from this chat, or from one whose
        messages are numbered together with its; 0 if none did."""
        where, values = numbered_with(chat)
        rows = self._state.rows(f"SELECT max(message) FROM incoming WHERE {where}", *values)
        return rows[0][0] or 0

    def numbers(self, chat: int, above: int) -> set[int]:
        """The numbers higher than one of messages that came from there."""
        where, values = numbered_with(chat)
        rows = self._state.rows(
            f"SELECT message FROM incoming WHERE {where} AND message > ?", *values, above
        )
        return {number for (number,) in rows}

    def last(self) -> float | None:
        """When the newest update came in, by time.time()."""
        rows = self._state.rows("SELECT at FROM incoming ORDER BY number DESC LIMIT 1")
        return rows[0][0] if rows else None

    def prune(self) -> None:
        """Forget what was handled long enough ago, but for the newest."""
        now = self._clock()
        with self._state.transaction(lazily=True) as connection:
            for status, kept in (
                ("handled", _REPEATED_WITHIN_SECONDS),
                ("aside", _KEPT_ASIDE_SECONDS),
            ):
                connection.execute(
                    "DELETE FROM incoming WHERE status = ? AND at < ?"
                    " AND number < (SELECT max(number) FROM incoming)",
                    (status, now - kept),
                )
