"""Detects a claim about one party that the text makes about another, across a semicolon.

"The mayor supports the plan; the club opposes it" says of nobody but the club that it opposes it.
"""

from collections.abc import Iterator, Sequence

from footnote.index.facts.clauses import Word
from footnote.index.facts.roles import DETERMINERS, base_form, is_verb

_SUBJECTS = frozenset(("he", "she", "it", "they", "who", "which", "both", "this", "these"))


def is_of_other_half(claim: Sequence[Word], halves: Sequence[Sequence[Word]]) -> bool:
    """Whether the claim's verb only occurs with another subject, while the claim's subject stands
    elsewhere.

    `halves` are what stands between the semicolons of the evidence. Where a pronoun does it, it may
    be the claim's doer. English only, and only where the doer stands before the verb.
    """
    if len(halves) < 2:
        return False
    at = next((n for n in range(len(claim)) if _acts(claim, n)), None)
    if at is None:
        return False
    doer = {word.stem for word in claim[:at] if word.stem}
    of_doer = [half for half in halves if doer <= {word.stem for word in half}]
    acting = [half for half in halves if any(_places(half, claim[at]))]
    if not doer or not of_doer or not acting or any(half in of_doer for half in acting):
        return False
    has_own = any(_acts(half, n) for half in of_doer for n in range(len(half)))
    said = {word.stem for word in claim}
    return has_own and all(
        _is_anothers(half, n, said) for half in acting for n in _places(half, claim[at])
    )


def _places(words: Sequence[Word], verb: Word) -> Iterator[int]:
    return (n for n, word in enumerate(words) if base_form(word) == base_form(verb))


def _is_anothers(words: Sequence[Word], at: int, said: set[str]) -> bool:
    before = words[:at]
    if any(word.text in _SUBJECTS for word in before):
        return False
    return any(word.stem and word.stem not in said for word in before)


def _acts(words: Sequence[Word], at: int) -> bool:
    """Whether it is a verb of the past, or one of the present with an object: "supports the"."""
    if at == 0:
        return False
    if is_verb(words, at):
        return True
    word, after = words[at], words[at + 1 : at + 2]
    ends = word.text.endswith("s") and not word.text.endswith(("ss", "us", "is", "'s", "\u2019s"))
    if not ends or word.name or not word.stem or not after or after[0].clause != word.clause:
        return False
    return after[0].name or after[0].text in DETERMINERS or after[0].text == "it"
