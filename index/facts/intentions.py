"""Detects claims of something done that is only planned, feared, denied, prevented, asked for or
under way in the evidence.

English only. "The council planned to close the market" does not bear out that it closed it.
"""

from collections.abc import Collection, Iterator, Sequence

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
_HAS = frozenset(("has", "have", "had"))
_HAS_OR_IS = _COPULAS | _HAS
_NOW = frozenset(("is", "are"))
_BEING = _NOW | {"being"}
_AFTER, _SCOPE = 4, 6
_WILL = frozenset(("will", "shall"))
# By how the words begin: what somebody asks of another, "demanded that the firm stop".
_ASKS_TEXT = "demand insist recommend suggest propos request urg ask want wish advis plead"
_ASKS = tuple(_ASKS_TEXT.split())
_ONLY_POSSIBLE = frozenset(("should", "could", "might", "may", "ought"))
_CONDITIONAL = frozenset(("should", "could", "would", "might"))
_ADVERBS_TEXT = "be soon then still now currently actively already also gradually presently"
_ADVERBS = frozenset(_ADVERBS_TEXT.split())
_CLAUSE_SCOPE = 9
_THINKS_TEXT = "said says thought thinks believed believes argued argues felt deserved deserves"
_OPEN = _WILL | frozenset(_THINKS_TEXT.split())
_WON = frozenset(("won", "went"))  # stop words, by "won't" and the like
# Who is being held has been held, too; by their base forms.
_GOES_ON_TEXT = "hold keep us treat investig question consid watch discuss"
_GOES_ON = frozenset(_GOES_ON_TEXT.split())


def is_left_undone(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether a verb the claim asserts is in the evidence only possible, intended or denied, asked
    for or under way; or all that it says of the claim is what would have been."""
    return (
        _is_intended(claim, evidence)
        or _is_asked_for(claim, evidence)
        or _is_under_way(claim, evidence)
        or _would_have_been(claim, evidence)
    )


def _is_intended(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    theirs = set(_governed(evidence))
    if not theirs or any(_is_governor(word) for word in claim):
        return False
    to_be_done = {base_form(claim[at]) for at in _governed(claim)}
    return _are_only_at(theirs, _done(claim) - to_be_done, evidence)


def _says_as_much(claim: Sequence[Word]) -> bool:
    """Whether it says itself that something is only possible, intended or denied."""
    begun = (_begin(claim, at, word) for at, word in enumerate(claim) if word.text not in _WILL)
    return any(begin is not None for begin in begun)


def _done(claim: Sequence[Word]) -> set[str]:
    return {
        base_form(word)
        for at, word in enumerate(claim)
        if is_verb(claim, at) and not word.text.endswith("ing")
    }


def _are_only_at(places: Collection[int], verbs: Collection[str], words: Sequence[Word]) -> bool:
    """Whether one of these verbs is among the words at these places, and nowhere else."""
    there = {base_form(words[at]) for at in places}
    elsewhere = {base_form(word) for at, word in enumerate(words) if at not in places}
    return not (there - elsewhere).isdisjoint(verbs)


def _is_asked_for(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether what the claim says is, or will be, done is what somebody asks for: "activists have
    demanded that the firm stop", or what should or might be done."""
    asked = set(_asked(evidence))
    if not asked or _says_as_much(claim) or any(w.text.startswith(_ASKS) for w in claim):
        return False
    return _are_only_at(asked, {*_done(claim), *_to_come(claim)}, evidence)


def _asked(words: Sequence[Word]) -> Iterator[int]:
    """The places of what is asked for, which has no form of the past, and of what should be."""
    for at, word in enumerate(words):
        if _asks(words, at):
            after = _clause_after(words, at, _CLAUSE_SCOPE)
            yield from (n for n in after if not words[n].name and not is_verb(words, n))
        elif word.text in _ONLY_POSSIBLE:
            yield from _clause_after(words, at, _AFTER)


def _asks(words: Sequence[Word], at: int) -> bool:
    word, after = words[at], words[at + 1].text if at + 1 < len(words) else ""
    calls = word.text.startswith("call") and after in ("on", "upon", "for")
    return not word.name and (calls or word.text.startswith(_ASKS))


def _clause_after(words: Sequence[Word], at: int, most: int) -> Iterator[int]:
    for place in range(at + 1, min(at + 1 + most, len(words))):
        if words[place].clause != words[at].clause:
            return
        yield place


def _to_come(claim: Sequence[Word]) -> Iterator[str]:
    """What the claim says will be done."""
    for at, word in enumerate(claim):
        if word.text in _WILL:
            after = (other for other in claim[at + 1 :] if other.text not in _ADVERBS)
            yield from (base_form(other) for other in [next(after, word)] if other.stem)


def _is_under_way(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether what the claim says has been done is being done: "is being restored"."""
    doing = set(_doing(evidence))
    if not doing:
        return False
    done = _done(claim) - _GOES_ON - {base_form(claim[at]) for at in _doing(claim)}
    return _are_only_at(doing, done, evidence)


def _doing(words: Sequence[Word]) -> Iterator[int]:
    """The places of what is being done, and of what somebody is doing."""
    for at, word in enumerate(words):
        if word.text not in _BEING:
            continue
        after = (n for n in range(at + 1, len(words)) if words[n].text not in _ADVERBS)
        place = next(after, at)
        if words[place].clause != word.clause:
            continue
        before = {other.text for other in words[max(at - 3, 0) : at]}
        being = word.text == "being" and not before.isdisjoint(_NOW)
        if being or (word.text in _NOW and words[place].text.endswith("ing")):
            yield place


def _would_have_been(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the evidence has something of the claim behind "should have" or "would have", and
    the claim's verb nowhere else: "the prize should have gone to the novel"."""
    conditional = [at for at, word in enumerate(evidence) if word.text in _CONDITIONAL]
    if not conditional or _says_as_much(claim) or any(w.text in _OPEN for w in claim):
        return False
    said = {word.stem for word in claim if word.stem}
    done = _done(claim) | {base_form(word) for word in claim if word.text in _WON}
    for at in conditional:
        after = list(_clause_after(evidence, at, _CLAUSE_SCOPE))
        if any(evidence[n].text == "have" for n in after[:2]):
            outright = {base_form(other) for n, other in enumerate(evidence) if n not in after}
            named = any(evidence[n].stem in said for n in after)
            if named and done and done.isdisjoint(outright):
                return True
    return False


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
