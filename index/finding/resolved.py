"""Coreference in follow-ups: rewrites a follow-up as a question that stands alone.

"Who is James Hansen?", then "Where does he teach?": "Where does James Hansen teach?". "When does
California raise its minimum wage?", then "And Connecticut?": "When does Connecticut raise its
minimum wage?". English, and German by resolved_german.py; where it is not plain what is meant,
nothing is resolved.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from footnote.index.facts.countries import names_a_country
from footnote.index.finding.followup import speaks_german
from footnote.index.finding.kind import OPENING, Kind, expected_kind
from footnote.index.finding.resolved_german import resolved_german
from footnote.index.question import Question
from footnote.index.words import is_function_word

_MAX_CHARACTERS, _MAX_QUESTIONS_BACK, _MAX_WORDS, _MAX_WORDS_ALONE = 300, 6, 60, 6
_MAX_NAMES_MEANT, _MAX_ANSWER_READ = 3, 1000
_WORDS_OF_AN_END = 3
_WORDS_OF_A_TOPIC = 3  # "drones in Illinois"
_WORD = re.compile(r"[^\W_](?:[\w.’'&-]*[\w])?")
_LEAD = re.compile(
    r"\W{0,3}(?:(?:and|but|or|so|then|what about|how about|what of)\b[ ,]{0,3}){1,3}+",
    re.IGNORECASE,
)
_PREPOSITIONS = frozenset(("in", "at", "on", "for", "of", "from", "to", "by", "with", "against"))
_ASKS_TEXT = (
    "who whom whose what which when where why how is are was were do does did has have had can"
    " could will would should may might he she it they that this there"
)
_ASKS = frozenset(_ASKS_TEXT.split())
# "How many died at Sarnik?", "And in Velmora?".
_OF_PLACES = frozenset(("in", "at", "near"))
_PLACE = r"\b(?:in|at|near) (?:the )?{name}(?![\w’'])"
_OF_A_PERSON = frozenset(("he", "she", "him", "his", "her"))
_POSSESSIVE = frozenset(("his", "her", "its"))
# Not "they", which after "How many ships has Arvik?" are the ships.
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|it|its)\b", re.IGNORECASE)
_OF_SEVERAL = re.compile(r"\b(?:they|them|their|these|those)\b", re.IGNORECASE)
_ENDS_ON_A_THING = re.compile(r"\bthe [a-z][\w-]*+(?: [a-z][\w-]*+){0,2}+\W{0,3}$")
_THE = re.compile(r"\bthe\b", re.IGNORECASE)
_COMMON_NOUN = re.compile(r"\b(?:an?|the|his|her|its|their|this|that) [a-z]")
_GENITIVE = re.compile(r"[’']s?$")
# "Why?" after "When did Bo Holt resign?", and what is asked there of something.
_ALONE = re.compile(r"(?:why|when|where|how)", re.IGNORECASE)
_ASKED_OF = re.compile(
    OPENING + r"(?:(?:why|when|where|how) )?"
    r"(?P<asked>(?:did|does|do|was|were|is|are|has|have|had|will|would) \S[^?]{1,250}?)\W*$",
    re.IGNORECASE,
)
# "it" after "When did the strike at Lunde begin?" is the strike.
_THING_IN_A_PLACE = (
    r"^\W{{0,3}}(?:(?:and|but|so) )?(?:why|when|where|how) (?:did|does|was|is|has|had|will)"
    r" (?P<thing>the (?:[a-z][\w-]* ){{1,3}}?(?:of|in|at|on|near|for|from) (?:the )?{name}) [a-z]"
)
_MEANS_NOTHING = re.compile(
    r"\bit (?:rain|snow|take|took|possible|true|likely|clear|known)|\bit \w+ (?:to|that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A follow-up rewritten to stand alone. `thing` is set where it repeats the previous question
    for another thing, and names it."""

    text: str
    thing: str | None = None


def resolved(question: Question) -> StandaloneQuestion | None:
    """The rewritten question; None if it needs nothing from the conversation, or its reference is
    ambiguous."""
    if question.previous is None:
        return None
    if speaks_german(question):
        german = resolved_german(_line(question.text), _before_in_german(question))
        return StandaloneQuestion(*german) if german else None
    text, (before, person) = _line(question.text), _before(question)
    told = _bare(question) if _stands_alone(question) else None
    told = told or _resolved(text, before, person)
    doubtful = told is not None and _is_of_a_thing(text) and _still_spoken_of(question, before)
    return None if doubtful else told


def in_full(question: Question) -> StandaloneQuestion | None:
    """As `resolved`, and where that is not plain, "Why?" with what was asked before as it was: "Why
    did he resign?" says what is asked for, and of whom nobody knows without the conversation."""
    return resolved(question) or _bare(question)


def possible(question: Question) -> tuple[StandaloneQuestion, ...]:
    """The question for each name that its pronoun may stand for, where two or three are possible.

    "When did Iran join the SCO?", then "Who leads it?": "Who leads Iran?", "Who leads the SCO?". So
    it is, too, where only the question before had the SCO, and the last answer has it.
    """
    text, (before, _) = _line(question.text), _before(question)
    meant = dict.fromkeys(_names(before), before)
    if _is_of_a_thing(text):
        meant |= _still_spoken_of(question, before)
    if (
        not 2 <= len(meant) <= _MAX_NAMES_MEANT
        or _COMMON_NOUN.search(before)  # "it" may be the office that was opened
        or resolved(question)
    ):
        return ()
    named = (_named(text, name, asked) for name, asked in meant.items())
    return tuple(StandaloneQuestion(text) for text in named if text)


def names_something(question: Question) -> bool:
    """Whether it has a name or a figure of its own."""
    text = _line(question.text)
    return bool(_names(text)) or any(map(str.isdigit, text))


def has_pronoun(question: Question) -> bool:
    """Whether a word of it may stand for somebody or something named before."""
    text = _line(question.text)
    return bool(_PRONOUN.search(text) or _OF_SEVERAL.search(text))


def spoken_of(question: Question) -> tuple[str, ...]:
    """The names, but for those of times, of what was asked before a question: "What was the Arvik
    fire?", then "How many people died?"."""
    if question.previous is None:
        return ()
    return tuple(n for n in _names(_before(question)[0]) if not any(map(str.isdigit, n)))


def names_answered(question: Question) -> tuple[str, ...]:
    """The names in the last answer, whole, but for those of countries: who it was that led it."""
    answered = " ".join((question.answered or "")[:_MAX_ANSWER_READ].split())
    return tuple(n for n in _names(f"x {answered}") if not names_a_country(n))


def _is_of_a_thing(text: str) -> bool:
    pronouns = {pronoun[0].casefold() for pronoun in _PRONOUN.finditer(text)}
    return bool(pronouns) and not pronouns & _OF_A_PERSON


def _bare(question: Question) -> StandaloneQuestion | None:
    """Of "When did Bo Holt resign?" the rest behind a mere "Why?"."""
    text = _line(question.text)
    lead = _LEAD.match(text)
    word = text[lead.end() if lead else 0 :].strip(" ?!.").capitalize()
    asked = _ASKED_OF.match(_last(question)) if _ALONE.fullmatch(word) else None
    if asked is None:
        return None
    return StandaloneQuestion(f"{word} {asked['asked'][0].lower()}{asked['asked'][1:]}?")


def _last(question: Question) -> str:
    """The question before, as it would stand alone where that is plain."""
    turns = [place for place, turn in enumerate(question.history) if turn.role == "user"]
    if not turns:
        return ""
    earlier = question.history[: turns[-1]]
    last = Question(question.history[turns[-1]].text, earlier)
    told = _resolved(_line(last.text), *_before(last)) if earlier else None
    return told.text if told else _line(last.text)


def _stands_alone(question: Question) -> bool:
    return not has_pronoun(Question(_last(question)))


def _still_spoken_of(question: Question, before: str) -> dict[str, str]:
    """The names of earlier questions, each with its question, that the last answer has, too, and
    the last question has not, where that is about what had been answered before: "When did Iran
    join?" goes on about the SCO once Iran was named as a member of it."""
    told = [turn.text for turn in question.history if turn.role == "assistant"][:-1]
    if not all(any(_has(text, name) for text in told) for name in _names(before)):
        return {}
    earlier = _asked(question)[:-1]
    named = {name: _line(text) for text in earlier for name in _names(_line(text))}
    answer = question.answered or ""
    return {n: t for n, t in named.items() if n not in before and _has(answer, n)}


def _has(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _before_in_german(question: Question) -> str:
    whole = ""
    for text in _asked(question):
        told = resolved_german(_line(text), whole)
        whole = told[0] if told else _line(text)
    return whole


def _asked(question: Question) -> list[str]:
    asked = [turn.text for turn in question.history if turn.role == "user"]
    return asked[-_MAX_QUESTIONS_BACK:]


def _before(question: Question) -> tuple[str, str | None]:
    """The question before this one as it would stand alone, and who is spoken of.

    What came before is resolved first, so that "Where does he teach?" hands on whom it is about.
    """
    whole, person = "", None
    for text in _asked(question):
        line = _line(text)
        told = _resolved(line, whole, person)
        whole = told.text if told else line if _names(line) or not whole else whole
        person = _person(whole) or (person if person and person in whole else None)
    return whole, person


def _line(text: str) -> str:
    return " ".join(text[:_MAX_CHARACTERS].split())


def _person(question: str) -> str | None:
    """Who it is that a question asks to be told of: "Who is James Hansen?"."""
    names = _names(question)
    asks_who = question.casefold().startswith("who")
    defined = asks_who and expected_kind(question) is Kind.DEFINITION
    return names[0] if len(names) == 1 and defined else None


def _resolved(text: str, before: str, person: str | None) -> StandaloneQuestion | None:
    """`person`: the one who is spoken of, where that is plain."""
    pronouns = {pronoun[0].casefold() for pronoun in _PRONOUN.finditer(text)}
    if person and pronouns and pronouns <= _OF_A_PERSON and not _OF_SEVERAL.search(text):
        return StandaloneQuestion(
            _PRONOUN.sub(lambda found: _form(person, found[0].casefold()), text)
        )
    names = _names(before)
    lead = _LEAD.match(text)
    rest = text[lead.end() :].strip(" ?!.") if lead else ""
    words = _WORD.findall(rest)
    topic = lead is not None and "about" in lead[0] and len(words) >= _WORDS_OF_A_TOPIC
    if before and topic and words[0].islower() and _names(rest):
        return StandaloneQuestion(f"Tell me about {rest}.")
    few = 0 < len(words) <= _MAX_WORDS_ALONE
    if few and (same := _same_preposition(rest, words, before)):
        return same
    if few and not names and words[0] in ("the", "The"):
        return _another_thing(rest, before)
    other = rest.removeprefix("the ")
    if len(names) > 1 and few and _names(f"x {other}") == [other] and not before.isupper():
        names = [name for name in names if _shape(name, before) == _shape(other, rest)]
    if len(names) != 1:
        return None
    [name] = names
    if few and words[0].casefold() not in _ASKS:
        return _in_place_of(name, rest, words, before)
    named = _named(text, name, before)
    return StandaloneQuestion(named) if named else None


def _shape(name: str, text: str) -> tuple[bool, bool, bool]:
    """By which one name of a question is known to be of another's kind: India and Pakistan, the SCO
    and the CSTO."""
    return f"the {name}" in text, name.isupper(), names_a_country(name)


def _in_place_of(name: str, thing: str, words: list[str], before: str) -> StandaloneQuestion | None:
    """What was asked before, for another thing; or of the same thing, something else."""
    preposition = words[0].casefold() if words[0].casefold() in _PREPOSITIONS else ""
    other = thing[len(preposition) :].strip()
    if not other:
        return None
    if _names(f"x {other}") == [other.removeprefix("the ")]:
        place = _PLACE.format(name=re.escape(name))
        if preposition in _OF_PLACES and (found := re.search(place, before)):
            whole = f"{before[: found.start()]}{thing}{before[found.end() :]}"
            return StandaloneQuestion(whole, other.removeprefix("the "))
        beside = preposition and f"{preposition} {name}" not in before
        instead_of = f"the {name}" if f"the {name}" in before else name
        put = before.replace(instead_of, other, 1)
        text = f"{before.rstrip(' ?!.')} {thing}?" if beside else put
        return StandaloneQuestion(text, other.removeprefix("the "))
    return (
        StandaloneQuestion(f"What about {thing} of {name}?")
        if words[0].casefold() == "the"
        else None
    )


def _same_preposition(thing: str, words: list[str], before: str) -> StandaloneQuestion | None:
    """What was asked before with this in place of what it ends on: "… spend on cable?", "And on
    TV?". Not a year in place of a country, nor the other way round."""
    preposition, other = words[0].casefold(), thing[len(words[0]) :].strip()
    if preposition not in _PREPOSITIONS or not other:
        return None
    if (place := _in_place_of_a_place(preposition, other, before)) is not None:
        return place
    start = before.casefold().rfind(f" {preposition} ")
    ends_on = before[start + len(preposition) + 2 :].strip(" ?!.")
    if start < 0 or not ends_on or len(ends_on.split()) > _WORDS_OF_AN_END:
        return None
    another_kind = ends_on[0].isupper() and not any(word[0].isupper() for word in other.split())
    if another_kind or ends_on[0].isdigit() != other[0].isdigit():
        return None
    return StandaloneQuestion(f"{before[:start]} {thing}?", other.removeprefix("the "))


def _in_place_of_a_place(preposition: str, other: str, before: str) -> StandaloneQuestion | None:
    """Where both are names, though the question does not end on its one: "How many died in Hollin
    in the flood?", "And in Maren?"."""
    places = [name for name in _names(before) if f" {preposition} {name} " in before]
    if len(places) != 1 or _names(f"x {other}") != [other]:
        return None
    text = before.replace(f" {preposition} {places[0]} ", f" {preposition} {other} ", 1)
    return StandaloneQuestion(text, other)


def _another_thing(thing: str, before: str) -> StandaloneQuestion | None:
    """What was asked before of the one thing that it ends on: "Who designed the bridge?"."""
    end = _ENDS_ON_A_THING.search(before)
    if end is None or len(_THE.findall(before)) > 1:
        return None
    return StandaloneQuestion(f"{before[: end.start()]}{thing}?", thing[len("the ") :])


def _named(text: str, name: str, before: str) -> str | None:
    """With the name for each pronoun, where these are of one kind and can stand for it."""
    pronouns = {pronoun[0].casefold() for pronoun in _PRONOUN.finditer(text)}
    of_a_person = pronouns & _OF_A_PERSON
    thing = re.match(_THING_IN_A_PLACE.format(name=re.escape(name)), before, re.IGNORECASE)
    in_a_place = thing is None and re.search(
        rf"\b(?:in|at|from|to|on)(?: the)? {re.escape(name)}\b", before
    )
    asks_who = before.casefold().startswith("who") and expected_kind(before) is not Kind.DEFINITION
    if (
        not pronouns
        or (of_a_person and (asks_who or of_a_person != pronouns))
        or in_a_place
        or _OF_SEVERAL.search(text)
        or _MEANS_NOTHING.search(text)
        or _names(text)
    ):
        return None
    called = re.search(rf"\bthe {re.escape(name)}(?: [^\W\d_]+(?=\W*$))?", before)
    full = thing["thing"] if thing and not of_a_person else called[0] if called else name
    return _PRONOUN.sub(lambda found: _form(full, found[0].casefold()), text)


def _form(name: str, pronoun: str) -> str:
    return f"{name}’s" if pronoun in _POSSESSIVE else name


def _names(text: str) -> list[str]:
    """The runs of words with a capital letter, with figures beside them, but for the first word."""
    words = list(_WORD.finditer(text))[:_MAX_WORDS]
    capital = [
        bool(number) and word[0][0].isupper() and not is_function_word(word[0])
        for number, word in enumerate(words)
    ]
    joined = [
        is_name or (word[0][0].isdigit() and any(capital[max(number - 1, 0) : number + 2]))
        for number, (word, is_name) in enumerate(zip(words, capital, strict=True))
    ]
    names: list[str] = []
    for is_name, run in groupby(zip(joined, words, strict=True), key=lambda pair: pair[0]):
        if is_name:
            _, of_run = zip(*run, strict=True)
            names.append(_GENITIVE.sub("", text[of_run[0].start() : of_run[-1].end()]))
    return list(dict.fromkeys(names))
