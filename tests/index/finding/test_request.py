from pathlib import Path

import pytest

from footnote.index.finding.request import Request, asked_back, is_unclear, request_of
from footnote.index.question import Question, Turn

_FILE = Path(__file__).with_name("requests.txt")
_LINES = [line.split("|", 2) for line in _FILE.read_text().splitlines() if line[0] != "#"]


def kind_of(text: str) -> tuple[str, str]:
    question = Question(text)
    request = request_of(question)
    if request and not request.by_title:
        return request.about, request.topic or ""
    return ("unclear" if is_unclear(question) else "ordinary"), ""


@pytest.mark.parametrize(("kind", "topic", "text"), _LINES)
def test_kind_of_request_is_told_by_its_words(kind: str, topic: str, text: str) -> None:
    if request := request_of(Question(text)):
        assert not is_unclear(Question(text))
        if request.by_title and kind == "summary":
            assert (request.about, request.topic) == (kind, topic)
            return
    assert kind_of(text) == (kind, topic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Summarise Storm Ragna", "Storm Ragna"),
        ("what is the harbour plan about?", "the harbour plan"),
        ("Fasse den Hafenplan zusammen", "den Hafenplan"),
    ],
)
def test_summary_without_the_word_article_wants_an_article_of_that_title(
    text: str, topic: str
) -> None:
    assert request_of(Question(text)) == Request("summary", topic, by_title=True)


@pytest.mark.parametrize("text", ["Why?", "When was it founded?", "¿Por qué?", "Кто он?"])
def test_question_that_leans_on_nothing_is_clear_once_something_was_said(text: str) -> None:
    assert is_unclear(Question(text))
    assert not is_unclear(Question(text, (Turn("user", "What is the SCO?"),)))


def test_question_that_leans_on_an_unclear_one_is_unclear() -> None:
    assert is_unclear(Question("And when?", (Turn("user", "Why?"),)))


def test_what_was_asked_back_completes_the_question_before_it() -> None:
    told = asked_back(Question("the SCO", (Turn("user", "When was it founded?"),)))
    assert told.text == "When was it founded? the SCO"
    for text, before in (
        ("the SCO", "What is the CSTO?"),
        ("Where is the SCO based?", "When was it founded?"),
    ):
        question = Question(text, (Turn("user", before),))
        assert asked_back(question) is question
    assert asked_back(Question("the SCO")).text == "the SCO"


@pytest.mark.parametrize(
    "text",
    [
        "what is the article on " + "about " * 40,
        "articles about " * 20,
        "summarise " * 30,
        "in which articles is " + "mentioned " * 25,
        "¿" * 10_000,
        "show me all the " + "the " * 10_000,
        "fasse " + "mir bitte kurz " * 20 + "zusammen",
    ],
)
def test_long_and_repetitive_question_is_told_in_little_time(text: str) -> None:
    import time

    began = time.process_time()
    for _ in range(10):
        request_of(Question(text))
        is_unclear(Question(text))
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "text",
    ["Is there anything about it?", "What do you have about him?", "Gibt es etwas über sie?"],
)
def test_a_list_on_a_pronoun_is_no_request(text: str) -> None:
    assert request_of(Question(text)) is None
