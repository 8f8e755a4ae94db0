from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import Question, Turn
from footnote.index.results import Abstention, Answer, Listing, Nearest, Reason, Result
from tests.index.home import Home

HARBOUR = """The council of Brekka plans a new harbour for 40 million crowns. Ships of 200 metres \
could berth there from 2027. Fishermen fear for the old pier.

## The old pier

The old pier of Brekka was built in 1911. Eleven of its piles are rotten. It was closed in May. \
Nobody may fish from it since then."""
TERRARIUM = """- Cloche

- Small plants (from a florist or nursery)

- Floral wire pins or paper clips of some kind

Have you ever seen one of them? But that is no matter.

A terrarium keeps a bit of nature in a glass in your home. You won't have to water it very often.

Insert your plant into the hole of the foam. You can add various plants if you wish. \
Attach enough moss around the plant to cover it. The glass may push some of the moss upward. \
Pull down the moss with tweezers. You can use any platform for the plant that you wish."""
RAGNA = """## 14:05

The ferry to Brekka is cancelled for the rest of the day. It will sail tomorrow.

## 11:40

A wind of 41 metres a second was measured at Cape Horne. Nobody was hurt there.

## 08:15

About 3,100 homes are without power in the north. Crews are at work."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    dated = (
        ("harbour", "Brekka and its harbour", "2024-03-01", HARBOUR),
        ("ragna", "Storm Ragna: live updates", "2024-11-02", RAGNA),
        ("fees", "School fees rise", "2023-05-06", "Parents in Skarvik pay 900 crowns a term."),
        ("undated", "Sea ice", None, "Sea ice covered the fjord until April."),
    )
    for name, title, date, text in dated:
        head = f"---\ntitle: '{title}'\nlanguage: en\n" + (f"date: {date}\n" if date else "")
        home.put(name, f"{head}---\n\n{text}\n".encode())
    home.sync()
    return home


@pytest.fixture(scope="module")
def passage_index(home: Home) -> Iterator[PassageIndex]:
    with home.open(keep=False) as passage_index:
        yield passage_index


@pytest.fixture
def answerer(passage_index: PassageIndex) -> Answerer:
    return Answerer(passage_index, sure=0)


def listed(result: Result) -> list[str]:
    assert isinstance(result, Listing), result
    return [article.reference.article for article in result.articles]


def quoted(result: Result) -> list[str]:
    assert isinstance(result, Listing), result
    return [claim.text for claim in result.claims]


def test_what_is_new_lists_the_newest_articles_with_their_dates(answerer: Answerer) -> None:
    result = answerer.answer(Question("What's new?"))
    assert listed(result)[-3:] == ["ragna", "harbour", "fees"] or listed(result)[:3] == [
        "ragna",
        "harbour",
        "fees",
    ]
    assert isinstance(result, Listing)
    assert result.about == "new"
    assert {article.reference.date for article in result.articles} == {
        "2024-11-02",
        "2024-03-01",
        "2023-05-06",
        None,
    }


@pytest.mark.parametrize("question", ["What's new on Brekka?", "which articles mention Brekka?"])
def test_articles_on_a_topic_are_those_that_have_its_words(
    answerer: Answerer, question: str
) -> None:
    assert set(listed(answerer.answer(Question(question)))) == {"ragna", "harbour"}


def test_articles_on_a_topic_have_it_in_their_title_first(answerer: Answerer) -> None:
    result = answerer.answer(Question("Which articles do you have on Brekka?"))
    assert listed(result) == ["harbour", "ragna"]


def test_topic_of_no_article_is_not_found(answerer: Answerer) -> None:
    result = answerer.answer(Question("Which articles do you have on chromodynamics?"))
    assert result == Abstention(
        "Which articles do you have on chromodynamics?", Reason.NOTHING_FOUND
    )


@pytest.mark.parametrize(
    "question",
    [
        "What is the article on storm ragna about?",
        "summarize storm ragna",
        "Give me a summary of the article about Storm Ragna",
    ],
)
def test_live_blog_is_summed_up_by_a_sentence_of_each_entry_the_newest_last(
    answerer: Answerer, question: str
) -> None:
    result = answerer.answer(Question(question))
    assert listed(result) == ["ragna"]
    assert quoted(result) == [
        "About 3,100 homes are without power in the north.",
        "A wind of 41 metres a second was measured at Cape Horne.",
        "The ferry to Brekka is cancelled for the rest of the day.",
    ]


def test_summary_is_of_exact_sentences_in_the_order_of_the_article(
    answerer: Answerer, home: Home
) -> None:
    result = answerer.answer(Question("Summarise the article on the harbour"))
    assert listed(result) == ["harbour"]
    assert isinstance(result, Listing)
    assert list(result.citations) == list(range(1, len(result.claims) + 1))
    spans = [citation.span for citation in result.citations.values()]
    assert spans == sorted(spans)
    text = ArticleStore(home.articles).read("harbour").text
    assert [span.of(text) for span in spans] == quoted(result)
    assert quoted(result)[0].startswith("The council of Brekka plans")
    assert len(spans) < 7


def test_this_article_is_the_one_that_was_cited_last(answerer: Answerer) -> None:
    history = (Turn("user", "What do parents pay?"), Turn("assistant", "900 crowns"))
    question = Question("What is this article about?", history, cited=("fees", "ragna"))
    assert listed(answerer.answer(question)) == ["fees"]


def test_this_article_is_unclear_where_none_was_cited(answerer: Answerer) -> None:
    result = answerer.answer(Question("What is this article about?"))
    assert result == Abstention("What is this article about?", Reason.UNCLEAR)


def test_this_article_is_the_only_one_there_is(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write("storm", "A storm reached Gwadar in October. Fishermen stayed ashore.")
    home.sync()
    with home.open(keep=False) as passage_index:
        result = Answerer(passage_index, sure=0).answer(Question("What is this article about?"))
    assert listed(result) == ["storm"]


def test_article_that_has_gone_is_not_summed_up(answerer: Answerer) -> None:
    question = Question("Summarise this article", cited=("gone",))
    assert answerer.answer(question) == Abstention(question.text, Reason.NOTHING_FOUND)


def test_summary_of_what_is_no_title_is_an_ordinary_question(answerer: Answerer) -> None:
    result = answerer.answer(Question("Summarise the rotten piles of the old pier"))
    assert isinstance(result, Answer | Nearest)


def test_question_with_nothing_to_lean_on_is_asked_back(answerer: Answerer) -> None:
    assert answerer.answer(Question("Why?")) == Abstention("Why?", Reason.UNCLEAR)
    said = (Turn("user", "When was it built?"),)
    result = answerer.answer(Question("the old pier", said))
    assert isinstance(result, Answer)
    assert result.question == "the old pier"
    assert result.claims[0].text == "The old pier of Brekka was built in 1911."


def test_sentence_before_is_shown_where_the_quoted_one_leans_on_it(answerer: Answerer) -> None:
    result = answerer.answer(Question("When will the ferry sail tomorrow?"))
    assert isinstance(result, Answer)
    befores = {c.quotation: c.before_text for c in result.citations.values()}
    assert befores["It will sail tomorrow."] == (
        "The ferry to Brekka is cancelled for the rest of the day."
    )


def test_a_summary_begins_with_what_opens_the_article_and_has_no_items_of_a_list(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.put("terrarium", f"---\ntitle: Terrariums\nlanguage: en\n---\n\n{TERRARIUM}\n".encode())
    home.sync()
    with home.open(keep=False) as opened:
        result = Answerer(opened).answer(Question("summarise the article about terrariums"))
    assert isinstance(result, Listing)
    first, *others = [claim.text for claim in result.claims]
    assert first == "A terrarium keeps a bit of nature in a glass in your home."
    assert others
    assert all(text.endswith(".") for text in others)
