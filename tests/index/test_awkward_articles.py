"""Articles of awkward kinds, from their bytes to what is quoted from them; with the real model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.corpus.readers.formats import read
from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.finding.retrieval import PassageRetriever
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import Question
from footnote.index.results import Answer, Nearest
from tests.shipped_model import shipped_model

_PAGES = Path(__file__).parents[1] / "corpus" / "pages"
_NAMES = (
    *("obsidian-note.md", "live-blog.html", "sections-in-capitals.txt", "persian-figures.md"),
    *("letter-with-answers.eml", "windows-1251.html", "mills.csv"),
)


@pytest.fixture(scope="module")
def passage_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    folder = tmp_path_factory.mktemp("articles")
    store = ArticleStore(folder)
    for name in _NAMES:
        store.add(read((_PAGES / name).read_bytes(), name=name).draft)
    home = tmp_path_factory.mktemp("home")
    passage_index = PassageIndex.in_home(home, store, shipped_model())
    passage_index.lock.acquire("a test")
    assert len(passage_index.sync().added) == len(_NAMES)
    yield passage_index
    passage_index.close()


@pytest.mark.parametrize(
    ("question", "quotation"),
    [
        ("How many sacks were there in 2022?", "2022 | 1,876 | 187"),
        ("How many days at work were there in 2021?", "2021 | 2,310 | 204"),
        (
            "how many paddles were cracked",
            "The wheel of the mill at Ek was stopped on 9 August 2023, for a miller had found"
            " cracks in seven of its thirty-two paddles.",
        ),
        (
            "What happened at 10:15?",
            "Some 340 drivers have gathered at the depot in Quarry Road, twice as many as in the"
            " morning.",
        ),
        (
            "What happened at 06:45?",
            "No tram has left the depot yet, and 12 buses stand in for 61 trams.",
        ),
        (
            "Who refused to sell the quarry?",
            "The warden of Torsvik, Maj Berg, refused to sell the old quarry.",
        ),
        (
            "How much is the toll for the bridge from June?",
            "The parish decided on Tuesday that the toll for the bridge will go from 4 to 6 crowns"
            " on 1 June 2023.",
        ),
        (
            "БЛАНК: сколько буханок привезла лодка?",
            "Утренняя лодка привезла 85 буханок и 30 писем.",
        ),
        ("روزانه چند خودرو از پل می‌گذرد؟", "روزانه ۳٬۴۰۰ خودرو و ۲٫۵ تن بار از آن می‌گذرد."),
        ("2.5 تن بار", "روزانه ۳٬۴۰۰ خودرو و ۲٫۵ تن بار از آن می‌گذرد."),
        ("تعمیر پل چند ماه زمان برد؟", "شهردار گفت که تعمیر پل یازده ماه زمان برد."),
        ("How many sacks of flour came from Torsvik?", "Torsvik, the upper mill | 920"),
    ],
)
def test_what_is_asked_is_quoted_first(
    passage_index: PassageIndex, question: str, quotation: str
) -> None:
    result = Answerer(passage_index).answer(Question(question))
    assert isinstance(result, Answer | Nearest)
    assert result.claims[0].text == quotation


def test_row_is_shown_with_the_header_of_its_table(passage_index: PassageIndex) -> None:
    result = Answerer(passage_index).answer(Question("How many sacks were there in 2022?"))
    assert isinstance(result, Answer | Nearest)
    citation = result.claims[0].citations[0]
    assert citation.before_text == "Year | Sacks | Days at work"
    assert citation.passage_text.startswith("Year | Sacks")


def test_nothing_that_marks_or_heads_a_text_is_quoted(passage_index: PassageIndex) -> None:
    answerer = Answerer(passage_index)
    for question in ("EKBY", "TORSVIK", "10:15", "Year Sacks Days at work", "[[Ek mill]]", "Sten"):
        result = answerer.answer(Question(question))
        if isinstance(result, Answer | Nearest):
            texts = [claim.text for claim in result.claims]
            assert not {"EKBY", "TORSVIK", "10:15", "06:45"} & set(texts)
            assert not any(
                mark in text for text in texts for mark in ("[[", "==", "> ", "[^", "--")
            )
            assert not any(text.startswith("Year |") for text in texts)
            assert "never going up" not in " ".join(texts)


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("FORM: how many drivers gathered?", "how many drivers gathered?"),
        ("Ekby: how long is the footbridge?", "Ekby: how long is the footbridge?"),
        ("FORM:", "FORM:"),
        ("11:40", "11:40"),
    ],
)
def test_label_that_no_article_knows_is_no_part_of_the_question(
    passage_index: PassageIndex, question: str, wording: str
) -> None:
    with passage_index.reading():
        query = next(PassageRetriever(passage_index).queries(Question(question)))
    assert query.variants[0].text == wording
