"""Quoting: ranks the sentences of the retrieved passages and picks those to quote."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from sys import intern

from footnote.corpus.span import Span
from footnote.index.blocks import in_words, is_label, passage_sentences
from footnote.index.budget import look_at_budget
from footnote.index.finding.coefficients import COEFFICIENTS
from footnote.index.finding.interaction import SentenceMatch
from footnote.index.finding.kind import Kind, expected_kind, has_kind
from footnote.index.finding.lacking import lacks
from footnote.index.finding.query import Query
from footnote.index.finding.retrieval import Found
from footnote.index.passages import Passage
from footnote.index.words import field_of, stemmed

# Tuned on the even half of the answerable questions of XQuAD (English) and SQuAD 2.0, among 200
# random mixes; the answer lies in the sentence quoted first for .841 and .787 of 1,000 questions of
# each, in the first two for .936 and .872. The words of the title and the heading count as the
# sentence's own, for they are what its pronouns stand for.
_WEIGHTS = COEFFICIENTS.quote
_HIGHEST = sum(_WEIGHTS.values()) - _WEIGHTS["other_kind"]
# Where no passage has even this share of a question's words, it is put in words of its own, and
# those that a sentence happens to have mislead: without them the right one is first for .233 and
# among three for .367 of our 60 freely worded questions, instead of .133 and .333. For 59 of these
# the share is lower, for 9 of 800 of XQuAD and SQuAD 2.0, and for none of our other 106.
SAID = 0.2

_MAX_QUOTED = 3
# A further sentence is quoted when its score is near to the first one's: 1.2 and 1.3 of them on
# average, and the answer is among them for .894 and .867 of the questions (at .90: 1.5 and 1.6,
# for .926 and .890).
_NEAR_THE_BEST = 0.95
# Where they were read and several things are asked for, it is quoted when the odds that it answers
# are this share of the first one's.
_NEAR_THE_BEST_ODDS = 0.2
# Else so is one that more likely answers than not, and one of which it is so probable that it does
# and the first one does not: the less sure the first, the more sentences. Of our own questions and
# of SQuAD 2.0's, QED's and ClapNQ's (the parts that the reader was not trained on), on which this
# was chosen, a right one is shown for .771, .919, .913 and .907, with 1.65, 1.35, 1.75 and 1.87 in
# an answer; by the odds alone for .765, .919, .897 and .907, with 1.56, 1.27, 1.54 and 1.93.
# Without those that more likely answer than not, for .868 of ClapNQ's, whose answers are long. Of
# OneStopQA's, on which nothing was chosen, for .855 with 1.64, by the odds alone .847 with 1.54.
_LIKELY, _MIN_GAIN = 0.5, 0.08
_RIVALS = 8
# What is told out of its place, for it stands before the best one in its article, takes more of a
# reader. Chosen on ClapNQ, on SQuAD 2.0 and XQuAD without the articles that the reader was trained
# on, and on our own questions, 1,366 in all: with this share of the best one's odds, 9 more of them
# are shown a right sentence for 74 sentences more; with .35, 10 for 90; with .2, 11 for 164; with
# any that would be quoted after the best one, 13 for 247; with .5, 6 for 53. Of OneStopQA's and
# QED's, on which nothing was chosen, .876 and .896 are shown one, .848 and .884 without.
_OUT_OF_PLACE_ODDS = 0.4
# Two sentences that share so many of their words say the same (Jaccard index of their terms).
_REPEATS = 0.6
# A sentence of another article that holds so much of this one, or is held by it, is its copy: the
# same report, under another headline and with some words more.
_COPIES = 0.9
_MIN_TERMS_TO_COPY = 4
_KEPT_PASSAGES = 2048


@dataclass(frozen=True, slots=True)
class Quotable:
    """A candidate sentence: its span in the article, its score and the components of the score.

    `text` is how it is read: a table's row with what its header calls each cell.

    `match` is `own` of SentenceMatch, `cosine` as there; `words`: the share of the question's
    words, weighted by IDF, that the sentence holds with its title and heading; `other_kind`: it has
    nothing of the kind that the question expects, no number for "how many attacks". `part` says
    which part it answers of a question that has several. `reading` is what the reader said of it,
    None where it was not read.
    """

    passage: Passage
    span: Span
    text: str
    score: float
    match: float
    cosine: float
    words: float
    other_kind: bool
    terms: frozenset[str]
    part: int = 0
    reading: float | None = None


def rank(query: Query, found: Sequence[Found]) -> list[Quotable]:
    """The sentences of the passages, best first, without labels; none where nothing was found."""
    kind = expected_kind(query.question.text)
    is_said = max((place.words for place in found), default=0.0) >= SAID
    of_words = _WEIGHTS["words"] if is_said else 0.0
    ranked: list[Quotable] = []
    for place in found:
        look_at_budget()
        ranked += [
            _quotable(place, sentence, match, kind, query, of_words)
            for sentence, match in zip(_sentences_of(place.passage), place.sentences, strict=True)
            if not sentence.is_label
        ]
    return sorted(ranked, key=lambda quotable: -quotable.score)


def pick(
    ranked: Sequence[Quotable],
    *,
    confidence: float,
    several: bool = False,
    within: Collection[Quotable] | None = None,
    out_of_place: Collection[Quotable] = (),
) -> list[Quotable]:
    """The first sentence, and further ones that add something new, best first.

    Of each part of the question in turn, as they are ranked. `confidence`: how probable it is that
    the first one answers; `several`: more than one thing is asked for; `within`: those among which
    further ones may be, by default all; `out_of_place`: others that may be, where they come nearer
    to the first one.
    """
    picked: list[Quotable] = []
    for _, of_part in groupby(ranked, key=lambda quotable: quotable.part):
        first, *others = of_part
        if not any(_repeats(first, other) for other in picked):
            picked.append(first)
        read = [quotable for quotable in others if quotable.reading is not None]
        odds_of_all = sum(map(_odds, read[:_RIVALS]))
        for quotable in others:
            gain = (1 - confidence) * _odds(quotable) / max(odds_of_all, 1e-9)
            by_odds = several or not read or quotable.score >= _LIKELY
            by_gain = bool(read) and not several and gain >= _MIN_GAIN
            adds = by_gain or (by_odds and _comes_near(quotable, first))
            if not adds or len(picked) >= _MAX_QUOTED:
                break
            may_be = within is None or quotable in within
            if not may_be and _comes_near(quotable, first, odds=_OUT_OF_PLACE_ODDS):
                may_be = quotable in out_of_place
            if may_be and not any(_repeats(quotable, other) for other in picked):
                picked.append(quotable)
    return picked


def differing(ranked: Sequence[Quotable], *, most: int) -> list[Quotable]:
    """The first `most` sentences that each say something different, best first."""
    picked: list[Quotable] = []
    for quotable in ranked:
        if len(picked) == most:
            break
        if not any(_repeats(quotable, other) for other in picked):
            picked.append(quotable)
    return picked


def _comes_near(quotable: Quotable, first: Quotable, *, odds: float = _NEAR_THE_BEST_ODDS) -> bool:
    if first.reading is None:
        return quotable.score >= _NEAR_THE_BEST * first.score
    return quotable.reading is not None and _odds(quotable) >= odds * _odds(first)


def _odds(quotable: Quotable) -> float:
    return quotable.score / max(1 - quotable.score, 1e-9)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage: where it stands there, how it is read, and its words; those of the
    title and the heading are `above`."""

    span: Span
    text: str
    terms: frozenset[str]
    above: frozenset[str]
    is_label: bool


def _quotable(
    place: Found,
    sentence: _Sentence,
    match: SentenceMatch,
    kind: Kind,
    query: Query,
    of_words: float,
) -> Quotable:
    passage, text = place.passage, sentence.text
    words = query.share_of_words(sentence.terms | sentence.above, field_of(passage.language))
    of_kind = any(has_kind(kind, text, variant.text) for variant in query.variants)
    other_kind = not of_kind or lacks(text, query.question.text)
    score = (
        _WEIGHTS["match"] * match.own
        + _WEIGHTS["cosine"] * match.cosine
        + of_words * words
        + _WEIGHTS["passage"] * place.score
        - _WEIGHTS["other_kind"] * other_kind
    ) / _HIGHEST
    return Quotable(
        passage,
        sentence.span.shifted(passage.span.start),
        text,
        min(max(score, 0.0), 1.0),
        match.own,
        match.cosine,
        words,
        other_kind,
        sentence.terms,
    )


def _sentences_of(passage: Passage) -> tuple[_Sentence, ...]:
    return _analysed(passage.text, passage.language, passage.title, passage.heading)


@lru_cache(maxsize=_KEPT_PASSAGES)
def _analysed(
    text: str, language: str | None, title: str, heading: str | None
) -> tuple[_Sentence, ...]:
    """Of a passage; some are found again and again. It takes .3 ms, and 8 KB to keep."""
    field = field_of(language)
    above = frozenset(map(intern, stemmed(f"{title} {heading or ''}", field)))
    sentences = list[_Sentence]()
    for span in passage_sentences(text, language):
        read = in_words(span.of(text), heading)
        terms = frozenset(map(intern, stemmed(read, field)))
        sentences.append(_Sentence(span, read, terms, above, is_label(text, span)))
    return tuple(sentences)


def _repeats(one: Quotable, other: Quotable) -> bool:
    shared, both = len(one.terms & other.terms), len(one.terms | other.terms)
    shorter = min(len(one.terms), len(other.terms))
    copied = (
        one.passage.article != other.passage.article
        and shorter >= _MIN_TERMS_TO_COPY
        and shared >= _COPIES * shorter
    )
    return copied or shared >= _REPEATS * both
