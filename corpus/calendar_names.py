"""The names of months and of days of the week, from the Unicode CLDR."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from babel import Locale, UnknownLocaleError

_CONTEXTS = ("stand-alone", "format")


@cache
def month_names(language: str) -> dict[str, int]:
    """The numbers of the months, from 1 on, by their English names and those of the language (ISO
    639), whole and abbreviated, in lower case and without the full stop."""
    months = {"sept": 9}
    for locale in _locales(language):
        for context in _CONTEXTS:
            for width in ("abbreviated", "wide"):
                names = locale.months.get(context, {}).get(width, {})
                months |= {_bare(name): number for number, name in names.items() if _named(name)}
    return months


@cache
def weekday_names(language: str, *, abbreviated: bool = False) -> dict[str, int]:
    """The same for the days of the week, Monday being 0; abbreviated ones only where asked for."""
    weekdays = dict[str, int]()
    for locale in _locales(language):
        for context in _CONTEXTS:
            for width in ("abbreviated", "wide") if abbreviated else ("wide",):
                names = locale.days.get(context, {}).get(width, {})
                weekdays |= {_bare(name): number for number, name in names.items()}
    return weekdays


def _locales(language: str) -> Iterator[Locale]:
    yield Locale.parse("en")
    with suppress(UnknownLocaleError, ValueError):
        yield Locale.parse(language)


def _named(name: str) -> bool:
    """Some languages number their months, and one letter stands for anything."""
    return len(name) > 2 and not any(map(str.isdigit, name))


def _bare(name: str) -> str:
    return name.casefold().rstrip(".")
