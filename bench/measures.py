"""The measures, each on plain values, so that it can be worked out by hand."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

HELD = 0.9
"""A passage holds a sentence when it has this share of its characters in one run."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a system returned: text of an article."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Gold:
    """What should be returned: any of these sentences, in any of these articles."""

    articles: Sequence[str]
    sentences: Sequence[str]

    def held_by(self, piece: Piece) -> bool:
        return piece.article in self.articles and any(
            holds(piece.text, sentence) for sentence in self.sentences
        )


def holds(text: str, sentence: str) -> bool:
    run = math.ceil(HELD * len(sentence))
    starts = range(len(sentence) - run + 1)
    return any(sentence[start : start + run] in text for start in starts)


def place(pieces: Sequence[Piece], gold: Gold) -> int | None:
    """Of the first piece that holds a gold sentence, counted from 1."""
    return next((n for n, piece in enumerate(pieces, start=1) if gold.held_by(piece)), None)


def within(pieces: Sequence[Piece], gold: Gold, *, characters: int) -> bool:
    """Whether a gold sentence is held within so many characters, the pieces read in their order."""
    for piece in pieces:
        if gold.held_by(Piece(piece.article, piece.text[:characters])):
            return True
        characters -= len(piece.text)
        if characters <= 0:
            break
    return False


def hit(places: Sequence[int | None], k: int) -> float:
    """The share of questions with a gold sentence among the first k pieces."""
    return fmean(place is not None and place <= k for place in places)


def mrr(places: Sequence[int | None], k: int = 10) -> float:
    """The mean of 1 / place, 0 beyond the first k."""
    return fmean(1 / place if place is not None and place <= k else 0.0 for place in places)


def recall(returned: Sequence[str], gold: Sequence[str]) -> float:
    """The share of the gold articles that are among those returned."""
    return len(set(returned) & set(gold)) / len(set(gold))


def share_held(pieces: Sequence[Piece], gold: Gold) -> float:
    """The share of the gold sentences that the pieces hold."""
    one_each = [Gold(gold.articles, [sentence]) for sentence in gold.sentences]
    return fmean(place(pieces, one) is not None for one in one_each)


def answered_by(pieces: Sequence[Piece], articles: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether an answer lies in a piece of a gold article, as whole words, in any case."""
    wanted = re.compile(
        "|".join(rf"(?<!\w){re.escape(answer)}(?!\w)" for answer in answers), re.IGNORECASE
    )
    return any(piece.article in articles and wanted.search(piece.text) for piece in pieces)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often a positive scores above a negative; a tie counts half (Mann and Whitney)."""
    values = sorted([(value, True) for value in positive] + [(value, False) for value in negative])
    ranks, begin = 0.0, 0
    while begin < len(values):
        end = begin
        while end < len(values) and values[end][0] == values[begin][0]:
            end += 1
        middle = (begin + 1 + end) / 2
        ranks += middle * sum(is_positive for _, is_positive in values[begin:end])
        begin = end
    fewest = len(positive) * (len(positive) + 1) / 2
    return (ranks - fewest) / (len(positive) * len(negative))


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence is alike: how sure, how often right, and how many."""

    confidence: float
    right: float
    count: int


def reliability(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> list[Bin]:
    """Bins of equal width over confidence from 0 to 1, empty ones left out."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        sorted_in.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        Bin(fmean(c for c, _ in members), fmean(right for _, right in members), len(members))
        for _, members in sorted(sorted_in.items())
    ]


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error: confidence against right, over ten bins (Guo et al. 2017)."""
    return sum(b.count * abs(b.confidence - b.right) for b in reliability(judged, bins=10)) / len(
        judged
    )


def risk_by_coverage(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(coverage, risk) as questions are answered from the surest down.

    Risk is the share of wrong ones among those that are answered.
    """
    curve, wrong = [], 0
    for count, (_, right) in enumerate(sorted(judged, key=lambda one: -one[0]), start=1):
        wrong += not right
        curve.append((count / len(judged), wrong / count))
    return curve


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]
