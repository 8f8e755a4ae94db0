"""Detects claims of something done that is only planned, feared, denied or prevented in the
evidence.

English only. "The council planned to close the market" does not bear out that it closed it.
"""

from collections.abc import Iterator, Sequence

from footnote.index.facts.clauses import Word
from footnote.index.facts.roles import base_form, is_verb

_MODALS_TEXT = "may might could would should can will shall"
_MODALS = frozenset(_MODALS_TEXT.split())
# What comes before "to do" or "doing" that need not be done; by how the words begin.
_INTENDS_TEXT = (
    "plan intend want hope hoping wish threaten promis pledg vow agree offer propos seek sought "
    "prepar consider order ask urg expect suppos demand invit allow permit authoris authoriz refus "
    "declin fail unabl unwill likel willing talk plott conspir attempt tried accus suspect charg "
    "alleg denie deny stopp prevent barred barring block banned banning forbid forbad avoid fear "
    "rumour rumor scrapp abandon"
)
_INTENDS = tuple(_INTENDS_TEXT.split())
_EXACTLY_TEXT = "due going about set ready right instead without against short is was were are"
_EXACTLY = frozenset(_EXACTLY_TEXT.split())
_COPULAS = frozenset(("is", "was", "were", "are"))  # "was to be moved"
_HAS_OR_IS = _COPULAS | {"has", "had", "have"}
_AFTER, _SCOPE = 4, 6


def is_left_undone(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether a verb the claim asserts is in the evidence only possible, intended or denied."""
    theirs = set(_governed(evidence))
    if not theirs or any(_is_governor(word) for word in claim):
        return False
    done = {
        base_form(word)
        for at, word in enumerate(claim)
        if is_verb(claim, at) and not word.text.endswith("ing")
    }
    open_ = {base_form(evidence[at]) for at in theirs}
    outright = {base_form(word) for at, word in enumerate(evidence) if at not in theirs}
    return bool(done & (open_ - outright))


def _governed(words: Sequence[Word]) -> Iterator[int]:
    """The places of the words that depend on what says that something is not, or not yet, so."""
    for at, word in enumerate(words):
        begin = _begin(words, at, word)
        if begin is None:
            continue
        gerund = words[begin].text.endswith("ing")
        for place in range(begin, min(begin + _SCOPE, len(words))):
            ends = gerund and place > begin and words[place].text in _HAS_OR_IS
            ends = ends or words[place].text in ("and", "or")
            if ends or words[place].clause != words[begin].clause:
                break
            yield place


def _is_governor(word: Word) -> bool:
    """Such claims are not for this: they may say of it what the evidence says."""
    if word.name or word.text in _COPULAS:
        return False
    return word.text in _MODALS or _intends(word)


def _intends(word: Word) -> bool:
    return word.text in _EXACTLY or (
        word.text.startswith(_INTENDS) and not word.text.endswith("ment")
    )


def _begin(words: Sequence[Word], at: int, word: Word) -> int | None:
    if word.name and at:
        return None
    if word.text in _MODALS:
        return at + 1 if at + 1 < len(words) else None
    if not _intends(word):
        return None
    copula = word.text in _COPULAS
    for place in range(at + 1, min(at + 1 + (1 if copula else _AFTER), len(words))):
        text = words[place].text
        if text == "to" or (text == "that" and not copula):
            return place + 1 if place + 1 < len(words) else None
        if text.endswith("ing") and len(text) > 5 and not copula:
            return place
        if text == "having" and not copula:
            return place
    return None
