"""How probable it is that a claim is borne out by a sentence or two, from how like they are."""

import math
from dataclasses import dataclass

# To be fitted.
_INTERCEPT = -3.4
_WORDS, _WORDS_ALONE, _PASSAGE_WORDS, _MATCH = 3.0, 2.0, 1.0, 6.0
_STRANGE, _MISSING, _CONTRARY = 0.3, 0.03, 0.1

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """`words`: the share of the claim's words, by IDF, without its figures and dates, that the
    sentences have with their title and heading; `alone`: without these; `passage_words`: that the
    whole passage has. `match` as in SentenceMatch. Of the facts,
    as in Comparison; `strange`: how many names the sentences and their title haven't.
    """

    words: float
    alone: float
    passage_words: float
    match: float
    strange: int = 0
    missing: int = 0
    denied: bool = False
    swapped: bool = False


def likelihood(likeness: Likeness) -> float:
    """The probability, from 0 to 1."""
    return (
        alikeness(likeness)
        * _STRANGE**likeness.strange
        * _MISSING ** (likeness.missing > 0)
        * _CONTRARY ** (likeness.denied or likeness.swapped)
    )


def alikeness(likeness: Likeness) -> float:
    """The same, were all the facts borne out: whether they speak of the same at all."""
    return 1 / (1 + math.exp(-_alike(likeness)))


def _alike(likeness: Likeness) -> float:
    return (
        _INTERCEPT
        + _WORDS * likeness.words
        + _WORDS_ALONE * likeness.alone
        + _PASSAGE_WORDS * likeness.passage_words
        + _MATCH * likeness.match
    )
