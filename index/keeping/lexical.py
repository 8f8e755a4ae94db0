"""Search by words: what an index of them does, whatever it keeps them in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

Terms = Mapping[str, float]
"""Stemmed words of a query with their weights; the words of the question itself weigh 1."""


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A passage as it is searched by words: `text` may have the title put before it."""

    key: int
    text: str
    language: str | None


class LexicalIndex(Protocol):
    """BM25 over the passages, each analysed in the language of its article.

    A field for every language that can be stemmed (`field_of`); a query is put to each field that
    is in use, so that nobody has to guess the language of a short question. What reads raises
    IndexUnreadable where a file is damaged; what writes, OSError where the disk is full.
    """

    def add(self, entries: Iterable[LexicalEntry]) -> None:
        """Not seen by a search before `commit`."""
        ...

    def remove(self, keys: Iterable[int]) -> None:
        """Seen by a search after `commit`; keys that are not there are passed over."""
        ...

    def commit(self) -> None:
        """What was added and removed is on disk, and is seen by all who search."""
        ...

    def terms(self, text: str, field: str) -> list[str]:
        """The stemmed words of a text, stop words left out, in their order."""
        ...

    def idf(self, term: str, field: str) -> float:
        """The inverse document frequency of a stemmed word, as BM25 has it."""
        ...

    def holds(self, term: str, field: str) -> bool:
        """Whether any passage in this field has the stemmed word."""
        ...

    def holding(self, terms: Collection[str], field: str) -> int:
        """How many passages in this field have all of the stemmed words, if that is below 1,000.

        None have all of no words.
        """
        ...

    def near(self, term: str, field: str, *, edits: int, limit: int) -> list[int]:
        """Keys of passages in this field with a word so many letters from this one, at most 2."""
        ...

    def search(
        self, terms: Terms, field: str, *, limit: int, among: Collection[int] | None = None
    ) -> dict[int, float]:
        """Keys with their share of the highest BM25 that the terms could reach, best first.

        Only passages in this field, and only those `among` the given keys if any are given.
        """
        ...

    def count(self) -> int:
        """How many passages there are."""
        ...

    def wait_for_merges(self) -> None:
        """Wait until nothing is written any more: files change until then."""
        ...

    def close(self) -> None:
        """Whoever opens it next finds nobody writing to it; what was not committed is gone."""
        ...
