"""Answering in a language model's words where they are borne out, else in the articles' own."""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import islice

from llama_index.core.llms import LLM

from footnote.index.answering import Answerer, Attempt
from footnote.index.budget import ANSWER_SECONDS, TooLong, at_most
from footnote.index.finding.languages import codes
from footnote.index.finding.quoting import Quotable
from footnote.index.finding.request import request_of
from footnote.index.keeping.build import Build
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.passages import Passage
from footnote.index.question import Question
from footnote.index.results import Abstention, Answer, Claim, Listing, Nearest, Result, Unwritten
from footnote.index.words import field_of, stemmed
from footnote.index.writing.bearing import Bearing, Relevance, ways_to_put
from footnote.index.writing.breaker import Breaker
from footnote.index.writing.evidence import Evidence, by_article, gather, in_turn, spread_over
from footnote.index.writing.proof import Judging
from footnote.index.writing.rewriting import Rewriter
from footnote.index.writing.scope import Scope, scope_of
from footnote.index.writing.searching import QueryWriter
from footnote.index.writing.spent import Spent
from footnote.index.writing.writer import Bears, OnClaim, Writer, WriterLimits, Written

_MAX_NEAREST = 3


class WritingAnswerer:
    """Safe to use from several threads.

    The model is asked whenever the quoted side finds anything near, and decides: where it says that
    the passages do not answer, or nothing that it wrote is borne out and answers, what is quoted
    comes as what is nearest, however sure the quoted side was; unless the model said in a word or
    two, which cannot be checked, what a sentence that surely answers says. Where a `query_writer`
    is given, the model is first asked for other words to search in, once.
    """

    def __init__(
        self,
        passage_index: PassageIndex,
        answerer: Answerer,
        writer: Writer,
        *,
        rewriter: Rewriter | None = None,
        query_writer: QueryWriter | None = None,
        relevance: Relevance | None = None,
        considering: AbstractContextManager[object] | None = None,
    ) -> None:
        """`considering` is entered while a question is looked up, and not while a model is waited
        for: it bounds how many keep the processor busy where many wait."""
        self._passage_index = passage_index
        self._answerer = answerer
        self._writer = writer
        self._rewriter = rewriter
        self._query_writer = query_writer
        self._relevance = relevance
        self._considering = considering or nullcontext()

    @classmethod
    def from_llm(
        cls,
        passage_index: PassageIndex,
        answerer: Answerer,
        llm: LLM,
        judge: Judging,
        *,
        limits: WriterLimits | None = None,
        search_again: bool = True,
        rewriter: Rewriter | None = None,
        relevance: Relevance | None = None,
        considering: AbstractContextManager[object] | None = None,
    ) -> "WritingAnswerer":
        """One that asks this language model for all but rewriting."""
        limits, breaker = limits or WriterLimits(), Breaker()
        queries = QueryWriter(llm, max_tokens=limits.answer_tokens, breaker=breaker)
        return cls(
            passage_index,
            answerer,
            Writer(llm, judge, limits=limits, breaker=breaker),
            rewriter=rewriter,
            query_writer=queries if search_again else None,
            relevance=relevance,
            considering=considering,
        )

    def answer(
        self,
        question: Question,
        *,
        on_claim: OnClaim = lambda claim: None,
        may_write: Callable[[], bool] = lambda: True,
        on_spent: Callable[[Spent], object] = lambda spent: None,
    ) -> Result:
        """`may_write` is asked before the model is; `on_spent` is told once what all of it cost,
        if the model was asked.

        Raises IndexUnreadable or ModelUnusable where there is nothing to answer from.
        """
        if not may_write():
            with self._considering:
                return _quoted(self._answerer.answer(question), Unwritten.SPENT)
        asked = _Asked(question, on_claim)
        try:
            return self._answer(asked)
        finally:
            if asked.costs:
                on_spent(sum(asked.costs, Spent()))

    def _answer(self, asked: "_Asked") -> Result:
        question = asked.question
        if self._rewriter and request_of(question) is None:
            question = self._rewriter.whole(question, on_spent=asked.costs.append)
        with self._considering, self._passage_index.reading() as build:
            result, attempt = self._answerer.consider(question)
            result = replace(result, question=asked.question.text)
            if not _may_be_written(result, attempt):
                return result
            scope = scope_of(question.text)
            attempts = [attempt] if attempt else []
            of_sides = [one for side in scope.sides for one in self._put(side, question)]
            passages = _passages(result, scope, attempts, of_sides, build.catalogue)
            attempts += of_sides
            evidence = self._evidence(passages, build, in_order=isinstance(result, Listing))
            languages = codes(build.catalogue.languages())
        asked.until = time.monotonic() + self._writer.limits.seconds
        best = attempt.ranked[0] if attempt and attempt.ranked and scope.plain else None
        ways = ways_to_put(question, scope.sides)
        bearing = Bearing(ways, attempts, self._relevance, best=best)
        bears: Bears = (lambda proven: True) if isinstance(result, Listing) else bearing
        written = self._write(asked, evidence, bears) if evidence else Written([])
        if written.why is Unwritten.AWAY:
            return _quoted(result, Unwritten.AWAY)
        if not written.claims:
            if isinstance(result, Answer) and best and _agree(written.fragments, best, question):
                return _quoted(result, Unwritten.UNSUPPORTED)
            again = self._search_again(asked, question, evidence, bearing, languages)
            written = again or written
        if not written.claims:
            return _nearest(result, written.why)
        return Answer(
            asked.question.text,
            "written",
            bearing.confidence,
            written.claims,
            missing=_still_missing(result, written.claims),
        )

    def _search_again(
        self,
        asked: "_Asked",
        question: Question,
        seen: Sequence[Evidence],
        bearing: Bearing,
        languages: Sequence[str],
    ) -> Written | None:
        """What was written from passages that the model's own queries found; None if nothing."""
        if self._query_writer is None:
            return None
        queries, spent = self._query_writer.queries(question, languages, until=asked.until)
        asked.costs.extend([spent] if spent else [])
        with self._considering, self._passage_index.reading() as build:
            attempts = [one for query in queries for one in self._put(query, question)]
            attempts = [one for one in attempts if one.confidence >= self._answerer.near]
            known = {one.passage.key for one in seen}
            new = [passage for passage in _in_turn(attempts) if passage.key not in known]
            if not new:
                return None
            evidence = self._evidence([*new, *(one.passage for one in seen)], build)
        bearing.attempts += attempts
        written = self._write(asked, evidence, bearing) if evidence else Written([])
        return written if written.claims else None

    def _put(self, text: str, question: Question) -> list[Attempt]:
        """What is found for a text in place of the question, whatever the confidence; nothing where
        that takes too much of the processor."""
        put = replace(question, text=text, history=(), cited=())
        try:
            with at_most(ANSWER_SECONDS):
                return list(islice(self._answerer.attempts(put), 1))
        except TooLong:
            return []

    def _evidence(
        self, passages: Iterable[Passage], build: Build, *, in_order: bool = False
    ) -> list[Evidence]:
        most = self._writer.limits.evidence_tokens
        return gather(passages, build.catalogue, max_tokens=most, in_order=in_order)

    def _write(self, asked: "_Asked", evidence: Sequence[Evidence], bears: Bears) -> Written:
        written = self._writer.write(
            asked.question, evidence, bears, asked.on_claim, until=asked.until
        )
        asked.costs.extend([written.spent] if written.spent else [])
        return written


@dataclass(slots=True)
class _Asked:
    """A question on its way: until when (of time.monotonic) the model may work, and at what cost.

    The time begins once the passages are there: a busy machine is no fault of the model's.
    """

    question: Question
    on_claim: OnClaim
    until: float = math.inf
    costs: list[Spent] = field(default_factory=list)


def _may_be_written(result: Result, attempt: Attempt | None) -> bool:
    """Where an article is summed up, or an answer was looked for, whether it was found or not."""
    if isinstance(result, Listing):
        return result.about == "summary"
    return attempt is not None


def _passages(
    result: Result,
    scope: Scope,
    attempts: Sequence[Attempt],
    of_sides: Sequence[Attempt],
    catalogue: Catalogue,
) -> Iterator[Passage]:
    """What the model is to read, the likeliest first; none where nothing is near."""
    if isinstance(result, Listing):
        listed = [article.reference.article for article in result.articles]
        return in_turn(spread_over(article, catalogue) for article in listed)
    if isinstance(result, Abstention) and scope.plain:
        return iter(())
    found = list(_in_turn([*of_sides, *attempts]))
    if not scope.broad or not found:
        return iter(found)
    if scope.article:
        return in_turn([spread_over(found[0].article, catalogue), by_article(found)])
    return by_article(found)


def _in_turn(attempts: Iterable[Attempt]) -> Iterator[Passage]:
    """The best passage of each attempt, and of each part of a question, then the next of each."""
    return in_turn(run for attempt in attempts for run in _runs(attempt))


def _runs(attempt: Attempt) -> Iterable[Sequence[Passage]]:
    part_of = {quotable.passage.key: quotable.part for quotable in reversed(attempt.ranked)}
    runs: dict[int, list[Passage]] = {}
    for place in attempt.found:
        runs.setdefault(part_of.get(place.passage.key, 0), []).append(place.passage)
    return runs.values()


def _quoted(result: Result, why: Unwritten) -> Result:
    if isinstance(result, Answer | Nearest):
        return replace(result, unwritten=why)
    return result


def _nearest(result: Result, why: Unwritten | None) -> Result:
    """What is quoted, as what comes nearest: the model has read it and wrote no answer of it."""
    if isinstance(result, Answer):
        exact = [c for c in result.claims if [c.text] == [one.quotation for one in c.citations]]
        claims = [
            replace(claim, citations=[replace(claim.citations[0], n=n)])
            for n, claim in enumerate(exact[:_MAX_NEAREST], 1)
        ]
        if claims:
            return Nearest(result.question, result.confidence, claims, why)
    return _quoted(result, why) if why else result


def _agree(fragments: Sequence[str], best: Quotable, question: Question) -> bool:
    """Whether one is no more than words that the sentence quoted has, and the question has not:
    "Noor Wali Mehsud" to "Who leads the TTP?"."""
    field = field_of(best.passage.language)
    asked, quoted = (set(stemmed(text, field)) for text in (question.text, best.text))
    said = [set(stemmed(fragment, field)) - asked for fragment in fragments]
    return any(words and words <= quoted for words in said)


def _still_missing(result: Result, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The parts for which nothing was quoted and of which nothing was written either."""
    if not isinstance(result, Answer):
        return ()
    said = " ".join(claim.text for claim in claims).casefold()
    return tuple(part for part in result.missing if part.casefold() not in said)
