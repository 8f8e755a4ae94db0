"""Dates in texts: day, month and year, each of which may be left open."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from footnote.corpus.calendar_names import month_names, weekday_names
from footnote.corpus.language import primary_language
from footnote.corpus.span import Span

_YEAR = r"(?:1[0-9]|20)\d{2}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
# What may stand behind the number of a day, and between it and its month.
_NTH, _OF = r"(?:st|nd|rd|th|er|\.|º)?", r"(?:\s*-)?\s*(?:of\s+|de\s+)?"
_TO = r"\s*(?:[-–—]|to|and|or|bis|und|y|al?|et|au|и|по)\s*"
_ISO = re.compile(rf"(?<!\d)({_YEAR})-(\d\d)(?:-(\d\d))?(?!\d)")
_DOTTED = re.compile(rf"(?<![\d.])({_DAY})\.\s?(0?[1-9]|1[0-2])\.\s?({_YEAR})(?!\d)")
_DECADE = re.compile(r"(?<!\d)((?:1[0-9]|20)\d0)[’']?s\b")
_BARE_YEAR = re.compile(
    rf"(?<![\d.,:/$€£-])({_YEAR})(?:\s*[-–/]\s*(\d{{4}}|\d\d))?(?![\d%s]|[.,]\d|-\w)"
)
# After these a number of four digits is a year whatever follows it.
_BEFORE_A_YEAR = re.compile(
    r"\b(?:in|since|until|till|during|early|late|mid|year|en|im|seit|bis|desde|hasta|с|в)[\s-]+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?:[a-z-]+\s+)?(?:people|men|women|children|dead|[a-z]{3,}(?<![su])s)\b")
_MAX_BEFORE, _MAX_BEFORE_BOUND = 20, 40  # the longest of these words, and some spaces
# English words that are months only in their place: "may", "march".
_ALSO_WORDS = ("may", "march", "mar")
_BEFORE_A_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|from|to|during|before|after|early|late|mid|last|next|this)"
    r"[\s-]+$",
    re.IGNORECASE,
)


_DENIED = re.compile(r"\b(?:no|not|never|nicht|не)\s+$", re.IGNORECASE)
# "Before 2016", but not "two days before 3 August", which is a day of its own, and not "before the
# 2016 election".
_BOUND = re.compile(
    r"(?P<counted>\b(?:days?|weeks?|months?|years?|day|hours?|minutes?)\s+)?"
    r"\b(?:(?P<before>before|prior to|earlier than|vor|antes de|до)|(?P<after>after|later than|nach"
    r"|después de|после))\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Date:
    """None stands for what the text leaves open. `year` may be the first of a decade. `bound`:
    whether it is said of something that it was before or after this."""

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: bool = False
    bound: Literal["before", "after"] | None = None

    def borne_out_by(self, other: "Date", years: Collection[int] = ()) -> bool:
        """Whether whoever reads the other date may say this one.

        "3 August" and "2016" are borne out by "3 August 2016", not the other way round; only a
        year may be had from elsewhere: `years` are those that stand around the other date. "After
        2016" is borne out by any date that is later, and by itself.
        """
        if self.bound != other.bound:
            bounded = self.bound is not None and other.bound is None
            return bounded and self._is_to_the_right_side(other)
        if self.differs_from(other):
            return False
        if self.weekday is not None and other.weekday is None:
            return False
        if self.decade:
            return other.year is not None
        year = self.year is None or other.year is not None or self.year in years
        month = self.month is None or other.month is not None
        return year and month and (self.day is None or other.day is not None)

    def differs_from(self, other: "Date") -> bool:
        """Whether they can't be the same: another year, month, day or day of the week."""
        if self.decade or other.decade:
            return None not in (self.year, other.year) and self._decade != other._decade
        pairs = (
            (self.year, other.year),
            (self.month, other.month),
            (self.day, other.day),
            (self.weekday, other.weekday),
        )
        return any(one is not None and two is not None and one != two for one, two in pairs)

    def _is_to_the_right_side(self, other: "Date") -> bool:
        """Whether the other is before this one, or after it, as is said; not where it can't be
        told."""
        if self.decade or other.decade:
            return False
        for one, two in ((self.year, other.year), (self.month, other.month), (self.day, other.day)):
            if one is not None and one != two:
                return two is not None and (two < one) == (self.bound == "before")
        return False

    @property
    def _decade(self) -> int:
        return (self.year or 0) // 10


def dates(text: str, language: str | None = None) -> list[Date]:
    """In their order; of a range, both ends. A day of the week ("on Monday") is known by its name.

    Months are known by the names that the language (BCP 47) has for them, and by English ones.
    """
    found: list[Date] = []
    taken = bytearray(len(text))
    for dated in _all(text, _code(language)):
        start, end = dated[0].span.start, dated[0].span.end
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            bound = _bound(text, start)
            found += [replace(date, bound=bound) for date in dated] if bound else dated
    return sorted(found, key=lambda date: date.span.start)


def _all(text: str, language: str) -> Iterator[list[Date]]:
    """What may be a date or a range of them, the fullest forms first."""
    for match in _ISO.finditer(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        if year and day is None and month == (year + 1) % 100:
            continue  # the season of 2000-01
        if month and month <= 12 and (day is None or 0 < day <= 31):
            yield [Date(_span(match), year, month, day)]
    for match in _DOTTED.finditer(text):
        day, month, year = map(int, match.groups())
        yield [Date(_span(match), year, month, day)]
    yield from _with_months(text, language)
    for match in _DECADE.finditer(text):
        yield [Date(_span(match), int(match[1]), decade=True)]
    yield from _years(text)


def _with_months(text: str, language: str) -> Iterator[list[Date]]:
    names, weekdays = month_names(language), weekday_names(language)
    for pattern in month_patterns(language):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            name = parts["month"].casefold()
            alone = not parts.get("day") and not parts.get("year")
            if alone and (not match["month"][0].isupper() and language == "en"):
                continue
            if alone and name in _ALSO_WORDS and not _BEFORE_A_MONTH.search(_before(text, match)):
                continue
            month, year = names[name], _number(parts.get("year"))
            days = [_number(parts.get("day")), _number(parts.get("last"))]
            ends = [day for day in days if day is not None]
            yield [Date(_span(match), year, month, day) for day in ends or (None,)]
    for match in re.finditer(r"\b[^\W\d_]{2,}\b", text):
        if match[0][0].isupper() and (weekday := weekdays.get(match[0].casefold())) is not None:
            yield [Date(_span(match), weekday=weekday)]


def _years(text: str) -> Iterator[list[Date]]:
    for match in _BARE_YEAR.finditer(text):
        counted = _COUNTED.match(text, match.end())
        if counted and not _BEFORE_A_YEAR.search(_before(text, match)):
            continue
        first = int(match[1])
        dated = [Date(_span(match), first)]
        if match[2]:
            last = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
            dated.append(Date(_span(match), last))
        yield dated


@cache
def month_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """What finds months with the days and years beside them."""
    longest_first = sorted(map(re.escape, month_names(language)), key=len, reverse=True)
    month = rf"(?P<month>\b(?:{'|'.join(longest_first)})\b)\.?"
    day, last = rf"(?<![\d.,:])(?P<day>{_DAY}){_NTH}", rf"(?P<last>{_DAY}){_NTH}"
    year = rf"(?P<year>{_YEAR})(?!\d)"
    forms = (
        rf"{day}(?:{_TO}{last})?{_OF}{month}(?:,?\s*(?:de\s+)?{year})?",
        rf"{month}\s+(?P<day>{_DAY}){_NTH}(?:{_TO}{last})?(?!\d)(?:,?\s+{year})?",
        rf"{month},?\s+(?:of\s+|de\s+)?{year}",
        month,
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _bound(text: str, start: int) -> Literal["before", "after"] | None:
    match = _BOUND.search(text, max(start - _MAX_BEFORE_BOUND, 0), start)
    if match is None or match["counted"]:
        return None
    if _DENIED.search(text[max(match.start() - _MAX_BEFORE, 0) : match.start()]):
        return None
    return "before" if match["before"] else "after"


def _before(text: str, match: re.Match[str]) -> str:
    """As much of what comes before it as is looked at."""
    return text[max(match.start() - _MAX_BEFORE, 0) : match.start()]


def _code(language: str | None) -> str:
    return primary_language(language, "en")


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _span(match: re.Match[str]) -> Span:
    return Span(*match.span())
