"""Footnote itself, as it answers a user, over the articles of a question set."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.measures import Piece
from bot.composition import Footnote, composed
from bot.settings import read_settings
from corpus.article import Article
from index.answering import Attempt
from index.finding.confidence import SURE
from index.finding.quoting import Quotable, pick
from index.finding.retrieval import Found, Retriever
from index.models.embedding import Precision
from index.question import Question

_RETURNED = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question.

    `found` are the passages that it was answered from, `sentences` the three ranked first, `quoted`
    those that the user is shown, or would be, were `answered` true.
    """

    confidence: float
    answered: bool
    found: Sequence[Piece]
    sentences: Sequence[Piece]
    quoted: Sequence[Piece]


class Subject:
    """Footnote with an index of its own."""

    name = "footnote"

    def __init__(self, footnote: Footnote, articles: Iterable[Article]) -> None:
        self.footnote = footnote
        self._articles = {article.id: article for article in articles}

    @classmethod
    @contextmanager
    def over(
        cls,
        articles: Collection[Article],
        place: Path,
        *,
        aliases: Path | None = None,
        precision: Precision | None = None,
    ) -> Iterator["Subject"]:
        """Articles as files and the index of them in a folder that must be empty.

        `precision` of the embedding model goes before that of the settings.
        """
        folder = place / "articles"
        folder.mkdir(parents=True)
        settings = read_settings(
            articles=folder, home=place / "home", aliases=aliases, precision=precision
        )
        with composed(settings, purpose="measuring") as footnote:
            subject = cls(footnote, articles)
            subject._put(subject._articles)
            yield subject

    @cached_property
    def _retriever(self) -> Retriever:
        return Retriever(self.footnote.passage_index, limit=_RETURNED)

    def returned(self, question: Question) -> list[Piece]:
        """The ten best passages, best first."""
        found = self._retriever.search(next(self._retriever.queries(question)))
        return _passages(found)

    def ask(self, question: Question) -> Asked:
        """Of several ways to put it, what the user would be shown counts, else the surest."""
        attempts: list[Attempt] = []
        for attempt in self.footnote.answerer.attempts(question):
            attempts.append(attempt)
            if attempt.confidence >= SURE:
                break
        best = max(attempts, key=lambda attempt: attempt.confidence)
        return Asked(
            best.confidence,
            best.confidence >= SURE,
            _passages(best.found),
            _pieces(best.ranked[:3]),
            _pieces(pick(best.ranked)),
        )

    def confidence(self, question: Question) -> float:
        return self.ask(question).confidence

    @contextmanager
    def without(self, articles: Collection[str]) -> Iterator[None]:
        """Footnote as it is once a user has removed these articles, and put back at the end."""
        for article in articles:
            self.footnote.library.remove(article)
        self.footnote.library.level()
        try:
            yield
        finally:
            self._put(articles)

    def _put(self, articles: Iterable[str]) -> None:
        for article in articles:
            self.footnote.store.replace(article, self._articles[article])
        report = self.footnote.library.level()
        assert not report.faults, report.faults


def _passages(found: Sequence[Found]) -> list[Piece]:
    return [Piece(place.passage.article, place.passage.text) for place in found]


def _pieces(sentences: Sequence[Quotable]) -> list[Piece]:
    return [Piece(sentence.passage.article, sentence.text) for sentence in sentences]
