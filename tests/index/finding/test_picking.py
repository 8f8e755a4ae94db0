"""How many sentences an answer quotes: the less sure the first, the more."""

from dataclasses import replace

import pytest

from footnote.corpus.span import Span
from footnote.index.finding.quoting import Quotable, pick
from footnote.index.passages import Passage


def quotable(text: str, score: float, *, reading: float | None = 1.0, part: int = 0) -> Quotable:
    passage = Passage(1, text, "revision", "Title", "en", Span(0, len(text)), text)
    terms = frozenset(text.casefold().split())
    return Quotable(
        passage, passage.span, text, score, 0.5, 0.5, 0.5, False, terms, part=part, reading=reading
    )


LEADER = quotable("Moe leads the line.", 0.7)
BOARD = quotable("A board advises her.", 0.45)
CLERK = quotable("One clerk was a spokesman.", 0.35)
SHIPS = quotable("Nine ships sail.", 0.1)
RANKED = [LEADER, BOARD, CLERK, SHIPS]


@pytest.mark.parametrize(
    ("confidence", "quoted"),
    [
        (0.95, [LEADER]),
        (0.8, [LEADER, BOARD]),
        (0.45, [LEADER, BOARD, CLERK]),
    ],
)
def test_the_less_sure_the_first_sentence_is_the_more_are_quoted(
    confidence: float, quoted: list[Quotable]
) -> None:
    assert pick(RANKED, confidence=confidence) == quoted


def test_what_more_likely_answers_than_not_is_quoted_however_sure_the_first_is() -> None:
    also = quotable("Ingrid Moe is head of the company.", 0.55)
    assert pick([LEADER, also, CLERK], confidence=0.95) == [LEADER, also]


def test_where_several_things_are_asked_for_all_that_answer_nearly_as_well_are_quoted() -> None:
    assert pick(RANKED, confidence=0.95, several=True) == [LEADER, BOARD, CLERK]


def test_further_sentences_are_of_those_that_may_be_shown() -> None:
    assert pick(RANKED, confidence=0.45, within=[LEADER, CLERK]) == [LEADER, CLERK]


def test_what_would_stand_out_of_place_has_to_come_nearer_to_the_first() -> None:
    near, far = replace(BOARD, score=0.5), replace(CLERK, score=0.45)
    ranked = [LEADER, near, far]
    assert pick(ranked, confidence=0.45) == ranked
    assert pick(ranked, confidence=0.45, within=[LEADER]) == [LEADER]
    picked = pick(ranked, confidence=0.45, within=[LEADER], out_of_place=[near, far])
    assert picked == [LEADER, near]


def test_each_part_of_a_question_has_its_first_sentence() -> None:
    of_other = quotable("Nobody owns the moon.", 0.3, part=1)
    assert pick([*RANKED, of_other], confidence=0.95) == [LEADER, of_other]


def test_what_was_not_read_is_quoted_if_it_scores_nearly_as_high() -> None:
    first, near, far = (
        quotable(text, score, reading=None)
        for text, score in (("Moe leads.", 0.8), ("A board advises.", 0.78), ("Ships sail.", 0.5))
    )
    assert pick([first, near, far], confidence=0.3) == [first, near]
