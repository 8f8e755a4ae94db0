import pytest

from index.finding.parts import parts_of
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
