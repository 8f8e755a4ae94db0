"""The kind of answer a question expects, told by its first words, and whether a sentence has it.

English, and of a few other languages questions for a count or a time; any other question expects
nothing in particular.
"""

import re
from enum import Enum
from functools import lru_cache

from footnote.index.words import is_function_word


class Kind(Enum):
    """The kind of answer that a question expects."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    DEFINITION = "definition"
    ANY = "any"


OPENING = r"^\W{0,3}(?:(?:[Aa]nd|[Bb]ut|[Ss]o) )?"
"""How a pattern begins that a question is to begin with, whether it follows up another or not."""

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
# What is a fatwa? What are neurites? Not: What is the main danger?
_OF_A_WORD = re.compile(
    r"^\W*what(?:’s|'s| is| are| was| were) (?:an? )?(?!the\b)(?P<thing>[^\W\d_]{4,})\W*$",
    re.IGNORECASE,
)
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


# What asks for a count in other languages, and the words that are one.
_COUNTS = (
    (
        re.compile(
            r"\bwie ?(?:viele?[nrms]?|hoch|lange?|alt|weit|groß|oft|tief|breit|schwer|schnell|teuer"
            r"|heiß|warm|kalt|dick)\b",
            re.IGNORECASE,
        ),
        r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w{3,6}zehn|\w{3,6}zig|hundert\w*"
        r"|tausend\w*|millionen|milliarden|dutzende?|hälfte|viertel",
    ),
    (
        re.compile(r"\bcuánt[oa]s?\b|\bqué (?:cantidad|número|porcentaje)\b", re.IGNORECASE),
        r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veinte"
        r"|treinta|cuarenta|cincuenta|cien|cientos?|mil|miles|millón|millones|docenas?|mitad",
    ),
    (
        re.compile(r"\bсколько\b|\bкак(?:ое|ов[оа]) (?:число|количество)\b", re.IGNORECASE),
        r"два|две|двух|три|тр[её]х|четыр\w{1,4}|пять|пяти|шесть|шести|семь|семи|восемь|восьми|девять"
        r"|девяти|десять|десяти|\w{2,8}надцат[ьи]|двадцат[ьи]|тридцат[ьи]|сорока?|сто|сотн\w{1,3}"
        r"|тысяч\w{0,3}|миллион\w{0,3}|миллиард\w{0,3}|десятк\w{1,3}|половин\w{1,2}",
    ),
    (
        re.compile(r"\b(?:چند|چقدر)\b"),
        r"دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده"
        r"|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|صد|صدها|هزار|هزاران|میلیون|میلیارد|نیمی",
    ),
    (
        re.compile(r"\bکتن[اےی]\b"),
        r"دو|تین|چار|پانچ|چھ|سات|آٹھ|نو|دس|گیارہ|بارہ|تیرہ|چودہ|پندرہ|سولہ|سترہ|اٹھارہ|انیس|بیس"
        r"|تیس|چالیس|پچاس|ساٹھ|ستر|اسی|نوے|سو|سینکڑوں|ہزار|ہزاروں|لاکھ|کروڑ|ارب|نصف",
    ),
)
_COUNTED = tuple(
    (asks, re.compile(rf"\d(?:[\d.,٫٬]*\d)?|\b(?:{words})\b", re.IGNORECASE))
    for asks, words in _COUNTS
)
# What asks for a time in other languages, and what is one.
_TIMED = (
    (
        re.compile(
            r"\bwann\b(?! (?:darf|dürf|kann|könn|muss|müss|soll))"
            r"|\b(?:welche[mns] (?:jahr|tag|monat|datum))\b",
            re.IGNORECASE,
        ),
        r"januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
        r"|\w{3,8}tags?|mittwochs?|heute|gestern|morgen|uhr|jahr\w{0,10}|monat\w{0,3}|wochen?|tage?n?"
        r"|stunden?|minuten?|frühling|frühjahr|sommer|herbst|winter|ostern|pfingsten|weihnachten"
        r"|\w{2,12}zeit|anfang|mitte|ende|bald|sofort|derzeit|nachdem|bevor|sobald|als|wenn",
    ),
    (
        re.compile(r"\bcuándo\b|\b(?:qué (?:año|día|mes|fecha|siglo))\b", re.IGNORECASE),
        r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
        r"|lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|hoy|ayer|mañana|hora|horas|años?"
        r"|mes|meses|semanas?|días?|siglos?|primavera|verano|otoño|invierno|navidad|época"
        r"|\b[ivxlc]{2,6}|principios|mediados|finales|después|antes|tras|durante|cuando",
    ),
    (
        re.compile(
            r"^\W{0,3}(?:[аис] )?когда\b|\bкако[мйе]г?о? (?:год|день|дн|век|месяц)", re.IGNORECASE
        ),
        r"январ\w|феврал\w|март\w?|апрел\w|ма[йяе]|июн\w|июл\w|август\w?|сентябр\w|октябр\w"
        r"|ноябр\w|декабр\w|понедельник\w?|вторник\w?|сред[уы]|четверг\w?|пятниц\w|суббот\w"
        r"|воскресень\w|сегодня|вчера|завтра|год\w{0,3}|лет|месяц\w{0,2}|недел\w|дн[яей]\w?|день"
        r"|век\w{0,2}|столети\w{1,2}|весной|летом|осенью|зимой|после|до|во время|когда|пока",
    ),
)
_TIMES = tuple(
    (asks, re.compile(rf"\d{{1,4}}|\b(?:{words})\b", re.IGNORECASE)) for asks, words in _TIMED
)
# Who is Ada Winter? Not: Who is the mayor?
_IDENTITY = re.compile(
    r"^\W{0,3}[Ww]ho(?:’s|'s| is| was| are| were)"
    r" (?P<thing>[A-Z][\w.’-]*+(?: [A-Z][\w.’-]*+){0,4}+)\W{0,3}$"
)
# What stands behind a name that it introduces, and before it: "Winter, the mayor", "Mayor Winter".
_INTRODUCED = (
    r"(?:[’']s)?(?: \([^()]{1,60}\))?(?:, (?:an?|the|who|whose|which|one|former|then)\b"
    r"|,? (?:is|was|are|were|has been|became) (?:an?|the|one|also|now|then)\b)"
)
_INTRODUCES = r"(?P<before>[^\W\d_][\w-]{2,}),? "
_NO_ROLE_TEXT = (
    "said says told asked added and but with from for about against that when while after before"
    " because although where who whom which into over under than like wrote thanked called"
)
_NO_ROLE = frozenset(_NO_ROLE_TEXT.split())
_DEFINES = re.compile(r"^(?P<thing>[^.;:]{1,150}?) (?:is|are|was|were) (?:an?|the|one of)\b")
_WORD = re.compile(r"\w{3,}")


@lru_cache(maxsize=64)
def expected_kind(question: str) -> Kind:
    if _IDENTITY.search(question):
        return Kind.DEFINITION
    kind = next((kind for kind, cue in _QUESTIONS.items() if cue.search(question)), Kind.ANY)
    if kind is Kind.ANY and _counted(question):
        return Kind.NUMBER
    return Kind.DATE if kind is Kind.ANY and _timed(question) else kind


def has_kind(kind: Kind, sentence: str, question: str) -> bool:
    """Whether the sentence has something of that kind that the question itself lacks."""
    if kind is Kind.ANY:
        return True
    if kind is Kind.DEFINITION:
        return _defines(sentence, question)
    pattern, asked = _signs(kind, question)
    signs = (sign[0].split()[-1] for sign in pattern.finditer(sentence))
    return any(sign.strip("\"“'(").casefold() not in asked for sign in signs)


@lru_cache(maxsize=64)
def _signs(kind: Kind, question: str) -> tuple[re.Pattern[str], str]:
    """What that kind looks like in the language of the question; and this without its capitals."""
    foreign = {Kind.NUMBER: _counted, Kind.DATE: _timed}.get(kind)
    return (foreign(question) if foreign else None) or _SIGNS[kind], question.casefold()


def word_defined(question: str) -> str | None:
    """The word, and nothing else, that it is asked the meaning of: "What is a fatwa?"."""
    asked = _OF_A_WORD.match(question)
    return asked["thing"] if asked and not is_function_word(asked["thing"]) else None


@lru_cache(maxsize=64)
def _counted(question: str) -> re.Pattern[str] | None:
    """What a count looks like in the language of a question for one; None for other questions."""
    return next((signs for asks, signs in _COUNTED if asks.search(question)), None)


@lru_cache(maxsize=64)
def _timed(question: str) -> re.Pattern[str] | None:
    """What a time looks like in the language of a question for one; None for other questions."""
    return next((signs for asks, signs in _TIMES if asks.search(question)), None)


def _defines(sentence: str, question: str) -> bool:
    """Whether it says what or who something is that has all the words of what is asked for."""
    if identity := _IDENTITY.search(question):
        return _introduces(sentence, identity["thing"])
    asked = _QUESTIONS[Kind.DEFINITION].search(question)
    told = _DEFINES.search(sentence)
    if not asked or not told:
        return False
    words = _WORD.findall(told["thing"].casefold())
    return set(words) >= set(_WORD.findall(asked["thing"].casefold()))


def _introduces(sentence: str, name: str) -> bool:
    """Whether it says beside the name who has it: "Ada Winter, the mayor", "the mayor, Winter"."""
    name = name.rstrip(".’")
    last = re.escape(name.rsplit(" ", 1)[-1])
    if re.search(rf"\b{last}{_INTRODUCED}", sentence):
        return True
    before = re.search(rf"{_INTRODUCES}{re.escape(name)}\b", sentence)
    return before is not None and before["before"] not in _NO_ROLE
