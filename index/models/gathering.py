"""Questions that come at once, embedded at once: sixteen in one batch cost half as much."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
MAX_AT_ONCE = 32


@dataclass(slots=True, eq=False)
class _Waiting(Generic[T]):
    """A text that waits. In the end it has a result, or the error that all of its batch met."""

    text: str
    result: T | None = None
    error: BaseException | None = None
    done: bool = False


class Gathering(Generic[T]):
    """Has one thread at a time read for all that wait meanwhile; safe to use from many threads.

    Nobody waits for others to come: a text that comes alone is read at once.
    """

    def __init__(
        self, read: Callable[[Sequence[str]], Sequence[T]], *, most: int = MAX_AT_ONCE
    ) -> None:
        """`read` gives a result for each text, in their order."""
        self._read = read
        self._most = most
        self._waiting: list[_Waiting[T]] = []
        self._is_read = False
        self._told = threading.Condition()

    def read(self, text: str) -> T:
        """Raises what reading this text raises."""
        asked = _Waiting[T](text)
        with self._told:
            self._waiting.append(asked)
        while not asked.done:
            if batch := self._turn(asked):
                try:
                    self._read_all(batch)
                finally:
                    self._tell(batch)
        if asked.error is not None or asked.result is None:
            # It may be another's fault; and an error is raised in one thread only.
            return self._read([text])[0]
        return asked.result

    def _turn(self, asked: _Waiting[T]) -> list[_Waiting[T]]:
        """What is to be read by this thread now; nothing where another has read its text."""
        with self._told:
            while self._is_read and not asked.done:
                self._told.wait()
            if asked.done:
                return []
            self._is_read = True
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            return batch

    def _read_all(self, batch: Sequence[_Waiting[T]]) -> None:
        try:
            results = self._read([asked.text for asked in batch])
            for asked, result in zip(batch, results, strict=True):
                asked.result = result
        except Exception as error:  # each is then read by itself, in the thread that asked
            for asked in batch:
                asked.error = error

    def _tell(self, batch: Sequence[_Waiting[T]]) -> None:
        with self._told:
            for asked in batch:
                asked.done = True
            self._is_read = False
            self._told.notify_all()
