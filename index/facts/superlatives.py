"""Superlatives of a claim that its evidence does not bear out: "the largest", "the second largest".

English only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footnote.index.facts.clauses import Word

_NOT_SUPERLATIVE_TEXT = (
    "interest request forest protest contest harvest conquest suggest honest modest invest arrest "
    "manifest digest molest attest infest ingest inquest behest bequest divest detest unrest "
    "earnest southwest northwest southeast midwest guest quest chest crest priest tempest zest "
    "everest trieste wrest west rest test nest vest pest disinterest biggest-ever harvest "
    "rainforest backrest latest"
)
_NOT_SUPERLATIVE = frozenset(_NOT_SUPERLATIVE_TEXT.split())
# Whether there is any ordinal is told elsewhere.
_FIRST = "first"
_IRREGULAR = frozenset(("best", "worst", _FIRST))
_BEFORE_MOST = frozenset(("the", "its", "his", "her", "their", "s"))
# What may say the same in other words; the longer ones by how they begin.
_WORDS_TEXT = (
    "last only top main chief key star win wins won most more than ever never no none nobody "
    "nothing all every any central beyond above high low latest once vast"
)
_WORDS = frozenset(_WORDS_TEXT.split())
_BEGINNINGS_TEXT = (
    "first lead major primar principal record uniqu unrival unmatch unparallel unsurpass foremost "
    "maxim minim ultimat sole champion dominat premier number greater exceed surpass outstrip "
    "outnumber rank supreme extreme optim headm newly recent origin initial title mostly mainly "
    "particular especial overwhelm unusual special prefer favo peak"
)
_BEGINNINGS = tuple(_BEGINNINGS_TEXT.split())
_RANKS_TEXT = (
    "second third fourth fifth sixth seventh eighth ninth tenth 2nd 3rd 4th 5th 6th 7th 8th 9th "
    "10th next"
)
_RANKS = frozenset(_RANKS_TEXT.split())
_AMONG = frozenset(("one", "among", "amongst", "some", "many", "several"))
_FAR, _NOUNS = 5, 3


@dataclass(frozen=True, slots=True)
class _Superlative:
    """`text`: "largest", "most populous"; `ranked`: the second, or one of several; `denied`: it is
    none; `of`: the stems of what follows."""

    text: str
    ranked: bool
    denied: bool
    of: frozenset[str]


def is_superlative_unsaid(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the claim says "the largest" or the like of what the evidence has no such word for,
    or calls the second largest, or one of the largest."""
    said = [one for one in _superlatives(claim) if not one.denied]
    if not said:
        return False
    there = list(_superlatives(evidence))
    if not there and not any(_may_say_it(word.text) for word in evidence):
        return any(one.text != _FIRST for one in said)
    return any(_is_only_ranked(one, there) for one in said if not one.ranked)


def _may_say_it(text: str) -> bool:
    return text in _WORDS or text.startswith(_BEGINNINGS)


def _is_only_ranked(one: _Superlative, there: Sequence[_Superlative]) -> bool:
    same = [other for other in there if other.text == one.text]
    of_the_same = [other for other in same if one.of & other.of]
    candidates = of_the_same or same
    return bool(candidates) and all(other.ranked for other in candidates)


def _superlatives(words: Sequence[Word]) -> Iterator[_Superlative]:
    for at, word in enumerate(words):
        end = at + 1
        if word.text == "most" and _is_most(words, at):
            text, end = f"most {words[at + 1].text}", at + 2
        elif _is_est(word):
            text = word.text
        else:
            continue
        before = [other.text for other in words[max(at - _FAR, 0) : at]]
        ranked = bool(_RANKS & set(before[-2:]) or _is_among(before))
        after = [w.stem for w in words[end:] if w.clause == word.clause and w.stem]
        denied = "not" in before
        yield _Superlative(text, ranked, denied, frozenset(after[:_NOUNS]))


def _is_most(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].text.rpartition("'")[2].rpartition("’")[2] if at else ""
    after = words[at + 1] if at + 1 < len(words) else words[at]
    noun = after.name or (after.text.endswith("s") and not after.text.endswith("ous"))
    return before in _BEFORE_MOST and bool(after.stem) and not noun


def _is_est(word: Word) -> bool:
    if word.name or word.text in _NOT_SUPERLATIVE:
        return False
    return word.text in _IRREGULAR or (len(word.text) > 5 and word.text.endswith("est"))


def _is_among(before: Sequence[str]) -> bool:
    """Whether "one of the" or "among the" stands before it."""
    return any(text in _AMONG for text in before[-_FAR + 1 :]) and "the" in before[-2:]
