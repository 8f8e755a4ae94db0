"""The two dates of a life: "Ada Holm (3 May 1850 – 9 June 1921)". English only."""

import re
from collections.abc import Sequence
from itertools import pairwise

from footnote.index.facts.dates import Date

_BORN = re.compile(r"\b(?:born|birth)\b", re.IGNORECASE)
_DIED = re.compile(r"\b(?:die[ds]?|dead|death|deceased|killed|murdered)\b", re.IGNORECASE)
_TO = re.compile(r"\s{0,2}(?:[-–—]{1,2}|to)\s{0,2}")
_FARTHEST = 60


def of_same_end(dates: Sequence[Date], text: str, claim: str) -> Sequence[Date]:
    """Of these dates of a text those that may be of what the claim tells of, birth or death: of two
    in brackets the first or the second, or else all."""
    born, died = bool(_BORN.search(claim)), bool(_DIED.search(claim))
    lives = list(_lives(dates, text)) if born != died else []
    others = [death if born else birth for birth, death in lives]
    return [date for date in dates if not any(date is other for other in others)]


def _lives(dates: Sequence[Date], text: str) -> list[tuple[Date, Date]]:
    return [pair for pair in pairwise(dates) if _is_life(*pair, text)]


def _is_life(birth: Date, death: Date, text: str) -> bool:
    """Whether nothing but a dash is between them, and a bracket not far before."""
    before = text[max(birth.span.start - _FARTHEST, 0) : birth.span.start]
    if before.rfind("(") <= before.rfind(")") or not text.startswith(")", death.span.end):
        return False
    if birth.span == death.span:  # (1850–1921)
        return True
    return _TO.fullmatch(text, birth.span.end, death.span.start) is not None
