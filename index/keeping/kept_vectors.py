"""Vectors that stay in memory for the next wording or question, of an index on disk."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping

from footnote.index.models.embedding import Vector

KEPT_BYTES = 6 << 20
"""4,096 vectors of 384 dimensions, 512 of 3,072. Of the vectors that words found and a search by
meaning did not, .63 had been asked for before among 4,096 (196 questions to 12,747 passages), or
.89 (600 questions to 2,131)."""


class KeptVectors:
    """Those that were asked for last, by their keys; safe to use from several threads.

    A read that began before vectors were added or removed may keep those of their keys after they
    were forgotten. That does no harm: the catalogue gives a key to one passage only, and never
    again, so that a key has no other vector later; and one that is removed is not asked for.
    """

    def __init__(self, max_bytes: int = KEPT_BYTES) -> None:
        """At most so many bytes of vectors."""
        self._max_bytes = max_bytes
        self._bytes = 0
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
            for key, row in rows.items():
                self._drop(key)
                self._rows[key] = row
                self._bytes += row.nbytes
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._rows)))

    def forget(self, keys: Iterable[int]) -> None:
        with self._keeping:
            for key in keys:
                self._drop(key)

    def _drop(self, key: int) -> None:
        if (row := self._rows.pop(key, None)) is not None:
            self._bytes -= row.nbytes
