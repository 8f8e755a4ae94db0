"""A database, whichever it is: reading from it, and writing all or nothing."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Executable


class TransactionWithin(Exception):
    """One transaction was begun within another of the same thread, which is a fault of ours."""


class Database(ABC):
    """Safe to use from several threads; of those that write, one does at a time."""

    name: str
    """What it is called in a message: never with a password."""

    def __init__(self) -> None:
        self._own = threading.local()

    @contextmanager
    def transaction(self, *, lazily: bool = False, shared: bool = False) -> Iterator[Connection]:
        """All of the block or nothing; never one within another.

        What is written `lazily` outlives the process at once, and a power cut only after the next
        transaction that is not lazy. A `shared` one lets others write meanwhile, on a server: it
        locks the rows that it goes by.
        """
        if self._within() is not None:
            raise TransactionWithin(f"{self.name}: a transaction is begun within another")
        with self._transaction(lazily, shared) as connection:
            self._own.connection = connection
            try:
                yield connection
            finally:
                self._own.connection = None

    def rows(self, statement: Executable, **values: object) -> list[Any]:
        """What is found; within a transaction of this thread, with what was written in it."""
        if (own := self._within()) is not None:
            return fetched(own, statement, values)
        return self._read(statement, values)

    def stamp(self) -> Hashable:
        """Another one after anything was written, by whichever process; None where that can't be
        told without waiting."""
        return None

    @abstractmethod
    def connected(self) -> AbstractContextManager[Connection]:
        """A connection for this thread, on which each statement stands for itself."""

    @abstractmethod
    def alone(self, name: str) -> AbstractContextManager[None]:
        """Of all processes that have this database in common, one at a time under this name.

        Nothing where it is of one machine, whose processes lock files.
        """

    @abstractmethod
    def hold(self, name: str, on_change: Callable[[bool], object], stop: threading.Event) -> None:
        """Be the only process under this name as soon as no other is, until `stop` is set.

        `on_change` is told True when it is so, and False when the connection ended by which the
        others knew. Where the database is of one machine it is so at once.
        """

    @abstractmethod
    def is_held(self, name: str) -> bool:
        """Whether a process is the only one under this name now."""

    @abstractmethod
    def notify(self, channel: str) -> None:
        """Tell all that listen, in whatever process, that something has changed."""

    @abstractmethod
    def listen(self, channel: str, on_notice: Callable[[], object], stop: threading.Event) -> None:
        """Call `on_notice` after each notice, until `stop` is set; returns at once where nobody
        but this process could give one."""

    @abstractmethod
    def tidy(self) -> None:
        """Have nothing left anywhere of what was deleted."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _transaction(self, lazily: bool, shared: bool) -> AbstractContextManager[Connection]:
        """A connection with a transaction that ends with the block, in which nobody else writes,
        unless it is shared."""

    def _read(self, statement: Executable, values: dict[str, Any]) -> list[Any]:
        with self.connected() as connection:
            return fetched(connection, statement, values)

    def _within(self) -> Connection | None:
        """The connection of the transaction that this thread is in."""
        return getattr(self._own, "connection", None)


def fetched(connection: Connection, statement: Executable, values: dict[str, Any]) -> list[Any]:
    """All rows of a statement on a connection."""
    return connection.execute(statement, values).fetchall()  # type: ignore[return-value]  # a list
