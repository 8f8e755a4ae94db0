"""The whole way of a question, with the model and the articles that come with Footnote."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote import corpus
from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.checking import Checker
from footnote.index.finding.finder import Finder
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.reader import OnnxReader
from footnote.index.question import Question, Turn
from footnote.index.results import Abstention, Answer, Nearest, Verdict
from footnote.index.support.judge import Judge
from tests.shipped_model import shipped_model

pytestmark = pytest.mark.slow

STORE = ArticleStore(Path(corpus.__file__).parent / "articles")


@pytest.fixture(scope="session")
def passage_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    passage_index = PassageIndex.in_home(tmp_path_factory.mktemp("home"), STORE, shipped_model())
    passage_index.lock.acquire("a test")
    report = passage_index.sync()
    assert report.faults == ()
    assert len(report.added) == len(STORE.stamps())
    yield passage_index
    passage_index.close()


@pytest.fixture(scope="session")
def answerer(passage_index: PassageIndex) -> Answerer:
    return Answerer(passage_index, reader=OnnxReader())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was the Istanbul Process launched?", "2 November 2011"),
        (
            "When was the sixth ministerial conference of the Istanbul Process held?",
            "4 December 2016",
        ),
        ("How many people were killed in the Quetta hospital attack?", "70 people"),
        ("When was the Holey Artisan Bakery attacked?", "July 2016"),
        ("When did Operation Zarb-e-Azb begin?", "15 June 2014"),
        ("Who leads the TTP?", "Noor Wali Mehsud"),
        ("Where is RATS based?", "Tashkent"),
        ("What is the QCCM and who belongs to it?", "Afghanistan, China, Pakistan and Tajikistan"),
        ("Who was army chief when Operation Zarb-e-Azb began?", "Raheel Sharif"),
        (
            "Who united the militant groups as Tehrik-i-Taliban Pakistan in December 2007?",
            "Baitullah Mehsud",
        ),
        ("Where is the headquarters of the Regional Anti-Terrorist Structure?", "Tashkent"),
        ("When was the Shanghai Cooperation Organisation founded?", "15 June 2001"),
        ("When did India and Pakistan become full members of the SCO?", "9 June 2017"),
        (
            "Who was the first leader of the Islamic State – Khorasan Province?",
            "Hafiz Saeed Khan",
        ),
        ("When was the Collective Security Treaty signed in Tashkent?", "15 May 1992"),
    ],
)
def test_plain_question_is_answered_with_the_sentence_that_says_it(
    answerer: Answerer, question: str, words: str
) -> None:
    result = answerer.answer(Question(question))
    assert isinstance(result, Answer)
    assert any(words in citation.quotation for citation in result.citations.values())
    for citation in result.citations.values():
        text = STORE.read(citation.reference.article).text
        assert text[citation.span.start : citation.span.end] == citation.quotation


@pytest.mark.parametrize(
    "question",
    ["How do I bake sourdough bread?", "How many moons does Jupiter have?", "Who wrote Hamlet?"],
)
def test_question_about_something_else_is_not_answered(answerer: Answerer, question: str) -> None:
    assert isinstance(answerer.answer(Question(question)), Abstention)


@pytest.mark.parametrize(
    "question",
    [
        "What is the headquarters of the SCO?",  # "Its headquarters are in Tashkent" is of RATS
        "Who founded the CSTO?",
        "What is a fatwa?",  # not FATA
        "What are neurites?",
    ],
)
def test_question_that_only_looks_answered_gets_no_sure_answer(
    answerer: Answerer, question: str
) -> None:
    assert not isinstance(answerer.answer(Question(question)), Answer)


def test_follow_up_is_answered_from_the_article_of_the_question_before(answerer: Answerer) -> None:
    before = Turn("user", "What was the Holey Artisan Bakery attack?")
    result = answerer.answer(Question("How many hostages died in it?", (before,)))
    assert isinstance(result, Answer)
    assert result.citations[1].reference.article == "holey-artisan-bakery-attack"


def test_article_that_was_cited_comes_before_others_on_the_same_place(answerer: Answerer) -> None:
    history: tuple[Turn, ...] = ()
    cited: tuple[str, ...] = ()
    asked = "What happened in Kabul in July 2016?", "Who was behind it?", "How many people died?"
    for text in asked:
        result = answerer.answer(Question(text, history, cited))
        assert isinstance(result, Answer | Nearest)
        told = " ".join(claim.text for claim in result.claims)
        cited = tuple(c.reference.article for claim in result.claims for c in claim.citations)
        history = (*history, Turn("user", text), Turn("assistant", told))
    assert isinstance(result, Answer)
    assert "85 civilians" in result.claims[0].text


@pytest.mark.parametrize(
    "said",
    [
        {"How many people died in the Quetta hospital attack?": "at least 74 dead"},
        {
            "Which states are members of the Shanghai Cooperation Organisation?": "ten member",
            "When did Iran join?": "Iran became the ninth member of the SCO on 4 July 2023",
        },
        {
            "Who leads the TTP?": "led since 2018 by Noor Wali Mehsud",
            "And when was it founded?": "founded in December 2007",
        },
        {"What is TUTAP?": "a regional electricity project"},
    ],
)
def test_examples_of_the_readme_are_answered(answerer: Answerer, said: dict[str, str]) -> None:
    turns: list[Turn] = []
    for question, words in said.items():
        answer = answerer.answer(Question(question, tuple(turns)))
        assert isinstance(answer, Answer)
        assert words in answer.claims[0].text
        text = " ".join(claim.text for claim in answer.claims)
        turns += [Turn("user", question), Turn("assistant", text)]


def test_shipped_articles_are_indexed_whole(passage_index: PassageIndex) -> None:
    build = passage_index.build()
    articles, passages = build.catalogue.counts()
    assert articles == len(STORE.stamps())
    assert build.vectors.count() == build.lexical.count() == passages
    for passage in build.catalogue.passages(range(1, passages + 1)).values():
        assert passage.span.of(STORE.read(passage.article).text) == passage.text
    assert build.catalogue.languages() == {"en"}


@pytest.mark.parametrize(
    "words", ["who leads the ttp", "wounded", "iran joined sco", "treaty 1992"]
)
def test_words_about_the_articles_find_sentences(passage_index: PassageIndex, words: str) -> None:
    assert Finder(passage_index).find(words)


@pytest.mark.parametrize("words", ["chess opening", "xyzzy", "pizza recipe", "hello world"])
def test_words_about_anything_else_find_nothing(passage_index: PassageIndex, words: str) -> None:
    assert Finder(passage_index).find(words) == []


def test_what_an_answer_quotes_passes_its_own_check(
    passage_index: PassageIndex, answerer: Answerer
) -> None:
    answer = answerer.answer(Question("Who leads the TTP?"))
    assert isinstance(answer, Answer)
    checker = Checker(passage_index, Judge(passage_index))
    checked = checker.check("\n".join(claim.text for claim in answer.claims))
    assert {sentence.verdict for sentence in checked.sentences} == {Verdict.SUPPORTED}
    wrong = checker.check("The TTP has been led since 2013 by Noor Wali Mehsud.")
    assert [sentence.verdict for sentence in wrong.sentences] == [Verdict.CONTRADICTED]
