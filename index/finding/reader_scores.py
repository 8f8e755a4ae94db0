"""Reranks the sentences of the best passages with the reader, a cross-encoder."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from footnote.index.finding.by_time import MIN_DAYS
from footnote.index.finding.coefficients import COEFFICIENTS
from footnote.index.finding.followup import leant_on
from footnote.index.finding.query import Query
from footnote.index.finding.quoting import SAID, Quotable
from footnote.index.finding.resolved import resolved
from footnote.index.finding.retrieval import Found
from footnote.index.keeping.lexical import LexicalIndex
from footnote.index.models.reader import Reader
from footnote.index.passages import Passage
from footnote.index.words import field_of

# The right passage is among the first three for .98 and more of the questions of OneStopQA, ClapNQ,
# XQuAD and SQuAD 2.0. Of our own freely worded questions, whose words no passage has, it is for
# .53, and among the first ten for .82: so sentences of more are read for these.
PASSAGES, PASSAGES_WHERE_UNSAID = 3, 10
# So many tokens are read for a question, at .16 to .25 ms of one core each: those of the sentences
# that are likest to it, which is three passages nearly whole, or the best third of ten. The right
# sentence is then first for .367 and among three for .517 of the freely worded questions, as for
# .367 and .533 where all ten passages were read whole (1,430 tokens), and for .772 and .911 of 180
# of OneStopQA's (.761 and .911). With 410 tokens: .333, .467 and .767, .900.
_MAX_TOKENS, _MAX_TOKENS_OF_REPORTS = 500, 670
# What stands between question, title and sentences; and the fewest that a sentence has, about.
_MARKS, _MIN_TOKENS = 4, 6
WEAKEST, STRONGEST = -8.0, 8.0


# A passage in another language is not read: the reader knows English only.
_LANGUAGE = "en"
_MAX_PREVIOUS_CHARACTERS = 300
_HARDLY_ANY_WORDS = 3


def reread(
    query: Query,
    found: Sequence[Found],
    ranked: Sequence[Quotable],
    reader: Reader,
    lexical: LexicalIndex,
    *,
    reports: int = 0,
    only_first: bool = False,
) -> list[Quotable]:
    """The ranked sentences in a new order, by the reader's scores combined with their own.

    `score` is then the estimated probability that the sentence answers, and `reading` what the
    reader said of it. A sentence that was not read comes after those that were. Where none was,
    all is as it was. The best passages of so many dated `reports` are read, too.
    `only_first`: no more is read than it takes to know which comes first.
    """
    read = readings(query, found, ranked, reader, lexical, reports=reports, only_first=only_first)
    return judged(ranked, read, COEFFICIENTS.sentence) if read else list(ranked)


def readings(
    query: Query,
    found: Sequence[Found],
    ranked: Sequence[Quotable],
    reader: Reader,
    lexical: LexicalIndex,
    *,
    reports: int = 0,
    only_first: bool = False,
) -> dict[tuple[int, int], float]:
    """The reader's raw scores of sentences in the best passages, by passage key and start offset.

    A follow-up is read as it would stand alone, where that is plain.
    Nothing where the best passage is in a language that it does not know: those that it can read
    would come before it. `only_first` as in `reread`, unless several reports are read: of 489
    tokens a question on average 438 are read then (841 of OneStopQA, SQuAD 2.0, ClapNQ and our own;
    of ClapNQ's 365 of 495). The right sentence is first for as many, and shown to as many; among
    three it is for 672 instead of 673.
    """
    if not found or not is_read(found[0].passage.language):
        return {}
    is_said = max((place.words for place in found), default=0.0) >= SAID
    limit = PASSAGES if is_said else PASSAGES_WHERE_UNSAID
    of_reports = _of_reports(found, reports)
    passages = {
        place.passage.key: place.passage
        for place in (*found[:limit], *of_reports)
        if is_read(place.passage.language)
    }
    by_passage: dict[int, list[Quotable]] = {key: [] for key in passages}
    for quotable in ranked:
        if quotable.passage.key in by_passage:
            by_passage[quotable.passage.key].append(quotable)
    whole = resolved(query.question) if query.leans else None
    pairs = {
        key: (whole.text if whole else _asked(query, sentences, lexical), _headed(passages[key]))
        for key, sentences in by_passage.items()
    }
    read = dict[tuple[int, int], float]()
    most = _MAX_TOKENS_OF_REPORTS if of_reports else _MAX_TOKENS
    weights, best = COEFFICIENTS.sentence, -math.inf
    for key, chosen in _promising(ranked, pairs, reader, most).items():
        # The first that was chosen of each is its best, and those of the passages are in order.
        left = _logit(weights, STRONGEST, chosen[0].score)
        if only_first and not of_reports and best >= left:
            break
        sentences = sorted(chosen, key=lambda sentence: sentence.span.start)
        said = reader.read(*pairs[key], [sentence.text for sentence in sentences])
        for sentence, reading in zip(sentences, said, strict=True):
            read[key, sentence.span.start] = reading
            best = max(best, _logit(weights, reading, sentence.score))
    return read


def _promising(
    ranked: Sequence[Quotable], pairs: Mapping[int, tuple[str, str]], reader: Reader, most: int
) -> dict[int, list[Quotable]]:
    """The sentences that are read of each passage: those ranked first, as far as they fit.

    `pairs` have the question and the title that are read with those of each passage, by its key;
    `most` is how many tokens may be read, at least one sentence whatever it takes.
    """
    chosen, left = dict[int, list[Quotable]](), most
    for quotable in ranked:
        key = quotable.passage.key
        if key not in pairs or (chosen and len(quotable.text.split()) > left):
            continue  # it has a token for each word at least, and to count those takes longer
        cost = reader.length(quotable.text)
        if key not in chosen:
            cost += sum(map(reader.length, pairs[key])) + _MARKS
        if cost <= left or not chosen:
            left -= cost
            chosen.setdefault(key, []).append(quotable)
        if left < _MIN_TOKENS:
            break
    return chosen


def _headed(passage: Passage) -> str:
    return ", ".join(part for part in (passage.title, passage.heading) if part)


def _of_reports(found: Sequence[Found], reports: int) -> Sequence[Found]:
    """The best passage of each of so many dated articles; none where these are of too few days."""
    best: dict[str, Found] = {}
    for place in found:
        if place.passage.date:
            best.setdefault(place.passage.article, place)
    of_reports = list(best.values())[:reports]
    days = {place.passage.date for place in of_reports}
    return of_reports if len(days) >= MIN_DAYS else []


def is_read(language: str | None) -> bool:
    """Whether the reader supports the language."""
    return (language or _LANGUAGE).lower().startswith(_LANGUAGE)


def judged(
    ranked: Sequence[Quotable],
    read: Mapping[tuple[int, int], float],
    weights: Mapping[str, float],
) -> list[Quotable]:
    """The sentences with reader scores and new final scores, in order of the latter."""
    judged = [_judged(q, read.get((q.passage.key, q.span.start)), weights) for q in ranked]
    return sorted(judged, key=lambda quotable: (quotable.reading is None, -quotable.score))


def _asked(query: Query, sentences: Sequence[Quotable], lexical: LexicalIndex) -> str:
    """The question in the wording that has most of its words in the passage.

    A follow-up of hardly a word ("And Iran?") after what it leans on; others alone, for the
    passages were found by what was asked before, and have what "it" stands for. With the previous
    question before them all, a right sentence is among three for .69 of our own 16, alone for .81.
    """
    variant = query.variants[0]
    if len(query.variants) > 1 and sentences:
        passage = sentences[0].passage
        field = field_of(passage.language)
        terms = set(lexical.terms(f"{passage.title} {passage.heading or ''}", field))
        terms = terms.union(*(sentence.terms for sentence in sentences))
        variant = max(query.variants, key=lambda one: one.share_of_words(terms, field))
    if query.leans and len(variant.text.split()) <= _HARDLY_ANY_WORDS:
        previous = (leant_on(query.question) or "")[:_MAX_PREVIOUS_CHARACTERS]
        return f"{previous} {variant.text}".strip()
    return variant.text


def _judged(quotable: Quotable, reading: float | None, weights: Mapping[str, float]) -> Quotable:
    logit = _logit(weights, WEAKEST if reading is None else reading, quotable.score)
    return replace(quotable, score=1 / (1 + math.exp(-logit)), reading=reading)


def _logit(weights: Mapping[str, float], reading: float, score: float) -> float:
    """Of the probability that a sentence answers."""
    bounded = min(max(reading, WEAKEST), STRONGEST)
    return weights["intercept"] + weights["reading"] * bounded + weights["score"] * score
