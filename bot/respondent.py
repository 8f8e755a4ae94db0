"""What answers people: in the articles' words, or in a language model's where there is one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.citation import Abstention, Answer, Claim
from index.question import Question

if TYPE_CHECKING:
    from bot.composition import Footnote

TERMINAL = "terminal"
"""Who asks in a terminal, to whom the limit of a day applies as to everybody."""


class Respondent:
    """Safe to use from several threads."""

    def __init__(self, footnote: "Footnote") -> None:
        self._footnote = footnote

    @property
    def writes(self) -> bool:
        """Whether there is a language model."""
        return self._footnote.writing is not None

    def answer(
        self,
        question: Question,
        *,
        person: str,
        on_claim: Callable[[Claim], object] = lambda claim: None,
    ) -> Answer | Abstention:
        """`on_claim` gets each sentence of a written answer as soon as it has been checked.

        Raises IndexUnreadable or ModelUnusable where there is nothing to answer from.
        """
        footnote, writing = self._footnote, self._footnote.writing
        if writing is None:
            return footnote.answerer.answer(question)
        most = footnote.settings.written_a_day
        return writing.answer(
            question,
            on_claim=on_claim,
            may_write=lambda: not most or footnote.usage.asked_today(person) < most,
            on_spent=lambda spent: footnote.usage.add(person, spent),
        )
