"""Who does what to whom: whether two texts give the parts in it the other way round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.clauses import Word

# English only so far; where a word of another language looks like one of these, nothing is found.
_PREPOSITIONS_TEXT = (
    "in on at of from for with without near after before since until during under over "
    "against between among into onto through across towards toward to about as than via "
    "within"
)
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())
_BE_TEXT = "am is are was were be been being gets get got"
_BE = frozenset(_BE_TEXT.split())
_FARTHEST = 8


@dataclass(frozen=True, slots=True)
class _Parts:
    """The stems on either side of a verb: of who does it, and of whom it is done to."""

    doing: frozenset[str]
    done_to: frozenset[str]


def are_swapped(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether a verb that both have has its doer and its object changed over in one of them.

    Passives are turned round. Where the evidence has the verb more than once, one that agrees is
    enough.
    """
    for at, word in enumerate(claim):
        if not word.stem or word.name:
            continue
        said = _parts(claim, at)
        found = [_parts(evidence, n) for n, w in enumerate(evidence) if w.stem == word.stem]
        if any(_crossed(said, there) for there in found) and not any(
            _agree(said, there) for there in found
        ):
            return True
    return False


def _agree(one: _Parts, other: _Parts) -> bool:
    return bool(one.doing & other.doing or one.done_to & other.done_to)


def _crossed(one: _Parts, other: _Parts) -> bool:
    return bool(one.doing & other.done_to or one.done_to & other.doing)


def _parts(words: Sequence[Word], at: int) -> _Parts:
    before = frozenset(_until_preposition(words[max(at - _FARTHEST, 0) : at], words[at].clause))
    after = [w for w in words[at + 1 : at + 1 + _FARTHEST] if w.clause == words[at].clause]
    if _is_passive(words, at):
        by = next((n for n, word in enumerate(after) if word.text == "by"), len(after))
        return _Parts(frozenset(_until_preposition(after[by + 1 :], words[at].clause)), before)
    return _Parts(before, frozenset(_until_preposition(after, words[at].clause)))


def _until_preposition(words: Sequence[Word], clause: int) -> Iterator[str]:
    for word in words:
        if word.clause != clause:
            continue
        if word.text in _PREPOSITIONS:
            return
        if word.stem:
            yield word.stem


def _is_passive(words: Sequence[Word], at: int) -> bool:
    near = words[max(at - 2, 0) : at]
    return not words[at].text.endswith("ing") and any(word.text in _BE for word in near)
