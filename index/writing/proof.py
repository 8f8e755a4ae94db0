"""Proof: which passage bears a written sentence out; without one it is not shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from footnote.corpus.span import Span
from footnote.index.passages import Passage
from footnote.index.results import Citation, Verdict
from footnote.index.support.judge import Judgement
from footnote.index.writing.evidence import Evidence, is_order
from footnote.index.writing.stream_parser import StreamedSentence

# A sentence that begins so says something of what the one before it named.
_LEANS = re.compile(
    r"(?:(?:and|but|so|however|also|then|later|in addition|moreover)\b,? )*"
    r"(?:it|its|they|them|their|theirs|he|his|him|she|her|hers|this|that|these|those|both|the "
    r"(?:latter|former|same|two|group|attack|organi[sz]ation|treaty|bombing))\b",
    re.IGNORECASE,
)


class Judging(Protocol):
    def judge(self, claim: str, passages: Sequence[Passage]) -> Judgement:
        """Whether these passages bear the claim out."""
        ...


@dataclass(frozen=True, slots=True)
class Proven:
    """A sentence, and the exact spans that bear it out; `contrary` is what another article says."""

    text: str
    support: Sequence[tuple[Evidence, Span]]
    contrary: tuple[Evidence, Span] | None = None


class Proof:
    """Takes the sentences of one answer in their order."""

    def __init__(self, judge: Judging, evidence: Sequence[Evidence]) -> None:
        self._judge = judge
        self._evidence = evidence
        self._numbered = {one.n: one for one in evidence}
        self._before: Proven | None = None

    def of(self, sentence: StreamedSentence) -> Proven | None:
        """None where nothing bears it out; numbers that no passage has are never looked at."""
        support = self._support(sentence)
        self._before = (
            Proven(sentence.text, support, self._contrary(sentence.text, support))
            if support
            else None
        )
        return self._before

    def _support(self, sentence: StreamedSentence) -> list[tuple[Evidence, Span]]:
        allowed = self._allowed(sentence.text)
        cited = [one for one in self._among(sentence.cited) if one in allowed]
        others = [one for one in allowed if one not in cited]
        if parts := self._by_parts(sentence, allowed):
            return parts
        found = self._one(sentence.text, cited) or self._one(sentence.text, others)
        return [found] if found else []

    def _allowed(self, text: str) -> Sequence[Evidence]:
        """All passages; for a sentence that leans on the one before, those of the same article.

        Alone it might be borne out by a passage about something else ("It was founded in 2001"),
        and after a sentence that was struck out its "it" would stand for another thing.
        """
        if not _LEANS.match(text):
            return self._evidence
        articles = {one.article for one, _ in self._before.support} if self._before else set()
        return [one for one in self._evidence if one.article in articles]

    def _by_parts(
        self, sentence: StreamedSentence, allowed: Sequence[Evidence]
    ) -> list[tuple[Evidence, Span]]:
        """Of a sentence with numbers in it, what bears out each part; none unless all are, and by
        one article, for what the parts have in common stands in the first only."""
        parts = [piece for piece in sentence.pieces if piece.text]
        if len(parts) < 2 or not all(piece.cited for piece in parts):
            return []
        support: list[tuple[Evidence, Span]] = []
        for piece in parts:
            cited = [one for one in self._among(piece.cited) if one in allowed]
            found = self._one(piece.text, cited)
            if found is None or found[0].article != (support or [found])[0][0].article:
                return []
            support.append(found)
        return support

    def _one(self, text: str, evidence: Sequence[Evidence]) -> tuple[Evidence, Span] | None:
        return next(self._judged(text, evidence, Verdict.SUPPORTED), None)

    def _contrary(
        self, text: str, support: Sequence[tuple[Evidence, Span]]
    ) -> tuple[Evidence, Span] | None:
        """What another article says otherwise of the same matter."""
        articles = {one.article for one, _ in support}
        others = [one for one in self._evidence if one.article not in articles]
        return next(self._judged(text, others, Verdict.CONTRADICTED), None)

    def _judged(
        self, text: str, evidence: Sequence[Evidence], verdict: Verdict
    ) -> Iterator[tuple[Evidence, Span]]:
        judgement = self._judge.judge(text, [one.passage for one in evidence])
        passage, span = judgement.passage, judgement.span
        if judgement.verdict is not verdict or passage is None or span is None:
            return
        for one in evidence:
            if one.passage.key == passage.key and not is_order(one.text(span)):
                yield one, span

    def _among(self, numbers: Sequence[int]) -> list[Evidence]:
        return [self._numbered[n] for n in numbers if n in self._numbered]


def cite(proven: Proven, known: dict[tuple[int, Span], int]) -> list[Citation]:
    """With numbers that go on counting; the same span has the same number wherever it is cited."""
    return [
        one.citation(known.setdefault((one.passage.key, span), len(known) + 1), span)
        for one, span in proven.support
    ]
