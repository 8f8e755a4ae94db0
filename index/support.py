"""Support: whether passages bear a claim out, how surely, and which sentence of them does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.normalise import normalise
from corpus.span import Span
from index.embedding import Vector
from index.facts import Comparison, compare, joined
from index.interaction import QuestionTokens, nearest_tokens
from index.lexical import content_words
from index.likelihood import THRESHOLD, Likeness, alikeness, likelihood
from index.passage_index import Build, PassageIndex
from index.passages import Passage, embedded
from index.reading import Asked, Canonical, Read, Reader
from index.sentences import sentence_spans
from index.tokens import TokenCoder, TokenCodes


class Verdict(StrEnum):
    """What the passages say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNFOUND = "nothing found"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score`: the probability, from 0 to 1, that the claim is borne out.

    `span`, in characters of the article's text, is the sentence of `passage` that supports or
    contradicts it, or the run of two sentences next to each other where it takes both; with
    UNFOUND there is neither.
    """

    verdict: Verdict
    score: float
    passage: Passage | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A claim held against a sentence, or two, of a passage."""

    passage: Passage
    span: Span
    likeness: Likeness
    facts: Comparison
    alone: bool

    @property
    def supports(self) -> bool:
        return likelihood(self.likeness) >= THRESHOLD

    @property
    def denies(self) -> bool:
        """Whether it is one sentence that says the contrary, whatever the figures."""
        facts = self.facts
        return self.alone and not facts.missing and (facts.denied or facts.swapped)

    def outweighs(self, other: "_Weighed") -> bool:
        same_article = self.passage.article == other.passage.article
        return same_article and alikeness(self.likeness) > alikeness(other.likeness)

    @property
    def contradicts(self) -> bool:
        return self.facts.contradicts and alikeness(self.likeness) >= THRESHOLD


class Judge:
    """Judges claims by passages of one index; safe to use from several threads."""

    def __init__(self, passage_index: PassageIndex, *, canonical: Canonical = str) -> None:
        """`canonical` is for the aliases of the corpus."""
        self._passage_index = passage_index
        self._reader = Reader(canonical)

    def judge(self, claim: str, passages: Sequence[Passage]) -> Judgement:
        """The best over these passages. Raises IndexUnreadable and ModelUnusable."""
        claim = normalise(claim).strip()
        if not passages or not any(map(str.isalnum, claim)):
            return Judgement(Verdict.UNFOUND, 0.0)
        with self._passage_index.reading() as build:
            return _judgement(list(self._weighed(claim, passages, build)))

    def _weighed(self, claim: str, passages: Sequence[Passage], build: Build) -> Iterator[_Weighed]:
        asked = {
            language: self._reader.claim(claim, language, build.lexical.idf)
            for language in {passage.language for passage in passages}
        }
        encoded = self._passage_index.model.encode_query(claim)
        tokens = QuestionTokens.of([(encoded, content_words(claim, *asked), 1.0)])
        compared = nearest_tokens(tokens, self._codes(passages, build), build.coder)
        for number, passage in enumerate(passages):
            read = self._read(passage, build)
            said = asked[passage.language]
            for window in read.windows(said):
                facts = _compared(said, read, window)
                nearest = compared[number] if compared else None
                likeness = _likeness(said, read, window, facts, nearest, tokens.weights)
                span = Span(read.spans[window[0]].start, read.spans[window[-1]].end)
                yield _Weighed(passage, span, likeness, facts, alone=len(window) == 1)

    def _read(self, passage: Passage, build: Build) -> Read:
        article = build.catalogue.article(passage.article)
        text = article.text if article else passage.text
        acronyms = self._reader.acronyms(passage.article, passage.revision, text)
        return self._reader.passage(passage, acronyms)

    def _codes(self, passages: Sequence[Passage], build: Build) -> list[TokenCodes]:
        """As they were stored; those of a passage that was replaced meanwhile are made again."""
        stored = build.catalogue.tokens(passage.key for passage in passages)
        return [stored.get(passage.key) or self._made(passage, build.coder) for passage in passages]

    def _made(self, passage: Passage, coder: TokenCoder) -> TokenCodes:
        text = embedded(passage.text, passage.title, passage.heading)
        before = len(text) - len(passage.text)
        sentences = sentence_spans(passage.text, passage.language)
        [encoded] = self._passage_index.model.encode_passages([text])
        spans = [span.shifted(before) for span in sentences]
        return coder.encode(encoded, text, spans, passage.language)


def _compared(said: Asked, read: Read, window: range) -> Comparison:
    sentences = [read.sentences[place].facts for place in window]
    return compare(said.text.facts, joined(sentences), [read.title.facts])


def _likeness(
    said: Asked,
    read: Read,
    window: range,
    facts: Comparison,
    nearest: Vector | None,
    weights: Vector,
) -> Likeness:
    terms = frozenset[str]().union(*(read.sentences[place].terms for place in window))
    match = 0.0
    if nearest is not None:
        sections = [0, *(place + 1 for place in window)]
        match = float(nearest[sections].max(axis=0) @ weights)
    return Likeness(
        words=said.share(terms | read.title.terms),
        alone=said.share(terms),
        passage_words=said.share(read.terms),
        match=match,
        strange=len(facts.strange),
        missing=facts.missing,
        denied=facts.denied,
        swapped=facts.swapped,
    )


def _judgement(weighed: Sequence[_Weighed]) -> Judgement:
    """Articles may disagree, and then one of them supports the claim; within one article, a
    sentence that denies it and is more like it outweighs what seems to support it."""
    contrary = [one for one in weighed if one.contradicts]
    denying = [one for one in contrary if one.denies]
    supporting = [
        one
        for one in weighed
        if one.supports and not any(other.outweighs(one) for other in denying)
    ]
    if supporting:
        best = max(supporting, key=lambda one: likelihood(one.likeness))
        return Judgement(Verdict.SUPPORTED, likelihood(best.likeness), best.passage, best.span)
    if contrary:
        nearest = max(contrary, key=lambda one: alikeness(one.likeness))
        return Judgement(
            Verdict.CONTRADICTED, likelihood(nearest.likeness), nearest.passage, nearest.span
        )
    return Judgement(Verdict.UNFOUND, max(likelihood(one.likeness) for one in weighed))
