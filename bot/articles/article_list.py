"""The list of articles as people see it: what comes first, and which ones have some words."""

import time
from collections.abc import Iterable, Mapping
from datetime import date

from footnote.corpus.timespan import Timespan
from footnote.index.finding.asked_time import SPANNING, asked_time
from footnote.index.keeping.catalogue import Listed


def newest_first(listed: Iterable[Listed], arrivals: Mapping[str, float]) -> list[Listed]:
    """By their own dates, or where they have none by the day on which they came.

    `arrivals` are the times at which articles came, by their ids, in seconds since 1970. Those of
    which neither is known come last, in the order of their ids.
    """

    def age(line: Listed) -> tuple[str, float]:
        came = arrivals.get(line.article, 0.0)
        day = time.strftime("%Y-%m-%d", time.localtime(came)) if came else ""
        return line.date or day, came

    return sorted(listed, key=age, reverse=True)


def matching(listed: Iterable[Listed], words: str, *, today: date | None = None) -> list[Listed]:
    """Those with every one of the words in their title, name, author or site, in any case.

    Words such as "since March", "before 2020" and "until 2024-05-03" are not looked for: only
    articles of these days are wanted.
    """
    asked = asked_time(words, today=today or date.today())
    leads = asked.span.of(words).split()[0].casefold() if asked.span else ""
    if leads in SPANNING:
        listed, words = of_days(listed, asked.days), asked.taken_out_of(words)
    wanted = words.casefold().split()
    return [line for line in listed if all(word in _searched(line) for word in wanted)]


def of_days(listed: Iterable[Listed], days: Timespan | None) -> list[Listed]:
    """Those that may be from one of the days, by their own dates or else when they were added."""
    days_of = ((line, line.date or line.added) for line in listed)
    return [line for line, day in days_of if not days or (day and Timespan.of(day).meets(days))]


def _searched(line: Listed) -> str:
    known = (line.title, line.article, line.author, line.source, line.url)
    return " ".join(filter(None, known)).casefold()
