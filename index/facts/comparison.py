"""Compares what a claim and its evidence state: quantities, dates, names, roles and negation."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from footnote.index.facts.clauses import Stem, Word, words
from footnote.index.facts.comparatives import compares_the_other_way
from footnote.index.facts.dates import Date, dates
from footnote.index.facts.enumerations import counted
from footnote.index.facts.former import is_no_longer
from footnote.index.facts.halves import is_of_other_half
from footnote.index.facts.intentions import is_left_undone
from footnote.index.facts.life_dates import of_same_end
from footnote.index.facts.names import name_forms, names, same_name
from footnote.index.facts.opposites import denies_the_opposite, says_the_opposite
from footnote.index.facts.polarity import denies, denies_outright
from footnote.index.facts.quantifiers import (
    claims_of_all,
    claims_of_all_unnamed,
    claims_of_them_only,
)
from footnote.index.facts.quantities import quantities
from footnote.index.facts.quantity import Bound, Quantity
from footnote.index.facts.roles import (
    are_swapped,
    are_turned_round,
    has_another_doer,
    is_done_to_another_aside,
    is_verb,
)
from footnote.index.facts.table_columns import figures_of_other_times

# What says something of a figure whose noun is left out.
_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "would"))
_WORD = re.compile(r"\w+")
_AS_OF, _MAX_BEFORE = re.compile(r"\b(?:as of|since|until|till|by)\s+$", re.IGNORECASE), 12
# Right before a figure: there are no more.
_NO_MORE = (["only"], ["just"], ["exactly"])


@dataclass(frozen=True)
class Facts:
    """The facts of a text, extracted lazily. `also`: other names of what it names; `opening`:
    whether its first word is a name."""

    text: str
    language: str | None
    stem: Stem
    also: str = ""
    opening: bool = False

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities(self.text, self.language)

    @cached_property
    def counted(self) -> list[int]:
        return counted(self.text)

    @cached_property
    def dates(self) -> list[Date]:
        return dates(self.text, self.language)

    @cached_property
    def years(self) -> frozenset[int]:
        return frozenset(date.year for date in self.dates if date.year is not None)

    @cached_property
    def words(self) -> list[Word]:
        return words(self.text, self.stem)

    @cached_property
    def halves(self) -> list[list[Word]]:
        """The words between its semicolons."""
        return [words(half, self.stem) for half in self.text.split(";")]

    @cached_property
    def names(self) -> list[tuple[str, ...]]:
        """The names without those in dates, each as its words: ("Bilal", "Anwar", "Kasi")."""
        inside = [date.span for date in self.dates]
        runs: list[tuple[str, ...]] = []
        end = -1
        for match in names(self.text, self.language, opening=self.opening):
            if any(span.start <= match.start() < span.end for span in inside):
                continue
            goes_on = bool(runs) and self.text[end : match.start()].strip(" -–") == ""
            runs = [*runs[:-1], (*runs[-1], match[0])] if goes_on else [*runs, (match[0],)]
            end = match.end()
        return runs

    @cached_property
    def forms(self) -> frozenset[str]:
        """Of every word, by which a name is known again."""
        return name_forms(self.text)

    @cached_property
    def other_forms(self) -> frozenset[str]:
        """Of the words of other names."""
        return name_forms(self.also)


def joined(parts: Sequence[Facts]) -> Facts:
    """The facts of several sentences, as of one text."""
    first = parts[0]
    if len(parts) == 1:
        return first
    text = " ".join(part.text for part in parts)
    return Facts(text, first.language, first.stem, " ".join(part.also for part in parts))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which of a claim's facts its evidence does not bear out.

    `missing`: how many quantities and dates, or in a row of a table none of this time; `differing`:
    whether it is one, and the evidence has one other in its place, said of the same thing and no
    other time; `strange`: the words of names that it hasn't; `denied`, `swapped`: it says the
    contrary, or has who does and who suffers it the other way round; `outright`: whether what it
    denies is the very next word; `unrelated`: how many facts it has, but of something else;
    `undone`: what is claimed to be done is only planned, feared, denied or hindered; `anothers`: it
    is what another did; `former`: it is so no longer; `other_half`: it is what another did, of whom
    the claim's doer is told apart; `opposite`: it has the opposite of a word of the claim, or of a
    comparison, instead; `some`: it says of some what is claimed of all; `unstated`: it names none
    of them, or has no "only" or no such order in time; `reversed`: it has that order the other way
    round; `out_of_bounds`: it counts more of the same, or fewer, than the claim allows;
    `stated`: how many of its quantities and dates it has itself.
    """

    missing: int
    differing: bool
    strange: Sequence[str]
    denied: bool
    swapped: bool
    unrelated: int = 0
    outright: bool = False
    undone: bool = False
    anothers: bool = False
    former: bool = False
    other_half: bool = False
    opposite: bool = False
    some: bool = False
    unstated: bool = False
    reversed: bool = False
    out_of_bounds: bool = False
    stated: int = 0

    @property
    def unsaid(self) -> bool:
        """Whether it says something else of the same, or less."""
        return self.says_otherwise or self.unstated

    @property
    def says_otherwise(self) -> bool:
        return self.undone or self.anothers or self.opposite or self.some or self.reversed

    @property
    def contrary(self) -> bool:
        """Whether it can't be so by this, whatever else is said."""
        return self.denied or self.swapped or self.former or self.other_half

    @property
    def contradicts(self) -> bool:
        """Whether it says the contrary, if it speaks of the same at all."""
        return not self.strange and (
            self.differing or (not self.missing and (self.outright or self.swapped))
        )


def compare(claim: Facts, evidence: Facts, around: Collection[Facts] = ()) -> Comparison:
    """Compares a claim's facts with the evidence's; `around` is what stands near the evidence.

    From around it come years that a date is without, and names that a pronoun stands for.
    """
    years = evidence.years.union(*(facts.years for facts in around))
    texts = [evidence, *around]
    forms = frozenset[str]().union(*(facts.forms for facts in texts))
    others = frozenset[str]().union(*(facts.other_forms for facts in texts))
    unsaid_dates = [d for d in claim.dates if not _date_borne_out(d, claim, evidence, years)]
    lost_dates = [d for d in unsaid_dates if not _names_by_year(d, claim, around)]
    unsaid = [q for q in claim.quantities if not quantity_borne_out(q, claim, evidence)]
    lost = [q for q in unsaid if not _is_of_a_name(q, claim, around)]
    kept = [q for q in claim.quantities if q not in lost]
    near = {word.stem for facts in around for word in facts.words}
    elsewhere = figures_of_other_times(kept, claim.dates, evidence.text, evidence.language)
    may_deny = not denies_the_opposite(claim.words, evidence.words, claim.language)
    return Comparison(
        len(lost_dates) + len(lost) + elsewhere,
        _is_differing(lost_dates, lost, claim, evidence),
        tuple(word for name in claim.names for word in _strange(name, forms, others)),
        may_deny and denies(claim.words, evidence.words),
        are_swapped(claim.words, evidence.words),
        outright=may_deny and denies_outright(claim.words, evidence.words),
        undone=is_left_undone(claim.words, evidence.words),
        anothers=has_another_doer(claim.words, evidence.words)
        or is_done_to_another_aside(claim.words, evidence.words)
        or are_turned_round(claim.words, evidence.words),
        former=is_no_longer(claim.words, evidence.words),
        other_half=is_of_other_half(claim.words, evidence.halves),
        opposite=says_the_opposite(claim.words, evidence.words, claim.language)
        or compares_the_other_way(claim.words, evidence.words),
        some=claims_of_all(claim.words, evidence.words),
        unstated=claims_of_all_unnamed(claim.words, evidence.words, near)
        or claims_of_them_only(claim.words, evidence.words),
        stated=len(claim.dates) + len(claim.quantities) - len(unsaid_dates) - len(unsaid),
        out_of_bounds=any(_is_out_of_bounds(q, claim, evidence) for q in lost),
    )


def _strange(name: Sequence[str], forms: Collection[str], others: Collection[str]) -> list[str]:
    """The words of a name that are not there. Of what only stands for something else, a part is
    not enough: where "SCO" is all that there is, nothing is said of "Shanghai"."""
    known = {*forms, *others} if len(name) > 1 or name[0].isupper() else forms
    return [word for word in name if not same_name(word, known)]


def _date_borne_out(date: Date, claim: Facts, evidence: Facts, years: Collection[int]) -> bool:
    """Of what was before or after a date, every date in the evidence has to be so: one of them may
    be that of something else, and "as of 2024" dates nothing that happened, but how many there
    were."""
    dates = of_same_end(evidence.dates, evidence.text, claim.text)
    if date.bound:
        same = [other for other in dates if other.bound == date.bound]
        states = [other for other in dates if _is_of_a_state(other, evidence)]
        there = same or [other for other in dates if other not in states]
        if claim.quantities and states:
            there = states
        return bool(there) and all(date.borne_out_by(other, years) for other in there)
    return any(date.borne_out_by(other, years) for other in dates) or (
        _is_bare_year(date) and any(q.value == date.year for q in evidence.quantities)
    )


def _names_by_year(date: Date, claim: Facts, around: Collection[Facts]) -> bool:
    """Whether a year is a part of what names a thing, as title or heading do: "the 2020 floods"."""
    if not _is_bare_year(date):
        return False
    year = date.span.of(claim.text)
    before = _WORD.findall(claim.text[: date.span.start])[-1:]
    after = _WORD.findall(claim.text[date.span.end :])[:1]
    named = [f"{word} {year}" for word in before] + [f"{year} {word}" for word in after]
    return any(_has_words(facts.text, words) for words in named for facts in around)


def _is_of_a_state(date: Date, evidence: Facts) -> bool:
    before = evidence.text[max(date.span.start - _MAX_BEFORE, 0) : date.span.start]
    return _AS_OF.search(before) is not None


def _is_differing(
    lost_dates: Sequence[Date], lost: Sequence[Quantity], claim: Facts, evidence: Facts
) -> bool:
    """Whether one fact is lost, and one that the claim hasn't stands where it would.

    Where there are several others, it can't be told which of them is of the same thing; nor can
    it, of a figure, where the evidence is about another time, or the claim says of none. Before
    and after a date there are many, and to a bound only what lies beyond it is otherwise.
    """
    free_dates = [o for o in evidence.dates if not any(d.borne_out_by(o) for d in claim.dates)]
    if len(lost_dates) + len(lost) != 1:
        return False
    if lost_dates:
        otherwise = len(free_dates) == 1 and _is_otherwise(lost_dates[0], free_dates[0])
        return otherwise and not lost_dates[0].bound and not _tells_of_more(claim, evidence)
    [quantity] = lost
    free = [
        other
        for other in evidence.quantities
        if quantity.comparable(other) and not any(q.borne_out_by(other) for q in claim.quantities)
    ]
    if len(free) != 1 or any(date.year is not None for date in free_dates):
        return False
    if quantity.is_bounded and not quantity.excludes(free[0]):
        return False
    same_unit = quantity.unit is not None and quantity.unit == free[0].unit
    return (
        quantity.ordinal
        or same_unit
        or _counts_the_same(_after(quantity, claim), _after(free[0], evidence))
    )


def _tells_of_more(claim: Facts, evidence: Facts) -> bool:
    """Whether the claim only says when something was, and the evidence what was done: its date may
    be of that. "The attack was in July" against "The court took up the attack in October"."""
    return not _has_verb(claim) and _has_verb(evidence)


def _has_verb(facts: Facts) -> bool:
    return any(is_verb(facts.words, at) for at in range(len(facts.words)))


def _is_otherwise(date: Date, other: Date) -> bool:
    """Whether the other says as much and something else."""
    return (
        date.differs_from(other)
        and (date.day is None or other.day is not None)
        and (date.month is None or other.month is not None)
    )


def quantity_borne_out(quantity: Quantity, claim: Facts, evidence: Facts) -> bool:
    """Where the evidence has a figure for the same thing, it has to be that one, or one of which
    it isn't said what it counts: "80 people died and 22 people escaped", "killing more than 30",
    "22 people died and 80 were hurt". Of names in a row the number may be said."""
    there = [other for other in evidence.quantities if quantity.comparable(other)]
    said = [] if quantity.ordinal else _after(quantity, claim)
    after = {other.span: _after(other, evidence) for other in there}
    of_the_same = [other for other in there if _is_of_the_same(said, after[other.span])]
    of_anything = [
        other
        for other in there
        if not after[other.span] or _is_elliptical(other) or _is_in_place_of(other, claim)
    ]
    candidates = [*of_the_same, *of_anything] if of_the_same else there
    if quantity.is_bounded:
        candidates = quantity.nearest(candidates)
    if any(quantity.borne_out_by(other) for other in candidates):
        return True
    if quantity.ordinal and _is_of_century(quantity):
        return any((year - 1) // 100 + 1 == quantity.value for year in evidence.years)
    plain = not quantity.ordinal and quantity.unit is None and quantity.bound is Bound.EXACT
    return plain and quantity.value in (*evidence.years, *evidence.counted)


def _is_of_a_name(quantity: Quantity, claim: Facts, around: Collection[Facts]) -> bool:
    """Whether it is a part of a name that stands near the evidence, as in "Cars 3"."""
    span = quantity.span
    before = _WORD.findall(claim.text[: span.start])[-1:]
    after = _WORD.findall(claim.text[span.end :])[:1]
    figure = span.of(claim.text)
    named = [f"{word} {figure}" for word in before if word[0].isupper()]
    named += [f"{figure} {word}" for word in after if word[0].isupper()]
    return any(_has_words(facts.text, words) for words in named for facts in around)


def _has_words(text: str, words: str) -> bool:
    pieces, there = _WORD.findall(words.casefold()), _WORD.findall(text.casefold())
    return any(there[at : at + len(pieces)] == pieces for at in range(len(there)))


def _is_out_of_bounds(quantity: Quantity, claim: Facts, evidence: Facts) -> bool:
    """Whether the evidence has one figure of the same thing, and it lies beyond a bound of the
    claim's: "fewer than eight states" where it has ten."""
    said = _after(quantity, claim)
    same = [
        other
        for other in evidence.quantities
        if quantity.comparable(other) and _counts_the_same(said, _after(other, evidence))
    ]
    if len(same) != 1:
        return False
    before = claim.text[: quantity.span.start].casefold().split()[-1:]
    no_more = before in _NO_MORE and same[0].bound is Bound.EXACT
    return quantity.excludes(same[0]) or (no_more and same[0].value > quantity.value)


def _is_elliptical(quantity: Quantity) -> bool:
    """Whether a verb follows at once: "80 were hurt"."""
    return bool(quantity.after) and quantity.after[0].casefold() in _VERBS


def _is_in_place_of(quantity: Quantity, claim: Facts) -> bool:
    """Whether where it is follows, and the claim names that: "90 in Ulm"."""
    before, where = (*quantity.after[:2], "", "")[:2]
    named = before in ("in", "at") and where[:1].isupper()
    return named and name_forms(where) <= claim.forms


def _is_of_century(quantity: Quantity) -> bool:
    return quantity.after[:1] == ("century",)


def _after(quantity: Quantity, facts: Facts) -> list[str]:
    return [stem for word in quantity.after if (stem := facts.stem(word))]


def _is_of_the_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether what one of them counts, most often the next word, is spoken of after the other."""
    return bool(one and other) and (one[0] in other or other[0] in one)


def _counts_the_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the very next word is the same: "six founding members" are not all "members"."""
    return bool(one and other) and one[0] == other[0]


def _is_bare_year(date: Date) -> bool:
    return date.month is None and date.weekday is None and not date.decade
