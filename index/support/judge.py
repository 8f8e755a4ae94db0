"""Judges whether passages support a claim, with what probability, and by which sentence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from footnote.corpus.normalise import normalise
from footnote.corpus.span import Span
from footnote.index.blocks import passage_sentences
from footnote.index.budget import look_at_budget
from footnote.index.facts.comparison import Comparison, compare, joined
from footnote.index.facts.names import opens_with_name
from footnote.index.facts.together import unrelated
from footnote.index.facts.unstated import with_unstated
from footnote.index.finding.interaction import QuestionTokens, matches
from footnote.index.finding.whose import bears_out_of_another
from footnote.index.keeping.build import Build
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.models.embedding import Encoded
from footnote.index.passages import Passage, embedded
from footnote.index.results import Verdict
from footnote.index.sentences import sentence_spans
from footnote.index.support.entailment import Entailment
from footnote.index.support.likelihood import Likeness
from footnote.index.support.predicate import Predicate
from footnote.index.support.reference_marks import without_marks
from footnote.index.support.text_facts import FactReader, PassageFacts, WeighedClaim
from footnote.index.support.weighing import Weighed, best_score
from footnote.index.support.wording import differs
from footnote.index.words import content_words

# An entailment model takes its time: it reads so many sentences, and so many runs of two.
_MAX_READ_AGAIN = 3
MAX_SENTENCES = 20
"""So many sentences of a claim are judged; one that has more is not supported."""


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
        self._reading = aliases, FactReader(aliases.canonical)
        self._last: tuple[object, str, Encoded | None] = (None, "", None)

    def judge(self, claim: str, passages: Sequence[Passage]) -> Judgement:
        """The best over these passages; of several sentences, how the least supported stands.

        Reference marks are no part of a claim. Raises IndexUnreadable and ModelUnusable.
        """
        sentences = claim_sentences(claim)
        if not passages or not sentences:
            return Judgement(Verdict.UNFOUND, 0.0)
        with self._passage_index.reading() as build:
            of_each = [
                _judgement(
                    self._read_again(sentence, list(self._weighed(sentence, passages, build)))
                )
                for sentence in sentences[:MAX_SENTENCES]
            ]
        if len(sentences) > MAX_SENTENCES:
            of_each.append(Judgement(Verdict.UNFOUND, 0.0))
        return _of_all(of_each)

    def _weighed(self, claim: str, passages: Sequence[Passage], build: Build) -> Iterator[Weighed]:
        reader = self._reader()
        opening = opens_with_name(claim, [passage.text for passage in passages])
        asked = {
            language: reader.claim(claim, language, build.lexical.idf, opening=opening)
            for language in {passage.language for passage in passages}
        }
        encoded, plain = self._encoded(claim), _plain(claim)
        known = {claim: encoded}

        def encode(text: str) -> Encoded:
            if text not in known:
                known[text] = self._passage_index.model.encode_query(text)
            return known[text]

        predicates = {language: Predicate.of(claim, encoded, language) for language in asked}
        tokens = QuestionTokens.of([(encoded, content_words(claim, *asked), 1.0)])
        codes = self._codes(passages, build)
        matched = matches(tokens, encoded.vector, codes, build.coder)
        for number, passage in enumerate(passages):
            read, said = _read(passage, reader, build), asked[passage.language]
            predicate = predicates[passage.language]
            near = predicate.near(codes[number], build.coder)
            for window in read.windows(said):
                look_at_budget()
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
                    partial(_differs, said, read, window, encode),
                    alone=len(window) == 1,
                    says=predicate.is_said(terms, near[:, window.start : window.stop]),
                    shared=said.share_but_denials(read.terms_of(window, titled=False)),
                    text=(text := span.shifted(-passage.span.start).of(passage.text)),
                    quoted=_plain(text) == plain,
                )

    def _read_again(self, claim: str, weighed: Sequence[Weighed]) -> Sequence[Weighed]:
        """The best by the entailment model, where there is one, and no others."""
        if self._entailment is None or any(one.quoted for one in weighed):
            return weighed
        likeliest = sorted(weighed, key=lambda one: -one.likeness.alike)
        best = [
            *[one for one in likeliest if one.alone][:_MAX_READ_AGAIN],
            *[one for one in likeliest if not one.alone][:_MAX_READ_AGAIN],
        ]
        pairs = [(f"{one.passage.title}. {one.text}", claim) for one in best]
        of_each = self._entailment.read(pairs)
        return [
            replace(one, entailed=entailed) for one, entailed in zip(best, of_each, strict=True)
        ]

    def _reader(self) -> FactReader:
        """Another one when the aliases have changed: what is kept was read with the old ones."""
        aliases, reader = self._reading
        now = self._passage_index.aliases.aliases()
        if now is not aliases:
            reader = FactReader(now.canonical)
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


def claim_sentences(claim: str) -> list[str]:
    """The sentences of a claim that say something, without pasted reference marks."""
    return [
        sentence
        for line in without_marks(normalise(claim)).split("\n")
        for span in sentence_spans(line)
        if any(map(str.isalnum, sentence := span.of(line).strip()))
    ]


def _plain(text: str) -> str:
    """By which a sentence is known again where it is quoted."""
    return " ".join(text.split()).strip(" .\"'“”„«»‘’").casefold()


def _of_all(of_each: Sequence[Judgement]) -> Judgement:
    """Supported where every sentence is, contradicted where one is; shown is the one that tells."""
    least = min(of_each, key=lambda one: one.score)
    contrary = [one for one in of_each if one.verdict is Verdict.CONTRADICTED]
    likeness = min(one.likeness for one in of_each)
    if contrary:
        return replace(contrary[0], score=least.score, likeness=likeness)
    if all(one.verdict is Verdict.SUPPORTED for one in of_each):
        return replace(least, likeness=likeness)
    return Judgement(Verdict.UNFOUND, least.score, likeness=likeness)


def _read(passage: Passage, reader: FactReader, build: Build) -> PassageFacts:
    """With the acronyms that its article introduces, in whichever passage."""

    def article_text() -> str:
        article = build.catalogue.article(passage.article)
        return article.text if article else passage.text

    return reader.passage(passage, article_text)


def _compared(said: WeighedClaim, read: PassageFacts, window: range) -> Comparison:
    look_at_budget()
    sentences = [read.sentences[place].facts for place in window]
    evidence = joined(sentences)
    compared = compare(said.text.facts, evidence, [read.title.facts])
    compared = with_unstated(compared, said.text.facts, evidence)
    main = max(range(len(window)), key=lambda at: said.share(read.sentences[window[at]].terms))
    before = read.sentences[window[0] - 1].facts.text if window[0] else ""
    texts = [sentence.text for sentence in sentences]
    return replace(
        compared,
        unrelated=unrelated(said.text.facts, sentences, main),
        anothers=compared.anothers or bears_out_of_another(said.text.facts.text, texts, before),
    )


def _differs(
    said: WeighedClaim, read: PassageFacts, window: range, encode: Callable[[str], Encoded]
) -> bool:
    look_at_budget()
    evidence = joined([read.sentences[place].facts for place in window])
    return differs(said.text.facts, evidence, read.title.terms, encode)


def _judgement(weighed: Sequence[Weighed]) -> Judgement:
    """A sentence that seems to deny the claim and is more like it outweighs what seems to support
    it, which takes less than contradicting it does.

    Another figure does not: it may be that of something else, or articles disagree.
    """
    contrary = [one for one in weighed if one.contradicts]
    denying = [one for one in weighed if one.denies]
    supporting = [
        one
        for one in weighed
        if one.supports and (one.quoted or not any(other.outweighs(one) for other in denying))
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
    if any(one.supports for one in weighed):  # but outweighed
        nearest = max(denying, key=lambda one: one.likeness.alike)
        return Judgement(Verdict.UNFOUND, nearest.score, likeness=likeness)
    return Judgement(Verdict.UNFOUND, best_score(weighed), likeness=likeness)
