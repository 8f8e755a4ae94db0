"""The list of articles as people see it: what comes first, and which ones have some words."""

import time
from collections.abc import Iterable, Mapping

from index.keeping.catalogue import Listed


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


def matching(listed: Iterable[Listed], words: str) -> list[Listed]:
    """Those with every one of the words in their title, name, author or site, in any case."""
    wanted = words.casefold().split()
    return [line for line in listed if all(word in _searched(line) for word in wanted)]


def _searched(line: Listed) -> str:
    known = (line.title, line.article, line.author, line.source, line.url)
    return " ".join(filter(None, known)).casefold()
