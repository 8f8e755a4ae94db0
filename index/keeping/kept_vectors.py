"""Vectors that stay in memory for the next wording or question, of an index on disk."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping

from footnote.index.models.embedding import Vector

KEPT = 4096
"""6 MB of 384 dimensions. Of the vectors that words found and a search by meaning did not, .63 had
been asked for before (196 questions to 12,747 passages) or .89 (600 questions to 2,131)."""


class KeptVectors:
    """Those that were asked for last, by their keys; safe to use from several threads."""

    def __init__(self, most: int) -> None:
        """At most so many."""
        self._most = most
        self._rows: OrderedDict[int, Vector] = OrderedDict()
        self._keeping = threading.Lock()

    def found(self, keys: Iterable[int]) -> dict[int, Vector]:
        """Those of these keys that are kept."""
        with self._keeping:
            rows = {key: self._rows[key] for key in keys if key in self._rows}
            for key in rows:
                self._rows.move_to_end(key)
        return rows

    def keep(self, rows: Mapping[int, Vector]) -> None:
        with self._keeping:
            self._rows |= rows
            while len(self._rows) > self._most:
                self._rows.popitem(last=False)

    def forget(self, keys: Iterable[int]) -> None:
        with self._keeping:
            for key in keys:
                self._rows.pop(key, None)
