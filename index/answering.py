"""Answering: the way of a question from its words to an answer or an abstention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.citation import Abstention, Answer, Citation, Claim, Nearest, Reason, Reference
from index.finding.confidence import THRESHOLD, confidence
from index.finding.languages import codes, is_foreign
from index.finding.parts import parts_of
from index.finding.quoting import Quotable, pick, rank
from index.finding.reranking import Reranker
from index.finding.retrieval import Found, Retriever
from index.keeping.build import Build
from index.keeping.catalogue import Catalogue
from index.keeping.passage_index import PassageIndex
from index.question import Question

_MOST_NEAREST = 3
# Of our own questions 194 of 196 have a passage above this, the freely worded ones half of theirs
# below .26; "World Cup 2014" has .19, "yes" .12.
_NEAR = 0.2


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one way of putting a question found, and how probably that answers it."""

    found: Sequence[Found]
    ranked: Sequence[Quotable]
    confidence: float


class Answerer:
    """Retrieves, quotes and decides; safe to use from several threads."""

    def __init__(
        self,
        passage_index: PassageIndex,
        *,
        threshold: float = THRESHOLD,
        reranker: Reranker | None = None,
    ) -> None:
        self._passage_index = passage_index
        self._retriever = Retriever(passage_index, reranker=reranker)
        self._threshold = threshold

    def answer(self, question: Question) -> Answer | Abstention:
        """Raises IndexUnreadable or ModelUnusable where there is nothing to answer from."""
        return self.consider(question)[0]

    def consider(self, question: Question) -> tuple[Answer | Abstention, Attempt | None]:
        """The answer with the attempt that led to it; raises as `answer` does."""
        if not any(map(str.isalnum, question.text)):
            return Abstention(question.text, Reason.NO_QUESTION), None
        with self._passage_index.reading() as build:
            return self._consider(question, build)

    def _consider(
        self, question: Question, build: Build
    ) -> tuple[Answer | Abstention, Attempt | None]:
        if build.catalogue.empty():
            return Abstention(question.text, Reason.NO_ARTICLES), None
        nearest: list[Nearest] = []
        for attempt in self.attempts(question):
            found, ranked, sure = attempt.found, attempt.ranked, attempt.confidence
            if sure >= self._threshold and (claims := _claims(pick(ranked), build.catalogue)):
                return Answer(question.text, "quoted", sure, claims), attempt
            nearest = nearest or _nearest(found, build.catalogue)
        languages = codes(build.catalogue.languages())
        if is_foreign(question.text, languages):
            return Abstention(question.text, Reason.OTHER_LANGUAGE, nearest, languages), None
        return Abstention(question.text, Reason.NOT_ANSWERED, nearest), None

    def attempts(self, question: Question) -> Iterator[Attempt]:
        """The ways to put the question, the likeliest first, whatever their confidence.

        What asks for two things is answered part by part, where each part is, else as a whole.
        """
        parts = parts_of(question)
        if len(parts) > 1:
            sure = [self._sure(part) for part in parts]
            if all(sure):
                yield _joined([attempt for attempt in sure if attempt])
        yield from self._attempts(question)

    def _sure(self, part: Question) -> Attempt | None:
        attempts = self._attempts(part)
        return next((one for one in attempts if one.confidence >= self._threshold), None)

    def _attempts(self, question: Question) -> Iterator[Attempt]:
        lexical = self._passage_index.build().lexical
        for query in self._retriever.queries(question):
            found = self._retriever.search(query)
            ranked = rank(query, found, lexical)
            yield Attempt(found, ranked, confidence(query, found, ranked))


def _joined(attempts: Sequence[Attempt]) -> Attempt:
    """Of the parts of a question, as sure as the least sure."""
    return Attempt(
        [place for attempt in attempts for place in attempt.found],
        [
            replace(quotable, part=number)
            for number, attempt in enumerate(attempts)
            for quotable in attempt.ranked
        ],
        min(attempt.confidence for attempt in attempts),
    )


def _claims(quoted: Sequence[Quotable], catalogue: Catalogue) -> list[Claim]:
    claims: list[Claim] = []
    for quotable in quoted:
        article = catalogue.article(quotable.passage.article)
        if article is None or article.revision != quotable.passage.revision:
            continue  # replaced while the question was being answered
        citation = Citation.of(len(claims) + 1, article, quotable.span, quotable.passage.span)
        claims.append(Claim(citation.quotation, (citation,)))
    return claims


def _nearest(found: Sequence[Found], catalogue: Catalogue) -> list[Nearest]:
    """The best passage of each of the first few articles, copies and what is far off left out."""
    nearest: dict[str, Nearest] = {}
    for place in found:
        if place.score < _NEAR:
            break
        passage = place.passage
        article = catalogue.article(passage.article)
        copied = any(near.text == passage.text for near in nearest.values())
        if article is not None and article.revision == passage.revision and not copied:
            nearest.setdefault(
                passage.article, Nearest(Reference.to(article), passage.span, passage.text)
            )
        if len(nearest) == _MOST_NEAREST:
            break
    return list(nearest.values())
