"""Follow-ups: telling a question that leans on what was asked before from one that stands alone."""

import re
from collections.abc import Collection

from footnote.index.question import Question

# Words that stand for something said before. English only so far; in other languages a follow-up
# is known by its shortness.
_STANDS_FOR = re.compile(
    r"^\W*(?:and|but|so|(?:what|how) about|what of)\b"
    r"|\b(?:it|its|they|them|theirs?|he|him|his|she|hers?|this|that|these|those|there|then|ones?"
    r"|others?|another|same|such|more|else|both|either|former|latter|here)\b",
    re.IGNORECASE,
)
_FEW_TERMS, _HARDLY_ANY = 3, 2
_WEIGHT, _WEIGHT_WITH_HARDLY_ANY = 0.4, 0.8


def previous_weights(
    question: Question, terms: Collection[str], *, known: bool
) -> tuple[float, ...]:
    """How much of the previous question goes into this one's vector and words; 0 for none of it.

    Several where it may be one or the other: the next is to be tried where the one before finds no
    answer. `terms` are the question's own stemmed words, `known` says that the articles have all
    of them. A question leans on the one before where a word of it stands for something said there,
    or where it is short and names nothing itself; with hardly a word of its own ("Who claimed it?")
    it leans on it heavily. query.py says what was measured.
    """
    if question.previous is None:
        return (0.0,)
    few = len(set(terms)) <= _FEW_TERMS
    leaning = _WEIGHT_WITH_HARDLY_ANY if len(set(terms)) <= _HARDLY_ANY else _WEIGHT
    if _STANDS_FOR.search(question.text):
        return (leaning,)
    if not few:
        return (0.0,)
    if not _names_something(question.text):
        return (leaning,)
    # "When did Iran join?" leans on what was asked before; "What is TUTAP?" and, where the
    # articles know of no Peru, "What is the capital of Peru?" do not.
    return (0.0, _WEIGHT) if known else (0.0,)


def _names_something(text: str) -> bool:
    """Whether there is a number, or a word with a capital letter that does not begin the text."""
    _, *others = text.split() or [""]
    capital = any(word.strip("\"'“‘(")[:1].isupper() for word in others)
    return capital or any(map(str.isdigit, text))
