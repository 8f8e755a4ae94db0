"""Another word in the same place: bicycles were banned from the old town, the evidence says cars.

A word of the claim and one of the evidence stand in the same place if the same words are beside
them. English, Spanish and German only so far.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from footnote.corpus.language import primary_language
from footnote.index.facts.comparison import Facts
from footnote.index.facts.countries import names_a_country
from footnote.index.facts.names import same_name
from footnote.index.facts.units import LANGUAGES, Unit, units

_ENDS = frozenset(".;:!?")
_JOINS = frozenset(("and", "but"))
_ENDS_PART = _JOINS | frozenset((",", ";", "or", "while", "whereas"))
_RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
_AND = frozenset((",", "and", "or", "&"))
_FARTHEST_LISTED, _FARTHEST_HANGING, _LONGEST_COMPOUND = 12, 5, 4
# A name or a word beside it that is the same counts for one, "of" for half, the edge of a sentence
# for a bit.
_SMALL_COUNTS, _EDGE_COUNTS, _LATER_EDGE_COUNTS = 0.5, 0.3, 0.2
_REACH = 3
# Of two places as good, the one that holds a word which the claim has not.
_FREE_COUNTS = 0.1
# Chosen on claims made of 3,810 questions of SQuAD 2.0, on our own right ones and on the kinds;
# bench/README.md has what they do to others.
_MUCH_THE_SAME, _SAME_FOR_NAMES = 0.6, 0.5
_UNSAID_FRAMED, _NAME_FRAMED = 1.5, 1.0
_SHARES = frozenset(("percent", "per", "cent", "%"))
_MAX_COUNTED, _MAX_SHARED = 2, 5
# A longer claim is a list, or a sentence of many clauses, in which most words have other places.
_MAX_CLAIM, _MAX_EVIDENCE = 60, 200


@dataclass(frozen=True, slots=True)
class Replaced:
    """A word of the claim and the one that the evidence has in its place. Of a name the evidence,
    or what is around it, has the claim's as well, in a place that is less like its own."""

    word: Unit
    by: Unit


class Frames:
    """Where the words of a claim stand in its evidence; `around` are the stems of title and
    heading. In other languages, and in what is too long, it has no words at all."""

    def __init__(self, claim: Facts, evidence: Facts, around: Collection[str] = ()) -> None:
        known = primary_language(claim.language, "en") in LANGUAGES
        said, there = (units(claim), units(evidence)) if known else ([], [])
        fits = len(said) <= _MAX_CLAIM and len(there) <= _MAX_EVIDENCE
        self._said, self._there = (_without_end(said), there) if fits else ([], [])
        self._texts = claim.text, evidence.text
        self._other_forms = evidence.other_forms
        self._around = frozenset(around)

    @property
    def words(self) -> list[Unit]:
        """The claim's words, names and figures aside."""
        return [unit for unit in self._said if unit.kind == "word"]

    @property
    def unsaid(self) -> list[Unit]:
        """Those of them that neither the evidence nor its title and heading have."""
        return [unit for at, unit in enumerate(self._said) if self._is_unsaid(at)]

    @property
    def unsaid_parts(self) -> Iterator[list[Unit]]:
        """The words of each part that is joined on by "and" or "but", where all are unsaid."""
        ends = [at for at, unit in enumerate(self._said) if unit.text in _ENDS_PART]
        for start, end in pairwise([*ends, len(self._said)]):
            places = [at for at in range(start + 1, end) if self._said[at].tells]
            if self._said[start].text in _JOINS and places and all(map(self._is_unsaid, places)):
                yield [self._said[at] for at in places]

    @cached_property
    def free(self) -> list[Unit]:
        """The words and names of the evidence that the claim has not."""
        return [u for at, u in enumerate(self._there) if u.tells and at not in self._taken]

    def counted_otherwise(self) -> Iterator[tuple[list[Unit], list[Unit]]]:
        """What each of the claim's figures counts where the evidence has the figure and not this,
        and what it counts there: villas, where it speaks of a "114-room resort"."""
        for at, unit in enumerate(self._said):
            said = _counted(self._said, at, self._texts[0])
            unsaid = [n for n in said if self._is_unsaid(n)]
            there = [_counted(self._there, n, self._texts[1]) for n in self._places[at]]
            if unit.kind != "figure" or not unsaid or not there or not all(there):
                continue
            is_share = said[0] > at + 1
            is_other = unsaid[0] == at + 1 and all(run[0] not in self._taken for run in there)
            if is_share or (is_other and _is_thing(self._said[at + 1].text)):
                others = [self._there[n] for run in there for n in run]
                yield [self._said[n] for n in unsaid], others

    def replaced(self) -> Iterator[Replaced]:
        """The claim's words that the evidence has others for and not these, and names that it has
        others for, where it says much the same.

        A word that it has as well, elsewhere, is no sign: so it was with ten right claims of
        VitaminC, and two wrong ones. Nor is a name in whose place a country or a people is: the
        "Chinese" merchant is the merchant.
        """
        alike = self._in_order / max(len(self._said), 1)
        for at, unit in enumerate(self._said) if alike >= _SAME_FOR_NAMES else ():
            name = unit.kind == "name" and (bool(self._places[at]) or self._is_around(unit))
            if not (name or (alike >= _MUCH_THE_SAME and unit.kind == "word" and not unit.light)):
                continue
            if not (name or self._is_unsaid(at)):
                continue
            other = self._in_its_place(at, _NAME_FRAMED if name else _UNSAID_FRAMED)
            if name and other and not self._places[at] and _is_form_of(unit.text, other.text):
                continue
            if name and _opens(self._said, at) and _opens(self._there, *self._places[at]):
                continue
            if name and other and _is_its_country(other.text, unit.text):
                continue
            if other and not other.light:
                yield Replaced(unit, other)

    def _in_its_place(self, at: int, least: float) -> Unit | None:
        """What is framed as the claim's word is, and by so much better than that word itself."""
        unit, own = self._said[at], self._places[at]
        others = [
            (self._framed(at, n) + _FREE_COUNTS * (n not in self._taken), -n)
            for n, other in enumerate(self._there)
            if other.kind == unit.kind and n not in own and not self._is_compound(n, own)
        ]
        best, place = max(others, default=(0.0, 0))
        framed = max((self._framed(at, n) for n in own), default=0.0)
        if -place in self._taken or best - _FREE_COUNTS - framed < least:
            return None
        named = unit.kind == "name" and same_name(unit.text, self._other_forms)
        return None if named or self._is_listed(-place, own) else self._there[-place]

    def _is_around(self, unit: Unit) -> bool:
        """Whether title or heading have the name, in which something else stands in its place."""
        return not unit.keys.isdisjoint(self._around)

    def _is_unsaid(self, at: int) -> bool:
        unit = self._said[at]
        plain = unit.kind == "word" and not self._places[at]
        return plain and unit.keys.isdisjoint(self._around)

    @cached_property
    def _same(self) -> list[list[bool]]:
        return [[one.is_same(other) for other in self._there] for one in self._said]

    @cached_property
    def _places(self) -> list[list[int]]:
        """Where the evidence has each of the claim's."""
        return [[at for at, same in enumerate(row) if same] for row in self._same]

    @cached_property
    def _taken(self) -> frozenset[int]:
        return frozenset(at for places in self._places for at in places)

    @cached_property
    def _in_order(self) -> int:
        """How many of the claim's the evidence has in the same order (longest common
        subsequence)."""
        before = [0] * (len(self._there) + 1)
        for row in self._same:
            now = [0]
            for at, same in enumerate(row):
                now.append(before[at] + 1 if same else max(before[at + 1], now[-1]))
            before = now
        return before[-1]

    def _framed(self, at: int, place: int) -> float:
        """How much the same stands beside them."""
        own = self._places[at]
        left = right = 0.0
        if not any(self._is_of(place, n) for n in own):
            left = self._beside(at, place, -1)
        if not any(self._hangs_on(place, n) for n in own):
            right = self._beside(at, place, 1)
        if not right and _is_last(self._said, at) != _is_last(self._there, place):
            return 0.0
        return left + right

    def _beside(self, at: int, place: int, step: int) -> float:
        same = 0.0
        for far in range(1, _REACH + 1):
            one, other = at + step * far, place + step * far
            ends = not 0 <= one < len(self._said) or self._said[one].text in _ENDS
            if ends and (not 0 <= other < len(self._there) or self._there[other].kind == "mark"):
                return same + (_EDGE_COUNTS if far == 1 else _LATER_EDGE_COUNTS)
            if ends or not 0 <= other < len(self._there) or not self._same[one][other]:
                return same
            word, there = self._said[one], self._there[other]
            if word.kind == "word" and word.passive != there.passive:
                return same
            same += _SMALL_COUNTS if word.kind == "small" else 1.0
        return same

    def _hangs_on(self, place: int, own: int) -> bool:
        """Whether it is said of the claim's word: "the town near Dhaka was taken" is no other than
        "the town was taken"."""
        between = self._there[own + 1 : place]
        if not between:
            return False
        near = len(between) < _FARTHEST_HANGING and all(unit.kind != "mark" for unit in between)
        return (near and between[0].preposition) or any(u.text in _RELATIVE for u in between[:2])

    def _is_of(self, place: int, own: int) -> bool:
        """Whether it is of the claim's word: "the idea of a force" is no other than "a force"."""
        between = self._there[place + 1 : own]
        return [unit.text for unit in between] == ["of"]

    def _is_compound(self, place: int, own: Collection[int]) -> bool:
        """Whether it is one expression with the claim's word: "the inaugural session"."""
        runs = (self._there[min(place, n) : max(place, n) + 1] for n in own)
        return any(
            len(run) <= _LONGEST_COMPOUND and all(u.tells or u.kind == "figure" for u in run)
            for run in runs
        )

    def _is_listed(self, place: int, own: Collection[int]) -> bool:
        """Whether it stands in one list with the claim's word: "beat Austria and Wales"."""
        for n in own:
            between = self._there[min(place, n) + 1 : max(place, n)]
            links = [unit for unit in between if not unit.tells]
            if links and len(between) < _FARTHEST_LISTED and {u.text for u in links} <= _AND:
                return True
        return False


def _is_its_country(other: str, name: str) -> bool:
    """Whether it only tells of which country or people the one is who has the name."""
    return names_a_country(other) and not names_a_country(name)


def _is_form_of(one: str, other: str) -> bool:
    """Whether they begin alike but for an ending: Mexico, Mexican."""
    shorter = min(len(one), len(other))
    return one[: max(shorter - 2, 3)].casefold() == other[: max(shorter - 2, 3)].casefold()


def _counted(text: Sequence[Unit], at: int, whole: str) -> Sequence[int]:
    """The places of the words after a figure, two at most, or one with a hyphen; of a share, those
    after "of"."""
    begin, most = at + 1, 1 if whole.startswith("-", text[at].span.end) else _MAX_COUNTED
    while begin < len(text) and text[begin].text.casefold() in _SHARES:
        begin, most = begin + 1, _MAX_SHARED
    if most == _MAX_SHARED:
        if begin == len(text) or text[begin].text != "of":
            return ()
        begin += 1
    places = range(begin, min(begin + most, len(text)))
    return list(takewhile(lambda n: text[n].kind == "word", places))


def _is_thing(counted: str) -> bool:
    """Whether it is a noun in the plural; "lives" may be of anybody."""
    return counted.endswith("s") and counted != "lives"


def _opens(text: Sequence[Unit], *places: int) -> bool:
    """Whether one of them is the first word that tells anything."""
    return any(not any(unit.tells for unit in text[:at]) for at in places)


def _without_end(said: list[Unit]) -> list[Unit]:
    while said and said[-1].kind == "mark":
        said = said[:-1]
    return said


def _is_last(text: list[Unit], at: int) -> bool:
    """Whether it is the last word of its expression: not "news" in "the news agency"."""
    return at + 1 >= len(text) or not text[at + 1].tells or text[at + 1].begins
