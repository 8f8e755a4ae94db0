"""Reports: the messages that tell what becomes of submissions, of one or of several together.

A report is told anew while its version is higher than the one that was told, whatever ended the
bot in between.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select, union, update

from footnote.bot.database.tables import report as reports
from footnote.bot.database.tables import submission as submissions
from footnote.bot.state import State
from footnote.bot.submissions.submission import Came, Stage, Submission

MAX_IN_REPORT = 20
_TOGETHER_SECONDS = 5.0


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
        self._state = state

    def outdated(self) -> list[Report]:
        rows = self._state.rows(
            select(
                *(reports.c[name] for name in ("number", "place", "person", "language", "replies")),
                or_(
                    reports.c.counted > 1,
                    and_(reports.c.album.is_not(None), reports.c.closed == 0),
                ),
                *(reports.c[name] for name in ("version", "message")),
            )
            .where(reports.c.told < reports.c.version)
            .order_by(reports.c.number)
        )
        return [Report(*row) for row in rows]

    def mark_shown(self, report: Report, message: int | None) -> None:
        """It reads as its submissions were at its version."""
        with self._state.transaction(lazily=True) as connection:
            told = case((reports.c.told < report.version, report.version), else_=reports.c.told)
            is_it = reports.c.number == report.number
            connection.execute(update(reports).where(is_it).values(told=told, message=message))

    def has_album(self, album: str) -> bool:
        """Whether something that came with others under this name was taken."""
        return bool(
            self._state.rows(select(reports.c.number).where(reports.c.album == album).limit(1))
        )

    def place_for(self, connection: Connection, came: Came, *, alone: bool) -> int:
        """The report that tells of this: that of its album or message, or of what came just before
        it and is still on its way, or a new one; `alone` a new one that nothing else goes into."""
        number = None
        if came.album or not alone:
            under_way = select(submissions.c.number).where(
                submissions.c.report == reports.c.number,
                submissions.c.stage.in_([Stage.WAITING.value, Stage.INDEXING.value]),
            )
            number = connection.scalar(
                select(reports.c.number)
                .where(
                    reports.c.place == came.place,
                    reports.c.person == came.person,
                    reports.c.closed == 0,
                    reports.c.album.is_not_distinct_from(came.album),
                    func.abs(reports.c.at - came.at) <= _TOGETHER_SECONDS,
                    reports.c.counted < MAX_IN_REPORT,
                    or_(
                        reports.c.album.is_not(None),
                        reports.c.replies == came.message,
                        under_way.exists(),
                    ),
                )
                .order_by(reports.c.number.desc())
                .limit(1)
            )
        if number is None:
            number = self._new(connection, came, closed=alone)
        self.count(connection, number, came.at)
        return number

    def count(self, connection: Connection, number: int, at: float) -> None:
        """It tells of one more, which came at this time."""
        connection.execute(
            update(reports)
            .where(reports.c.number == number)
            .values(at=at, counted=reports.c.counted + 1, version=reports.c.version + 1)
        )

    def by_itself(self, connection: Connection, submission: Submission) -> None:
        """What needs a word has buttons, so it is told of in a message of its own: that in which
        nothing else is told of yet, or another."""
        if submission.own is not None:
            return
        closed = connection.execute(
            update(reports)
            .where(
                reports.c.number == submission.report,
                reports.c.counted == 1,
                or_(reports.c.album.is_(None), reports.c.closed == 1),
            )
            .values(closed=1)
        )
        if closed.rowcount:
            return
        kept = ("place", "person", "language", "at")
        before = select(*(reports.c[name] for name in kept)).where(
            reports.c.number == submission.report
        )
        row = connection.execute(before).mappings().one()
        own = connection.scalar(
            insert(reports).returning(reports.c.number),
            {**row, "replies": submission.message, "closed": 1, "counted": 1},
        )
        is_it = submissions.c.number == submission.number
        connection.execute(update(submissions).where(is_it).values(own=own))

    def mark_changed(self, connection: Connection, submission: int) -> None:
        """Something has become of it."""
        is_it = submissions.c.number == submission
        telling = union(*(select(submissions.c[of]).where(is_it) for of in ("report", "own")))
        connection.execute(
            update(reports)
            .where(reports.c.number.in_(telling))
            .values(version=reports.c.version + 1)
        )

    def prune(self, connection: Connection, before: float) -> None:
        needed = union(
            select(submissions.c.report),
            select(submissions.c.own).where(submissions.c.own.is_not(None)),
        )
        connection.execute(
            delete(reports).where(reports.c.at < before, reports.c.number.not_in(needed))
        )

    def _new(self, connection: Connection, came: Came, *, closed: bool) -> int:
        row = {"place": came.place, "person": came.person, "language": came.language}
        row |= {"replies": came.message, "album": came.album, "at": came.at}
        made = insert(reports).returning(reports.c.number)
        return int(connection.execute(made, {**row, "closed": int(closed)}).scalar_one())
