"""What kind of answer a question expects, told by its first words, and whether a sentence has it.

English only so far; a question of another language expects nothing in particular.
"""

import re
from enum import Enum


class Kind(Enum):
    """What the answer to a question is likely to be."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    DEFINITION = "definition"
    ANY = "any"


_QUESTIONS = {
    Kind.NUMBER: re.compile(
        r"\bhow (many|much|long|old|far|tall|high|large|big|often|fast|deep|wide)\b"
        r"|\bwhat (percentage|percent|number|proportion|amount|share|age)\b"
        r"|\bwhat (is|was|are|were) the (\w+ )?(population|price|cost|budget|revenue|length|height"
        r"|distance|speed|toll|rate|size|weight|value|voltage|income|turnover|capacity)\b",
        re.IGNORECASE,
    ),
    Kind.DATE: re.compile(
        r"\bwhen\b|\b(what|which) (year|date|day|month|century|decade)\b", re.IGNORECASE
    ),
    Kind.PLACE: re.compile(r"\bwhere\b", re.IGNORECASE),
    Kind.NAME: re.compile(
        r"\b(who|whom|whose|which)\b|\bwhat (country|countries|cit(y|ies)|states?|places?"
        r"|towns?|provinces?|regions?|groups?|organi[sz]ations?|person|people|compan(y|ies))\b",
        re.IGNORECASE,
    ),
    # What is the QCCM? Not: What is the capital of Peru? Possessive, for a word that may be cut
    # anywhere is tried at each cut: 160 letters took a minute.
    Kind.DEFINITION: re.compile(
        r"^\W*what(?:’s|'s| is| are| was| were) (?:an? |the )?"
        r"(?P<thing>(?!of\b|in\b)[^\s?]++(?:\s++(?!of\b|in\b)[^\s?]++){0,4}+)"
        r"\W*$",
        re.IGNORECASE,
    ),
}
_NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundreds?|thousands?"
    "|millions?|billions?|dozens?|half|twice|third|quarter"
)
_SIGNS = {
    Kind.NUMBER: re.compile(rf"\d[\d.,]*|\b(?:{_NUMBER_WORD})\b", re.IGNORECASE),
    Kind.DATE: re.compile(
        r"\b(?:1\d{3}|20\d\d)\b|\b(?:January|February|March|April|May|June|July|August|September"
        r"|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|century|centuries"
        r"|\d{2,4}s|BC|AD)\b"
    ),
    Kind.PLACE: re.compile(
        r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Tt]o|[Ii]nto|[Aa]round|[Aa]cross|[Oo]n|[Oo]utside)"
        r" (?:the )?(?:[a-z]+ (?:of )?(?:the )?){0,2}[A-Z][\w’'-]+"
    ),
    # A capital letter that does not begin the sentence.
    Kind.NAME: re.compile(r"(?<=[\w,;:)\"”’'] )[\"“'(]?[A-Z][\w’'-]+"),
}


_DEFINES = re.compile(r"^(?P<thing>[^.;:]{1,150}?) (?:is|are|was|were) (?:an?|the|one of)\b")
_WORD = re.compile(r"\w{3,}")


def expected_kind(question: str) -> Kind:
    return next((kind for kind, cue in _QUESTIONS.items() if cue.search(question)), Kind.ANY)


def has_kind(kind: Kind, sentence: str, question: str) -> bool:
    """Whether the sentence has something of the kind that the question itself has not."""
    if kind is Kind.ANY:
        return True
    if kind is Kind.DEFINITION:
        return _defines(sentence, question)
    asked = question.casefold()
    signs = (sign[0].split()[-1] for sign in _SIGNS[kind].finditer(sentence))
    return any(sign.strip("\"“'(").casefold() not in asked for sign in signs)


def _defines(sentence: str, question: str) -> bool:
    """Whether it says what something is that has all the words of the thing that is asked for."""
    asked = _QUESTIONS[Kind.DEFINITION].search(question)
    told = _DEFINES.search(sentence)
    if not asked or not told:
        return False
    words = _WORD.findall(told["thing"].casefold())
    return set(words) >= set(_WORD.findall(asked["thing"].casefold()))
