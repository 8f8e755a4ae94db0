"""Leaving a language model alone for a while after it failed, so that it does not slow everybody.

pybreaker 1.4.1 holds a lock for as long as a call takes, so that there would be one at a time, and
cannot be told for how long an endpoint asked to be left alone.
"""

import threading
import time
from collections.abc import Callable

_FIRST_PAUSE_SECONDS, _MAX_PAUSE_SECONDS = 10.0, 300.0


class Breaker:
    """Opens at a failure, for ten seconds and twice as long each time in a row, or for as long as
    the endpoint asked; then one question is let through, and the others wait for what becomes of it
    (they are answered otherwise meanwhile)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0
        self._trying = False

    def admits(self) -> bool:
        """Whether it may be asked now; who is admitted says `worked` or `failed` afterwards."""
        with self._lock:
            if not self._failures:
                return True
            if self._trying or self._clock() < self._closed_until:
                return False
            self._trying = True
            return True

    def worked(self) -> None:
        with self._lock:
            self._failures, self._trying = 0, False

    def failed(self, pause: float = 0.0) -> None:
        """`pause`: for how many seconds it wants to be left alone, if it said so."""
        with self._lock:
            longest = min(_FIRST_PAUSE_SECONDS * 2**self._failures, _MAX_PAUSE_SECONDS)
            self._failures = min(self._failures + 1, 10)
            self._closed_until = self._clock() + max(longest, pause)
            self._trying = False
