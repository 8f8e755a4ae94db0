"""What was brought from chats to be made articles, from when it was accepted until that is told.

A submission is on disk before whoever brought it is told so.
"""

import time
from collections.abc import Callable
from functools import partial

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from footnote.bot.database.tables import submission as submissions
from footnote.bot.state import State
from footnote.bot.submissions.message_edits import MessageEdits
from footnote.bot.submissions.reports import Report, Reports
from footnote.bot.submissions.submission import SUBMISSIONS, Came, Stage, Submission, find_all
from footnote.bot.submissions.upload import Kind, Offer, SubmissionResult, Upload, dump

MAX_WAITING = 100
"""Submissions of one person at a time; a folder of them is added better from the shell."""
KEPT_OFFERED_SECONDS = 24 * 3600.0
KEPT_DONE_SECONDS = 30 * 24 * 3600.0

_ANEW: dict[str, object] = {"stage": Stage.WAITING.value, "result": None, "due": 0.0}


class TooMany(Exception):
    """One person has brought more than is taken at a time."""


class Submissions:
    """Safe to use from several threads; times are in seconds since 1970."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        self.reports = Reports(state)
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
            if found := self._rows(SUBMISSIONS.where(submissions.c.cause == came.cause)):
                return found[0]
            if report is None:
                self._count_waiting(came)
                report = self.reports.place_for(connection, came, alone=alone)
            else:
                self.reports.count(connection, report, came.at)
            row = {
                "cause": came.cause,
                "report": report,
                "place": came.place,
                "message": came.message,
                "person": came.person,
                "who": came.who,
                "at": came.at,
                "due": due,
                "replaces": replaces,
                "approved": int(approved),
                "stage": Stage.WAITING.value,
                "what": dump(upload),
            }
            connection.execute(insert(submissions), row)
            return self._rows(SUBMISSIONS.where(submissions.c.cause == came.cause))[0]

    # On its way

    def find(self, number: int) -> Submission | None:
        return next(iter(self._rows(SUBMISSIONS.where(_is(number)))), None)

    def due(self) -> list[Submission]:
        """What waits and may be begun, the oldest first."""
        found = SUBMISSIONS.where(_at(Stage.WAITING), submissions.c.due <= self._now())
        return self._rows(found.order_by(submissions.c.number))

    def next_due(self, after: float) -> float | None:
        """When the next may be begun of those that wait and might not be at that time."""
        is_later = submissions.c.due > after
        found = select(func.min(submissions.c.due)).where(_at(Stage.WAITING), is_later)
        due: float | None = self._state.rows(found)[0][0]
        return due

    def indexing(self) -> list[Submission]:
        return self._rows(SUBMISSIONS.where(_at(Stage.INDEXING)).order_by(submissions.c.number))

    def of(self, report: Report) -> list[Submission]:
        """What a report tells of, in the order in which it came."""
        is_told = or_(submissions.c.report == report.number, submissions.c.own == report.number)
        return self._rows(SUBMISSIONS.where(is_told).order_by(submissions.c.number))

    def of_message(self, submission: Submission) -> list[Submission]:
        """All that came in the same message."""
        found = SUBMISSIONS.where(
            submissions.c.place == submission.place, submissions.c.message == submission.message
        )
        return self._rows(found.order_by(submissions.c.number))

    def begin(self, number: int) -> Submission | None:
        """Begin with it, once more perhaps; None where it does not wait any more."""
        with self._state.transaction(lazily=True) as connection:
            waits = _is(number), _at(Stage.WAITING)
            begun = {"begun": submissions.c.begun + 1, "since": None}
            connection.execute(update(submissions).where(*waits).values(begun))
            return next(iter(self._rows(SUBMISSIONS.where(*waits))), None)

    def note_long(self, number: int) -> None:
        """It has been under way for long: if the process ends now, it may be why."""
        with self._state.transaction(lazily=True) as connection:
            waits = _is(number), _at(Stage.WAITING)
            connection.execute(update(submissions).where(*waits).values(since=self._now()))

    def suspect(self) -> None:
        """At the start: suspect what had been under way for long when the process ended, however
        long ago that is."""
        with self._state.transaction() as connection:
            connection.execute(
                update(submissions)
                .where(_at(Stage.WAITING), submissions.c.since.is_not(None))
                .values(suspected=submissions.c.suspected + 1, since=None)
            )

    def absolve(self, submission: Submission) -> None:
        """It is not why the reading of it broke off, whatever others took it for meanwhile; nothing
        where it does not wait any more."""
        waits = _is(submission.number), _at(Stage.WAITING)
        is_last = submissions.c.begun == submission.begun
        known = {"suspected": submission.suspected}
        # That it was begun before is known by a 2, and what it had brought in for its own.
        again = {"begun": min(submission.begun, 2), "since": None}
        with self._state.transaction(lazily=True) as connection:
            connection.execute(update(submissions).where(*waits).values(known))
            connection.execute(update(submissions).where(*waits, is_last).values(again))

    def offer(self, submission: Submission, offer: Offer) -> None:
        """It needs somebody's word; nothing where what was brought has changed meanwhile."""
        self._put(
            submission,
            by_itself=True,
            stage=Stage.OFFERED.value,
            offer=dump(offer),
            begun=0,
            since=None,
            approved=0,
            due=self._now(),
        )

    def finish(
        self, submission: Submission, result: SubmissionResult, *, stage: Stage = Stage.DONE
    ) -> None:
        """It has come so far, and what was brought is forgotten, unless another try may help;
        nothing where it has changed meanwhile."""
        kept = submission.upload if result.again else submission.upload.forgotten
        self._put(
            submission,
            stage=stage.value,
            result=dump(result),
            what=dump(kept),
            offer=None,
            begun=0,
            since=None,
        )

    def postpone(self, submission: Submission, seconds: float) -> None:
        """It waits so long before it is begun again, for nothing was wrong with it; nothing where
        it has changed meanwhile."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                update(submissions)
                .where(*_unchanged(submission), _at(Stage.WAITING))
                .values(due=self._now() + seconds, begun=0, since=None)
            )
            self.reports.mark_changed(connection, submission.number)

    def mark_changed(self, submission: Submission) -> None:
        """Something is to be told of it that is not kept."""
        with self._state.transaction(lazily=True) as connection:
            self.reports.mark_changed(connection, submission.number)

    def expired(self) -> list[Submission]:
        """What was offered a day ago."""
        is_old = submissions.c.due < self._now() - KEPT_OFFERED_SECONDS
        return self._rows(SUBMISSIONS.where(_at(Stage.OFFERED), is_old))

    def prune(self) -> None:
        before = self._now() - KEPT_DONE_SECONDS
        with self._state.transaction(lazily=True) as connection:
            is_old = submissions.c.at < before
            connection.execute(delete(submissions).where(_at(Stage.DONE), is_old))
            self.reports.prune(connection, before)

    # What people decide; each returns whether there was anything to decide

    def approve(self, number: int) -> bool:
        """It is to be added as it is offered."""
        return self._decide(number, Stage.OFFERED, stage=Stage.WAITING.value, approved=1, due=0.0)

    def set_title(self, number: int, title: str) -> bool:
        return self._decide(number, Stage.OFFERED, title=title)

    def retry(self, number: int) -> bool:
        """Try again what failed, and all else that did and is told of in the same message."""
        pressed = self.find(number)
        if pressed is None:
            return False
        together = SUBMISSIONS.where(submissions.c.report == pressed.report)
        tried = [
            self._decide(failed.number, Stage.DONE, **_ANEW, suspected=0)
            for failed in self._rows(together.order_by(submissions.c.number))
            if failed.own == pressed.own and failed.result and failed.result.again
        ]
        return any(tried)

    def become(self, number: int, kind: Kind) -> bool:
        """What was found to be a feed is to be opened or followed."""
        found = self.find(number)
        if found is None or found.result is None or found.result.how != "a feed":
            return False
        upload = Upload(kind, found.upload.name)
        return self._decide(number, Stage.DONE, **_ANEW, what=dump(upload))

    def _decide(self, number: int, at: Stage, **change: object) -> bool:
        """Change these columns of it, if it has come so far; whether it had."""
        with self._state.transaction() as connection:
            is_it = _is(number), _at(at)
            done = connection.execute(update(submissions).where(*is_it).values(change))
            self.reports.mark_changed(connection, number)
            return bool(done.rowcount)

    def _put(self, submission: Submission, *, by_itself: bool = False, **change: object) -> None:
        """Change these columns of it, unless what was brought has changed."""
        with self._state.transaction() as connection:
            is_it = _unchanged(submission)
            if connection.execute(update(submissions).where(*is_it).values(change)).rowcount:
                if by_itself:
                    self.reports.by_itself(connection, submission)
                self.reports.mark_changed(connection, submission.number)

    def _count_waiting(self, came: Came) -> None:
        found = select(func.count()).where(submissions.c.person == came.person, _at(Stage.WAITING))
        [(waiting,)] = self._state.rows(found)
        if waiting >= MAX_WAITING:
            raise TooMany(f"{came.person} has brought {MAX_WAITING}")


def _is(number: int) -> ColumnElement[bool]:
    return submissions.c.number == number


def _at(stage: Stage) -> ColumnElement[bool]:
    return submissions.c.stage == stage.value


def _unchanged(submission: Submission) -> tuple[ColumnElement[bool], ...]:
    return _is(submission.number), submissions.c.changed == submission.changed
