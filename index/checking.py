"""Checking: what in the articles bears out a text that somebody brings along."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.catalogue import Catalogue
from index.citation import Citation
from index.passage_index import Build, PassageIndex
from index.question import Question
from index.quoting import Quotable, rank
from index.retrieval import Retriever
from index.sentences import sentence_spans

MOST_SENTENCES = 12
"""So many sentences of a text are checked: each costs a search."""

THRESHOLD = 0.0
_MOST_LOOKED_AT = 5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of what was checked, and what supports it; None where nothing does."""

    text: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A text, sentence by sentence; `question` is the text. Raises ValueError without a sentence.

    `left` says that there were more sentences than are checked.
    """

    question: str
    sentences: Sequence[Sentence]
    left: bool = False

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a text without sentences has nothing to be checked")

    @property
    def citations(self) -> dict[int, Citation]:
        """By their numbers, in the order of the sentences."""
        return {s.citation.n: s.citation for s in self.sentences if s.citation}


class Checker:
    """Looks for what supports a text in the articles; safe to use from several threads."""

    def __init__(self, passage_index: PassageIndex, *, threshold: float = THRESHOLD) -> None:
        self._passage_index = passage_index
        self._retriever = Retriever(passage_index)
        self._threshold = threshold

    def check(self, text: str) -> Checked:
        """Raises IndexUnreadable or ModelUnusable where there is nothing to check against, and
        ValueError where the text has no letter or digit."""
        sentences = list(_sentences(text))
        with self._passage_index.reading() as build:
            checked: list[Sentence] = []
            for sentence in sentences[:MOST_SENTENCES]:
                n = 1 + sum(1 for s in checked if s.citation)
                checked.append(Sentence(sentence, self._supporting(sentence, n, build)))
        return Checked(text, checked, left=len(sentences) > MOST_SENTENCES)

    def _supporting(self, sentence: str, n: int, build: Build) -> Citation | None:
        query = next(self._retriever.queries(Question(sentence)))
        found = rank(query, self._retriever.search(query), build.lexical)[:_MOST_LOOKED_AT]
        supporting = [
            quotable
            for quotable in found
            if support(quotable) >= self._threshold and _has_numbers_of(sentence, quotable)
        ]
        best = max(supporting, key=support, default=None)
        return _citation(n, best, build.catalogue) if best else None


def support(quotable: Quotable) -> float:
    """How well a sentence of the articles bears out the one that it was found for, from 0 to 1."""
    return quotable.words


def _has_numbers_of(sentence: str, quotable: Quotable) -> bool:
    """Whether every number of the claim stands in the passage: with another it is another claim."""
    there = set(_NUMBER.findall(quotable.passage.text))
    return all(number in there for number in _NUMBER.findall(sentence))


def _citation(n: int, quotable: Quotable, catalogue: Catalogue) -> Citation | None:
    article = catalogue.article(quotable.passage.article)
    if article is None or article.revision != quotable.passage.revision:
        return None  # replaced in the meantime
    return Citation.of(n, article, quotable.span, quotable.passage.span)


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (span.of(line) for span in sentence_spans(line))
