"""The inbox: every update is on disk before Telegram is told that it arrived, until it is handled.

Telegram's numbers of updates turn random after a quiet week, so an update gets a number of ours,
which never comes again. It repeats itself for a day at most; one of the same number that comes
later than that is another.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from footnote.bot.database.tables import incoming
from footnote.bot.state import State
from footnote.bot.telegram.chat_thread import numbered_with
from footnote.bot.telegram.receiving.lanes import CHANNEL, held_by_others
from footnote.bot.telegram.receiving.update_origin import Json, UpdateOrigin
from footnote.bot.telegram.sending.fencing import refuse_out_of_turn

# Of what was under way when the process ended, only what had been so for longer can be why: an
# answer takes less than a second, and whoever kills a bot at any moment catches one or two.
_LONG_UNDER_WAY_SECONDS = 10.0
_WAITING, _HANDLED, _ASIDE = "waiting", "handled", "aside"
_STORE = insert(incoming).returning(incoming.c.number)
_REPEATED = (
    select(incoming.c.number)
    .where(incoming.c.update_id == bindparam("id"), incoming.c.at > bindparam("since"))
    .limit(1)
)
_TAKE = select(
    *(incoming.c[name] for name in ("body", "at", "begun", "failed", "suspected"))
).where(incoming.c.number == bindparam("of"), incoming.c.status == _WAITING)
_CHANGE = update(incoming).where(incoming.c.number == bindparam("of"))
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
    """Whatever is said of an update that is being handled raises TurnLost where another process
    handles it by now."""

    def __init__(self, state: State, *, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def store(self, updates: Iterable[Json]) -> list[QueuedUpdate]:
        """Keep updates, all or none; those that are new, in order. Others are there already.

        They are on disk when this returns. Each has an `update_id`, an int, and may be anything
        else.
        """
        now = self._clock()
        new = []
        with self._state.transaction() as connection:
            for body in updates:
                repeats = {"id": body["update_id"], "since": now - _REPEATED_WITHIN_SECONDS}
                if connection.scalar(_REPEATED, repeats) is not None:
                    continue
                of = UpdateOrigin.of(body)
                row = {"update_id": body["update_id"], "lane": of.queue_key, "chat": of.chat}
                row |= {"message": of.came_in, "at": now, "body": json.dumps(body)}
                number = connection.execute(_STORE, row).scalar_one()
                new.append(QueuedUpdate(number, of.queue_key))
        return new

    def waiting(self) -> list[QueuedUpdate]:
        """Pending updates, oldest first."""
        rows = self._state.rows(
            select(incoming.c.number, incoming.c.lane)
            .where(_is(_WAITING))
            .order_by(incoming.c.number)
        )
        return [QueuedUpdate(*row) for row in rows]

    def after(self, number: int, chat: int) -> Json | None:
        """The next update of a chat that waits after one of this number."""
        rows = self._state.rows(
            select(incoming.c.body)
            .where(incoming.c.chat == chat, incoming.c.number > number, _is(_WAITING))
            .order_by(incoming.c.number)
            .limit(1)
        )
        update: Json | None = json.loads(rows[0][0]) if rows else None
        return update

    def take(self, number: int) -> TakenUpdate | None:
        """Begin to handle an update; it waits still, until it is `handled` or `set_aside`.

        None where it waits no more.
        """
        with self._state.transaction(lazily=True) as connection:
            row = connection.execute(_TAKE, {"of": number}).first()
            if row is None:
                return None
            body, at, begun, failed, suspected = row
            self._change(connection, number, begun=begun + 1, since=self._clock())
        return TakenUpdate(number, json.loads(body), at, begun, failed, suspected)

    def suspect(self, holder: str = "") -> set[int]:
        """At the start: suspect what had been under way for long when the process ended.

        The numbers of all that were suspected before or are so now, and still wait. What another
        process than this `holder` has in hand is none of them.
        """
        with self._state.transaction() as connection:
            is_long = incoming.c.since < self._clock() - _LONG_UNDER_WAY_SECONDS
            suspected = incoming.c.suspected + case((is_long, 1), else_=0)
            connection.execute(
                update(incoming)
                .where(
                    _is(_WAITING),
                    incoming.c.since.is_not(None),
                    incoming.c.lane.not_in(held_by_others(connection, holder)),
                )
                .values(suspected=suspected, since=None)
            )
        rows = self._state.rows(
            select(incoming.c.number).where(_is(_WAITING), incoming.c.suspected > 0)
        )
        return {row[0] for row in rows}

    def clear(self, holder: str = "") -> None:
        """At an end in order: what was not under way for long has nothing to do with it."""
        with self._state.transaction() as connection:
            own = incoming.c.lane.not_in(held_by_others(connection, holder))
            is_new = incoming.c.since >= self._clock() - _LONG_UNDER_WAY_SECONDS
            connection.execute(
                update(incoming).where(_is(_WAITING), is_new, own).values(since=None)
            )

    def handled(self, number: int) -> None:
        """The update is done; its content is deleted."""
        with self._state.transaction(lazily=True) as connection:
            self._change(connection, number, status=_HANDLED, body=None, fault=None)

    def failed(self, number: int, fault: str) -> None:
        """Schedule a retry; `fault` is the traceback."""
        with self._state.transaction(lazily=True) as connection:
            of = select(incoming.c.failed).where(incoming.c.number == number)
            more = (connection.scalar(of) or 0) + 1
            self._change(connection, number, failed=more, begun=0, since=None, fault=fault)

    def postponed(self, number: int) -> None:
        """Schedule a retry that does not count as a failure."""
        with self._state.transaction(lazily=True) as connection:
            self._change(connection, number, begun=0, since=None)

    def set_aside(self, number: int, fault: str) -> None:
        """It is not tried again unless it is replayed; `fault` is the traceback."""
        with self._state.transaction() as connection:
            self._change(connection, number, status=_ASIDE, fault=fault)

    def dead_letters(self) -> list[DeadLetter]:
        rows = self._state.rows(
            select(incoming.c.number, incoming.c.update_id, incoming.c.at, incoming.c.fault)
            .where(_is(_ASIDE))
            .order_by(incoming.c.number)
        )
        return [DeadLetter(*row) for row in rows]

    def counts(self) -> Counts:
        rows = self._state.rows(
            select(incoming.c.status, func.count())
            .where(incoming.c.status != literal_column(f"'{_HANDLED}'"))  # in an index's words
            .group_by(incoming.c.status)
        )
        counts = dict(rows)
        return Counts(counts.get(_WAITING, 0), counts.get(_ASIDE, 0))

    def replay(self, numbers: Iterable[int] | None = None) -> int:
        """Put dead letters back into the queue, all of them by default; returns how many."""
        chosen = [update.number for update in self.dead_letters()]
        if numbers is not None:
            chosen = sorted(set(chosen).intersection(numbers))
        with self._state.transaction() as connection:
            for number in chosen:
                anew = {"status": _WAITING, "begun": 0, "failed": 0, "suspected": 0, "since": None}
                self._change(connection, number, **anew)
        self._state.database.notify(CHANNEL)
        return len(chosen)

    def newest(self, chat: int) -> int:
        """The highest number of a message that came lately from this chat, or from one whose
        messages are numbered together with its; 0 if none did."""
        rows = self._state.rows(
            select(func.max(incoming.c.message)).where(numbered_with(chat, incoming.c.chat))
        )
        return rows[0][0] or 0

    def numbers(self, chat: int, above: int) -> set[int]:
        """The numbers higher than one of messages that came from there."""
        rows = self._state.rows(
            select(incoming.c.message).where(
                numbered_with(chat, incoming.c.chat), incoming.c.message > above
            )
        )
        return {number for (number,) in rows}

    def last(self) -> float | None:
        """When the newest update came in, by time.time()."""
        rows = self._state.rows(select(incoming.c.at).order_by(incoming.c.number.desc()).limit(1))
        return rows[0][0] if rows else None

    def prune(self) -> None:
        """Forget what was handled long enough ago, but for the newest."""
        now = self._clock()
        with self._state.transaction(lazily=True) as connection:
            newest = select(func.max(incoming.c.number)).scalar_subquery()
            for status, kept in (
                (_HANDLED, _REPEATED_WITHIN_SECONDS),
                (_ASIDE, _KEPT_ASIDE_SECONDS),
            ):
                is_old = incoming.c.at < now - kept
                connection.execute(
                    delete(incoming).where(_is(status), is_old, incoming.c.number < newest)
                )

    def _change(self, connection: Connection, number: int, **values: object) -> None:
        refuse_out_of_turn(connection)
        connection.execute(_CHANGE, {"of": number, **values})


def _is(status: str) -> ColumnElement[bool]:
    return incoming.c.status == status
