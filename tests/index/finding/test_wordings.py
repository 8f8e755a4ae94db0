"""Names that a question spells or calls otherwise than the articles do."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from footnote.corpus.aliases import Aliases
from footnote.index.answering import Answerer
from footnote.index.finding.variants import other_variants
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.embedding import Encoded
from footnote.index.question import Question
from footnote.index.results import Answer
from footnote.index.words import content_words
from tests.index.home import Home

TEXTS = {
    "group": "The Islamic State was driven from Achin. Nobody mourned the Islamic State.",
    "branch": "Fighters of Daesh burned villages around Achin.",
    "minister": "Nikol Pashinyan visited Balochistan.\n\nPashinyan spoke of frozen participation.",
}
ALIASES = Aliases(
    [("Islamic State", "Daesh", "ISIS", "Da'ish"), ("Pakistani Taliban", "TTP", "Tehrik-e-Taliban")]
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    for name, text in TEXTS.items():
        home.write(name, text, title=name)
    home.sync()
    return home


@pytest.fixture
def passage_index(home: Home) -> Iterator[PassageIndex]:
    with home.open() as passage_index:
        yield passage_index


def encoded(text: str, known: str) -> Encoded:
    """As a model reads it that has a piece for each of the `known` words, two for another."""
    spans = list[tuple[int, int]]()
    for word in content_words(text, "en"):
        middle = (word.start + word.end) // 2
        cut = [(word.start, middle), (middle, word.end)]
        spans += [(word.start, word.end)] if word.of(text) in known.split() else cut
    return Encoded(np.ones(1, np.float32), np.ones((len(spans), 1), np.float32), np.array(spans))


def others(passage_index: PassageIndex, text: str, known: str = "") -> list[str]:
    words = content_words(text, "en")
    return other_variants(text, words, encoded(text, known), {"en"}, passage_index.build(), ALIASES)


def test_name_is_also_put_as_the_articles_have_it(passage_index: PassageIndex) -> None:
    assert others(passage_index, "Who fought ISIS?", "fought") == [
        "Who fought Islamic State?",
        "Who fought Daesh?",
    ]


def test_name_that_no_article_has_is_not_put(passage_index: PassageIndex) -> None:
    assert others(passage_index, "Who fought the TTP?", "fought") == []


def test_name_that_as_many_passages_have_as_the_others_stays(passage_index: PassageIndex) -> None:
    assert others(passage_index, "Who are the daesh?") == []


@pytest.mark.parametrize(
    ("asked", "put_right"),
    [
        ("What did Pashinian say?", "What did Pashinyan say?"),
        ("what did pashinyen say", "what did Pashinyan say"),
        ("Who visited Balochsitan?", "Who visited Balochistan?"),
    ],
)
def test_misspelt_name_is_put_right(
    passage_index: PassageIndex, asked: str, put_right: str
) -> None:
    assert others(passage_index, asked, "say visited") == [put_right]


def test_word_that_the_model_knows_is_not_misspelt(passage_index: PassageIndex) -> None:
    assert others(passage_index, "Which villager burnt?", "villager burnt") == []
    assert others(passage_index, "Who froze it?", "froze") == []


def test_word_far_from_any_of_the_articles_stays(passage_index: PassageIndex) -> None:
    assert others(passage_index, "Who is Tasmagambetov?") == []


def test_word_that_is_asked_the_meaning_of_is_only_taken_for_a_name(
    passage_index: PassageIndex,
) -> None:
    assert others(passage_index, "What is pashinyen?") == ["What is Pashinyan?"]
    assert others(passage_index, "What is a moorned?") == []
    assert others(passage_index, "Who moorned?") == ["Who mourned?"]


def test_other_name_finds_what_the_question_s_own_does_not(home: Home) -> None:
    with home.open() as passage_index:
        before = Answerer(passage_index).answer(Question("Who burned villages, Da'ish fighters?"))
        file = passage_index.aliases.file
        file.write_text("Islamic State = Daesh, Da'ish\n")
        after = Answerer(passage_index).answer(Question("Who burned villages, Da'ish fighters?"))
        file.unlink()
    assert isinstance(after, Answer)
    assert not isinstance(before, Answer) or before.confidence < after.confidence


def test_faulty_file_of_aliases_is_told_with_its_line_and_stops_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write("branch", TEXTS["branch"])
    (tmp_path / "aliases.txt").write_text("Islamic State = Daesh\nISIS\n")
    with home.open() as passage_index:
        report = passage_index.sync()
        [fault] = report.faults
        assert "aliases.txt, line 2: should be: usual name = another name" in str(fault)
        assert report.added == ("branch",)
