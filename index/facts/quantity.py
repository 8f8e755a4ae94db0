"""A quantity, and whether one is borne out by another."""

from dataclasses import dataclass
from enum import Enum

from footnote.corpus.span import Span

# A claim that says "about 70" of 72 is right, one of 80 is not.
_ROUGHLY = 0.1
# "Over 70" may be said of 72, but not of 130.
_NEAR = 0.75


class Bound(Enum):
    """How a number is meant: exactly, approximately, or as a lower or upper bound."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Quantity:
    """`unit` is a measure, a currency or "%", None for a mere count; `after` are the words that
    follow, of which the first is most often what is counted."""

    span: Span
    value: float
    bound: Bound = Bound.EXACT
    unit: str | None = None
    ordinal: bool = False
    after: tuple[str, ...] = ()

    def borne_out_by(self, other: "Quantity") -> bool:
        """Whether whoever reads the other may say this; see the table in the tests.

        A bound may be put to an exact figure that lies near it, and is never dropped; "about" may
        be, for a round figure stands for itself.
        """
        if not self.comparable(other):
            return False
        value, theirs = self.value, other.value
        if other.bound is not Bound.EXACT:
            follows = self.bound is other.bound or (self.bound, other.bound) in _FOLLOWS
            return value == theirs and follows
        near = value * _NEAR <= theirs <= value / _NEAR
        match self.bound:
            case Bound.EXACT:
                return value == theirs
            case Bound.ABOUT:
                return abs(value - theirs) <= _ROUGHLY * value
            case Bound.NEARLY:
                return value * (1 - _ROUGHLY) <= theirs < value
            case Bound.OVER:
                return theirs > value and near
            case Bound.AT_LEAST:
                return theirs >= value and near
            case Bound.UNDER:
                return theirs < value and near
        return theirs <= value and near

    @property
    def is_bounded(self) -> bool:
        """Whether many numbers are meant: more than it, or fewer."""
        return self.bound in (Bound.OVER, Bound.AT_LEAST, Bound.UNDER, Bound.AT_MOST)

    def excludes(self, other: "Quantity") -> bool:
        """Whether this is a bound that the other, an exact figure, lies beyond."""
        value, theirs = self.value, other.value
        if other.bound is not Bound.EXACT or self.ordinal:
            return False
        match self.bound:
            case Bound.OVER:
                return theirs <= value
            case Bound.AT_LEAST:
                return theirs < value
            case Bound.UNDER:
                return theirs >= value
            case Bound.AT_MOST:
                return theirs > value
        return False

    def comparable(self, other: "Quantity") -> bool:
        """Whether they are of one kind: both ordinals, or in the same unit; of neither "%", it may
        also be left unsaid by one."""
        units = (self.unit, other.unit)
        same = self.unit == other.unit or (None in units and "%" not in units)
        return same and self.ordinal == other.ordinal


# A claim with the first bound follows from the second, for the same number.
_FOLLOWS = {
    (Bound.AT_LEAST, Bound.OVER),
    (Bound.AT_MOST, Bound.UNDER),
    (Bound.AT_MOST, Bound.NEARLY),
    (Bound.UNDER, Bound.NEARLY),
    (Bound.ABOUT, Bound.NEARLY),
    (Bound.EXACT, Bound.ABOUT),
}
