"""A database that a PostgreSQL server keeps."""

import contextlib
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Executable, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from footnote.bot.database.errors import reason
from footnote.bot.database.schema import revisions
from footnote.bot.database.tables import SERVER_PARTS
from footnote.bot.errors import DatabaseAway, SettingsFault, TablesChanged
from footnote.index.database.database import Database, fetched
from footnote.index.database.upsert import as_kept

logger = logging.getLogger(__name__)

WRITERS = 0x466F6F74
"""The advisory lock that whoever writes has until the end of the transaction, so that what is read
in one is still so when it is written, as SQLite has it."""

_CONNECT_SECONDS = 10
_LOOK_AGAIN_SECONDS = 1.0
_LOCKED_SECONDS = 0.1
_LISTEN_SECONDS = 0.5
_SETTINGS = """
SET lock_timeout = '30s';
SET idle_in_transaction_session_timeout = '60s'
"""
# Of a server that can't be reached, TCP itself would say so after a quarter of an hour.
_CONNECTION: dict[str, Any] = {
    "connect_timeout": _CONNECT_SECONDS,
    "application_name": "footnote",
    "client_encoding": "utf8",
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_AT_ONCE = 12
_MISSING = ("42P01", "42703")
"""Of PostgreSQL's codes: no such table or column."""
# Said while a server begins or ends, or has too much to do; all else is refused for good.
_PASSES = ("starting up", "shutting down", "recovery mode", "too many", "remaining connection")


class PostgresDatabase(Database):
    """A few connections, one for each thread that reads or writes at the moment.

    Where the server is away, what is read or written raises DatabaseAway, at once and until it is
    back; the log is told once of either.
    """

    def __init__(self, address: str, *, patience: float) -> None:
        """Waits so many seconds for the server, and says so; raises DatabaseAway after that, and
        SettingsFault where the address can't be right."""
        super().__init__()
        url = _url(address)
        self.name = name_of(url)
        self._is_away = self._is_changed = False
        self._telling = threading.Lock()
        try:
            self._engine = create_engine(
                url,
                isolation_level="AUTOCOMMIT",  # transactions are begun by a statement of their own
                connect_args={n: v for n, v in _CONNECTION.items() if n not in url.query},
                pool_size=2,
                max_overflow=_AT_ONCE - 2,
                hide_parameters=True,  # what people ask shall stand in no message
            )
        except ImportError as error:
            raise SettingsFault(
                "FOOTNOTE_DATABASE_URL needs the driver of PostgreSQL, which is not installed:"
                " pip install 'footnote-answers[postgres]'"
            ) from error
        event.listen(self._engine, "connect", _prepare)
        self._wait(patience)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        with self._checked(), self._connect() as connection:
            key = {"key": _key(name)}
            while not connection.scalar(_TRY_ALONE, key):
                time.sleep(_LOCKED_SECONDS)
            try:
                yield
            finally:
                with contextlib.suppress(SQLAlchemyError):  # its end ends the lock, too
                    connection.execute(_LET_OTHERS, key)

    def hold(self, name: str, on_change: Callable[[bool], object], stop: threading.Event) -> None:
        while not stop.is_set():
            held = False
            try:
                with self._connect() as connection:
                    while not stop.is_set():
                        if held:
                            connection.exec_driver_sql("SELECT 1")
                        elif connection.scalar(_TRY_ALONE, {"key": _key(name)}):
                            held = True
                            on_change(True)
                        stop.wait(_LISTEN_SECONDS)
                    if held:
                        connection.execute(_LET_OTHERS, {"key": _key(name)})
            except (SQLAlchemyError, DatabaseAway) as error:
                logger.debug("%s is held no more in %s (%s)", name, self.name, error)
            if held:
                on_change(False)
            stop.wait(_LOOK_AGAIN_SECONDS)

    def is_held(self, name: str) -> bool:
        with self._checked(), self._connect() as connection:
            free = connection.scalar(_TRY_ALONE, {"key": _key(name)})
            if free:
                connection.execute(_LET_OTHERS, {"key": _key(name)})
        return not free

    def notify(self, channel: str) -> None:
        self.rows(_NOTIFY, channel=channel)

    def listen(self, channel: str, on_notice: Callable[[], object], stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                with self._connect() as connection:
                    connection.exec_driver_sql(f'LISTEN "{channel}"')
                    driver: Any = connection.connection.driver_connection
                    while not stop.is_set():
                        for _ in driver.notifies(timeout=_LISTEN_SECONDS, stop_after=1):
                            on_notice()
                    connection.exec_driver_sql(f'UNLISTEN "{channel}"')
            except Exception as error:  # psycopg's own too: whatever it is, the server is away
                logger.debug("nothing is heard of %s (%s)", self.name, error)
                stop.wait(_LOOK_AGAIN_SECONDS)

    def tidy(self) -> None:
        """The server clears up by itself (autovacuum)."""

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        with self._checked(), self._connect() as connection:
            yield connection

    @contextmanager
    def _transaction(self, lazily: bool, shared: bool) -> Iterator[Connection]:
        with self._checked(), self._begin_on_one(lazily, shared) as connection:
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                with contextlib.suppress(Exception):  # the fault that led to it is what is told
                    connection.exec_driver_sql("ROLLBACK")
                raise

    def _begin_on_one(self, lazily: bool, shared: bool) -> Connection:
        for tries in (1, 2):
            connection = self._connect()
            try:
                connection.exec_driver_sql("BEGIN")
                connection.execute(_WAIT, {"wait": "off" if lazily else "on"})
                if not shared:
                    connection.execute(_LOCK, {"key": WRITERS})
            except BaseException as error:
                connection.close()
                # One of before the server was restarted: nothing was done on it, so another may.
                if not (tries == 1 and _is_lost(error)):
                    raise
            else:
                break
        return connection

    def _read(self, statement: Executable, values: dict[str, Any]) -> list[Any]:
        with self._checked():
            try:
                return self._read_on_one(statement, values)
            except DBAPIError as error:
                if not _is_lost(error):
                    raise
            return self._read_on_one(statement, values)  # not one of before a restart

    def _read_on_one(self, statement: Executable, values: dict[str, Any]) -> list[Any]:
        with self._connect() as connection:
            return fetched(connection, statement, values)

    def _connect(self) -> Connection:
        try:
            return self._engine.connect()
        except OperationalError as error:
            raise self._away(error) from error

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """Whatever shows within the block that the server is away, or is back, is told once."""
        try:
            yield
        except DBAPIError as error:
            if _is_lost(error):
                raise self._away(error) from error
            if later := self._later_revisions(error):
                raise self._changed(later) from error
            raise
        with self._telling:
            back, self._is_away = self._is_away, False
        if back:
            logger.warning("the database %s is back", self.name)

    def _away(self, error: SQLAlchemyError) -> DatabaseAway:
        with self._telling:
            known, self._is_away = self._is_away, True
        told = f"the database {self.name} is away ({reason(error)})"
        if not known:
            logger.warning("%s: nothing is done until it is back", told)
        return DatabaseAway(f"{told}: see that it runs, and look at FOOTNOTE_DATABASE_URL")

    def _later_revisions(self, error: DBAPIError) -> set[str]:
        """The migrations that this Footnote does not know, where it misses what was there."""
        if getattr(error.orig, "sqlstate", None) not in _MISSING:
            return set()
        with self._connect() as connection:
            return revisions(connection) - {part.revision for part in SERVER_PARTS}

    def _changed(self, later: set[str]) -> TablesChanged:
        """What others of a later version have changed is to be used by these, and by this process
        no more."""
        told = (
            f"the tables of {self.name} were changed by a later Footnote"
            f" ({', '.join(sorted(later))}): end this process, and start that version in its place"
        )
        with self._telling:
            known, self._is_changed = self._is_changed, True
        if not known:
            logger.error("%s; until then nothing is done here", told)
        return TablesChanged(told)

    def _wait(self, patience: float) -> None:
        """Until the server takes a connection."""
        end, told = time.monotonic() + patience, False
        while True:
            try:
                self._engine.connect().close()
            except OperationalError as error:
                if not may_pass(error):
                    self._engine.dispose()
                    raise SettingsFault(
                        f"the database {self.name} can't be used ({reason(error)}): look at"
                        " FOOTNOTE_DATABASE_URL"
                    ) from error
                if time.monotonic() >= end:
                    self._engine.dispose()
                    raise DatabaseAway(
                        f"the database {self.name} is away ({reason(error)}): see that it runs, and"
                        " look at FOOTNOTE_DATABASE_URL"
                    ) from error
                if not told:
                    told = True
                    waits = f"Waiting for the database {self.name} ({reason(error)})."
                    print(waits, file=sys.stderr, flush=True)
                    logger.debug(waits)
                time.sleep(min(_LOOK_AGAIN_SECONDS, max(end - time.monotonic(), 0.0)))
            else:
                return


_WAIT = text("SELECT set_config('synchronous_commit', :wait, true)")
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_TRY_ALONE = text("SELECT pg_try_advisory_lock(:key)")
_LET_OTHERS = text("SELECT pg_advisory_unlock(:key)")
_NOTIFY = text("SELECT pg_notify(:channel, '')")


def _key(name: str) -> int:
    """The number that stands for a name among the advisory locks: one of 64 bits."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


def name_of(url: URL) -> str:
    """The address without user, password and options."""
    bare = URL.create("postgresql", host=url.host, port=url.port, database=url.database)
    return bare.render_as_string()


def may_pass(error: BaseException) -> bool:
    """Whether the server may take a connection later, as far as can be told."""
    told = reason(error)
    return "FATAL" not in told or any(sign in told for sign in _PASSES)


def _url(address: str) -> URL:
    return make_url(address).set(drivername="postgresql+psycopg")


def _prepare(connection: Any, record: object) -> None:
    """Of every connection that is new."""
    from psycopg.types.string import StrDumper

    class Dumper(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(as_kept("postgresql", obj))

    connection.adapters.register_dumper(str, Dumper)
    for statement in _SETTINGS.split(";"):
        connection.execute(statement)


def _is_lost(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated
