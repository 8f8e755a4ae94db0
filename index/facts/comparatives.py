"""Comparisons with the same thing the other way round. English only.

"It exceeds the last few years, and falls just short of the record" does not bear out that it
exceeds the record.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footnote.index.facts.clauses import Word

# Of a verb and the like, what it is compared with comes next; of the others, after "than".
_MORE = re.compile(r"exceed|surpass|outstrip|outnumber|outpac|overt(?:ak|ook)|topp?(?:ed|s)$")
_LESS = re.compile(r"short$|below$|trail(?:s|ed|ing)$")
_MORE_THAN_TEXT = "more higher bigger greater larger longer taller heavier faster stronger older"
_LESS_THAN_TEXT = "less fewer lower smaller shorter lighter slower weaker younger"
_THAN = {
    **dict.fromkeys((*_MORE_THAN_TEXT.split(), "above"), True),
    **dict.fromkeys(_LESS_THAN_TEXT.split(), False),
}
_RANKS = frozenset(("second", "third", "fourth", "fifth", "next"))
_BEHIND = frozenset(("after", "behind"))
_REACH, _LONGEST = 4, 8
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class _Compared:
    """`more`: than what has these stems and figures."""

    more: bool
    than: frozenset[str]


def compares_the_other_way(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the evidence says less where the claim says more than the same, or more for less.

    Of two comparisons in a claim it cannot be told which one the evidence has.
    """
    said = list(_comparisons(claim))
    if len(said) != 1 or not said[0].than:
        return False
    [one] = said
    shares = [(len(one.than & other.than), other.more) for other in _comparisons(evidence)]
    most = max((share for share, _ in shares), default=0)
    if most < max(len(one.than) * _SHARED, 1):
        return False
    return all(more is not one.more for share, more in shares if share == most)


def _comparisons(words: Sequence[Word]) -> Iterator[_Compared]:
    for at, word in enumerate(words):
        after = [other.text for other in words[at + 1 : at + 1 + _REACH]]
        if word.text in _THAN and "than" in after:
            begin = at + 2 + after.index("than")
            yield _Compared(_THAN[word.text], _standard(words, begin))
        elif (
            word.text.endswith("est")
            and after[:1]
            and after[0] in _BEHIND
            and _is_ranked(words, at)
        ):
            yield _Compared(False, _standard(words, at + 2))  # "the second largest after China"
        elif _MORE.match(word.text) or word.text == "above":
            yield _Compared(True, _standard(words, at + 1))
        elif _LESS.match(word.text) and (word.text != "short" or after[:1] == ["of"]):
            yield _Compared(False, _standard(words, at + 1))


def _is_ranked(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].text in _RANKS


def _standard(words: Sequence[Word], begin: int) -> frozenset[str]:
    """What it is compared with, up to the end of the clause."""
    found: set[str] = set()
    for word in words[begin : begin + _LONGEST]:
        if word.clause != words[begin].clause or word.text in ("and", "or"):
            break
        if word.stem or word.text[0].isdigit():
            found.add(word.stem or word.text)
    return frozenset(found)
