"""Quantities in texts: counts, amounts, shares and ordinals, in digits or in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel.core import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol
from text_to_num import find_numbers

from footnote.corpus.language import primary_language
from footnote.corpus.span import Span
from footnote.index.facts.dates import dates
from footnote.index.facts.quantity import OF_HUNDRED, Bound, Quantity

_QUALIFIERS = {
    Bound.AT_LEAST: "at least|no fewer than|no less than|not less than|no lower than"
    "|no smaller than|minimum of"
    "|mindestens|wenigstens|al menos|por lo menos|au moins|не менее|по меньшей мере|almeno"
    "|pelo menos|minstens",
    Bound.AT_MOST: "at most|no more than|not more than|no higher than"
    "|no larger than|no greater than|up to|maximum of|höchstens|bis zu|hasta"
    "|como máximo|jusqu'à|au plus|не более|до|al massimo|hoogstens",
    Bound.OVER: "over|more than|above|upwards? of|exceed(?:s|ed|ing)?|in excess of"
    "|surpass(?:es|ed|ing)?|(?:greater|higher|larger|bigger|longer|older|later) than"
    "|mehr als|über|más de|plus de|более|больше|свыше|più di|mais de|meer dan",
    Bound.UNDER: "under|below|short of|(?:fewer|less|lower|smaller|shorter|younger|earlier) than"
    "|weniger als|unter|menos de|moins de|менее|меньше|meno di|minder dan",
    Bound.NEARLY: "nearly|almost|close to|just under|approaching|fast|beinahe|knapp|casi|presque"
    "|почти|quasi|quase|bijna",
    Bound.ABOUT: "about|around|some|roughly|approximately|circa|ca\\.|c\\.|an estimated|~|rund|etwa"
    "|ungefähr|unos|unas|cerca de|alrededor de|environ|около|примерно|ongeveer",
}
_QUALIFIER = re.compile(
    "|".join(rf"(?P<{b.name}>(?<!\w)(?:{words}))" for b, words in _QUALIFIERS.items()),
    re.IGNORECASE,
)
# Between a qualifier and its number.
_NOTHING_BETWEEN = re.compile(
    r"\s*+(?:\b(?:an?|the|as many as|estimated|another|total of|US|United States"
    r"|USD|EUR|GBP|INR|JPY|RUB)\s++)*+[$€£₹¥]?\s*+"
)
_OR_MORE = re.compile(r"\s*(?:\+|or more\b|or over\b|plus\b|oder mehr\b|o más\b)", re.IGNORECASE)
_OR_LESS = re.compile(
    r"\s*(?:or (?:less|fewer|under|below)\b|oder weniger\b|o menos\b|ou moins\b)", re.IGNORECASE
)
_OF_HUNDRED = re.compile(r"\s?(?:out of (?:100|a hundred)|/ ?100)(?!\w)", re.IGNORECASE)
_MEASURES = {
    "%": "percent|per cent|percentage points?|prozent|por ciento|процент\\w*|pct",
    OF_HUNDRED: "out of (?:100|a hundred)|/ ?100",
    "km": "kilomet(?:re|er)s?|kms?|kilómetros?",
    "km²": "square kilomet(?:re|er)s?|sq\\.? ?km|km2",
    "m": "met(?:re|er)s?|metros?",
    "mi": "miles?",
    "kg": "kilogram(?:me)?s?|kilos?|kgs?",
    "t": "tonn?es?|tons?",
    "USD": "(?:us )?dollars?|usd|us\\$",
    "EUR": "euros?|eur",
    "GBP": "pounds?(?: sterling)?|gbp",
    "INR": "rupees?|inr|lakhs? rupees",
    "RUB": "roubles?|rubles?|rub",
}
_MEASURE = re.compile(
    r"\s*+(?:-\s*+)?(?:"
    + "|".join(rf"(?P<m{n}>(?:{words})(?!\w))" for n, words in enumerate(_MEASURES.values()))
    + r"|(?P<sign>%|km²))",
    re.IGNORECASE,
)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY"}
_SIGN_BEFORE = re.compile(r"([$€£₹¥])\s?$|\b(USD|EUR|GBP|INR|JPY|RUB)\s?$")
# What is numbered: its numbers tell a place in a row.
_ROW = re.compile(
    r"(?:\b(?:season|series|chapter|episode|part|volume|vol\.|book|act|phase|round|week|day|game"
    r"|stage|number|no\.|grade|division)\s{1,2}|#\s?)$",
    re.IGNORECASE,
)
_LONGEST_ROW = 10
_LONGEST_SIGN = 5  # with a blank, and what stands before it
_TOKEN = re.compile(
    r"(?P<digits>(?<![\w.,-])\d{1,3}(?:[ \u00a0\u202f’]\d{3})+(?![\d])|\d+(?:[.,]\d+)*)"
    r"|[^\W\d_]+(?:[’'][^\W\d_]+)*|\S"
)
_OTHERS = re.compile(r"third[ -](?:part|state|countr|nation)", re.IGNORECASE)  # none is counted
_MOST = re.compile(r"-(?:[a-z]{2,12}est|most|best)\b")  # "the third-largest"
_NTH = re.compile(r"(?:st|nd|rd|th)\b")
_WORDS_KNOWN = ("en", "fr", "de", "es", "pt", "it", "nl")
# Of no number: there may be any of them.
_VAGUE = re.compile(r"(?:tens|dozens|scores|hundreds|thousands|millions|billions)$", re.IGNORECASE)
_POWERS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5}
_POWERS |= {"crore": 1e7, "bn": 1e9, "tausend": 1e3, "millionen": 1e6, "milliarden": 1e9}
_POWERS |= {"mil": 1e3, "millones": 1e6, "тыс": 1e3, "тысяч": 1e3, "млн": 1e6, "млрд": 1e9}
_POWERS |= {"hundred": 100.0, "dozen": 12.0, "lac": 1e5, "lakhs": 1e5, "crores": 1e7}
_POWER = re.compile(rf"(?:\s*\b|(?<=\d)|-)({'|'.join(_POWERS)})\b", re.IGNORECASE)
# "5.6 and 3.1 million".
_SHARED_POWER = re.compile(
    r"(?:,? and|,? or|,| to|–|-)\s?[$€£]?\d{1,3}(?:\.\d{1,3})? (million|billion|trillion|crore)\b",
    re.IGNORECASE,
)
_MILLIONS = re.compile(r"(?<=\d)m(?:illions?|ln)?\b")  # of money; of anything else it is metres
_AND_A_HALF = re.compile(r"\s+and a half\b", re.IGNORECASE)
_DOZEN = re.compile(r"\b(half an? )?dozen\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_END_OF_CLAUSE = re.compile(r"[,;:()–—\d]|\.(?!\w)")
_AFTER_CHARACTERS, _MAX_AFTER, _BEFORE_CHARACTERS = 60, 3, 40


def quantities(text: str, language: str | None = None) -> list[Quantity]:
    """In their order; what is part of a date or of a name ("GBU-43") is none.

    Number words are known in English, French, German, Spanish, Portuguese, Italian and Dutch
    (text2num), qualifiers in a few more languages. "One" is left out, for it counts little.
    """
    code = primary_language(language, "en")
    hidden = list(text)
    for date in dates(text, language):
        hidden[date.span.start : date.span.end] = " " * len(date.span)
    masked = "".join(hidden)
    return [_described(masked, number, code) for number in _numbers(masked, code)]


@dataclass(frozen=True, slots=True)
class _Number:
    span: Span
    value: float
    ordinal: bool


def _numbers(text: str, language: str) -> Iterator[_Number]:
    """In digits and in words, each with what multiplies it: "2.5 million", "two and a half"."""
    tokens = [_Token(match) for match in _TOKEN.finditer(text)]
    found = [*_in_words(text, tokens, language), *_in_digits(text, tokens, language)]
    for dozen in _DOZEN.finditer(text):
        found.append(_Number(Span(*dozen.span()), 6 if dozen[1] else 12, ordinal=False))
    end = 0
    for number in sorted(found, key=lambda number: number.span.start):
        if number.span.start >= end:
            raised = _raised(text, number)
            of_hundred = _OF_HUNDRED.match(text, raised.span.end)
            end = of_hundred.end() if of_hundred else raised.span.end
            yield raised


def _in_words(text: str, tokens: Sequence["_Token"], language: str) -> Iterator[_Number]:
    known = language if language in _WORDS_KNOWN else "en"
    for number in find_numbers(list(tokens), known, 0):
        span = Span(tokens[number.start].start, tokens[number.end - 1].end)
        if _OTHERS.match(text, span.start):
            continue
        is_part = text.startswith("-", span.end) and not _MOST.match(text, span.end)
        if number.is_ordinal and is_part:
            continue  # "first-time buyers"
        if number.value != 1 or number.is_ordinal:
            yield _Number(span, number.value, number.is_ordinal)


def _in_digits(text: str, tokens: Sequence["_Token"], language: str) -> Iterator[_Number]:
    for token in tokens:
        if token.digits and (value := _value(token.digits, language)) is not None:
            before = text[max(token.start - 2, 0) : token.start]
            if re.search(r"[^\W\d_]-?$", before):
                continue  # part of a name: GBU-43, F16
            nth = _NTH.match(text, token.end)
            yield _Number(Span(token.start, nth.end() if nth else token.end), value, bool(nth))


def _value(digits: str, language: str) -> float | None:
    """None where it is no number, such as 1.2.3."""
    decimal = _decimal_sign(language)
    plain = re.sub(r"[ \u00a0\u202f’]", "", digits)
    other = "," if decimal == "." else "."
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", plain.split(decimal)[0])
    plain = plain.replace(other, "" if grouped else ".").replace(decimal, ".")
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


@cache
def _decimal_sign(language: str) -> str:
    try:
        return str(get_decimal_symbol(Locale.parse(language)))
    except (UnknownLocaleError, ValueError):
        return "."


def _raised(text: str, number: _Number) -> _Number:
    end, value = number.span.end, number.value
    if half := _AND_A_HALF.match(text, end):
        end, value = half.end(), value + 0.5
    if shared := _SHARED_POWER.match(text, end):
        value *= _POWERS[shared[1].casefold()]
    while power := _POWER.match(text, end):
        end, value = power.end(), value * _POWERS[power[1].casefold()]
    if _sign(text, number.span.start) and _MILLIONS.match(text, end):
        end, value = end + 1, value * 1e6
    return _Number(Span(number.span.start, end), value, number.ordinal)


def _described(text: str, number: _Number, language: str) -> Quantity:
    """With its bound, its unit and the words after it."""
    start, end = number.span.start, number.span.end
    measure = _MEASURE.match(text, end)
    unit = _sign(text, start) or (_unit(measure) if measure else None)
    following = _END_OF_CLAUSE.split(text[end : end + _AFTER_CHARACTERS], maxsplit=1)[0]
    after = tuple(_WORD.findall(following)[:_MAX_AFTER])
    bound = _bound(text, start, end)
    row = not unit and _ROW.search(text[max(start - _LONGEST_ROW, 0) : start])
    return Quantity(number.span, number.value, bound, unit, number.ordinal, after, bool(row))


def _bound(text: str, start: int, end: int) -> Bound:
    if _OR_MORE.match(text, end):
        return Bound.AT_LEAST
    if _OR_LESS.match(text, end):
        return Bound.AT_MOST
    before = text[max(start - _BEFORE_CHARACTERS, 0) : start]
    for match in reversed(list(_QUALIFIER.finditer(before))):
        if _NOTHING_BETWEEN.fullmatch(before[match.end() :]):
            return Bound[str(match.lastgroup)]
    return Bound.EXACT


def _sign(text: str, start: int) -> str | None:
    """The currency whose sign or code stands before a number."""
    found = _SIGN_BEFORE.search(text[max(start - _LONGEST_SIGN, 0) : start])
    return (_SIGNS[found[1]] if found[1] else found[2]) if found else None


def _unit(measure: re.Match[str]) -> str:
    if measure["sign"]:
        return measure["sign"]
    return list(_MEASURES)[int(str(measure.lastgroup)[1:])]


class _Token:
    """A word, a number in digits or a sign, as text2num takes it."""

    def __init__(self, match: re.Match[str]) -> None:
        self.start, self.end = match.span()
        self.digits = match["digits"]
        self._text = match[0]

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: "_Token") -> bool:
        # Not so with "seventy two", but with "two, three".
        return self.start > previous.end + 1

    def not_a_number_part(self) -> bool:
        return bool(self.digits) or _VAGUE.fullmatch(self._text) is not None
