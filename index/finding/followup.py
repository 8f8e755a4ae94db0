"""Follow-ups: tells a question that depends on the one before it from one that stands alone."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from footnote.index.finding.coefficients import COEFFICIENTS
from footnote.index.finding.languages import language_spoken
from footnote.index.question import Question
from footnote.index.words import content_words

# Words that stand for something said before, in English and in German; in other languages a
# follow-up is known by its shortness.
_STANDS_FOR = re.compile(
    r"^\W*(?:and|but|so|(?:what|how) about|what of)\b"
    r"|\b(?:it|its|they|them|theirs?|he|him|his|she|hers?|this|that|these|those|there|then|ones?"
    r"|others?|another|same|such|more|else|both|either|former|latter|here)\b",
    re.IGNORECASE,
)
_STANDS_FOR_IN_GERMAN = re.compile(
    r"\b(?:er|sie|es|ihn|ihm|ihnen|ihre?[mnrs]?|seine?[mnrs]?|dies\w{0,2}|jene\w?|dessen|deren|denen"
    r"|dort|dahin|daher|davon|dazu|dafür|dagegen|damit|danach|davor|daran|darauf|darin|darüber"
    r"|darum|dabei|dadurch|andere[mnrs]?|beide[mnrs]?|selbe[mnrs]?|noch)\b",
    re.IGNORECASE,
)
# "Who owns the moon?", "What is the capital of Peru?": what it ends on is a thing of its own, not
# one of what was asked before as in "What was the toll?". English, German and Spanish.
_TAIL = r" (?:[\w’'-]{1,40} ){0,2}?[\w’'-]{1,40}\W{0,4}$"
_ENDS_ON_A_THING = re.compile(
    rf"\b(?:the|an?|any|der|die|das|de[mn]|ein\w{{0,2}}|el|la|los|las|una?){_TAIL}", re.IGNORECASE
)
_ENDS_ON_OF_A_THING = re.compile(rf"\b(?:of|in|des|del?){_TAIL}", re.IGNORECASE)
_ASKS_WHAT_IS = re.compile(
    r"^\W*(?:what|who|which|how \w{1,12}|was|wer|wie \w{1,12}|qué|quién|cuál)"
    r"(?:['’]s| is| are| was| were| ist| sind| war| waren| es| son| fue| era)\b",
    re.IGNORECASE,
)
_FEW_TERMS, _HARDLY_ANY = 3, 2
_MAX_QUESTIONS_LEANT_ON = 3


def previous_weights(
    question: Question,
    terms: Collection[str],
    *,
    known: bool,
    weights: Mapping[str, float] = COEFFICIENTS.follow_up,
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
    weight = weights["leaning"]
    leaning = weights["hardly_any_words"] if len(set(terms)) <= _HARDLY_ANY else weight
    german = speaks_german(question)
    if (_STANDS_FOR_IN_GERMAN if german else _STANDS_FOR).search(question.text):
        return (leaning,)
    if not few:
        return (0.0,)
    if not _names_something(question.text, in_german=german):
        return (leaning,)
    # "When did Iran join?" leans on what was asked before; "What is TUTAP?" and, where the
    # articles know of no Peru, "What is the capital of Peru?" do not.
    return (0.0, weight) if known else (0.0,)


def thing_of_its_own(question: str, terms: Sequence[str]) -> str | None:
    """The last of the stemmed words of a question that ends on a thing and stands for nothing said.

    None of "What was the final toll?", which ends on something of what was asked before.
    """
    if len(set(terms)) < _HARDLY_ANY or _STANDS_FOR.search(question):
        return None
    line = " ".join(question.split())
    asks_of_it = _ASKS_WHAT_IS.search(line) is not None
    if not _ENDS_ON_OF_A_THING.search(line) and (asks_of_it or not _ENDS_ON_A_THING.search(line)):
        return None
    return terms[-1]


def leant_on(question: Question) -> str | None:
    """The previous question, joined with those before it that it depends on in turn.

    Of "Who owns Brae Ferries?" and "Who leads it?" both, for the second alone is about nothing.
    None where nothing was asked before.
    """
    asked = [turn.text for turn in question.history if turn.role == "user"]
    first = len(asked) - 1
    while first > max(len(asked) - _MAX_QUESTIONS_LEANT_ON, 0) and _leans(asked[first]):
        first -= 1
    return " ".join(asked[first:]) if asked else None


def _leans(text: str) -> bool:
    """By its words alone, whatever the articles have. Where longer ones with an "it" took in what
    was asked before, or all short ones, less was found for MTRAG's follow-ups: recall@5 .628 and
    .617, instead of .630."""
    few = len(content_words(text, "en")) <= _FEW_TERMS
    return few and _STANDS_FOR.search(text) is not None


def _names_something(text: str, *, in_german: bool = False) -> bool:
    """Whether there is a number, or a word with a capital letter that does not begin the text; of
    German ones two, one after the other."""
    _, *others = text.split() or [""]
    capital = [word.strip("\"'“‘(„»")[:1].isupper() for word in others]
    named = any(map(all, pairwise(capital))) if in_german else any(capital)
    return named or any(map(str.isdigit, text))


def speaks_german(question: Question) -> bool:
    """By the question before it, too, for a short one alone is in no language for certain."""
    return _is_german(f"{question.previous or ''} {question.text}")


@lru_cache(64)
def _is_german(text: str) -> bool:
    return language_spoken(text, ("de",)) == "de"
