"""Detects what somebody used to be but no longer is.

English only. "Malen resigned as head of the office" does not bear out that he is its head.
"""

from collections.abc import Iterator, Sequence

from footnote.index.facts.clauses import Word

_IS = frozenset(("is", "are", "remains", "remain"))
_WAS = _IS | {"was", "were"}
_LEFT_TEXT = (
    "resigned resigns resigning resignation retired retires stepped steps stood quit ousted sacked "
    "dismissed dismissal removed deposed fired replaced voted"
)
_LEFT = frozenset(_LEFT_TEXT.split())
_FORMER = frozenset(("former", "formerly", "onetime", "erstwhile", "ex"))
_NEW = frozenset(("became", "becomes", "elected", "appointed", "reinstated", "again", "still"))
_FAR = 4


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
    return any(
        words[0].stem in role and doer & {word.stem for word in around}
        for words, around in _left(evidence)
    )


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
