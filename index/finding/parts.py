"""Splits a question that asks for several things: several questions, enumerated names, a
comparison."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from footnote.index.facts.names import name_forms, same_name
from footnote.index.question import Question, Turn

# English only so far. "When and where was it signed?" is one question: a part has a verb.
_AND = re.compile(
    r",? (?:and|or) (?=(?:who|what|when|where|which|why|how) \w+ \w)|(?<=\?) (?=\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|in|at|by|on|for|from|to|of)\s+)?(?:who|whom|whose|what|when|where|which|why"
    r"|how|is"
    r"|are|was|were|did|do|does|has|have|can|could|will)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:between|both)\b", re.IGNORECASE)
_MIN_WORDS, _MAX_PARTS = 3, 3

# English and German: "Which countries …", "List …", "Who are the members …".
_SEVERAL = re.compile(
    r"^\W*(?:list|name|enumerate|nenne?|liste)\b|\b(?:which|what) (?:[\w'’-]+ ){0,2}?"
    r"(?!(?:is|was|does|has)\b)[\w'’-]*[^\Ws]s\b|\bwho (?:are|were|have|all)\b"
    r"|\b(?:all|each|every)\b"
    r"|\bwelche (?:[\w-]+ )?(?:sind|waren|haben|hatten|gehören|nahmen)\b",
    re.IGNORECASE,
)

# Names or years in a row: "Nevada, Idaho and Utah", "2014 und 2015".
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё][\w’'-]{0,40}+"
_NAME = rf"(?:(?:[Tt]he )?{_CAPITAL}(?: (?:of |of the )?{_CAPITAL}){{0,4}}|\d{{4}})"
_ROW = re.compile(
    rf"(?<!\w){_NAME}(?:, {_NAME}){{0,5}},? (?:and|or|as well as|und|oder|sowie|y|e|o|и"
    rf"|или) {_NAME}"
)
_BETWEEN_NAMES = re.compile(r",? (?:and|or|as well as|und|oder|sowie|y|e|o|и|или) |, ")
# "between Russia and China" is one thing.
_BEFORE_A_PLACE = re.compile(
    r"\b(?:in|at|near|on|about|for|to|into|in den|über|zu|bei|für|en|sobre|para|a|в|во|о|об|про"
    r"|для)"
    r"(?: the)? $",
    re.IGNORECASE,
)
_ONE_THING = re.compile(r"\b(?:between|both|zwischen|entre|между|from|von|de|от)\s$", re.IGNORECASE)
_MAX_THINGS = 5
_MAX_CHARACTERS = 300

# "Other schools" and "those of today" are things that nobody can look for; nor is "than planned".
_THING = (
    r"(?!(?:other|those|these|that|it|them|the rest|who|what|how|when|why|where)\b)[^,;?]{1,60}?"
)
_ONE, _OTHER = rf"(?P<one>{_THING})", rf"(?P<other>{_THING})"
_OTHER_AGAIN = rf"(?P<again>{_THING})"
_ASPECT = (
    r"(?: (?:in terms of|with regard to|with respect to|when it comes to|as to|regarding|concerning"
    r"|in|by|hinsichtlich|bezüglich|en cuanto a|по) (?P<aspect>[^?]{2,60}))?"
)
# Two things that are compared, and what is asked of each in the same language.
_COMPARISONS = tuple(
    (re.compile(form, re.IGNORECASE), what_is)
    for form, what_is in (
        (
            r"(?:what(?:'s|’s| is| are) |explain |tell me )?(?:the |any )?(?:main |key )?"
            rf"(?:differences?|similarit(?:y|ies)) between {_ONE} and {_OTHER}{_ASPECT}",
            "What is {}?",
        ),
        (
            rf"(?:how|in what way) (?:do|does|did|are|is|was"
            rf"|were) {_ONE} (?:and {_OTHER} (?:differ|compare"
            rf"|different)|(?:differ from|different from|compare (?:to"
            rf"|with)) {_OTHER_AGAIN}){_ASPECT}",
            "What is {}?",
        ),
        (rf"compare {_ONE} (?:and|with|to|against) {_OTHER}{_ASPECT}", "What is {}?"),
        (
            r"(?P<one>(?!(?:who|what|how|when|why|where|which|did|is"
            r"|was)\b)[\w’'-]+(?: [\w’'-]+){0,3})"
            r" (?:vs\.?|versus) (?P<other>[\w’'-]+(?: [\w’'-]+){0,3})",
            "What is {}?",
        ),
        (rf"what do {_ONE} and {_OTHER} have in common", "What is {}?"),
        (
            rf"(?:was ist der |was sind die )?unterschiede? zwischen (?:de[mnr] )?{_ONE} und"
            rf" (?:de[mnr] )?{_OTHER}{_ASPECT}",
            "Was ist {}?",
        ),
        (
            rf"vergleiche? (?:die |den |das )?{_ONE} (?:und|mit) (?:de[mnr] "
            rf"|die )?{_OTHER}",
            "Was ist {}?",
        ),
        (rf"(?:wie|wodurch) unterscheide[nt] sich {_ONE} (?:und|von) {_OTHER}", "Was ist {}?"),
        (
            r"(?:cuál(?:es)? (?:es|son) )?(?:las? )?diferencias? (?:hay )?entre"
            rf" {_ONE} y {_OTHER}{_ASPECT}",
            "¿Qué es {}?",
        ),
        (rf"compara {_ONE} (?:y|con) {_OTHER}", "¿Qué es {}?"),
        (rf"en qué se diferencian? {_ONE} (?:y|de) {_OTHER}", "¿Qué es {}?"),
        (rf"(?:в ч[её]м )?(?:разница|различия?) между {_ONE} и {_OTHER}", "Что такое {}?"),
        (rf"чем отлича(?:ется|ются) {_ONE} от {_OTHER}", "Что такое {}?"),
        (rf"сравни(?:те)? {_ONE} (?:и|с) {_OTHER}", "Что такое {}?"),
    )
)
_WHICH_OF = re.compile(
    rf"(?P<asked>(?:which|who"
    rf"|what)\b.{{3,150}}?),? ?[,:—–-] ?{_ONE} or {_OTHER}",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    rf"(?:is|was|are|were|do|does|did) {_ONE} (?P<much>\w{{2,12}}er|have (?:more"
    rf"|fewer) [\w -]{{2,40}})"
    r" than (?!(?:planned|expected|hoped|feared|thought|estimated|promised|agreed|usual|before|ever"
    rf"|now|last|previously|intended|announced|average|normal|needed)\b){_OTHER}",
    re.IGNORECASE,
)
# What is asked of each of two things of which it is asked which has more of it.
_WHICH = r"(?:which|who|what)(?: of \w+(?: \w+)?| \w+)?"
_MORE = tuple(
    (re.compile(asked, re.IGNORECASE), of_each)
    for asked, of_each in (
        (
            rf"{_WHICH} (?:has|have|had) (?:the )?(?:more|fewer|most|fewest) (?P<what>.+)",
            "How many {what} does {thing} have?",
        ),
        (
            rf"{_WHICH} (?:is|was|are|were) (?:the )?(?:old|young)(?:er|est)",
            "How old is {thing}?",
        ),
        (
            rf"{_WHICH} (?:is|was|are|were) (?:the )?(?:larg|bigg|small)(?:er|est)",
            "How large is {thing}?",
        ),
        (
            rf"{_WHICH} (?:is|was|are|were) (?:the )?(?P<much>high|tall|long|deep|fast|wide)(?:er"
            rf"|est)",
            "How {much} is {thing}?",
        ),
        (
            rf"{_WHICH} (?P<was>is|was|were|are|did|has) (?P<done>.+) (?:first|earlier|later|last)",
            "When {was} {thing} {done}?",
        ),
        (rf"{_WHICH} (?P<did>.+) (?:first|earlier|later|last)", "When {thing} {did}?"),
    )
)
# "primary and archaeological sources", "the Quetta and Kabul attacks"
_TAIL = re.compile(r"(?<=\w) [a-zß-ö][\w’'-]*(?: [\w’'-]+){0,3}$")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_DETERMINERS = frozenset(("the", "a", "an", "der", "die", "das", "el", "la", "los", "las"))
_TWO = 2


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """What is asked of one of several things; `name` is the thing in the question's words."""

    name: str
    question: Question


def asks_for_several(question: str) -> bool:
    """Whether the question probably asks for more than one thing."""
    return _SEVERAL.search(question) is not None


def parts_of(question: Question) -> Sequence[Question]:
    """The questions in order, each with those before it as its history; just the one if there is
    only one."""
    texts = [text.strip() for text in _AND.split(" ".join(question.text.split()))]
    asking = all(len(text.split()) >= _MIN_WORDS and _ASKS.match(text) for text in texts)
    if not asking or _COMPARES.search(texts[0]) or not 1 < len(texts) <= _MAX_PARTS:
        return (question,)
    return [
        replace(question, text=text, history=(*question.history, *_said(texts[:number])))
        for number, text in enumerate(texts)
    ]


def _said(texts: Sequence[str]) -> Iterator[Turn]:
    return (Turn("user", text) for text in texts)


def compared(question: Question) -> Sequence[QuestionPart]:
    """The two things a question compares, with what is asked about each; empty if it compares
    nothing.

    >>> [part.question.text for part in compared(Question("How do the SCO and the CSTO differ?"))]
    ['What is the SCO?', 'What is the CSTO?']
    """
    text = question.bare
    if len(text) > _MAX_CHARACTERS:
        return ()
    for pattern, what_is in _COMPARISONS:
        if match := pattern.fullmatch(text):
            aspect = match.groupdict().get("aspect")
            form = f"{aspect} {{}}" if aspect else what_is
            return _of_each(question, _two(match), form.format)
    return ()


def which_of(question: Question) -> Sequence[QuestionPart]:
    """The two things in a "which of … is more" question, with what is asked about each.

    >>> [part.question.text for part in which_of(Question("Which is older, the SCO or the CSTO?"))]
    ['How old is the SCO?', 'How old is the CSTO?']
    """
    text = question.bare
    if len(text) > _MAX_CHARACTERS:
        return ()
    if match := _WHICH_OF.fullmatch(text):
        asked = match["asked"].strip()
        return _of_each(question, _two(match), lambda thing: _asked_of(asked, thing))
    if match := _MORE_THAN.fullmatch(text):
        verb = "has" if match["much"].startswith("have") else "is"
        asked = f"which {verb} {match['much'].removeprefix('have ')}"
        return _of_each(question, _two(match), lambda thing: _asked_of(asked, thing))
    return ()


def things_in_a_row(question: Question) -> Sequence[QuestionPart]:
    """What is asked about each of the enumerated names or years; empty without an enumeration.

    Three or more, or two after a preposition: what two have done they mostly did together. Of
    22,000 questions of public sets .02 have two names in a row that are one subject.

    >>> [part.question.text for part in things_in_a_row(Question("Who won in Idaho and Utah?"))]
    ['Who won in Idaho?', 'Who won in Utah?']
    """
    text = question.text
    if len(text) > _MAX_CHARACTERS:
        return ()
    for row in _ROW.finditer(text):
        before, after = text[: row.start()], text[row.end() :]
        names = [name.strip() for name in _BETWEEN_NAMES.split(row[0])]
        apart = len(names) > _TWO or _BEFORE_A_PLACE.search(before)
        if before and apart and len(names) <= _MAX_THINGS and not _ONE_THING.search(before):
            return _of_each(question, names, partial(_between, before, after))
    return ()


def row_of(parts: Sequence[QuestionPart], question: Question) -> str | None:
    """The stretch of a question from the first of its things to the last; None where it has"
    " none."""
    start, last = question.text.find(parts[0].name), question.text.rfind(parts[-1].name)
    return question.text[start : last + len(parts[-1].name)] if 0 <= start < last else None


def names_it(text: str, name: str) -> bool:
    """Whether a text names the thing: has a word with a capital letter, or a figure, of its name,
    or the longest word of one in lower case; or words whose first letters its acronym has."""
    words = [word for word in _WORD.findall(name) if word.lower() not in _DETERMINERS]
    there = _WORD.findall(text)
    forms = {form for word in there for form in name_forms(word)}
    initials = "".join(word[0] for word in there if word[0].isupper())
    marked = [word for word in words if word[0].isupper() or word[0].isdigit()]
    return any(
        same_name(word, forms) or (word.isupper() and len(word) > _TWO and word in initials)
        for word in marked or [max(words, key=len, default="")]
    )


def _of_each(
    question: Question, names: Sequence[str], ask: Callable[[str], str]
) -> list[QuestionPart]:
    return [QuestionPart(name, replace(question, text=ask(name))) for name in dict.fromkeys(names)]


def _between(before: str, after: str, name: str) -> str:
    return f"{before}{name}{after}"


def _two(match: re.Match[str]) -> tuple[str, str]:
    """Both whole: of "the Quetta" and "Kabul attacks", "the Quetta attacks" and "Kabul attacks"."""
    one, other = match["one"], match["other"] or match.groupdict().get("again") or ""
    bare = [word for word in one.split() if word.lower() != "the"]
    whole = other.lower().startswith(("the ", "a ", "an "))
    if len(bare) == 1 and not whole and (tail := _TAIL.search(other)):
        return f"{one}{tail[0]}", other
    return one, other


def _asked_of(asked: str, thing: str) -> str:
    for pattern, form in _MORE:
        if match := pattern.fullmatch(asked):
            return form.format(thing=thing, **match.groupdict())
    return f"{asked}, {thing}?"
