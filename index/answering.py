"""Answering: the way of a question from its words to an answer, what is nearest, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.finding.arranging import after_the_best, arranged
from index.finding.citing import cite
from index.finding.confidence import NEAR, SURE, confidence
from index.finding.languages import codes, is_foreign
from index.finding.listing import listed
from index.finding.parts import asks_for_several, parts_of
from index.finding.quoting import Quotable, differing, pick, rank
from index.finding.request import asked_back, is_unclear, request_of
from index.finding.reranking import Reranker
from index.finding.retrieval import Found, Retriever
from index.keeping.build import Build
from index.keeping.catalogue import Catalogue
from index.keeping.passage_index import PassageIndex
from index.question import Question
from index.results import Abstention, Answer, Claim, Nearest, Reason, Result

_MOST_NEAREST = 3


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
        sure: float = SURE,
        near: float = NEAR,
        reranker: Reranker | None = None,
    ) -> None:
        self._passage_index = passage_index
        self._retriever = Retriever(passage_index, reranker=reranker)
        self._sure_from, self._near_from = sure, near

    def answer(self, question: Question) -> Result:
        """Raises IndexUnreadable or ModelUnusable where there is nothing to answer from."""
        return self.consider(question)[0]

    def consider(self, question: Question) -> tuple[Result, Attempt | None]:
        """The result with the attempt that led to it, or came nearest; raises as `answer` does.

        None where nothing was tried.
        """
        if not any(map(str.isalnum, question.text)):
            return Abstention(question.text, Reason.NO_QUESTION), None
        with self._passage_index.reading() as build:
            result, attempt = self._consider(asked_back(question), build)
        return replace(result, question=question.text), attempt

    def _consider(self, question: Question, build: Build) -> tuple[Result, Attempt | None]:
        if build.catalogue.empty():
            return Abstention(question.text, Reason.NO_ARTICLES), None
        if request := request_of(question):
            listing = listed(question, request, self._retriever, build)
            if listing is not None:
                return listing, None
        if is_unclear(question):
            return Abstention(question.text, Reason.UNCLEAR), None
        best: Attempt | None = None
        for attempt in self.attempts(question):
            sure, ranked = attempt.confidence, _in_reach(attempt.ranked, question)
            quoted = arranged(pick(ranked))
            if sure >= self._sure_from and (claims := _claims(quoted, build.catalogue)):
                return Answer(question.text, "quoted", sure, claims), attempt
            if best is None or sure > best.confidence:
                best = attempt
        if best and best.confidence >= self._near_from:
            quoted = differing(_in_reach(best.ranked, question), most=_MOST_NEAREST)
            if claims := _claims(arranged(quoted), build.catalogue):
                return Nearest(question.text, best.confidence, claims), best
        languages = codes(build.catalogue.languages())
        if is_foreign(question.text, languages):
            return Abstention(question.text, Reason.OTHER_LANGUAGE, languages), best
        return Abstention(question.text, Reason.NOTHING_FOUND), best

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
        return next((one for one in attempts if one.confidence >= self._sure_from), None)

    def _attempts(self, question: Question) -> Iterator[Attempt]:
        lexical = self._passage_index.build().lexical
        for query in self._retriever.queries(question):
            found = self._retriever.search(query)
            ranked = rank(query, found, lexical)
            yield Attempt(found, ranked, confidence(query, found, ranked))


def _in_reach(ranked: Sequence[Quotable], question: Question) -> Sequence[Quotable]:
    """What may be quoted beside the first, which stays so unless several things are asked for."""
    return ranked if asks_for_several(question.text) else after_the_best(ranked)


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
        citation = cite(len(claims) + 1, article, quotable.passage, quotable.span)
        claims.append(Claim(citation.quotation, (citation,)))
    return claims
