"""Questions that leave out all but a time are put whole again."""

from datetime import date

import pytest

from footnote.index.finding.asked_time import AskedTime, asked_time
from footnote.index.finding.ellipsis import completed
from footnote.index.question import Question, Turn

SHIPS = "How many ships does the line have?"


def time_of(question: Question) -> AskedTime:
    return asked_time(question.text, today=date(2025, 5, 2))


def whole(*said: str) -> Question:
    *before, text = said
    turns = [
        turn for one in before for turn in (Turn("user", one), Turn("assistant", "Nine ships."))
    ]
    return completed(Question(text, turns), time_of)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("And in 2023?", "How many ships does the line have in 2023?"),
        ("in February 2024", "How many ships does the line have in February 2024?"),
        ("What about last year?", "How many ships does the line have last year?"),
        ("and before June 2024?", "How many ships does the line have before June 2024?"),
        ("and now?", "How many ships does the line have now?"),
        ("How did it change?", SHIPS),
        ("How has the number changed over time?", SHIPS),
        ("Und im Mai 2023?", "How many ships does the line have im Mai 2023?"),
    ],
)
def test_question_of_nothing_but_a_time_is_the_one_before_at_that_time(
    text: str, expected: str
) -> None:
    assert whole(SHIPS, text).text == expected
    assert whole(SHIPS, text).history == []


def test_time_takes_the_place_of_the_one_before() -> None:
    assert whole("How many ships were there in 2021?", "And in 2023?").text == (
        "How many ships were there in 2023?"
    )


def test_several_times_in_a_row_are_each_of_the_question_before_them() -> None:
    question = whole("Who owns it?", SHIPS, "And in 2023?", "How did it change?", "And in 2022?")
    assert question.text == "How many ships does the line have in 2022?"
    assert [turn.text for turn in question.history] == ["Who owns it?", "Nine ships."]


@pytest.mark.parametrize(
    "text",
    [
        "And Iran?", "And in Arvik?", "Who owned it in 2023?", "How did the price change?", "And?",
        "How did they change the law?", "", "??",
    ],
)  # fmt: skip
def test_question_with_words_of_its_own_is_left_as_it_is(text: str) -> None:
    assert whole(SHIPS, text).text == text


def test_time_with_nothing_asked_before_it_is_left_as_it_is() -> None:
    assert whole("And in 2023?").text == "And in 2023?"
