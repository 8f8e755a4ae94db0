"""Times of day in questions, and what stands under them in a live blog."""

from pathlib import Path

import pytest

from footnote.index.answering import Answerer
from footnote.index.finding.clock import clock_of
from footnote.index.question import Question
from footnote.index.results import Answer
from tests.index.home import Home

BLOG = """## 16:20

The mayor thanked the firemen. The fire at the mill is out.

## 13:30

Two sheds burn beside the mill, the firemen say.

## 09:05

Smoke was seen over the mill in Ostrand.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What happened at 11:40?", "What happened at 11:40?"),
        ("What happened at 2:05 pm?", "What happened at 14:05?"),
        ("What happened at 2.05 p.m. in Ostrand?", "What happened at 14:05 in Ostrand?"),
        ("What happened at 9 am?", "What happened at 09:00?"),
        ("What happened at 12:15 am?", "What happened at 00:15?"),
        ("Was geschah um 14 Uhr?", "Was geschah um 14:00?"),
        ("Was geschah um 14:05 Uhr?", "Was geschah um 14:05?"),
    ],
)
def test_time_of_day_is_read_as_of_24_hours(question: str, told: str) -> None:
    clock = clock_of(question)
    assert clock is not None
    assert clock.question == told


@pytest.mark.parametrize(
    "question", ["What happened in 1140?", "Who won 3:2?", "What happened on 3 May?", "What is 9?"]
)
def test_question_without_a_time_of_day_names_none(question: str) -> None:
    assert clock_of(question) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened at 13:30?", ["Two sheds burn beside the mill, the firemen say."]),
        ("What happened at 1.30 pm?", ["Two sheds burn beside the mill, the firemen say."]),
        (
            "What happened at 16:20 at the mill?",
            ["The mayor thanked the firemen.", "The fire at the mill is out."],
        ),
    ],
)
def test_what_happened_at_a_time_of_day_is_the_entry_under_it(
    tmp_path: Path, question: str, expected: list[str]
) -> None:
    home = Home(tmp_path)
    home.write("mill", BLOG, title="Fire at the mill")
    home.write("ferry", "The ferry was late by half an hour. Nobody was hurt.", title="A ferry")
    home.sync()
    with home.open() as passage_index:
        result = Answerer(passage_index).answer(Question(question))
        assert isinstance(result, Answer), result
        assert [claim.text for claim in result.claims] == expected
        other = Answerer(passage_index).answer(Question("What happened at 15:10?"))
        assert not isinstance(other, Answer)
