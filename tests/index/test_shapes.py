"""Questions for several things, comparisons, timelines, and sentences about something else."""

from collections.abc import Iterator

import pytest

from footnote.index.answering import Answerer
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import Question, Turn
from footnote.index.results import Answer, Nearest, Result
from tests.index.home import Home

VOTE = """Voters in Nevada chose Ida Holm by twelve points. Voters in Utah chose Jon Aske by three \
points. Turnout was low."""
TREATY = """The treaty was signed in Tashkent on 15 May 1992. It entered into force on 20 April \
1994.

Six of the states of the treaty signed a protocol in April 1999. Two others of the treaty left.

On 14 May 2002 the presidents turned the treaty into an organisation. Nobody spoke of peace."""
TOWNS = """## Brekka

Brekka has a lighthouse of 46 metres. The mayor of Brekka opened it.

## Skarvik

The mayor of Skarvik, Ida Holm, rejected the plan for a tunnel. It would cost 900 million crowns."""


@pytest.fixture(scope="module")
def passage_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    home = Home(tmp_path_factory.mktemp("home"))
    home.write("vote", VOTE, title="The vote")
    home.write("treaty", TREATY, title="The treaty of Tashkent")
    home.write("towns", TOWNS, title="Harbour news")
    home.write("ferry", "The ferry has 300 seats. The ferry sails at noon.", title="The ferry")
    home.write("bus", "The bus has 52 seats. The bus leaves at ten.", title="The bus")
    home.sync()
    with home.open(keep=False) as passage_index:
        yield passage_index


@pytest.fixture
def answerer(passage_index: PassageIndex) -> Answerer:
    """Sure of whatever is found."""
    return Answerer(passage_index, sure=0)


def told(result: Result) -> list[str]:
    assert isinstance(result, Answer), result
    return [claim.text for claim in result.claims]


def test_each_of_the_things_in_a_row_gets_a_sentence_and_the_missing_is_named(
    answerer: Answerer,
) -> None:
    result = answerer.answer(Question("Who was chosen in Utah, Idaho and Nevada?"))
    assert told(result) == [
        "Voters in Utah chose Jon Aske by three points.",
        "Voters in Nevada chose Ida Holm by twelve points.",
    ]
    assert isinstance(result, Answer)
    assert result.missing == ("Idaho",)


def test_nothing_is_missing_where_one_sentence_names_all(answerer: Answerer) -> None:
    result = answerer.answer(Question("Which mayor, Ida Holm or Aske, rejected a tunnel?"))
    assert isinstance(result, Answer)
    assert result.missing == ()


def test_comparison_gets_sentences_on_both(answerer: Answerer) -> None:
    result = answerer.answer(Question("Which has more seats, the bus or the ferry?"))
    assert told(result)[0] == "The bus has 52 seats."
    assert "The ferry has 300 seats." in told(result)


def test_comparison_with_what_no_article_names_says_what_is_missing(answerer: Answerer) -> None:
    result = answerer.answer(Question("Which has more seats, the ferry or the tram?"))
    assert told(result)[0] == "The ferry has 300 seats."
    assert isinstance(result, Answer)
    assert result.missing == ("the tram",)


@pytest.mark.parametrize(
    "question",
    [
        "timeline of the treaty",
        "Give me a timeline of the treaty of Tashkent",
        "What happened when with the treaty?",
        "Chronologie des treaty",
    ],
)
def test_timeline_is_of_dated_sentences_in_the_order_of_time(
    answerer: Answerer, question: str
) -> None:
    assert told(answerer.answer(Question(question))) == [
        "The treaty was signed in Tashkent on 15 May 1992.",
        "It entered into force on 20 April 1994.",
        "Six of the states of the treaty signed a protocol in April 1999.",
        "On 14 May 2002 the presidents turned the treaty into an organisation.",
    ]


def test_timeline_without_a_topic_is_of_what_was_asked_before(answerer: Answerer) -> None:
    result = answerer.answer(Question("timeline", (Turn("user", "the treaty of Tashkent"),)))
    assert told(result)[0] == "The treaty was signed in Tashkent on 15 May 1992."


def test_timeline_of_what_has_no_dates_is_an_ordinary_question(answerer: Answerer) -> None:
    result = answerer.answer(Question("timeline of the lighthouse"))
    assert told(result)[0] == "Brekka has a lighthouse of 46 metres."


def test_what_stands_under_the_heading_of_another_is_no_sure_answer(
    passage_index: PassageIndex,
) -> None:
    answerer = Answerer(passage_index, sure=0.001, near=0)
    for question in ("What did the mayor of Brekka reject?", "what did the mayor of brekka reject"):
        result = answerer.answer(Question(question))
        assert not isinstance(result, Answer) or "Skarvik" not in told(result)[0]
    skarvik = answerer.answer(Question("What did the mayor of Skarvik reject?"))
    assert told(skarvik)[0].startswith("The mayor of Skarvik, Ida Holm, rejected")


def test_unsure_sentences_are_the_nearest(passage_index: PassageIndex) -> None:
    result = Answerer(passage_index, sure=1.1, near=0).answer(
        Question("What did the mayor of Brekka reject?")
    )
    assert isinstance(result, Nearest)
