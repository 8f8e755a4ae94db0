"""Stand-ins for the two stores of the index, a dictionary each, that keep their contracts."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np

from footnote.index.keeping.lexical import LexicalEntry, Terms
from footnote.index.models.embedding import Vector
from footnote.index.words import field_of


class VectorsInMemory:
    """The vectors as they are."""

    def __init__(self) -> None:
        self._vectors: dict[int, Vector] = {}

    def add(self, keys: Sequence[int], vectors: Vector) -> None:
        self._vectors |= dict(zip(keys, vectors, strict=True))

    def remove(self, keys: Iterable[int]) -> None:
        for key in keys:
            self._vectors.pop(key, None)

    def nearest(
        self, vector: Vector, limit: int, *, among: Collection[int] | None = None
    ) -> dict[int, float]:
        cosines = self.cosines(vector, self._vectors if among is None else among)
        return dict(sorted(cosines.items(), key=lambda item: -item[1])[:limit])

    def cosines(self, vector: Vector, keys: Iterable[int]) -> dict[int, float]:
        there = [key for key in keys if key in self._vectors]
        return {k: float(np.clip(self._vectors[k] @ vector, -1, 1)) for k in there}

    def stored(self, keys: Sequence[int]) -> Vector:
        return np.array([self._vectors[key] for key in keys], dtype=np.float32)

    def count(self) -> int:
        return len(self._vectors)

    def examine(self, *, suspected: bool = False) -> None:
        pass

    def seal(self, *, max_bytes: int = 0) -> None:
        pass

    def close(self) -> None:
        pass


class WordsInMemory:
    """BM25 as Robertson and Zaragoza have it; `analyse` gives the words of a text in a field."""

    def __init__(self, analyse: Callable[[str, str], list[str]]) -> None:
        self.terms = analyse
        self._entries: dict[int, tuple[str, Counter[str]]] = {}
        self._coming: list[LexicalEntry] = []
        self._going: set[int] = set()

    def add(self, entries: Iterable[LexicalEntry]) -> None:
        self._coming += entries

    def remove(self, keys: Iterable[int]) -> None:
        self._going |= set(keys)

    def commit(self) -> None:
        for entry in self._coming:
            field = field_of(entry.language)
            self._entries[entry.key] = (field, Counter(self.terms(entry.text, field)))
        for key in self._going:
            self._entries.pop(key, None)
        self._coming, self._going = [], set()

    def idf(self, term: str, field: str) -> float:
        holding = sum(its == field and term in words for its, words in self._entries.values())
        return math.log(1 + (len(self._entries) - holding + 0.5) / (holding + 0.5))

    def holds(self, term: str, field: str) -> bool:
        return any(its == field and term in words for its, words in self._entries.values())

    def holding(self, terms: Collection[str], field: str) -> int:
        every = [words for its, words in self._entries.values() if its == field]
        return sum(all(term in words for term in terms) for words in every) if terms else 0

    def near(self, term: str, field: str, *, edits: int, limit: int) -> list[int]:
        return [
            key
            for key, (its, words) in self._entries.items()
            if its == field and any(_edits(term, word) <= edits for word in words)
        ][:limit]

    def search(
        self, terms: Terms, field: str, *, limit: int, among: Collection[int] | None = None
    ) -> dict[int, float]:
        highest = 2.2 * sum(weight * self.idf(term, field) for term, weight in terms.items())
        lengths = [words.total() for _, words in self._entries.values()]
        average = sum(lengths) / max(len(lengths), 1) or 1.0
        shares = {}
        for key, (its_field, words) in self._entries.items():
            if its_field != field or (among is not None and key not in among):
                continue
            length = 1.2 * (0.25 + 0.75 * words.total() / average)
            score = sum(
                weight * self.idf(term, field) * 2.2 * words[term] / (words[term] + length)
                for term, weight in terms.items()
            )
            if score:
                shares[key] = score / highest
        return dict(sorted(shares.items(), key=lambda item: -item[1])[:limit])

    def count(self) -> int:
        return len(self._entries)

    def wait_for_merges(self) -> None:
        pass

    def close(self) -> None:
        self._coming, self._going = [], set()


def _edits(one: str, other: str) -> int:
    """Letters put in, left out, put for others, or swapped (Damerau; Levenshtein)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        rows.append([i])
        for j, its in enumerate(other, start=1):
            least = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (letter != its)
            )
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], its):
                least = min(least, rows[i - 2][j - 2] + 1)
            rows[i].append(least)
    return rows[-1][-1]
