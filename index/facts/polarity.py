"""Negation: whether one text denies what another says."""

import re
from collections.abc import Iterator, Sequence

from footnote.index.facts.clauses import Word
from footnote.index.facts.roles import DETERMINERS, base_form, is_verb

_NEGATIONS_TEXT = (
    "not no never none nobody nothing neither nor cannot without hardly nicht nichts kein "
    "keine keinen keinem keiner keines nie niemals ohne weder nunca jamás ningún ninguna "
    "ninguno sin ni nadie tampoco не нет ни без никогда никто ничего никакой jamais aucun "
    "aucune sans pas"
)
NEGATIONS = frozenset(_NEGATIONS_TEXT.split())
# "No fewer than", "not only": they deny nothing. Nor does what denies a denial, "not against".
_NOT_NEGATED_TEXT = (
    "only just merely least fewer less more later longer doubt until nur только solo"
)
_NOT_NEGATED = frozenset(_NOT_NEGATED_TEXT.split())
# What denies without a negation: it excuses one in the other text, and is none by itself.
_DENIAL = re.compile(
    r"den(?:y|ie[sd]|ying|ial)|reject|refus|fail|lack|absen|prevent|avoid|unable|declin|dismiss"
    r"|ceas|stopp|forb[ia]d|bann|prohibit|exclu|oppos|object|against|instead|rather|unlike"
    r"|contrary|neglect|withh|spurn|ignor|devoid|unwill|unaware|unclear|unknown|unidentif|nowhere"
    r"|illegal|imposs|incapa|insuff|only|alone"
)
# Of these, what says "not" of the words that follow, as a negation does.
_REFUSAL = re.compile(r"den(?:y|ie[sd]|ying)|reject|refus|declin|unwill|unable|lack")
# What somebody declined, and not what declined.
_DECLINED = DETERMINERS | {"to", "any", "all", "comment", "it", "them"}
_TEXT_WORD = re.compile(r"[\w'’]+")
# Of the words after a negation, so many that have a meaning are what it denies.
_SCOPE = 3


def says_not(text: str) -> bool:
    """Whether it contains an explicit negation."""
    found = _TEXT_WORD.findall(text.casefold())
    return any(
        _says_not(word) and after not in _NOT_NEGATED
        for word, after in zip(found, [*found[1:], ""], strict=True)
    )


def may_deny(words: Sequence[Word]) -> bool:
    """Whether any word negates something, explicitly or not."""
    return any(_says_not(word.text) or _DENIAL.match(word.text) for word in words)


def denies(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether one of them negates what the other asserts.

    A negation has the next few words of its clause in its scope. Where the other text has one of
    them, it has to be negated there too, or stand in a clause that denies in other words. A claim
    that denies something asks of its evidence that it denies anything.
    """
    there = {word.stem for word in evidence}
    for scope in scopes(claim):
        shared = there.intersection(scope)
        if not (_is_denied(shared, evidence) if shared else _denies_anything(evidence)):
            return True
    said = {word.stem for word in claim}
    return _denies_another_act(claim, evidence) or any(
        (shared := said.intersection(scope[:2])) and not _is_denied(shared, claim)
        for scope in scopes(evidence)
    )


def _denies_another_act(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the verb that the claim says "not" of is said outright in the evidence, which says
    "not" of another: "nobody was killed, but eleven were hurt" does not say that nobody was hurt.
    """
    denied = {word.clause for at, word in enumerate(evidence) if _is_negation(evidence, at)}
    others = {word.clause for at, word in enumerate(evidence) if is_verb(evidence, at)}
    if not denied or not denied <= others:  # "nobody, the police said, was hurt"
        return False
    there = _clauses_of_verbs(evidence)
    return any(
        (clauses := there.get(verb)) and not any(_is_in_denial(evidence, one) for one in clauses)
        for verb in _denied_verbs(claim)
    )


def _denied_verbs(words: Sequence[Word]) -> Iterator[str]:
    """Of each negation, the first verb after it in its clause."""
    for at, word in enumerate(words):
        if _is_negation(words, at):
            rest = range(at + 1, len(words))
            same = (n for n in rest if words[n].clause == word.clause and is_verb(words, n))
            yield from [base_form(words[n]) for n in same][:1]


def _clauses_of_verbs(words: Sequence[Word]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for at, word in enumerate(words):
        if is_verb(words, at):
            found.setdefault(base_form(word), set()).add(word.clause)
    return found


def _is_in_denial(words: Sequence[Word], clause: int) -> bool:
    return any(
        word.clause == clause and (_is_negation(words, at) or _denies_in_other_words(words, at))
        for at, word in enumerate(words)
    )


def denies_outright(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether one of them negates exactly the next word, which the other asserts.

    Of "no surprise that the club was relegated" nobody reads that it was not.
    """
    for one, other in ((claim, evidence), (evidence, claim)):
        there = {word.stem for word in other}
        denied = there.intersection(_denied_at_once(one))
        if any(not _is_denied({stem}, other) for stem in denied):
            return True
    return False


def _denied_at_once(words: Sequence[Word]) -> Iterator[str]:
    for at, word in enumerate(words):
        after = [w for w in words[at + 1 : at + 3] if w.clause == word.clause]
        # "No other port is as large" says of one that it is the largest.
        if _is_negation(words, at) and not (after and after[0].text == "other"):
            yield from [w.stem for w in [w for w in after if w.stem][:1] if not w.name]


def scopes(words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """The stems that stand in the scope of each negation, the nearest first."""
    for at, word in enumerate(words):
        if _is_negation(words, at):
            after = [w.stem for w in words[at + 1 : at + 10] if w.stem and w.clause == word.clause]
            if after:
                yield tuple(after[:_SCOPE])


def _is_negation(words: Sequence[Word], at: int) -> bool:
    text = words[at].text
    if _REFUSAL.match(text):
        return _refuses(words, at) and not _is_undone(words, at)
    if not _says_not(text):
        return False
    if at and words[at - 1].clause != words[at].clause and text == "not":
        return False  # "84, not 100" sets off what is not meant
    if text == "not" and at + 1 < len(words) and words[at + 1].text == "without":
        return False  # "not without notice": with it
    if text == "without" and at and words[at - 1].text == "not":
        return False
    if text == "not" and any(word.text == "until" for word in _rest_of_clause(words, at)):
        return False  # "was not completed until 1683": then it was
    after = words[at + 1].text if at + 1 < len(words) else ""
    return after not in _NOT_NEGATED and not _DENIAL.match(after)


def _rest_of_clause(words: Sequence[Word], at: int) -> Iterator[Word]:
    return (word for word in words[at + 1 : at + 8] if word.clause == words[at].clause)


def _refuses(words: Sequence[Word], at: int) -> bool:
    """Whether it isn't "declined by a tenth"."""
    after = words[at + 1].text if at + 1 < len(words) else ""
    return not words[at].text.startswith("declin") or after in _DECLINED


def _is_denied(stems: set[str], words: Sequence[Word]) -> bool:
    if any(stems.intersection(scope) for scope in scopes(words)):
        return True
    clauses = {word.clause for word in words if word.stem in stems}
    return any(
        _denies_in_other_words(words, at) and word.stem not in stems
        for at, word in enumerate(words)
        if word.clause in clauses
    )


def _denies_anything(words: Sequence[Word]) -> bool:
    return any(
        _is_negation(words, at) or _denies_in_other_words(words, at) for at in range(len(words))
    )


def _denies_in_other_words(words: Sequence[Word], at: int) -> bool:
    return bool(_DENIAL.match(words[at].text)) and not _is_undone(words, at)


def _is_undone(words: Sequence[Word], at: int) -> bool:
    """Whether a refusal is itself denied: "did not refuse", "never once rejected"."""
    refuses = _REFUSAL.match(words[at].text)
    before = [word for word in words[max(at - 2, 0) : at] if word.clause == words[at].clause]
    return bool(refuses) and any(_says_not(word.text) for word in before)


def _says_not(text: str) -> bool:
    return text in NEGATIONS or text.endswith(("n't", "n’t"))
