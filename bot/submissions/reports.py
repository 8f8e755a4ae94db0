"""Reports: the messages that tell what becomes of submissions, of one or of several together.

A report is told anew while its version is higher than the one that was told, whatever ended the
bot in between.
"""

import sqlite3
from dataclasses import dataclass

from footnote.bot.state import State
from footnote.bot.submissions.submission import Came, Submission

MAX_IN_REPORT = 20
_TOGETHER_SECONDS = 5.0

_STEPS = (
    """
CREATE TABLE report (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,
    person INTEGER NOT NULL,
    language TEXT NOT NULL,
    replies INTEGER NOT NULL,
    album TEXT,
    at REAL NOT NULL,
    closed INTEGER NOT NULL,
    counted INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    told INTEGER NOT NULL DEFAULT 0,
    message INTEGER
) STRICT;
CREATE INDEX report_by_place ON report (place, person, number);
CREATE INDEX report_untold ON report (number) WHERE told < version;
""",
)


@dataclass(frozen=True, slots=True)
class Report:
    """`replies` is the message that it answers, `message` its own once it was sent. `is_list`:
    it tells of several, a line each."""

    number: int
    place: str
    person: int
    language: str
    replies: int
    is_list: bool
    version: int
    message: int | None


class Reports:
    """What has a `connection` is done within its transaction."""

    def __init__(self, state: State) -> None:
        state.migrate("reports", _STEPS, places=["report.place"])
        self._state = state

    def untold(self) -> list[Report]:
        rows = self._state.rows(
            "SELECT number, place, person, language, replies,"
            " counted > 1 OR (album IS NOT NULL AND NOT closed), version, message"
            " FROM report WHERE told < version ORDER BY number"
        )
        return [Report(*row) for row in rows]

    def told(self, report: Report, message: int | None) -> None:
        """It reads as its submissions were at its version."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE report SET told = max(told, ?), message = ? WHERE number = ?",
                (report.version, message, report.number),
            )

    def has_album(self, album: str) -> bool:
        """Whether something that came with others under this name was taken."""
        return bool(self._state.rows("SELECT 1 FROM report WHERE album = ? LIMIT 1", album))

    def place_for(self, connection: sqlite3.Connection, came: Came, *, alone: bool) -> int:
        """The report that tells of this: that of its album or message, or of what came just before
        it and is still on its way, or a new one; `alone` a new one that nothing else goes into."""
        row = None
        if came.album or not alone:
            row = connection.execute(
                "SELECT number FROM report WHERE place = ? AND person = ? AND NOT closed"
                " AND album IS ? AND abs(at - ?) <= ? AND counted < ?"
                " AND (album IS NOT NULL OR replies = ? OR EXISTS (SELECT 1 FROM submission"
                " WHERE report = report.number AND stage IN ('waiting', 'indexing')))"
                " ORDER BY number DESC LIMIT 1",
                (
                    *(came.place, came.person, came.album, came.at),
                    *(_TOGETHER_SECONDS, MAX_IN_REPORT, came.message),
                ),
            ).fetchone()
        number = int(row[0]) if row else self._new(connection, came, closed=alone)
        self.count(connection, number, came.at)
        return number

    def count(self, connection: sqlite3.Connection, number: int, at: float) -> None:
        """It tells of one more, which came at this time."""
        connection.execute(
            "UPDATE report SET at = ?, counted = counted + 1, version = version + 1"
            " WHERE number = ?",
            (at, number),
        )

    def by_itself(self, connection: sqlite3.Connection, submission: Submission) -> None:
        """What needs a word has buttons, so it is told of in a message of its own: that in which
        nothing else is told of yet, or another."""
        if submission.own is not None:
            return
        closed = connection.execute(
            "UPDATE report SET closed = 1 WHERE number = ? AND counted = 1"
            " AND (album IS NULL OR closed)",
            (submission.report,),
        )
        if closed.rowcount:
            return
        own = connection.execute(
            "INSERT INTO report (place, person, language, replies, at, closed, counted)"
            " SELECT place, person, language, ?, at, 1, 1 FROM report WHERE number = ?",
            (submission.message, submission.report),
        ).lastrowid
        connection.execute(
            "UPDATE submission SET own = ? WHERE number = ?", (own, submission.number)
        )

    def retell(self, connection: sqlite3.Connection, submission: int) -> None:
        """Something has become of it."""
        connection.execute(
            "UPDATE report SET version = version + 1 WHERE number IN"
            " (SELECT report FROM submission WHERE number = ?1"
            " UNION SELECT own FROM submission WHERE number = ?1)",
            (submission,),
        )

    def prune(self, connection: sqlite3.Connection, before: float) -> None:
        connection.execute(
            "DELETE FROM report WHERE at < ? AND number NOT IN (SELECT report FROM submission"
            " UNION SELECT own FROM submission WHERE own IS NOT NULL)",
            (before,),
        )

    def _new(self, connection: sqlite3.Connection, came: Came, *, closed: bool) -> int:
        made = connection.execute(
            "INSERT INTO report (place, person, language, replies, album, at, closed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(came.place, came.person, came.language, came.message, came.album, came.at),
                int(closed),
            ),
        )
        assert made.lastrowid is not None
        return made.lastrowid
