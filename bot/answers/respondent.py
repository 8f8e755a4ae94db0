"""What answers people: in the articles' words, or in a language model's where there is one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from footnote.bot.answers.usage import Usage
from footnote.bot.settings import Settings
from footnote.index.answering import Answerer
from footnote.index.question import Question
from footnote.index.results import Claim, Result

if TYPE_CHECKING:
    from footnote.index.writing.spent import Spent
    from footnote.index.writing.written_answers import WritingAnswerer

TERMINAL = "terminal"
"""Who asks in a terminal, to whom the limit of a day applies as to everybody."""


class AnswerParts(Protocol):
    """What answers are made with, each of which takes a while to make, when it is first used."""

    @property
    def settings(self) -> Settings: ...
    @property
    def answerer(self) -> Answerer: ...
    @property
    def writing(self) -> "WritingAnswerer | None": ...
    @property
    def usage(self) -> Usage: ...


class Respondent:
    """Safe to use from several threads."""

    def __init__(self, parts: AnswerParts) -> None:
        self._parts = parts

    @property
    def writes(self) -> bool:
        """Whether there is a language model."""
        return self._parts.writing is not None

    def answer(
        self,
        question: Question,
        *,
        person: str,
        on_claim: Callable[[Claim], object] = lambda claim: None,
        on_spent: "Callable[[Spent], object]" = lambda spent: None,
    ) -> Result:
        """`on_claim` gets each sentence of a written answer as soon as it has been checked, and
        `on_spent` what a language model took, if one was asked, before the answer is there.

        Raises IndexUnreadable or ModelUnusable where there is nothing to answer from.
        """
        parts, writing = self._parts, self._parts.writing
        if writing is None:
            return parts.answerer.answer(question)
        most = parts.settings.written_a_day

        def count(spent: "Spent") -> None:
            parts.usage.add(person, spent)
            on_spent(spent)

        return writing.answer(
            question,
            on_claim=on_claim,
            may_write=lambda: not most or parts.usage.asked_today(person) < most,
            on_spent=count,
        )
