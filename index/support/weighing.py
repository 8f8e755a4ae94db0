"""Weighs a claim against one or two sentences of a passage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from footnote.corpus.span import Span
from footnote.corpus.timespan import Timespan
from footnote.index.facts.comparison import Comparison
from footnote.index.passages import Passage
from footnote.index.support.entailment import Entailed
from footnote.index.support.likelihood import DIFFERS, THRESHOLD, UNSAID, Likeness, penalty

_CLEARLY_AHEAD = 0.1
# Nor need it be ahead where it has so much more of the claim's words itself.
_MORE_SHARED = 0.1
# So much of a claim's words has to stand in the very sentence that is to contradict it: of less it
# can't be told whether it speaks of the same.
_SAME_WORDS = 0.85
# Of less its title and heading can be what makes it look alike. At .2 no right claim of our own is
# lost, nor of the short ones and the kinds, and .02 of ExpertQA's, with as many wrong ones; at .4
# .03 and .17.
_MIN_WORDS = 0.2
# Where a model has read both it takes less to tell.
CONTRADICTED, _MUCH_THE_SAME = 0.9, 0.5


@dataclass(frozen=True)
class Weighed:
    """A claim compared with one or two sentences of a passage; facts are compared lazily.

    `differs`: whether they have another word in the place of one of its own, which takes longest to
    tell; `says`: whether they say the word or two that a short claim has beside its names;
    `shared`: the share of its words that they have without their title and heading; `quoted`:
    whether the claim is this very text.
    """

    passage: Passage
    span: Span
    likeness: Likeness
    compared: Callable[[], Comparison]
    differs: Callable[[], bool]
    alone: bool
    says: bool
    shared: float
    text: str
    quoted: bool = False
    entailed: Entailed | None = None

    @cached_property
    def facts(self) -> Comparison:
        return self.compared()

    @cached_property
    def score(self) -> float:
        if self.quoted:
            return 1.0
        said = 1.0 if self.says or self.entailed else UNSAID
        score = self.alike * said * penalty(self.facts)
        if score >= THRESHOLD and not self.entailed and self.differs():
            return score * DIFFERS
        return score

    @property
    def alike(self) -> float:
        return self.entailed.entailed if self.entailed else self.likeness.alike

    @property
    def supports(self) -> bool:
        if self.quoted:
            return True
        if self.alike < THRESHOLD or not (self.shared >= _MIN_WORDS or self.entailed):
            return self.alike >= THRESHOLD and self.facts.stated > 0 and self.score >= THRESHOLD
        return self.score >= THRESHOLD

    @property
    def denies(self) -> bool:
        """Whether it is one sentence much like it that seems to say the contrary, figures aside, or
        of the same names that it is only planned, the opposite, of others or the like, or that
        there are more or fewer."""
        if not self.alone or self.quoted or self.likeness.alike < THRESHOLD:
            return False
        named = not self.facts.strange or self.facts.anothers
        otherwise = self.facts.contrary or (named and self.facts.says_otherwise)
        return (named and self.facts.out_of_bounds) or (otherwise and not self.facts.missing)

    def outweighs(self, other: "Weighed") -> bool:
        """More so in the same article, for articles may disagree; what a newer one says is so no
        longer is so no longer, whatever an older one says."""
        if self.facts.former and self._is_newer(other):
            return True
        ahead = self.likeness.alike - other.likeness.alike
        if self.passage.article != other.passage.article:
            return ahead > _CLEARLY_AHEAD
        return ahead > (-_CLEARLY_AHEAD if self.shared > other.shared + _MORE_SHARED else 0)

    def _is_newer(self, other: "Weighed") -> bool:
        mine, theirs = self.passage.date, other.passage.date
        return (
            mine is not None
            and theirs is not None
            and Timespan.of(mine).first > Timespan.of(theirs).last
        )

    @property
    def contradicts(self) -> bool:
        """Whether it is one sentence that says otherwise, and nearly everything else the same."""
        if not self.alone or self.quoted or self.shared < _MUCH_THE_SAME:
            return False
        if self.entailed and self.entailed.contradicted >= CONTRADICTED:
            return True
        return self.shared >= _SAME_WORDS and self.facts.contradicts


def best_score(weighed: Sequence[Weighed]) -> float:
    """The highest score; skips comparing facts where they could not raise it."""
    best = 0.0
    for one in sorted(weighed, key=lambda one: -one.alike):
        if one.alike <= best:
            break
        best = max(best, one.score)
    return best
