"""Judging: whether passages bear a claim out, how surely, and which sentence of them does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from corpus.normalise import normalise
from corpus.span import Span
from index.blocks import passage_sentences
from index.facts.comparison import Comparison, compare, joined
from index.facts.together import astray
from index.finding.interaction import QuestionTokens, matches
from index.keeping.build import Build
from index.keeping.passage_index import PassageIndex
from index.keeping.tokens import TokenCoder, TokenCodes
from index.models.embedding import Encoded
from index.passages import Passage, embedded
from index.support.entailment import Entailment
from index.support.likelihood import Likeness
from index.support.predicate import Predicate
from index.support.reading import Asked, Read, Reader
from index.support.weighing import Weighed, best_score
from index.words import content_words

# An entailment model takes its time: it reads so many sentences or pairs of them.
_MOST_READ_AGAIN = 4


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
    UNFOUND there is neither. `likeness`: what the score would be at best, were all facts right.
    """

    verdict: Verdict
    score: float
    passage: Passage | None = None
    span: Span | None = None
    likeness: float = 0.0


class Judge:
    """Judges claims by passages of one index; safe to use from several threads."""

    def __init__(
        self,
        passage_index: PassageIndex,
        *,
        entailment: Entailment | None = None,
    ) -> None:
        self._passage_index = passage_index
        self._entailment = entailment
        aliases = passage_index.aliases.aliases()
        self._reading = aliases, Reader(aliases.canonical)
        self._last: tuple[object, str, Encoded | None] = (None, "", None)

    def judge(self, claim: str, passages: Sequence[Passage]) -> Judgement:
        """The best over these passages. Raises IndexUnreadable and ModelUnusable."""
        claim = normalise(claim).strip()
        if not passages or not any(map(str.isalnum, claim)):
            return Judgement(Verdict.UNFOUND, 0.0)
        with self._passage_index.reading() as build:
            weighed = list(self._weighed(claim, passages, build))
        return _judgement(self._read_again(claim, weighed))

    def _weighed(self, claim: str, passages: Sequence[Passage], build: Build) -> Iterator[Weighed]:
        reader = self._reader()
        asked = {
            language: reader.claim(claim, language, build.lexical.idf)
            for language in {passage.language for passage in passages}
        }
        encoded = self._encoded(claim)
        predicates = {language: Predicate.of(claim, encoded, language) for language in asked}
        tokens = QuestionTokens.of([(encoded, content_words(claim, *asked), 1.0)])
        codes = self._codes(passages, build)
        matched = matches(tokens, encoded.vector, codes, build.coder)
        for number, passage in enumerate(passages):
            read, said = _read(passage, reader, build), asked[passage.language]
            predicate = predicates[passage.language]
            near = predicate.near(codes[number], build.coder)
            for window in read.windows(said):
                terms = read.terms_of(window)
                likeness = Likeness(
                    words=said.share(terms),
                    cosine=max(matched[number].sentences[place].cosine for place in window),
                )
                span = Span(read.spans[window[0]].start, read.spans[window[-1]].end)
                yield Weighed(
                    passage,
                    span,
                    likeness,
                    partial(_compared, said, read, window),
                    alone=len(window) == 1,
                    says=predicate.is_said(terms, near[:, window.start : window.stop]),
                    text=span.shifted(-passage.span.start).of(passage.text),
                )

    def _read_again(self, claim: str, weighed: Sequence[Weighed]) -> Sequence[Weighed]:
        """The best by the entailment model, where there is one, and no others."""
        if self._entailment is None:
            return weighed
        best = sorted(weighed, key=lambda one: -one.likeness.alike)[:_MOST_READ_AGAIN]
        pairs = [(f"{one.passage.title}. {one.text}", claim) for one in best]
        of_each = self._entailment.read(pairs)
        return [
            replace(one, entailed=entailed) for one, entailed in zip(best, of_each, strict=True)
        ]

    def _reader(self) -> Reader:
        """Another one when the aliases have changed: what is kept was read with the old ones."""
        aliases, reader = self._reading
        now = self._passage_index.aliases.aliases()
        if now is not aliases:
            reader = Reader(now.canonical)
            self._reading = now, reader
        return reader

    def _encoded(self, claim: str) -> Encoded:
        """A written sentence is judged by the passages it cites, then by others, then by those that
        may say otherwise: it is encoded once, which takes longer than all the rest."""
        model = self._passage_index.model
        last_model, last_claim, encoded = self._last
        if last_model is not model or last_claim != claim or encoded is None:
            encoded = model.encode_query(claim)
            self._last = model, claim, encoded
        return encoded

    def _codes(self, passages: Sequence[Passage], build: Build) -> list[TokenCodes]:
        """As they were stored; those of a passage that was replaced meanwhile are made again."""
        stored = build.catalogue.tokens(passage.key for passage in passages)
        return [stored.get(passage.key) or self._made(passage, build.coder) for passage in passages]

    def _made(self, passage: Passage, coder: TokenCoder) -> TokenCodes:
        text = embedded(passage.text, passage.title, passage.heading)
        before = len(text) - len(passage.text)
        sentences = passage_sentences(passage.text, passage.language)
        [(_, encoded)] = self._passage_index.model.encode_passages([text])
        spans = [span.shifted(before) for span in sentences]
        return coder.encode(encoded, text, spans, passage.language)


def _read(passage: Passage, reader: Reader, build: Build) -> Read:
    """With the acronyms that its article introduces, in whichever passage."""

    def article_text() -> str:
        article = build.catalogue.article(passage.article)
        return article.text if article else passage.text

    return reader.passage(passage, article_text)


def _compared(said: Asked, read: Read, window: range) -> Comparison:
    sentences = [read.sentences[place].facts for place in window]
    compared = compare(said.text.facts, joined(sentences), [read.title.facts])
    main = max(range(len(window)), key=lambda at: said.share(read.sentences[window[at]].terms))
    return replace(compared, astray=astray(said.text.facts, sentences, main))


def _judgement(weighed: Sequence[Weighed]) -> Judgement:
    """A sentence that denies the claim and is more like it outweighs what seems to support it.

    Another figure does not: it may be that of something else, or articles disagree.
    """
    contrary = [one for one in weighed if one.contradicts]
    denying = [one for one in contrary if one.denies]
    supporting = [
        one
        for one in weighed
        if one.supports and not any(other.outweighs(one) for other in denying)
    ]
    likeness = max((one.alike for one in weighed), default=0.0)
    if supporting:
        best = max(supporting, key=lambda one: one.score)
        return Judgement(Verdict.SUPPORTED, best.score, best.passage, best.span, likeness)
    if contrary:
        nearest = max(contrary, key=lambda one: one.likeness.alike)
        return Judgement(
            Verdict.CONTRADICTED, nearest.score, nearest.passage, nearest.span, likeness
        )
    return Judgement(Verdict.UNFOUND, best_score(weighed), likeness=likeness)
