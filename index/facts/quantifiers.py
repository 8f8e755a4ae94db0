"""Claims of all, or of some only, where the evidence does not say so: "all of the villagers fled".

English only.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from footnote.index.facts.clauses import Word
from footnote.index.facts.roles import DETERMINERS, is_verb

_ALL = frozenset(("all", "every", "each", "everyone", "everybody", "entire", "whole"))
# A noun always follows: "each group" says nothing of anything else.
_EACH = frozenset(("each", "every"))
_SOME_TEXT = (
    "some several few many most half third thirds quarter quarters certain part parts almost "
    "nearly only"
)
_SOME = frozenset(_SOME_TEXT.split())
_EXCEPT = frozenset(("but", "except", "excepting", "bar", "save"))
_REACH = 3
# What may say "all" in other words.
_ALL_TEXT = (
    "none no nobody both any always throughout everything fully completely entirely unanimous "
    "unanimously"
)
_ALONE_TEXT = "one no none nobody nothing but just first until unless not"
_ALONE = frozenset(_ALONE_TEXT.split())
_ONLY_TEXT = "only sole alone exclusiv singl except limit restrict uniqu mere lone"
_ONLY = tuple(_ONLY_TEXT.split())
_BEFORE_ADJECTIVE = frozenset(("not", "the", "an", "if", "his", "her", "its", "their"))
_COUNTS_TEXT = "a an one two three four five six seven eight nine ten eleven twelve half about"
_COUNTS = frozenset(_COUNTS_TEXT.split())
_SAYS_ALL = _ALL | frozenset(_ALL_TEXT.split())


def claims_of_all(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the claim says of all what the evidence says only of some of the same.

    Where it names them anywhere without "some" or the like, they may be all of them; so they may
    where it says "all" itself: "Several had doubts, but all signed".
    """
    said = list(_all_of(claim))
    if said and _excepts_some(evidence) and not any(w.text in _EXCEPT for w in claim):
        return True
    if any(stem in said or word not in _EACH for word, stem in _all_with_stems(evidence)):
        return False
    for stem in said:
        places = [at for at, word in enumerate(evidence) if word.stem == stem]
        if places and all(_is_some(evidence, at) for at in places):
            return True
    return False


def _excepts_some(words: Sequence[Word]) -> bool:
    """Whether it says "all" of nothing but what some are excepted from: "all but two signed"."""
    places = [at for at, word in enumerate(words) if word.text in _ALL]
    return bool(places) and all(_is_excepted(words[at + 1 : at + 1 + _REACH]) for at in places)


def _is_excepted(after: Sequence[Word]) -> bool:
    return any(word.text in _EXCEPT for word in after[:2]) and len(after) > 1


def claims_of_all_unnamed(
    claim: Sequence[Word], evidence: Sequence[Word], around: Collection[str] = ()
) -> bool:
    """Whether the claim says something of all those whom the evidence does not even name: "all
    bakeries raised their prices" where "prices for bread are being raised".

    `around`: the stems of what stands near the evidence.
    """
    if any(word.text in _SAYS_ALL for word in evidence):
        return False
    there = {word.stem for word in evidence}.union(around)
    return any(named and there.isdisjoint(named) for named in _named_all(claim))


def claims_of_them_only(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the claim says "only" of what the evidence says without that or the like."""
    if any(word.text in _ALONE or word.text.startswith(_ONLY) for word in evidence):
        return False
    for before, word, after in zip([None, *claim], claim, claim[1:], strict=False):
        adjective = before is not None and before.text in _BEFORE_ADJECTIVE
        counts = after.text[0].isdigit() or after.text in _COUNTS
        if word.text == "only" and not adjective and not counts:
            return True
    return False


def _named_all(claim: Sequence[Word]) -> Iterator[list[str]]:
    """The stems of whom each "all" is said, up to a verb: "all the bakeries in Lyon"."""
    for at, _ in _places_of_all(claim):
        stems: list[str] = []
        for n in range(at + 1, len(claim)):
            word = claim[n]
            passed = word.text in DETERMINERS or word.text == "of"
            ends = word.clause != claim[at].clause or len(stems) == _REACH or is_verb(claim, n)
            if ends or not (word.stem or passed) or (passed and stems):
                break
            stems += [word.stem] if word.stem else []
        yield stems


def _all_of(claim: Sequence[Word]) -> Iterator[str]:
    """The stems of what follows "all", "every" and the like; "all but one" and "not all" aside."""
    yield from (stem for _, stem in _all_with_stems(claim))


def _all_with_stems(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    for at, after in _places_of_all(words):
        yield from [(words[at].text, other.stem) for other in after if other.stem][:1]


def _places_of_all(claim: Sequence[Word]) -> Iterator[tuple[int, Sequence[Word]]]:
    """The place of each "all", with the words after it."""
    for at, word in enumerate(claim):
        after = claim[at + 1 : at + 1 + _REACH]
        denied = at > 0 and claim[at - 1].text == "not"
        if word.text in _ALL and not denied and not any(other.text == "but" for other in after):
            yield at, after


def _is_some(words: Sequence[Word], at: int) -> bool:
    before = [word.text for word in words[max(0, at - 2 * _REACH) : at]]
    if ("all", "but") in pairwise(before):  # "all but three of the states"
        return True
    before = before[-_REACH:]
    return bool(_SOME & set(before)) and not _ALL & set(before)
