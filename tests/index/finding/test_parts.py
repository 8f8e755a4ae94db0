import pytest

from footnote.index.finding.parts import (
    asks_for_several,
    compared,
    names_it,
    parts_of,
    row_of,
    things_in_a_row,
    which_of,
)
from footnote.index.question import Question, Turn


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


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How do the SCO and the CSTO differ?", ["What is the SCO?", "What is the CSTO?"]),
        ("SCO vs CSTO", ["What is SCO?", "What is CSTO?"]),
        (
            "Which has more members, the SCO or the CSTO?",
            ["How many members does the SCO have?", "How many members does the CSTO have?"],
        ),
        (
            "Which was founded first: the SCO or the CSTO?",
            ["When was the SCO founded?", "When was the CSTO founded?"],
        ),
        (
            "Is the lighthouse taller than the church?",
            ["How tall is the lighthouse?", "How tall is the church?"],
        ),
        (
            "compare the Quetta and Kabul attacks",
            ["What is the Quetta attacks?", "What is Kabul attacks?"],
        ),
        (
            "Was ist der Unterschied zwischen der SCO und der OVKS?",
            ["Was ist SCO?", "Was ist OVKS?"],
        ),
        ("¿Cuál es la diferencia entre la OCS y la OTSC?", ["¿Qué es la OCS?", "¿Qué es la OTSC?"]),
        ("Чем отличается ШОС от ОДКБ?", ["Что такое ШОС?", "Что такое ОДКБ?"]),
    ],
)
def test_comparison_asks_the_same_of_both(text: str, asked: list[str]) -> None:
    parts = which_of(Question(text)) or compared(Question(text))
    assert [part.question.text for part in parts] == asked


@pytest.mark.parametrize(
    "text",
    [
        "How do you make tea and coffee?",
        "Is the pier longer than planned?",
        "How do fees at former schools compare to other schools?",
        "What was the West compared to the east?",
        "x vs " * 40,
    ],
)
def test_what_compares_no_two_things_is_no_comparison(text: str) -> None:
    assert not compared(Question(text))
    assert not which_of(Question(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What happened in Nevada, Idaho and Utah?", ["Nevada", "Idaho", "Utah"]),
        ("How many died in Quetta and Kabul?", ["Quetta", "Kabul"]),
        ("How many attacks were there in 2014 and 2015?", ["2014", "2015"]),
        ("Wie viele starben in Quetta und Kabul?", ["Quetta", "Kabul"]),
        ("¿Cuántos murieron en Quetta y Kabul?", ["Quetta", "Kabul"]),
        ("Сколько погибло в Кветте и Кабуле?", ["Кветте", "Кабуле"]),
    ],
)
def test_names_in_a_row_are_asked_about_one_by_one(text: str, names: list[str]) -> None:
    parts = things_in_a_row(Question(text))
    assert [part.name for part in parts] == names
    assert row_of(parts, Question(text)) in text
    assert all(part.question.text.count(part.name) == 1 for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "What did Russia and China sign?",
        "When was the treaty between Russia and China signed?",
        "Who are Bonnie and Clyde?",
        "Nevada and Utah",
    ],
)
def test_names_that_may_be_one_subject_are_left_together(text: str) -> None:
    assert not things_in_a_row(Question(text))


def test_thing_is_named_by_a_word_of_its_name_or_by_its_acronym() -> None:
    assert names_it("The Shanghai Cooperation Organisation was founded in 2001.", "the SCO")
    assert names_it("The ferry has 300 seats.", "the ferry")
    assert names_it("It rose in 2014.", "2014")
    assert not names_it("The bus has 52 seats.", "the ferry")
    assert not names_it("Voters in Utah", "Idaho")
