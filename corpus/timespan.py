"""A span of days, open at either end: when an article is from, or what a question asks about."""

import calendar
from dataclasses import dataclass
from datetime import date

from footnote.corpus.front_matter import day_of

FIRST, LAST = date.min, date.max


@dataclass(frozen=True, slots=True)
class Timespan:
    """From `first` to `last`, both of them within it; ValueError where that is no day at all."""

    first: date = FIRST
    last: date = LAST

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} is after {self.last}")

    @classmethod
    def of(cls, written: str) -> "Timespan":
        """The days of a date of ISO 8601: of "2016-08" all of August; ValueError where it is none.

        >>> Timespan.of("2016-08")
        Timespan(first=datetime.date(2016, 8, 1), last=datetime.date(2016, 8, 31))
        """
        day = day_of(written.strip())
        if day is None:
            raise ValueError(f"{written!r} is no date; write it as 2016, 2016-08 or 2016-08-03")
        year, month, number = (*map(int, day.split("-")), 0, 0)[:3]
        if number:
            return cls(date(year, month, number), date(year, month, number))
        if month:
            return cls.of_month(year, month)
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, year: int, month: int) -> "Timespan":
        days = calendar.monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, days))

    def meets(self, other: "Timespan") -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: "Timespan") -> "Timespan | None":
        """The days that both have."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Timespan(first, last) if first <= last else None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1
