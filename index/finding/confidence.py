"""Confidence: the probability that the sentence quoted first answers the question."""

import math
import re
from collections.abc import Mapping, Sequence

from footnote.corpus.language import capitalises_nouns
from footnote.index.blocks import header_in
from footnote.index.facts.polarity import says_not
from footnote.index.finding.coefficients import COEFFICIENTS
from footnote.index.finding.kind import word_defined
from footnote.index.finding.lacking import cannot_answer, lacks
from footnote.index.finding.missing_names import share_missing
from footnote.index.finding.query import Query
from footnote.index.finding.quoting import Quotable
from footnote.index.finding.reader_scores import STRONGEST, WEAKEST, is_read
from footnote.index.finding.retrieval import Found
from footnote.index.passages import Passage
from footnote.index.words import field_of, stemmed

SURE = COEFFICIENTS.sure
"""From here on Footnote answers. `python -m bench.fit` tells how both thresholds are chosen."""

NEAR = COEFFICIENTS.near
"""From here up to SURE it shows what comes nearest, below it nothing."""

# Unless no passage has as much of the question's meaning or of its words as this. With both bounds
# .93 of our own 60 freely worded questions have something near, and .99 of OneStopQA's; of 162
# questions of other sets, on other subjects, .17 have. At a cosine of .28: .85, .98 and .14.
_NEAR_COSINE, _NEAR_WORDS = 0.26, 0.25

# What the passages from the fourth on score where there are no more than three of them.
_USUAL_BACKGROUND = 0.26
_ALMOST = 0.99
_MAX_TERMS = 10
_ASKS_FOR_THE_MOST = re.compile(
    r"\b(?:most|least|fewest|highest|lowest|largest|smallest|biggest|greatest|longest|shortest"
    r"|oldest|youngest|newest|busiest|best|worst)\b",
    re.IGNORECASE,
)
_MAX_MARGIN = 4.0
# What the passage comes near to of a question of names and figures alone.
_USUAL_COMMON = 0.7


def confidence(query: Query, found: Sequence[Found], ranked: Sequence[Quotable]) -> float:
    """The probability, from 0 to 1, that the first of the ranked sentences answers the question.

    0 where nothing was found. Not sure where the passage has none of the names and figures of the
    question (of 30 such questions of four sets that were answerable 1 had been sure, of 22 that
    were not, 2), nor where the sentence has not even an amount where one is asked for, nor where it
    is a row of a table of which the question asks for the one with the most, nor where the passage
    lacks the one word that it is asked the meaning of, nor, in a language that the reader does not
    know, where it has no count or time where one is asked for.
    """
    if not found or not ranked:
        return 0.0
    values = features(query, found, ranked)
    probable = logistic(_weights(ranked[0]), values)
    asked, best = query.question.text, ranked[0]
    of_many = _ASKS_FOR_THE_MOST.search(asked) and header_in(best.passage.heading)
    unread_kind = best.other_kind and not is_read(best.passage.language)
    in_vain = (
        values["missing"] == 1
        or cannot_answer(best.text, asked, beside=best.passage.text)
        or of_many
        or unread_kind
        or _lacks_the_word(query, best.passage)
    )
    return min(probable, _ALMOST * SURE) if in_vain else probable


def _lacks_the_word(query: Query, passage: Passage) -> bool:
    """Of "What are neurites?", in any wording."""
    words = [word_defined(variant.text) for variant in query.variants]
    if words[0] is None:
        return False
    field = field_of(passage.language)
    there = set(stemmed(f"{passage.title}\n{passage.heading or ''}\n{passage.text}", field))
    return not any(word is None or there & set(stemmed(word, field)) for word in words)


def _weights(best: Quotable) -> Mapping[str, float]:
    if best.reading is not None:
        return COEFFICIENTS.confidence_read
    if is_read(best.passage.language):
        return COEFFICIENTS.confidence_unread
    return COEFFICIENTS.confidence_foreign


def is_far_off(found: Sequence[Found]) -> bool:
    """Whether no passage resembles the question, either in meaning or in words."""
    return not any(place.cosine >= _NEAR_COSINE or place.words >= _NEAR_WORDS for place in found)


def features(
    query: Query, found: Sequence[Found], ranked: Sequence[Quotable]
) -> Mapping[str, float]:
    """The features of the confidence model; needs at least one passage and one sentence.

    How far the best passage stands out from the others tells a question that is answered from one
    that is merely about what all the articles are about. Names and figures that the passage has not
    speak against an answer, and so does a "not" in the question and none in the sentence: so it is
    with .15 of SQuAD's questions that look answerable, and with .01 of those that are.
    """
    best = ranked[0]
    others = [place.score for place in found[3:]]
    background = sum(others) / len(others) if others else _USUAL_BACKGROUND
    second = next((other for other in ranked[1:] if other.reading is not None), None)
    return {
        "reading": _bounded(best.reading),
        "margin": min(_logit(best.score) - _logit(second.score), _MAX_MARGIN)
        if second
        else _MAX_MARGIN,
        "passage": found[0].score,
        "common": _common(best, found),
        "above_others": found[0].score - background,
        "cosine": best.cosine,
        "words": best.words,
        "other_kind": float(best.other_kind),
        "missing": _missing(query, best),
        "terms": min(query.variants[0].length, _MAX_TERMS) / _MAX_TERMS,
        "lacks": float(lacks(best.text, query.question.text)),
        "not_denied": float(says_not(query.question.text) and not says_not(best.text)),
    }


def logistic(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """1 / (1 + exp(−(intercept + Σ weight · value))), over the features that have a weight."""
    logit = weights["intercept"] + sum(
        weight * values[name] for name, weight in weights.items() if name != "intercept"
    )
    return 1 / (1 + math.exp(-min(max(logit, -30.0), 30.0)))


def _common(best: Quotable, found: Sequence[Found]) -> float:
    """How near the passage of the best sentence comes to the words that are asked about."""
    place = next((place for place in found if place.passage.key == best.passage.key), found[0])
    return _USUAL_COMMON if place.common is None else place.common


def _bounded(reading: float | None) -> float:
    return min(max(WEAKEST if reading is None else reading, WEAKEST), STRONGEST)


def _logit(score: float) -> float:
    score = min(max(score, 1e-9), 1 - 1e-9)
    return math.log(score / (1 - score))


def _missing(query: Query, best: Quotable) -> float:
    """The share of the names and figures, in any wording, that the passage and its title lack."""
    passage = best.passage
    if capitalises_nouns(passage.language):
        return 0.0
    there = f"{passage.title}\n{passage.heading or ''}\n{passage.text}"
    return min(share_missing(variant.text, there) for variant in query.variants)
