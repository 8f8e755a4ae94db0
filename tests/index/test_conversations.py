"""Conversations, with the model and the reader that come along: what a question takes in of those
before it, and what it does not."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.reader import OnnxReader
from footnote.index.question import Question, Turn
from footnote.index.results import Abstention, Answer, Nearest, Result
from tests.shipped_model import shipped_model

pytestmark = pytest.mark.slow

GERMAN = {
    "sonde": ("Die Sonde Selma", "Die Sonde Selma erreichte den Mond. Sie fotografierte dort einen"
              " Krater am Pol. Ada Winter leitet die Mission der Sonde Selma von Lund aus."),
    "tram": ("Die Tram von Skarvik", "Skarvik baut eine Tram. Sie wird elf Kilometer lang und"
             " kostet 92 Millionen Kronen."),
}  # fmt: skip
ARTICLES = {
    "line-sold": ("Arvik Line sold", "2023-06-02", "Hebrid Marine has owned the Arvik Line since"
                  " June. The line has nine ships and 310 workers."),
    "line-crew": ("New head for the Arvik Line", "2024-02-14", "Ingrid Moe leads the Arvik Line"
                  " from now on. Her predecessor Per Aas has retired."),
    "probe": ("Selma reaches the moon", "2024-03-05", "The probe Selma reached the moon on"
              " Tuesday. It photographed a crater near the pole."),
    "tram": ("Skarvik gets a tram", "2024-05-20", "Skarvik builds a tram of eleven kilometres."
             " It will cost 92 million crowns."),
    "ports": ("Traffic in the ports", "2024-06-01", "| Port | Ships | Passengers |\n"
              "| --- | --- | --- |\n| Velmar | 1,204 | 391,000 |\n| Lund | 998 | 210,500 |"),
    "fire": ("The Arvik fire", "2024-07-01", "A fire burnt down the fish market of Arvik on Sunday."
             " Two people died, and the mayor said that a stove was the cause."),
    "flood": ("The flood of Velmar", "2024-07-09", "A flood reached Velmar on Monday. Forty people"
              " died in it. The government sent boats and 300 soldiers."),
    "guard": ("The Coast Guard", "2024-07-20", "The Coast Guard works for the Union. It shares"
              " ships with the Pilots of Lund, founded in 1990. Ola Vik commands the Coast Guard."),
    "wages": ("New wages", "2024-06-02", "In Velmar the lowest wage rises to 9 crowns in July."
              " In Brekka the council voted to raise it to 11 crowns.\n\nIda Holt, the mayor of"
              " Brekka, praised this. She teaches statistics at the university of Lund."),
}  # fmt: skip


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    place = tmp_path_factory.mktemp("conversations")
    yield from answering(place, {
        name: f"---\ntitle: {title}\ndate: {date}\nlanguage: en\n---\n\n{text}\n"
        for name, (title, date, text) in ARTICLES.items()
    })  # fmt: skip


@pytest.fixture(scope="module")
def of_german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    place = tmp_path_factory.mktemp("german")
    yield from answering(place, {
        name: f"---\ntitle: {title}\nlanguage: de\n---\n\n{text}\n"
        for name, (title, text) in GERMAN.items()
    })  # fmt: skip


def answering(place: Path, files: Mapping[str, str]) -> Iterator[Answerer]:
    (place / "articles").mkdir()
    for name, text in files.items():
        (place / "articles" / f"{name}.md").write_text(text, "utf-8")
    store = ArticleStore(place / "articles")
    passage_index = PassageIndex.in_home(place / "home", store, shipped_model())
    passage_index.lock.acquire("a test")
    passage_index.sync()
    yield Answerer(passage_index, reader=OnnxReader())
    passage_index.close()


def converse(answerer: Answerer, *asked: str) -> Result:
    """The result of the last question."""
    history: tuple[Turn, ...] = ()
    cited: tuple[str, ...] = ()
    for text in asked:
        result = answerer.answer(Question(text, history, cited))
        claims = result.claims if isinstance(result, Answer | Nearest) else ()
        told = " ".join(claim.text for claim in claims)
        cited = tuple(dict.fromkeys(c.citations[0].reference.article for c in claims))
        history = (*history, Turn("user", text), *([Turn("assistant", told)] if told else []))
    return result


def cited(result: Result) -> set[str]:
    return {citation.reference.article for citation in result.citations.values()}


@pytest.mark.parametrize(
    "text", ["How do I bake bread?", "What is the capital of Peru?", "Who painted the Mona Lisa?"]
)
def test_question_about_something_else_shows_nothing_of_what_was_asked_before(
    answerer: Answerer, text: str
) -> None:
    assert isinstance(converse(answerer, "Who owns the Arvik Line?", text), Abstention)


def test_question_on_a_thing_of_other_articles_is_answered_as_if_it_were_the_first(
    answerer: Answerer,
) -> None:
    text = "Who owns the moon?"
    result = converse(answerer, "Who leads the Arvik Line?", text)
    assert result == converse(answerer, text)
    assert "line-crew" not in cited(result)


def test_question_on_a_thing_of_what_was_asked_before_leans_on_it(answerer: Answerer) -> None:
    result = converse(answerer, "Who owns the Arvik Line?", "How many ships are there?")
    assert isinstance(result, Answer)
    assert result.claims[0].text == "The line has nine ships and 310 workers."


def test_follow_up_of_a_follow_up_is_about_what_both_lean_on(answerer: Answerer) -> None:
    result = converse(answerer, "Who owns the Arvik Line?", "Who leads it?", "And before?")
    assert "line-crew" in cited(result)
    assert not cited(result) & {"probe", "tram"}


def test_same_is_asked_of_another_place(answerer: Answerer) -> None:
    result = converse(answerer, "What is the lowest wage in Velmar?", "And in Brekka?")
    assert isinstance(result, Answer | Nearest)
    assert result.claims[0].text.startswith("In Brekka")


def test_pronoun_stands_for_who_was_asked_about(answerer: Answerer) -> None:
    result = converse(answerer, "Who is Ida Holt?", "Where does she teach?")
    assert isinstance(result, Answer)
    assert result.claims[0].text.startswith("She teaches")


@pytest.mark.parametrize("text", ["Who is Ada Moe?", "Who is Carl Moe?", "Who was Ida Aas?"])
def test_another_of_the_same_last_name_is_no_sure_answer(answerer: Answerer, text: str) -> None:
    assert isinstance(converse(answerer, "Who is Ingrid Moe?"), Answer)
    assert not isinstance(converse(answerer, text), Answer)


def test_row_of_a_table_is_not_surely_the_one_with_the_most(answerer: Answerer) -> None:
    assert isinstance(converse(answerer, "How many ships came to Lund?"), Answer)
    assert not isinstance(converse(answerer, "Which port had the most passengers?"), Answer)


def test_pronoun_that_may_stand_for_two_names_is_answered_for_the_one_that_has_an_answer(
    answerer: Answerer,
) -> None:
    result = converse(answerer, "When did Hebrid Marine buy the Arvik Line?", "And who leads it?")
    assert isinstance(result, Answer)
    assert result.claims[0].text.startswith("Ingrid Moe leads")


def test_pronoun_that_may_stand_for_two_names_and_is_answered_for_neither_has_no_sure_answer(
    answerer: Answerer,
) -> None:
    asked = ("When did Hebrid Marine buy the Arvik Line?", "What colour is it?")
    assert not isinstance(converse(answerer, *asked), Answer)


@pytest.mark.parametrize(
    "text",
    ["Wie schwer ist die Sonde Selma?", "Wann erreichte die Sonde Selma den Mond?",
     "Wie viele Krater fotografierte die Sonde Selma?"],
)  # fmt: skip
def test_german_question_is_not_surely_answered_without_the_weight_the_time_or_the_count(
    of_german: Answerer, text: str
) -> None:
    result = converse(of_german, text)
    assert isinstance(result, Nearest)


def test_german_follow_up_is_answered_as_it_would_stand_alone(of_german: Answerer) -> None:
    result = converse(of_german, "Was ist die Tram von Skarvik?", "Wie lang wird sie?")
    assert isinstance(result, Answer)
    assert result.claims[0].text == "Sie wird elf Kilometer lang und kostet 92 Millionen Kronen."


def test_question_that_names_nothing_is_about_what_was_spoken_of(answerer: Answerer) -> None:
    fire = converse(answerer, "What was the Arvik fire?", "How many people died?")
    assert isinstance(fire, Answer)
    assert cited(fire) == {"fire"}
    flood = converse(answerer, "What was the flood of Velmar?", "How many people died?")
    assert isinstance(flood, Answer)
    assert cited(flood) == {"flood"}


def test_mere_why_is_not_surely_answered_where_no_reason_is_given(answerer: Answerer) -> None:
    asked = ("When did the flood reach Velmar?", "Why?")
    assert isinstance(converse(answerer, *asked[:1]), Answer)
    assert not isinstance(converse(answerer, *asked), Answer)


def test_question_that_names_nothing_is_not_surely_answered_by_something_else(
    answerer: Answerer,
) -> None:
    asked = ("What was the Arvik fire?", "How many soldiers came?")
    assert not isinstance(converse(answerer, *asked), Answer)


def test_same_is_asked_of_another_of_its_kind(answerer: Answerer) -> None:
    asked = ("Does the Coast Guard work for the Union?", "And the Pilots of Lund?")
    assert "guard" in cited(converse(answerer, *asked))


def test_founding_of_another_is_not_that_of_what_was_asked_about(answerer: Answerer) -> None:
    assert isinstance(converse(answerer, "When were the Pilots of Lund founded?"), Answer)
    asked = ("What is the Coast Guard?", "When was it founded?")
    assert not isinstance(converse(answerer, *asked), Answer)
