"""A question in its conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from footnote.corpus.timespan import Timespan

MAX_CHARACTERS = 4096
"""Of a question, as many as of a message in Telegram; the longest of 11,597 in public sets has
226."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said earlier: by the person who asks (`user`) or by Footnote (`assistant`)."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what was said before it, oldest first.

    `cited` are the ids of the articles that the last result cited or listed: what "this article"
    in the question means.
    `asked` is the day on which it is asked, today where it is not given: "this week" is told by it.
    Only articles of `days` are to answer, if they are given.
    """

    text: str
    history: Sequence[Turn] = ()
    cited: tuple[str, ...] = ()
    asked: date | None = None
    days: Timespan | None = None

    @property
    def bare(self) -> str:
        """The text in one line, without the signs before and after its words."""
        line = " ".join(self.text.split())
        return line.strip("".join({sign for sign in line if not sign.isalnum()}))

    @property
    def previous(self) -> str | None:
        """The last thing that the person said before; what a follow-up is most often about."""
        return next((turn.text for turn in reversed(self.history) if turn.role == "user"), None)

    @property
    def answered(self) -> str | None:
        """What was answered to that; None where nothing was."""
        last = self.history[-1] if self.history else None
        return last.text if last and last.role == "assistant" else None
