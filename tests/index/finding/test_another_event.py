import pytest

from footnote.corpus.span import Span
from footnote.index.finding.another_event import tells_of_an_earlier_event
from footnote.index.passages import Passage
from footnote.index.question import Question, Turn

TEXT = "In 2005 a fire at the sawmill killed three. Its manager was sent to prison for it."


def earlier(text: str, answered: str, sentence: str = TEXT, language: str = "en") -> bool:
    place = Passage(1, "mill", "1", "Mill burns", language, Span(7, 7 + len(sentence)), sentence)
    said = (Turn("user", "What burned down?"), Turn("assistant", answered))
    start = max(sentence.rfind(". "), sentence.rfind(".\n")) + 2 if "." in sentence[:-1] else 0
    return tells_of_an_earlier_event(
        Question(text, said), place, Span(7 + start, 7 + len(sentence))
    )


@pytest.mark.parametrize(
    ("text", "answered", "of_an_earlier_one"),
    [
        ("Was anyone sent to prison for it?", "The mill burned down in November 2022.", True),
        ("And how many people were arrested?", "The mill, built in 1898, burned in 2022.", True),
        ("Was anyone sent to prison for it?", "The mill burned down on Monday.", False),
        ("Was anyone sent to prison for it?", "The mill burned down in 2005.", False),
        ("Was anyone sent to prison for it?", "The mill was founded in 1898.", False),
        ("Who led it before?", "The mill burned down in November 2022.", False),
    ],
)
def test_what_came_of_an_event_is_not_older_than_it(
    text: str, answered: str, of_an_earlier_one: bool
) -> None:
    assert earlier(text, answered) is of_an_earlier_one


def test_sentence_without_a_year_may_be_about_the_event_spoken_of() -> None:
    assert not earlier("Was anyone hurt?", "The mill burned in 2022.", "Nobody was hurt.")


def test_year_of_the_sentence_before_counts_where_there_is_none_of_its_own() -> None:
    text = "In 2005 eleven coins were stolen. Four men were arrested for that in August."
    assert earlier("Was anyone arrested?", "The mask was stolen in 2024.", text)
    assert not earlier(
        "Was anyone arrested?", "It was stolen in 2024.", text.replace(". F", ".\nF")
    )


def test_what_is_quoted_below_the_answer_is_not_what_is_spoken_of() -> None:
    answered = "The mill burned down in November 2022. In 2005 a sawmill burned."
    assert earlier("Was anyone arrested?", answered)


def test_only_english_is_known() -> None:
    assert not earlier("Was anyone hurt?", "The mill burned in 2022.", language="de")
