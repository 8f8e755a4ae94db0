"""Which process handles which queue, where several have one inbox on a database server.

A queue (of a chat, say) is handled by one process at a time, in the order in which its updates came
in, whichever process took them in. A process holds a queue for a minute and renews that for as
long as it lives. Of one that was killed, others take the queues over within seconds: the server
knows that its connection has ended. Whoever is taken over and lives after all finds that out
before it writes or sends anything more (`require`).
"""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Select, delete, func, or_, select, update

from footnote.bot.database.tables import incoming, lane_claim
from footnote.bot.state import State
from footnote.bot.telegram.sending.fencing import TurnLost
from footnote.bot.telegram.sending.pausing import passed_or_set
from footnote.bot.threads import ThreadPool
from footnote.index.database.upsert import put_new

CHANNEL = "footnote_inbox"
"""On a database server: something waits that nobody has in hand."""

HELD_SECONDS = 60.0
"""After that without a renewal, whoever held a queue counts as gone."""

GONE_SECONDS = 4.0
"""So long a process has to be without a connection; who lost one has another within two."""

_BEGINNING_SECONDS = 10.0


class Lanes:
    """Safe to use from several threads. The clock is the server's, which all have in common."""

    def __init__(self, state: State, *, held_seconds: float = HELD_SECONDS) -> None:
        self._state = state
        self._held_seconds = held_seconds
        self.holder = secrets.token_hex(8)
        self._gone_since: dict[str, float] = {}

    def claim(self, lane: str) -> Sequence[int] | None:
        """The numbers of what waits in a queue, which this process handles from now on; None where
        another does."""
        with self._state.transaction(lazily=True, shared=True) as connection:
            now = _now(connection)
            put_new(connection, lane_claim, {"lane": lane, "holder": "", "until": 0.0})
            is_free = or_(lane_claim.c.holder == self.holder, lane_claim.c.until <= now)
            free = select(lane_claim.c.lane).where(lane_claim.c.lane == lane, is_free)
            if connection.scalar(free.with_for_update(skip_locked=True)) is None:
                return None
            held = {"holder": self.holder, "until": now + self._held_seconds}
            connection.execute(update(lane_claim).where(lane_claim.c.lane == lane).values(held))
            return list(connection.scalars(_waiting(lane)))

    def require(self, lane: str, connection: Connection) -> None:
        """Within a transaction: raises TurnLost where another process has taken over this queue;
        where none has, it is held for another while."""
        is_it = lane_claim.c.lane == lane, lane_claim.c.holder == self.holder
        until = _now(connection) + self._held_seconds
        if not connection.execute(update(lane_claim).where(*is_it).values(until=until)).rowcount:
            raise TurnLost(f"another process handles the queue {lane} by now")

    def show_life(self, on_change: Callable[[bool], object], stop: threading.Event) -> None:
        """Until `stop` is set: have the others know soon when this process has ended."""
        self._state.database.hold(_life(self.holder), on_change, stop)

    def take_from_the_dead(self, *, gone_seconds: float = GONE_SECONDS) -> None:
        """Free the queues of processes that were seen gone at each look for so many seconds:
        whoever has lost its connection alone has another after a moment."""
        now = time.monotonic()
        found = select(lane_claim.c.holder).where(lane_claim.c.holder != self.holder).distinct()
        others = {holder for (holder,) in self._state.rows(found)}
        gone = {holder for holder in others if not self._state.database.is_held(_life(holder))}
        self._gone_since = {holder: self._gone_since.get(holder, now) for holder in gone}
        dead = [holder for holder, at in self._gone_since.items() if now - at >= gone_seconds]
        if dead:
            with self._state.transaction(lazily=True, shared=True) as connection:
                connection.execute(delete(lane_claim).where(lane_claim.c.holder.in_(dead)))

    def waiting(self, lane: str) -> Sequence[int]:
        """What waits in a queue that this process handles, by its numbers."""
        return [number for (number,) in self._state.rows(_waiting(lane))]

    def release(self, lane: str) -> Sequence[int]:
        """Let go of a queue, unless something waits in it still: the numbers of that."""
        with self._state.transaction(lazily=True, shared=True) as connection:
            is_it = lane_claim.c.lane == lane, lane_claim.c.holder == self.holder
            # Whoever stores an update tries to claim its queue afterwards, and waits for this.
            connection.execute(select(lane_claim.c.lane).where(*is_it).with_for_update())
            if left := list(connection.scalars(_waiting(lane))):
                return left
            connection.execute(delete(lane_claim).where(*is_it))
            return []

    def give_up(self, lane: str) -> None:
        """Let go of a queue with what waits in it, and have the others know."""
        with self._state.transaction(lazily=True, shared=True) as connection:
            is_it = lane_claim.c.lane == lane, lane_claim.c.holder == self.holder
            connection.execute(delete(lane_claim).where(*is_it))
        self._state.database.notify(CHANNEL)

    def renew(self) -> None:
        """Hold what is held for another while, and forget what nobody holds any more."""
        with self._state.transaction(lazily=True, shared=True) as connection:
            now = _now(connection)
            is_own = lane_claim.c.holder == self.holder
            until = now + self._held_seconds
            connection.execute(update(lane_claim).where(is_own).values(until=until))
            # Rows that somebody claims at this moment are locked, and no matter.
            gone = select(lane_claim.c.lane).where(lane_claim.c.until <= now)
            connection.execute(
                delete(lane_claim).where(
                    lane_claim.c.lane.in_(gone.with_for_update(skip_locked=True))
                )
            )

    def release_all(self) -> None:
        """At an end in order: others need not wait."""
        with self._state.transaction(lazily=True, shared=True) as connection:
            connection.execute(delete(lane_claim).where(lane_claim.c.holder == self.holder))
        self._state.database.notify(CHANNEL)


class Life:
    """Others know that this process lives, from `begin` on until `end`."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes
        self._stop = threading.Event()
        self._threads = ThreadPool("living", 1)
        self._living: asyncio.Future[None] | None = None

    async def begin(self) -> None:
        """Ends when they know, or after some seconds where the database is away."""
        loop, known = asyncio.get_running_loop(), asyncio.Event()

        def tell(held: bool) -> None:
            if held:
                loop.call_soon_threadsafe(known.set)

        showing = self._threads.run(self._lanes.show_life, tell, self._stop)
        self._living = asyncio.create_task(showing)
        await passed_or_set(known, _BEGINNING_SECONDS)

    async def end(self) -> None:
        self._stop.set()
        if self._living is not None:
            await asyncio.gather(self._living, return_exceptions=True)
        self._threads.close()


def _life(holder: str) -> str:
    """What a process holds for as long as it has a connection."""
    return f"life of {holder}"


def held_by_others(connection: Connection, holder: str) -> Select[str]:
    """The queues that other processes handle."""
    return select(lane_claim.c.lane).where(
        lane_claim.c.holder != holder, lane_claim.c.until > _now(connection)
    )


def _waiting(lane: str) -> Select[int]:
    found = select(incoming.c.number).where(incoming.c.lane == lane, incoming.c.status == "waiting")
    return found.order_by(incoming.c.number)


def _now(connection: Connection) -> float:
    """In seconds since 1970, by the clock of the database."""
    if connection.dialect.name == "sqlite":
        return float(connection.scalar(select((func.julianday("now") - 2440587.5) * 86400)) or 0)
    return float(connection.scalar(select(func.extract("epoch", func.clock_timestamp()))) or 0)
