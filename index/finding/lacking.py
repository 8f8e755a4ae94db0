"""What a question asks for that a sentence lacks: a count, an order, the first, a leader now."""

import re
from dataclasses import dataclass
from functools import lru_cache

from footnote.index.facts.countries import names_a_country
from footnote.index.facts.dates import dates
from footnote.index.finding.doings import names_no_doer
from footnote.index.finding.kind import OPENING
from footnote.index.finding.speaker import another_speaks
from footnote.index.finding.telling_of_events import (
    ASKS_FOR_ROLE,
    ASKS_WHY,
    ROLES,
    TELLS_WHY,
    TOLD_OF_EVENTS,
)
from footnote.index.finding.telling_words import ASKS_FOR_LEADER, NUMBER, TOLD
from footnote.index.words import stemmed

_HOW_MANY = re.compile(r"\bhow many ((?:[\w'’-]+ ){0,8}?)(?=(?:were|was|are|is|did|do|does|have|has"
    r"|had|can|could|will|would|of|in|at|on|for|from|to|who|that|with|take|live|work|die)\b|\W*$)",
    re.IGNORECASE)  # fmt: skip
# What else tells how many there are; a date tells that of nothing. Of 1,704 sentences that answer
# such questions in nine public sets 10 have none of these, of all sentences .55.
_AMOUNTS_TEXT = (
    r"\w{3,6}teen twenty thirty forty fifty sixty seventy eighty ninety several many most few all"
    r" both single only pair couple trio duo twice once thrice double triple quadruple quarters?"
    r" third another lone sole multiple various countless majority first neither nothing"
    r" zero nil"
)
_AMOUNT = re.compile(
    rf"\d|[²³]|\b(?:{NUMBER}|{'|'.join(_AMOUNTS_TEXT.split())}|an? \w{{2,20}} and an?)\b",
    re.IGNORECASE,
)
_PEOPLE = r"(?:people|person|civilian|inhabitant|resident|victim|dead|kill|injur|wound|li[fv]e)"
# Who led it once, as far as the words tell.
_LED_BEFORE = re.compile(
    r"\b(?:had (?:been )?\w{1,20}d|until|former(?:ly)?|predecessors?|died|was killed)\b"
    r"|\bfrom (?:\w+ )?\d{4} to\b",
    re.IGNORECASE,
)
_LEADS_NOW = re.compile(
    r"\b(?:has|have|since|is|now|currently|leads|heads|rules|runs|governs|commands|chairs|succeeded"
    r"|replaced|took over|(?:died|killed)\W[^.!?]{0,80}\bbecame)\b",
    re.IGNORECASE,
)
_ASKS_FOR_A_COUNTRY = re.compile(
    r"\b(?:which|what) (?:\w{1,20} )?(?:country|countries)\b(?! (?:music|song|club|house|road))",
    re.IGNORECASE,
)
# Who was its first leader? "The first who did not come from the north" was another.
_WHICH = (
    r"\b(?P<which>first|last|only|oldest|youngest|largest|biggest|smallest|longest|tallest|highest)"
)
_ASKS_FOR_FIRST = re.compile(
    OPENING + rf"(?:who|which|what)\b[^?]{{0,40}}?"
    r" (?:is|was|are|were) [^?]{0,60}?"
    rf"{_WHICH}\b(?!(?: [\w’'-]+){{0,8}}? (?:who|that|which|to|since|from|outside|without|not)\b)",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\b(?:as of|currently|now|at present|incumbent)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|founding|original|initial|inaugural)", re.IGNORECASE)
_FIRST_OF_SOME = re.compile(
    rf"{_WHICH}(?:(?: [\w’'-]+){{1,6}}? who|(?: [\w’'-]+){{1,2}} (?:that|which)"
    r"|(?: (?!was\b|is\b)[\w’'-]+){1,2} from (?:an?|the|outside))\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:before|after|following|preced\w+|succe(?:ed|ss)\w*|replac\w+|predecess\w+|then|next)\b",
    re.IGNORECASE,
)
_ASKS_FOR_ORDER = re.compile(r"\b(?:before|after|predecessor|successor)\b", re.IGNORECASE)


def lacks(sentence: str, question: str) -> bool:
    """Whether the sentence hardly answers, for it lacks an amount, order or time that is asked for.

    Known of English questions only: the count of just these things, a sum, an age, what is before,
    who leads something now.
    True of the best sentence for .03 of the questions of XQuAD, .02 of those of SQuAD 2.0 (.04 of
    its unanswerable ones), .06 of our own, and .5 of our own that nothing answers.
    """
    wanted = _wanted(question)
    if wanted.is_count:
        has_number = wanted.number is None or wanted.number.search(sentence) is not None
        return not has_number or cannot_answer(sentence, question)
    if wanted.is_order and not _ORDER.search(sentence):
        return True
    if wanted.is_leader and _LED_BEFORE.search(sentence) and not _LEADS_NOW.search(sentence):
        return True
    return cannot_answer(sentence, question)


def cannot_answer(sentence: str, question: str, *, beside: str = "") -> bool:
    """Whether it lacks the time, count, sum, age, weight, heat, kin, leader, founding, country,
    reason, length, successor, doer or role that is asked for, has the words of others, or tells
    the first of some where that of all is asked for.

    However like the question it is, it does not answer then. What stands `beside` it tells which
    names that no list has are countries. English; sums, ages, weights and heat
    in German, too, and in part in Spanish and Russian.
    """
    wanted = _wanted(question)
    return (
        another_speaks(sentence, question)
        or any(not told.search(sentence) for told in wanted.told)
        or (wanted.is_count and not _AMOUNT.search(_without_dates(sentence)))
        or (wanted.is_country and not names_a_country(sentence, beside))
        or (wanted.first is not None and _is_not_first(sentence, wanted.first))
        or (wanted.role is not None and _has_another_role(sentence, wanted.role))
        or names_no_doer(sentence, question)
        or (wanted.is_why and not TELLS_WHY.search(sentence) and _repeats(sentence, question))
    )


def _has_another_role(sentence: str, role: str) -> bool:
    """Whether it has a mayor where a president is asked for: of 99 sentences that answer such
    questions in nine public sets none has."""
    told = {name for name, words in ROLES.items() if words.search(sentence)}
    return bool(told) and role not in told


def _repeats(sentence: str, question: str) -> bool:
    """Whether it has a word of the question.

    Of 3,459 sentences that answer a question for a reason in nine public sets 10 do, and give none
    that is known by a word; without a look at this 17 have no such word, and .18 of all sentences.
    """
    return not set(stemmed(question, "en")).isdisjoint(stemmed(sentence, "en"))


def _without_dates(sentence: str) -> str:
    kept, end = "", 0
    for date in dates(sentence, "en"):
        kept, end = kept + sentence[end : date.span.start], date.span.end
    return kept + sentence[end:]


def _is_not_first(sentence: str, which: str) -> bool:
    """Whether it is the first of some only, or tells how things are now, and of no first."""
    if which == "first" and _AS_OF.search(sentence) and not _FIRST.search(sentence):
        return True
    return any(m["which"].casefold() == which for m in _FIRST_OF_SOME.finditer(sentence))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question asks for, of which each of some fifty sentences is asked whether it has it.

    `number`: a number near the things that are to be counted, None where these are not known;
    `told`: what tells a time, a sum, an age, kin or a leader. `is_country`: a country;
    `is_leader`: who leads something now; `first`: "first", "last" or the like, of all and not only
    of some; `is_why`: a reason; `role`: who is mayor or the like.
    """

    is_count: bool
    is_country: bool
    number: re.Pattern[str] | None
    is_order: bool
    is_leader: bool
    told: tuple[re.Pattern[str], ...]
    first: str | None
    is_why: bool
    role: str | None


@lru_cache(maxsize=64)
def _wanted(question: str) -> _Wanted:
    counted, first = _HOW_MANY.search(question), _ASKS_FOR_FIRST.search(question)
    return _Wanted(
        counted is not None,
        _ASKS_FOR_A_COUNTRY.search(question) is not None,
        _number_of(counted[1].split()) if counted else None,
        _ASKS_FOR_ORDER.search(question) is not None,
        ASKS_FOR_LEADER.search(question) is not None,
        tuple(told for asks, told in (*TOLD, *TOLD_OF_EVENTS) if asks.search(question)),
        first["which"].casefold() if first else None,
        ASKS_WHY.search(question) is not None,
        role["role"].casefold() if (role := ASKS_FOR_ROLE.search(question)) else None,
    )


def _number_of(words: list[str]) -> re.Pattern[str] | None:
    """A number near the things that are counted; None where these are not known."""
    things = [word for word in words if word.endswith("s") or word.casefold() == "people"]
    if not things:
        return None
    thing = things[-1]
    return _number_near(
        _PEOPLE if thing.casefold() == "people" else re.escape(thing[: max(4, len(thing) - 3)])
    )


def _number_near(stem: str) -> re.Pattern[str]:
    """A number, and what begins like this within a few words of it."""
    before = rf"\b{NUMBER}\b(?:\W++[\w'’-]++){{0,4}}?\W++{stem}"
    after = rf"\b{stem}\w*(?:\W+\w+){{0,5}}?\W+{NUMBER}\b"
    return re.compile(f"{before}|{after}", re.IGNORECASE)
