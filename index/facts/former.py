"""Detects what somebody used to be but no longer is.

English only. "Malen resigned as head of the office" does not bear out that he is its head.
"""

from collections.abc import Collection, Iterator, Sequence

from footnote.index.facts.clauses import Word

_IS = frozenset(("is", "are", "remains", "remain"))
_WAS = _IS | {"was", "were"}
_LEFT_TEXT = (
    "resigned resigns resigning resignation retired retires stepped steps stood quit ousted sacked "
    "dismissed dismissal removed deposed fired replaced voted"
)
_LEFT = frozenset(_LEFT_TEXT.split())
# What one does oneself: who dismissed or replaced somebody may be in office yet.
_GAVE_UP = frozenset(("resigned", "resigns", "retired", "retires", "stepped", "quit"))
_FORMER = frozenset(("former", "formerly", "onetime", "erstwhile", "ex"))
_NEW = frozenset(("became", "becomes", "elected", "appointed", "reinstated", "again", "still"))
_FAR, _BEFORE = 4, 8


def is_no_longer(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the evidence says that somebody left, or formerly held, what the claim says they are.

    Where the evidence says as well that somebody became something, it cannot be told who.
    """
    if not any(word.text in _IS for word in claim):
        return False
    claimed = {word.text for word in claim}
    if claimed & (_LEFT | _FORMER) or any(word.text in _NEW for word in evidence):
        return False
    at = next(n for n, word in enumerate(claim) if word.text in _IS)
    doer = {word.stem for word in claim[:at] if word.stem}
    role = {word.stem for word in claim[at + 1 :] if word.stem}
    if role & _roles_given_up(evidence, doer):
        return True
    return any(
        words[0].stem in role and doer & {word.stem for word in around}
        for words, around in _left(evidence)
    )


def _roles_given_up(words: Sequence[Word], doer: Collection[str]) -> frozenset[str]:
    """The stems of what stands before a name, and a comma at most, where its bearer resigned: "the
    mayor of Ulm, Bo Ek, resigned"."""
    for at, word in enumerate(words):
        near = words[max(at - _BEFORE, 0) : at]
        names = [n for n, other in enumerate(near) if other.name and other.stem in doer]
        if word.text in _GAVE_UP and names and names[-1] == len(near) - 1:
            return frozenset(other.stem for other in near if other.stem and not other.name)
    return frozenset()


def _left(words: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """What somebody was until then, and the words among which they are named."""
    for at, word in enumerate(words):
        if word.text in _LEFT:
            near = range(at + 1, min(at + 1 + _FAR, len(words)))
            role = next((n + 1 for n in near if words[n].text == "as"), len(words))
            around = words[:at]
        elif word.text in _FORMER:
            is_said = any(other.text in _WAS for other in words[max(at - 2, 0) : at])
            role, around = at + 1, words if is_said else words[at + 1 :]
        else:
            continue
        said = [other for other in words[role : role + _FAR] if other.stem]
        if said:
            yield said, around
