"""What was brought from chats to be made articles, from when it was accepted until that is told.

A submission is on disk before whoever brought it is told so.
"""

import time
from collections.abc import Callable
from functools import partial

from footnote.bot.state import State
from footnote.bot.submissions.message_edits import MessageEdits
from footnote.bot.submissions.reports import Report, Reports
from footnote.bot.submissions.submission import Came, Stage, Submission, find_all
from footnote.bot.submissions.upload import Kind, Offer, SubmissionResult, Upload, dump

MAX_WAITING = 100
"""Submissions of one person at a time; a folder of them is added better from the shell."""
KEPT_OFFERED_SECONDS = 24 * 3600.0
KEPT_DONE_SECONDS = 30 * 24 * 3600.0

_STEPS = (
    """
CREATE TABLE submission (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    cause TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL,
    own INTEGER,
    place TEXT NOT NULL,
    message INTEGER NOT NULL,
    person INTEGER NOT NULL,
    who TEXT NOT NULL,
    at REAL NOT NULL,
    due REAL NOT NULL,
    replaces TEXT,
    changed INTEGER NOT NULL DEFAULT 0,
    begun INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    approved INTEGER NOT NULL,
    stage TEXT NOT NULL,
    what TEXT NOT NULL,
    offer TEXT,
    result TEXT
) STRICT;
CREATE INDEX submission_by_stage ON submission (stage, due) WHERE stage <> 'done';
CREATE INDEX submission_by_report ON submission (report);
CREATE INDEX submission_by_own ON submission (own) WHERE own IS NOT NULL;
CREATE INDEX submission_by_place ON submission (place, person, number);
""",
    """
ALTER TABLE submission ADD COLUMN since REAL;
ALTER TABLE submission ADD COLUMN suspected INTEGER NOT NULL DEFAULT 0;
""",
)
# Of what was under way when the process ended, only what had been so for longer can be why.
_LONG_UNDER_WAY_SECONDS = 10.0


class TooMany(Exception):
    """One person has brought more than is taken at a time."""


class Submissions:
    """Safe to use from several threads; times are in seconds since 1970."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        self.reports = Reports(state)
        state.migrate("submissions", _STEPS, places=["submission.place"])
        self.edits = MessageEdits(state)
        self._state = state
        self._rows = partial(find_all, state)
        self._now = now

    # Coming in

    def submit(
        self,
        came: Came,
        upload: Upload,
        *,
        due: float = 0.0,
        alone: bool = False,
        report: int | None = None,
        replaces: str | None = None,
        approved: bool = False,
    ) -> Submission:
        """Take it, or find it where it was taken before; raises TooMany.

        It is told of by that `report`, by one `alone`, or with what came at the same time.
        """
        with self._state.transaction() as connection:
            if found := self._rows("cause = ?", came.cause):
                return found[0]
            if report is None:
                self._count_waiting(came)
                report = self.reports.place_for(connection, came, alone=alone)
            else:
                self.reports.count(connection, report, came.at)
            values = (
                *(came.cause, report, came.place, came.message, came.person, came.who, came.at),
                *(due, replaces, int(approved), Stage.WAITING, dump(upload)),
            )
            connection.execute(
                "INSERT INTO submission (cause, report, place, message, person, who, at, due,"
                f" replaces, approved, stage, what) VALUES ({', '.join('?' * len(values))})",
                values,
            )
            return self._rows("cause = ?", came.cause)[0]

    # On its way

    def find(self, number: int) -> Submission | None:
        return next(iter(self._rows("number = ?", number)), None)

    def due(self) -> list[Submission]:
        """What waits and may be begun, the oldest first."""
        return self._rows("stage = 'waiting' AND due <= ? ORDER BY number", self._now())

    def next_due(self) -> float | None:
        """When the next of those that wait may be begun."""
        rows = self._state.rows("SELECT min(due) FROM submission WHERE stage = 'waiting'")
        due: float | None = rows[0][0]
        return due

    def indexing(self) -> list[Submission]:
        return self._rows("stage = 'indexing' ORDER BY number")

    def of(self, report: Report) -> list[Submission]:
        """What a report tells of, in the order in which it came."""
        return self._rows("(report = ?1 OR own = ?1) ORDER BY number", report.number)

    def of_message(self, submission: Submission) -> list[Submission]:
        """All that came in the same message."""
        return self._rows(
            "place = ? AND message = ? ORDER BY number",
            submission.place,
            submission.message,
        )

    def begin(self, number: int) -> Submission | None:
        """Begin with it, once more perhaps; None where it does not wait any more."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE submission SET begun = begun + 1, since = ?"
                " WHERE number = ? AND stage = 'waiting'",
                (self._now(), number),
            )
            return next(iter(self._rows("number = ? AND stage = 'waiting'", number)), None)

    def suspect(self) -> None:
        """At the start: suspect what had been under way for long when the process ended."""
        with self._state.transaction() as connection:
            connection.execute(
                "UPDATE submission SET suspected = suspected + (since < ?), since = NULL"
                " WHERE stage = 'waiting' AND since IS NOT NULL",
                (self._now() - _LONG_UNDER_WAY_SECONDS,),
            )

    def clear(self) -> None:
        """At an end in order: what was not under way for long has nothing to do with it."""
        with self._state.transaction() as connection:
            connection.execute(
                "UPDATE submission SET since = NULL WHERE stage = 'waiting' AND since >= ?",
                (self._now() - _LONG_UNDER_WAY_SECONDS,),
            )

    def offer(self, submission: Submission, offer: Offer) -> None:
        """It needs somebody's word; nothing where what was brought has changed meanwhile."""
        self._put(
            submission,
            "stage = 'offered', offer = ?, begun = 0, since = NULL, approved = 0, due = ?",
            *(dump(offer), self._now()),
            by_itself=True,
        )

    def settle(
        self, submission: Submission, result: SubmissionResult, *, stage: Stage = Stage.DONE
    ) -> None:
        """It has come so far, and what was brought is forgotten, unless another try may help;
        nothing where it has changed meanwhile."""
        kept = submission.upload if result.again else submission.upload.forgotten
        self._put(
            submission,
            "stage = ?, result = ?, what = ?, offer = NULL, begun = 0, since = NULL",
            *(stage, dump(result), dump(kept)),
        )

    def postpone(self, submission: Submission, seconds: float) -> None:
        """It waits so long before it is begun again, for nothing was wrong with it; nothing where
        it has changed meanwhile."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "UPDATE submission SET due = ?, begun = 0"
                " WHERE number = ? AND changed = ? AND stage = 'waiting'",
                (self._now() + seconds, submission.number, submission.changed),
            )
            self.reports.retell(connection, submission.number)

    def retell(self, submission: Submission) -> None:
        """Something is to be told of it that is not kept."""
        with self._state.transaction(lazily=True) as connection:
            self.reports.retell(connection, submission.number)

    def expired(self) -> list[Submission]:
        """What was offered a day ago."""
        return self._rows("stage = 'offered' AND due < ?", self._now() - KEPT_OFFERED_SECONDS)

    def prune(self) -> None:
        before = self._now() - KEPT_DONE_SECONDS
        with self._state.transaction(lazily=True) as connection:
            connection.execute("DELETE FROM submission WHERE stage = 'done' AND at < ?", (before,))
            self.reports.prune(connection, before)

    # What people decide; each returns whether there was anything to decide

    def approve(self, number: int) -> bool:
        """It is to be added as it is offered."""
        return self._decide(number, Stage.OFFERED, "stage = 'waiting', approved = 1, due = 0")

    def set_title(self, number: int, title: str) -> bool:
        return self._decide(number, Stage.OFFERED, "title = ?", title)

    def retry(self, number: int) -> bool:
        """Try again what failed, and all else that did and is told of in the same message."""
        pressed = self.find(number)
        if pressed is None:
            return False
        change = "stage = 'waiting', result = NULL, due = 0, suspected = 0"
        tried = [
            self._decide(failed.number, Stage.DONE, change)
            for failed in self._rows("report = ? ORDER BY number", pressed.report)
            if failed.own == pressed.own and failed.result and failed.result.again
        ]
        return any(tried)

    def become(self, number: int, kind: Kind) -> bool:
        """What was found to be a feed is to be opened or followed."""
        found = self.find(number)
        if found is None or found.result is None or found.result.how != "a feed":
            return False
        change = "stage = 'waiting', result = NULL, due = 0, what = ?"
        return self._decide(number, Stage.DONE, change, dump(Upload(kind, found.upload.name)))

    def _decide(self, number: int, stage: Stage, change: str, *values: object) -> bool:
        with self._state.transaction() as connection:
            done = connection.execute(
                f"UPDATE submission SET {change} WHERE number = ? AND stage = ?",
                (*values, number, stage),
            )
            self.reports.retell(connection, number)
            return bool(done.rowcount)

    def _put(
        self, submission: Submission, change: str, *values: object, by_itself: bool = False
    ) -> None:
        with self._state.transaction() as connection:
            done = connection.execute(
                f"UPDATE submission SET {change} WHERE number = ? AND changed = ?",
                (*values, submission.number, submission.changed),
            )
            if done.rowcount:
                if by_itself:
                    self.reports.by_itself(connection, submission)
                self.reports.retell(connection, submission.number)

    def _count_waiting(self, came: Came) -> None:
        [(waiting,)] = self._state.rows(
            "SELECT count(*) FROM submission WHERE person = ? AND stage = 'waiting'", came.person
        )
        if waiting >= MAX_WAITING:
            raise TooMany(f"{came.person} has brought {MAX_WAITING}")
