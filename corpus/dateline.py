"""The date that a text gives itself: a line of its own near the top, or the end of the byline."""

import re
from collections.abc import Iterable
from functools import cache

from footnote.corpus.calendar_names import month_names, weekday_names
from footnote.corpus.front_matter import day_of
from footnote.corpus.language import primary_language

_FIRST_LINES, _MAX_CHARACTERS = 8, 100
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.|º)?"
_OF = r"\s+(?:(?:of|de|del)\s+)?"
_ISO = re.compile(r"(?<!\d)(?P<year>(?:1[6-9]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_DOTTED = re.compile(rf"(?<![\d.])(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}")
_BETWEEN = " ,;:|·•–—/-\t"
# What may stand before the date, and after a byline.
_LABEL = re.compile(
    r"(?:(?:first )?(?:published|posted|issued|released)(?: on)?|date|on|datum|stand|vom"
    r"|(?:veröffentlicht|erschienen)(?: am)?|publicado(?: el)?|fecha|publié(?: le)?|le"
    r"|опубликовано|дата)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von|por|par|автор):? \D{2,80}", re.IGNORECASE)
_TIME = r"(?:,? ?(?:at |um |a las |à |в )?\d\d?[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?)?"
_OPENING = re.compile(r"(?!On |Am |El |Le )((?=\D{0,15}\d)[^\n–—]{6,30}?) (?:--|[–—]) ")
_AFTER = re.compile(rf"(?: г\.| года)?{_TIME}\.?", re.IGNORECASE)


def dateline(text: str, language: str | None = None) -> str | None:
    """The day, as ISO 8601, that one of the first lines is: "Published on 3 August 2016", "By Jane
    Doe | August 3, 2016"; or that one paragraph there opens with: "Aug. 3, 2016 -- The ferry …".

    None where none says that and nothing else.

    Months are known by their English names and those of the language (BCP 47).
    """
    language = primary_language(language, "en")
    months, (weekdays, named) = month_names(language), _patterns(language)
    lines = [line for line in text[: _FIRST_LINES * 1000].split("\n") if line]
    lines = _with_openings_apart(lines[:_FIRST_LINES])
    for line in lines:
        if len(line) > _MAX_CHARACTERS or line.startswith("#"):
            continue
        for pattern in (_ISO, _DOTTED, *named):
            match = pattern.search(line)
            if match and _stands_alone(line[: match.start()], line[match.end() :], weekdays):
                month = match["month"].casefold()
                year, number, day = int(match["year"]), months.get(month), int(match["day"])
                if found := day_of(f"{year:04}-{number or int(month):02}-{day:02}"):
                    return found
    return None


def _with_openings_apart(lines: list[str]) -> list[str]:
    """The lines, with what stands before the dash of the one line that is not short and opens with
    a date, as in "Feb. 23, 2015 -- The mayor …", for a line; several are a chronicle."""
    openings = [opening for line in lines if (opening := _OPENING.match(line))]
    if len(openings) != 1 or len(openings[0].string) <= _MAX_CHARACTERS:
        return lines
    (opening,) = openings
    return [opening[1] if line is opening.string else line for line in lines]


def _stands_alone(before: str, after: str, weekdays: re.Pattern[str]) -> bool:
    """Whether around the date there is but a day of the week, a label, an author and a time."""
    if not _AFTER.fullmatch(after.rstrip(_BETWEEN)):
        return False
    before = weekdays.sub("", before.rstrip(_BETWEEN + "."), count=1).strip(_BETWEEN)
    *_, last = re.split(r"[|·•–—]", before)
    label = last.strip(_BETWEEN)
    if _LABEL.fullmatch(label):
        before = before[: len(before) - len(last)].strip(_BETWEEN)
    return not before or _BYLINE.fullmatch(before) is not None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """A day of the week at the end, and what finds dates."""
    month = rf"(?P<month>{_any(month_names(language))})\.?"
    forms = (rf"(?<!\d){_DAY}{_OF}{month},?{_OF}{_YEAR}", rf"\b{month}\s+{_DAY},?\s+{_YEAR}")
    weekdays = _any(weekday_names(language, abbreviated=True))
    return (
        re.compile(rf"\b(?:{weekdays})$", re.IGNORECASE),
        tuple(re.compile(form, re.IGNORECASE) for form in forms),
    )


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
