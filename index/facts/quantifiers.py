"""Claims of all where the evidence speaks of some: "all of the villagers fled". English only."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from footnote.index.facts.clauses import Word

_ALL = frozenset(("all", "every", "each", "everyone", "everybody", "entire", "whole"))
_SOME_TEXT = "some several few many most half certain part parts almost nearly"
_SOME = frozenset(_SOME_TEXT.split())
_REACH = 3


def claims_of_all(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the claim says of all what the evidence says only of some of the same.

    Where it names them anywhere without "some" or the like, they may be all of them; so they may
    where it says "all" itself: "Several had doubts, but all signed".
    """
    if any(_all_of(evidence)):
        return False
    for stem in _all_of(claim):
        places = [at for at, word in enumerate(evidence) if word.stem == stem]
        if places and all(_is_some(evidence, at) for at in places):
            return True
    return False


def _all_of(claim: Sequence[Word]) -> Iterator[str]:
    """The stems of what follows "all", "every" and the like; "all but one" and "not all" aside."""
    for at, word in enumerate(claim):
        after = claim[at + 1 : at + 1 + _REACH]
        denied = at > 0 and claim[at - 1].text == "not"
        if word.text in _ALL and not denied and not any(other.text == "but" for other in after):
            yield from [other.stem for other in after if other.stem][:1]


def _is_some(words: Sequence[Word], at: int) -> bool:
    before = [word.text for word in words[max(0, at - 2 * _REACH) : at]]
    if ("all", "but") in pairwise(before):  # "all but three of the states"
        return True
    before = before[-_REACH:]
    return bool(_SOME & set(before)) and not _ALL & set(before)
