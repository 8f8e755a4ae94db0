"""How much one person may ask, so that one does not take up everybody's time."""

import math
import threading
from collections import OrderedDict, deque
from typing import Any

_WINDOW_SECONDS = 60.0
_MAX_PEOPLE = 10_000


class Limit:
    """So many questions of a person within any minute are answered, 0 for all.

    Times are when a message was written, not when it is handled: what piled up while nobody
    answered was not asked too fast. Each is counted once by its `cause`.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._asked: OrderedDict[int, deque[tuple[float, str]]] = OrderedDict()
        self._told: OrderedDict[int, tuple[float, str]] = OrderedDict()

    def wait(self, person: int, cause: str, at: float) -> int:
        """Seconds until the next question of this person is answered; 0 if this one is."""
        if not self._most:
            return 0
        with self._lock:
            asked = self._asked.setdefault(person, deque(maxlen=self._most))
            self._asked.move_to_end(person)
            if any(known == cause for _, known in asked):
                return 0
            if len(asked) == self._most and asked[0][0] > at - _WINDOW_SECONDS:
                return math.ceil(asked[0][0] + _WINDOW_SECONDS - at)
            asked.append((at, cause))
            _forget(self._asked)
        return 0

    def tells(self, person: int, cause: str, at: float) -> bool:
        """Whether this person is to be told of the limit: once in a minute is enough."""
        with self._lock:
            last, told = self._told.get(person, (-math.inf, ""))
            if told != cause and last > at - _WINDOW_SECONDS:
                return False
            self._told[person] = (at, cause)
            self._told.move_to_end(person)
            _forget(self._told)
        return True


def _forget(known: "OrderedDict[int, Any]") -> None:
    while len(known) > _MAX_PEOPLE:
        known.popitem(last=False)
