import pytest

from index.finding.parts import asks_for_several, parts_of
from index.question import Question, Turn


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What is the QCCM and who belongs to it?", ["What is the QCCM", "who belongs to it?"]),
        ("Who shot Malala? When was that?", ["Who shot Malala?", "When was that?"]),
        (
            "When did it begin, and why was it called off?",
            ["When did it begin", "why was it called off?"],
        ),
    ],
)
def test_question_that_asks_for_two_things_has_two_parts(text: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(Question(text))] == parts


@pytest.mark.parametrize(
    "text",
    [
        "When and where was the treaty signed?",
        "Which countries border China and Tajikistan?",
        "What is the difference between the QCG and what is called the QCCM?",
        "I read that he died and when I looked it up he was alive.",
        "How many died and how?",
        "",
    ],
)
def test_question_that_asks_for_one_thing_is_left_whole(text: str) -> None:
    assert parts_of(Question(text)) == (Question(text),)


def test_later_part_leans_on_the_one_before_it_and_on_the_conversation() -> None:
    before = Turn("user", "Tell me about Urumqi")
    first, second = parts_of(Question("What was founded there and who took part in it?", (before,)))
    assert first.history == (before,)
    assert second.history == (before, Turn("user", "What was founded there"))


@pytest.mark.parametrize(
    "text",
    [
        "Which countries are in the SCO?",
        "List the attacks that the group has claimed",
        "Who are the members?",
        "Welche Länder sind in der SCO?",
        "What permanent bodies does the SCO have?",
    ],
)
def test_question_for_several_things_is_known(text: str) -> None:
    assert asks_for_several(text)


@pytest.mark.parametrize(
    "text", ["Who founded the SCO?", "What is the capital?", "When was it?", "Which class was it?"]
)
def test_question_for_one_thing_asks_for_no_more(text: str) -> None:
    assert not asks_for_several(text)
