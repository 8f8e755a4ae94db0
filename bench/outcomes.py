"""What becomes of a case, with the articles that answer it and with these taken out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from bench.footnote import Asked, Given
from bench.measures import Gold, Piece
from bench.sets import Case
from footnote.index.question import Question

Bar = Callable[[Sequence[Case]], Iterator[Case]]
"""Gives the cases one by one, and may show how far that has come."""


class Judge(Protocol):
    """What has a confidence in its best find, and can do without some articles for a while."""

    def judge(self, question: Question) -> tuple[float, Given | None]:
        """The confidence, and the kind of result; None for what gives none, but passages."""
        ...

    def without(self, articles: Collection[str]) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case.

    `returned` are ten passages, best first; `asked` is None for what answers nothing, as stock
    retrievers do. `confidence` is that of the best, `without` the same once the articles that
    answer are taken out, None where there are none, and `given_without` the kind of result then.
    `whole` is what was returned for the follow-up made whole by hand. A case whose evidence are
    articles from end to end, `by_article`, has no gold sentences.
    """

    case: Case
    returned: Sequence[Piece]
    confidence: float
    without: float | None = None
    given_without: Given | None = None
    asked: Asked | None = None
    whole: Sequence[Piece] | None = None
    by_article: bool = False

    @property
    def gold(self) -> Gold:
        return Gold(self.case.articles, self.case.evidence)


def taken_out(outcomes: Sequence[Outcome], judge: Judge, bar: Bar) -> Iterator[Outcome]:
    """The same with `without`, a group of cases with the same articles at a time."""
    groups = defaultdict[tuple[str, ...], list[Outcome]](list)
    for outcome in outcomes:
        groups[outcome.case.articles].append(outcome)
    yield from groups.pop((), [])
    for case in bar([group[0].case for group in groups.values()]):
        with judge.without(case.articles):
            for outcome in groups[case.articles]:
                confidence, given = judge.judge(outcome.case.question)
                yield replace(outcome, without=confidence, given_without=given)
