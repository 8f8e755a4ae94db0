"""Times of day: the one a question names, and the live-blog entries that stand under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from footnote.index.finding.leaning import context_of
from footnote.index.finding.quoting import Quotable

_HOURS = 12
_CLOCK = re.compile(
    r"(?<![\d:.])(?:at |um |a las |в )?(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)(?!\d)"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?| ?(?P<whole>[ap])\.?m\b\.?| Uhr\b)(?: Uhr\b)?",
    re.IGNORECASE,
)
_MAX_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes after midnight, and the question with that time in 24-hour form."""

    minutes: int
    question: str


def clock_of(question: str) -> Clock | None:
    """The time of day that a question names: 11:40, 2.05 pm, 9 am, 14:05 Uhr."""
    found = _CLOCK.search(question[:_MAX_CHARACTERS])
    if found is None:
        return None
    minutes = _minutes(found)
    told = f"{found[0][: found.start('hour') - found.start()]}{minutes // 60:02}:{minutes % 60:02}"
    return Clock(minutes, f"{question[: found.start()]}{told}{question[found.end() :]}")


def under(clock: Clock, ranked: Sequence[Quotable]) -> list[Quotable]:
    """The sentences of the entries under that time of day, in ranking order."""
    return [q for q in ranked if _is_headed(q, clock) and context_of(q.passage, q.span).complete]


def _is_headed(quotable: Quotable, clock: Clock) -> bool:
    heading = (quotable.passage.heading or "")[:_MAX_CHARACTERS]
    found = _CLOCK.search(heading)
    return found is not None and _minutes(found) == clock.minutes


def _minutes(found: re.Match[str]) -> int:
    hour, half = int(found["hour"]), (found["half"] or found["whole"] or "").lower()
    if half and hour <= _HOURS:
        hour = hour % _HOURS + _HOURS * (half == "p")
    return hour * 60 + int(found["minute"] or 0)
