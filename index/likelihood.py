"""How probable it is that a claim is borne out by a sentence or two, from how like they are."""

import math
from dataclasses import dataclass

from index.facts import Comparison

# To be fitted.
_INTERCEPT, _WORDS, _COSINE = -2.93, 2.15, 4.11
_STRANGE, _MISSING, _CONTRARY = 0.1, 0.03, 0.1

THRESHOLD = 0.55


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a claim is to a sentence or two.

    `words`: the share of the claim's words, by IDF and without its figures and dates, that they
    have with their title and heading. `cosine` as in SentenceMatch; of two sentences the higher.
    """

    words: float
    cosine: float

    @property
    def alike(self) -> float:
        """The probability that they bear the claim out if its facts all do."""
        logit = _INTERCEPT + _WORDS * self.words + _COSINE * self.cosine
        return 1 / (1 + math.exp(-logit))


def penalty(facts: Comparison) -> float:
    """What is left of that probability, from 0 to 1, where some of its facts are not borne out."""
    return float(
        _STRANGE ** len(facts.strange)
        * _MISSING ** (facts.missing > 0)
        * _CONTRARY ** (facts.denied or facts.swapped)
    )
