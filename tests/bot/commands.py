"""What the tests of commands share: how one ended, and an article to add."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ended:
    """What it wrote, and its exit code."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]
"""Runs `footnote` with the arguments given; `typed` is its standard input."""

FERRY = "The ferry crosses the strait of Lorne twice a day, except in storms.\n"
ASKED = "Does the ferry cross the strait of Lorne twice a day, except in storms?"
"""What FERRY answers."""


def names(articles: Path) -> list[str]:
    return sorted(file.stem for file in articles.glob("*.md"))
