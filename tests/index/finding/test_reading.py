"""With a reader that likes the words it is told to like."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from footnote.index.answering import Answerer
from footnote.index.finding.reader_scores import PASSAGES
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import Question, Turn
from footnote.index.results import Answer
from tests.index.home import Home

FLOOD = "The river Nari flooded Sibi in July. Ninety houses were swept away by the river Nari."


class Fond:
    """A reader for which a sentence answers if it has the word."""

    name = "fond"

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[tuple[str, str, list[str]]] = []

    def read(self, question: str, title: str, sentences: Sequence[str]) -> list[float]:
        self.asked.append((question, title, list(sentences)))
        return [6.0 if self.word in sentence else -6.0 for sentence in sentences]

    def length(self, text: str) -> int:
        return len(text.split())


@pytest.fixture(scope="module")
def passage_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    home = Home(tmp_path_factory.mktemp("home"))
    home.write("flood", f"## Summer\n\n{FLOOD}", title="Sibi flood")
    home.write("fluss", "Der Fluss Nari trat über die Ufer.", title="Sibi", language="de")
    for number in range(6):
        home.write(f"storm{number}", f"Storm number {number} of the river year.", title="Storms")
    home.sync()
    with home.open(keep=False) as passage_index:
        yield passage_index


def first(passage_index: PassageIndex, reader: Fond, question: Question) -> str:
    result = Answerer(passage_index, sure=0, reader=reader).answer(question)
    assert isinstance(result, Answer)
    return result.claims[0].text


def test_sentence_that_the_reader_prefers_comes_first(passage_index: PassageIndex) -> None:
    question = Question("Which river flooded Sibi?")
    assert first(passage_index, Fond("flooded"), question).startswith("The river Nari")
    assert first(passage_index, Fond("Ninety"), question).startswith("Ninety houses")


def test_a_passage_is_read_once_with_its_title_and_heading(passage_index: PassageIndex) -> None:
    reader = Fond("flooded")
    first(passage_index, reader, Question("Which river flooded Sibi?"))
    assert reader.asked[0][:2] == ("Which river flooded Sibi?", "Sibi flood, Summer")
    assert " ".join(reader.asked[0][2]) == FLOOD
    assert len(reader.asked) <= PASSAGES


def test_a_follow_up_of_hardly_a_word_is_read_with_what_it_leans_on(
    passage_index: PassageIndex,
) -> None:
    before = Turn("user", "Which river flooded houses?")
    reader = Fond("Ninety")
    first(passage_index, reader, Question("And the houses?", (before,)))
    assert {asked for asked, _, _ in reader.asked} == {
        "Which river flooded houses? And the houses?"
    }
    reader = Fond("Ninety")
    first(passage_index, reader, Question("How many houses did it sweep away?", (before,)))
    assert {asked for asked, _, _ in reader.asked} == {"How many houses did it sweep away?"}


def test_a_follow_up_is_read_as_it_would_stand_alone(passage_index: PassageIndex) -> None:
    before = Turn("user", "Which river flooded Sibi?")
    reader = Fond("Ninety")
    first(passage_index, reader, Question("And the houses?", (before,)))
    assert reader.asked[0][0] == "What about the houses of Sibi?"


def test_passages_in_a_language_that_the_reader_does_not_know_are_not_read(
    passage_index: PassageIndex,
) -> None:
    reader = Fond("Ufer")
    first(passage_index, reader, Question("Welcher Fluss trat über die Ufer?"))
    assert all("Ufer" not in " ".join(sentences) for _, _, sentences in reader.asked)


def test_more_passages_are_read_where_none_has_the_words_of_the_question(
    passage_index: PassageIndex,
) -> None:
    plain, free = Fond("x"), Fond("x")
    first(passage_index, plain, Question("Which storm numbers?"))
    Answerer(passage_index, sure=0, reader=free).answer(Question("Which happenings?"))
    assert len(plain.asked) == PASSAGES
    assert len(free.asked) > PASSAGES


def test_what_can_no_longer_come_first_is_read_only_where_several_are_asked_for(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.write("flood", FLOOD, title="Sibi flood")
    home.write("market", "Traders met at the market of Sibi.", title="Market")
    home.write("school", "A school was opened by the mayor.", title="School")
    home.sync()
    one, several = Fond("flooded"), Fond("flooded")
    with home.open(keep=False) as passage_index:
        for reader, asked in ((one, "Which river flooded"), (several, "Which rivers flooded")):
            Answerer(passage_index, reader=reader).answer(Question(f"{asked} Sibi?"))
    assert [title for _, title, _ in one.asked] == ["Sibi flood"]
    assert {title for _, title, _ in several.asked} > {"Sibi flood"}


def test_without_weights_the_answer_is_found_by_likeness(
    passage_index: PassageIndex, tmp_path: Path
) -> None:
    result = Answerer(passage_index, sure=0).answer(Question("Which river flooded Sibi?"))
    assert isinstance(result, Answer)
    assert result.claims[0].text.startswith("The river Nari")


def test_question_that_is_answered_in_another_language_is_not_answered_in_english_instead(
    passage_index: PassageIndex,
) -> None:
    reader = Fond("the")
    question = Question("Wer trat über die Ufer?")
    assert first(passage_index, reader, question) == "Der Fluss Nari trat über die Ufer."
    assert reader.asked == []


def test_no_more_is_read_of_long_passages_than_may_be_and_the_likeliest_sentences_are(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    for number in range(3):
        filling = " ".join(f"The council of ward {n} met for the {n}th time." for n in range(30))
        words = "Nobody " + "very " * 60 + "often asked the council which river it feared most."
        home.write(f"long{number}", f"{filling} {words} {filling}", title="Ward")
    home.sync()
    reader = Fond("feared")
    with home.open(keep=False) as passage_index:
        answerer = Answerer(passage_index, reader=reader)
        answerer.answer(Question("Which river did the council fear most?"))
    assert reader.asked
    read = [sentence for _, _, sentences in reader.asked for sentence in sentences]
    assert 300 < sum(map(reader.length, read)) <= 500
    assert any("feared" in sentence for sentence in read)
