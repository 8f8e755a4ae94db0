"""Footnote itself, as it answers a user, over the articles of a question set."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from bench.measures import Piece
from footnote.bot.composition import Footnote, composed
from footnote.bot.settings import read_settings
from footnote.corpus.article import Article
from footnote.index.answering import Attempt
from footnote.index.finding.parts import asks_for_several
from footnote.index.finding.quoting import Quotable, pick
from footnote.index.finding.retrieval import Found, PassageRetriever
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.question import Question
from footnote.index.results import Abstention, Answer, Listing, Nearest, Result

_RETURNED = 10

Given = Literal["answer", "nearest", "listing", "abstention"]
"""The kind of result that a user gets."""

_GIVEN: dict[type[Result], Given] = {
    Answer: "answer",
    Nearest: "nearest",
    Listing: "listing",
    Abstention: "abstention",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question.

    `found` are the passages that it was answered from, `sentences` the three ranked first, `quoted`
    those that an answer quotes, or would, were it sure enough; `shown` are the quotations that the
    user gets.
    """

    confidence: float
    given: Given
    found: Sequence[Piece]
    sentences: Sequence[Piece]
    quoted: Sequence[Piece]
    shown: Sequence[Piece]

    @property
    def answered(self) -> bool:
        return self.given == "answer"


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
        model: EmbeddingModel | None = None,
    ) -> Iterator["Subject"]:
        """Articles as files and the index of them in a folder that must be empty.

        `model` takes the place of the one that the settings name.
        """
        folder = place / "articles"
        folder.mkdir(parents=True)
        settings = read_settings(articles=folder, home=place / "home", aliases=aliases)
        with composed(settings, purpose="measuring", model=model) as footnote:
            subject = cls(footnote, articles)
            subject._put(subject._articles)
            yield subject

    @cached_property
    def _retriever(self) -> PassageRetriever:
        return PassageRetriever(self.footnote.passage_index, limit=_RETURNED)

    def returned(self, question: Question) -> list[Piece]:
        """The ten best passages, best first."""
        found = self._retriever.search(next(self._retriever.queries(question)))
        return _passages(found)

    def ask(self, question: Question) -> Asked:
        """Of several ways to put it, the one that led to what the user gets, else the surest."""
        result, attempt = self.footnote.answerer.consider(question)
        given = _GIVEN[type(result)]
        shown = [Piece(c.reference.article, c.quotation) for c in result.citations.values()]
        if attempt is None:
            return Asked(0.0, given, [], [], [], shown)
        return Asked(
            attempt.confidence,
            given,
            _passages(attempt.found),
            _pieces(attempt.ranked[:3]),
            shown if given == "answer" else _pieces(_picked(question, attempt)),
            shown,
        )

    def judge(self, question: Question) -> tuple[float, Given]:
        """The confidence, and what the user gets."""
        asked = self.ask(question)
        return asked.confidence, asked.given

    @contextmanager
    def without(self, articles: Collection[str]) -> Iterator[None]:
        """Footnote as it is once a user has removed these articles, and put back at the end."""
        for article in articles:
            self.footnote.library.remove(article)
        self.footnote.library.sync()
        try:
            yield
        finally:
            self._put(articles)

    def _put(self, articles: Iterable[str]) -> None:
        for article in articles:
            self.footnote.store.replace(article, self._articles[article])
        report = self.footnote.library.sync()
        assert not report.faults, report.faults


def _picked(question: Question, attempt: Attempt) -> Sequence[Quotable]:
    several = asks_for_several(question.text)
    return pick(attempt.ranked, confidence=attempt.confidence, several=several)


def _passages(found: Sequence[Found]) -> list[Piece]:
    return [Piece(place.passage.article, place.passage.text) for place in found]


def _pieces(sentences: Sequence[Quotable]) -> list[Piece]:
    return [Piece(sentence.passage.article, sentence.text) for sentence in sentences]
