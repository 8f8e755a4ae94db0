"""Who does what to whom: whether two texts give the parts in it the other way round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.clauses import Word

# English only so far; where a word of another language looks like one of these, nothing is found.
_PREPOSITIONS_TEXT = (
    "in on at of from for with without near after before since until during under over "
    "against between among into onto through across towards toward to about as than via "
    "within behind beside besides including"
)
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())
_BE_TEXT = "am is are was were be been being gets get got"
_BE = frozenset(_BE_TEXT.split())
_IRREGULAR_TEXT = (
    "led shot swore sworn held took taken gave given made found left won lost met beat beaten "
    "struck hit sent told saw seen overthrew fought bought sold paid caught taught brought threw "
    "thrown drove driven chose chosen wrote written broke broken split overtook withdrew built "
    "set put fed forgave forgiven knew known sought stole stolen shook shaken slew slain"
)
_IRREGULAR = frozenset(_IRREGULAR_TEXT.split())
_DETERMINERS_TEXT = "the a an of its his her their this that these those no"
_DETERMINERS = frozenset(_DETERMINERS_TEXT.split())
# Before a name they say where, when or whose it was, and not whom it was done to.
_PLACES = _PREPOSITIONS - frozenset(("to", "against", "from"))
_FARTHEST = 10


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
        if not _is_verb(word):
            continue
        said = _parts(claim, at)
        found = [
            _parts(evidence, n)
            for n, w in enumerate(evidence)
            if w.stem == word.stem and not _is_noun(evidence, n)
        ]
        if any(_crossed(said, there) for there in found) and not any(
            _agree(said, there) for there in found
        ):
            return True
    said_of, there_of = _directions(claim), _directions(evidence)
    return any((other, one) in there_of for one, other in said_of - there_of)


def _directions(words: Sequence[Word]) -> set[tuple[str, str]]:
    """Pairs of names of which the first does something to the second, whatever it is."""
    found = set()
    names = list(_name_runs(words))
    for (start, end), (after, _) in pairwise(names):
        between = words[end:after]
        verbs = [at for at in range(end, after) if _is_verb(words[at])]
        if not verbs or any(word.clause != words[after].clause for word in between[1:]):
            continue
        before = words[start - 1].text if start else ""
        if before in _PREPOSITIONS or between[-1].text in _PLACES or len(verbs) > 1:
            continue
        one, other = words[end - 1].stem, words[after - 1 + _length(words, after)].stem
        passive = _is_passive(words, verbs[0])
        if passive and any(word.text == "by" for word in between):
            found.add((other, one))
        elif not passive:
            found.add((one, other))
    return found


def _name_runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(words):
        length = _length(words, at)
        if length:
            yield at, at + length
        at += length or 1


def _length(words: Sequence[Word], at: int) -> int:
    end = at
    while end < len(words) and words[end].name and words[end].stem:
        end += 1
    return end - at


def _is_noun(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].text in _DETERMINERS


def _is_verb(word: Word) -> bool:
    """Whether it looks like a finite verb of the past, or like a participle."""
    regular = word.text.endswith("ed") and len(word.text) > 4
    return bool(word.stem) and not word.name and (regular or word.text in _IRREGULAR)


def _agree(one: _Parts, other: _Parts) -> bool:
    return bool(one.doing & other.doing or one.done_to & other.done_to)


def _crossed(one: _Parts, other: _Parts) -> bool:
    return bool(one.doing & other.done_to or one.done_to & other.doing)


def _parts(words: Sequence[Word], at: int) -> _Parts:
    before = frozenset(_until_preposition(_before(words, at)))
    after = [w for w in words[at + 1 : at + 1 + _FARTHEST] if w.clause == words[at].clause]
    if _is_passive(words, at):
        by = next((n for n, word in enumerate(after) if word.text == "by"), len(after))
        return _Parts(frozenset(_until_preposition(after[by + 1 :])), before)
    return _Parts(before, frozenset(_until_preposition(after)))


def _before(words: Sequence[Word], at: int) -> list[Word]:
    """The words of the clause before the verb; of those before it too, where it begins with it:
    "Khan, the spokesman, named"."""
    own = [word for word in words[max(at - _FARTHEST, 0) : at] if word.clause == words[at].clause]
    if any(word.stem for word in own):
        return own
    return [
        word for word in words[:at] if word.clause in range(words[at].clause - 2, words[at].clause)
    ]


def _until_preposition(words: Sequence[Word]) -> Iterator[str]:
    for word in words:
        if word.text in _PREPOSITIONS:
            return
        if word.stem:
            yield word.stem


def _is_passive(words: Sequence[Word], at: int) -> bool:
    if words[at].text.endswith("ing"):
        return False
    before, after = words[max(at - 2, 0) : at], words[at + 1 : at + 5]
    by = [word for word in after if word.text == "by" and word.clause == words[at].clause]
    return bool(by) or any(word.text in _BE for word in before)
