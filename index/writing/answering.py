"""Answering in a language model's words where they are borne out, else in the articles' own."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from corpus.span import Span
from index.answering import Answerer
from index.finding.quoting import Quotable
from index.finding.request import request_of
from index.keeping.passage_index import PassageIndex
from index.question import Question
from index.results import Answer, Result, Unwritten
from index.writing.evidence import Evidence, gather
from index.writing.rewriting import Rewriter
from index.writing.writer import Bears, OnClaim, Spent, Writer

_BEARS = 0.75


class WritingAnswerer:
    """Safe to use from several threads.

    Where the quoted answer would be none, the model is not asked: whether the articles answer was
    calibrated on question sets, and a sentence that is borne out need not answer anything.
    """

    def __init__(
        self,
        passage_index: PassageIndex,
        answerer: Answerer,
        writer: Writer,
        *,
        rewriter: Rewriter | None = None,
        considering: AbstractContextManager[object] | None = None,
    ) -> None:
        """`considering` is entered while a question is looked up, and not while a model is waited
        for: it bounds how many keep the processor busy where many wait."""
        self._passage_index = passage_index
        self._answerer = answerer
        self._writer = writer
        self._rewriter = rewriter
        self._considering = considering or nullcontext()

    def answer(
        self,
        question: Question,
        *,
        on_claim: OnClaim = lambda claim: None,
        may_write: Callable[[], bool] = lambda: True,
        on_spent: Callable[[Spent], object] = lambda spent: None,
    ) -> Result:
        """`may_write` is asked before the model is, and `on_spent` told what it cost.

        Raises IndexUnreadable or ModelUnusable where there is nothing to answer from.
        """
        rewrites = self._rewriter is not None and request_of(question) is None
        whole = self._rewriter.whole(question) if self._rewriter and rewrites else question
        with self._considering, self._passage_index.reading() as build:
            result, attempt = self._answerer.consider(whole)
            result = replace(result, question=question.text)
            if attempt is None or not isinstance(result, Answer):
                return result
            most = self._writer.limits.evidence_tokens
            evidence = gather(attempt.found, build.catalogue, most_tokens=most)
        if not evidence:  # replaced while the question was being answered
            return result
        if not may_write():
            return replace(result, unwritten=Unwritten.SPENT)
        written = self._writer.write(question, evidence, _bearing(attempt.ranked), on_claim)
        if written.spent:
            on_spent(written.spent)
        if not written.claims:
            return replace(result, unwritten=written.why)
        return Answer(question.text, "written", result.confidence, written.claims)


def _bearing(ranked: Sequence[Quotable]) -> Bears:
    """A span bears on the question if its sentence came near to the one that is quoted first."""
    enough = _BEARS * ranked[0].score

    def bears(evidence: Evidence, span: Span) -> bool:
        return any(
            quotable.score >= enough
            and quotable.passage.key == evidence.passage.key
            and quotable.span.overlaps(span)
            for quotable in ranked
        )

    return bears
