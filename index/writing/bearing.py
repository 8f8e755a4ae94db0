"""Whether what a language model wrote answers the question: what is borne out need not."""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Protocol

from footnote.index.answering import Attempt
from footnote.index.finding.quoting import Quotable
from footnote.index.models.reader import Reader
from footnote.index.passages import Passage
from footnote.index.question import Question
from footnote.index.writing.proof import Proven


class Relevance(Protocol):
    """Reads a sentence as an answer to a question; is called from several threads."""

    def __call__(
        self, question: str, sentence: str, *, title: str, language: str | None
    ) -> float | None:
        """The probability, from 0 to 1, that it answers; None in a `language` (BCP 47, of the
        article that has the `title`) that this reader does not know."""
        ...


def relevance_by(reader: Reader) -> Relevance:
    """What a reader says of the sentence alone; it knows English only."""

    def relevance(
        question: str, sentence: str, *, title: str, language: str | None
    ) -> float | None:
        if not (language or _LANGUAGE).lower().startswith(_LANGUAGE):
            return None
        [reading] = reader.read(question, title, [sentence])
        return 1 / (1 + math.exp(-min(max(reading, -30.0), 30.0)))

    return relevance


_LANGUAGE = "en"
# The reader that comes with Footnote says so or more, given single sentences, of .975 of 120 true
# ones written by hand for 60 questions (bench/own/liar.jsonl), of .81 of those for another
# question on the same article, and of .27 of those on another article. Of our 60 freely worded
# questions the right sentence has it for .96 of those that it was ranked for, and .47 of the others
# ranked there. At .018 it is .95, .75, .19, and .82 and .30.
_ANSWERS = 0.011
# What is written has at least e^-4 of the odds that the reader gives the sentence that would be
# quoted first: .98 of the true ones have, for 56 of those questions that are surely answered, and
# .31 of those for another question on the same article (.77 of these have _ANSWERS). Of questions
# on Guardian articles, in whose choice this had no part, the right sentence has it for .97 of 117
# surely answered ones and for .98 of 65 others, and the right one of another question for .31 and
# .54 (.68 and .66).
_BELOW_THE_BEST = 4.0
# The share of the first one's score that the right sentence has: of 70 questions on Guardian
# articles and 62 of our own facts and lists all but one; .33 of the others ranked there have it.
_NEAR_THE_BEST = 0.7
# As many as have about that share.
_MAX_UNREAD = 10
# Where no passage has even this share of its words, a question is in words of its own, and likeness
# tells nothing (as in index/finding/quoting.py): what the model reads in them is let through.
_SAID = 0.2


class Bearing:
    """Judges the sentences of one answer.

    With a `relevance` it reads question and sentence together, and holds what it says of the
    sentence against what it says of `best`, the one that Footnote would quote first. Where there is
    none that reads, it goes by how near the sentence that bears it out came to the one ranked
    first, in any of the `attempts`.
    """

    def __init__(
        self,
        questions: Sequence[str],
        attempts: Sequence[Attempt],
        relevance: Relevance | None = None,
        *,
        best: Quotable | None = None,
    ) -> None:
        """`questions`: the ways to put it, of which one is enough."""
        self.attempts = list(attempts)
        self._questions = questions
        self._relevance = relevance
        self._best = best
        self._highest = 0.0

    @property
    def confidence(self) -> float:
        """How likely it is that what was found answers: the highest of all that was measured."""
        return max([self._highest, *(attempt.confidence for attempt in self.attempts)])

    def __call__(self, proven: Proven) -> bool:
        [(first, _), *_] = proven.support
        read = list(self._readings(proven.text, first.passage))
        if not read:
            return self._came_near(proven)
        self._highest = max(self._highest, *read)
        return max(read) >= self._least

    @cached_property
    def _least(self) -> float:
        """The probability from which on a sentence is taken to answer."""
        best = list(self._readings(self._best.text, self._best.passage)) if self._best else []
        return max([_ANSWERS, *(_with_odds(one, math.exp(-_BELOW_THE_BEST)) for one in best)])

    def _readings(self, sentence: str, passage: Passage) -> Iterator[float]:
        """Of the sentence with each way to put the question; none where nothing can read it."""
        if self._relevance is None:
            return
        title, language = passage.title, passage.language
        for question in self._questions:
            reading = self._relevance(question, sentence, title=title, language=language)
            if reading is not None:
                yield reading

    def _came_near(self, proven: Proven) -> bool:
        return any(_is_near(attempt, proven) for attempt in self.attempts)


def _with_odds(probability: float, factor: float) -> float:
    """The probability whose odds are so many times those of this one."""
    return probability * factor / (1 - probability + probability * factor)


def _is_near(attempt: Attempt, proven: Proven) -> bool:
    if max((place.words for place in attempt.found), default=0.0) < _SAID:
        return True
    return any(
        quotable.passage.key == one.passage.key and quotable.span.overlaps(span)
        for quotable in _near_the_best(attempt.ranked)
        for one, span in proven.support
    )


def _near_the_best(ranked: Sequence[Quotable]) -> Sequence[Quotable]:
    """Of those that were not read; beside such as were, their scores mean something else."""
    unread = [quotable for quotable in ranked if quotable.reading is None]
    if len(unread) < len(ranked):
        return unread[:_MAX_UNREAD]
    return [one for one in unread if one.score >= _NEAR_THE_BEST * unread[0].score]


def ways_to_put(question: Question, sides: Sequence[str] = ()) -> list[str]:
    """The question as a reader of pairs is to be given it: with the one before it too, if there is
    one, and each thing of a comparison alone, for no sentence answers for both."""
    before = question.previous
    return [question.text, *([f"{before} {question.text}"] if before else []), *sides]
