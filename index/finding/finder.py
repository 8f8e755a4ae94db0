"""Search: the sentences nearest to some words, for people who search rather than ask."""

from footnote.index.budget import ANSWER_SECONDS, at_most
from footnote.index.finding.quoting import Quotable, rank
from footnote.index.finding.retrieval import PassageRetriever
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import MAX_CHARACTERS, Question
from footnote.index.results import Citation

THRESHOLD = 0.28
"""Of the score of a sentence. On the shipped articles the best sentence for 19 queries about them
("wounded", "treaty 1992") has from .31 to .55, and for 19 about anything else ("chess opening",
"xyzzy") from .12 to .21; "how to bake bread" has .31."""
# Each is compared token by token while somebody is typing.
_MAX_PASSAGES = 5


class Finder:
    """Safe to use from several threads."""

    def __init__(self, passage_index: PassageIndex) -> None:
        self._passage_index = passage_index
        self._retriever = PassageRetriever(passage_index, limit=_MAX_PASSAGES)

    def find(self, words: str) -> list[Citation]:
        """The best sentence of each of the best passages, best first, numbered from 1.

        None where nothing is near, or the words have no letter or digit. Raises IndexUnreadable,
        ModelUnusable or TooLong.
        """
        words = words[:MAX_CHARACTERS]
        if not any(map(str.isalnum, words)):
            return []
        with at_most(ANSWER_SECONDS), self._passage_index.reading() as build:
            query = next(self._retriever.queries(Question(words)))
            best: dict[int, Quotable] = {}
            for quotable in rank(query, self._retriever.search(query)):
                if quotable.score >= THRESHOLD:
                    best.setdefault(quotable.passage.key, quotable)
            citations: list[Citation] = []
            for quotable in best.values():
                passage = quotable.passage
                head = build.catalogue.head(passage.article)
                if head is not None and head.reference.revision == passage.revision:
                    n, span = len(citations) + 1, quotable.span
                    citations.append(Citation.within(n, head, span, passage.span, passage.text))
            return citations
