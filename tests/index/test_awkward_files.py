"""Awkward files, with the model and the reader that come along: from their bytes to the answer."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from footnote.corpus.readers.formats import read
from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.reader import OnnxReader
from footnote.index.question import Question
from footnote.index.results import Abstention, Answer, Listing, Nearest, Result
from tests.shipped_model import shipped_model

pytestmark = pytest.mark.slow

NOTE = """---
tags: [mill, "costs: 2023"]
draft: no
---
# The water mill

The [[water mill|Water Mill]] stopped on 9 May 2023 when a diver found cracks in **seven** of its \
thirty blades.[^1] A new wheel costs ==1.3 million crowns==.

| Season | Visitors | Loaves |
| --- | --- | --- |
| 2021 | 4,310 | 19,400 |
| 2022 | 5,127 | 23,850 |

[^1]: Report of the diving school.
"""
TOWNS = """VALLEY NEWS
By Rut Berge

TORSBY

The mayor of Torsby, Nils Hauge, opened the new water tower on Sunday. It is 31 metres high.

LINDVIK

The mayor of Lindvik, Eva Strand, turned down the plan for a cable car. She called it too dear.
"""
FIRE = """<html><head><title>Forest fire near Holm: live</title></head><body><article>
<h1>Forest fire near Holm: live</h1>
<h2>16:20</h2><p>The road from Holm to Torsby is open again for one lane, the police said.</p>
<h2>12:35</h2><p>Two aeroplanes from the south have begun to drop water on the western edge.</p>
<h2>09:10</h2><p>About 240 people have left their homes since the fire crossed the ridge.</p>
</article></body></html>"""
SNOW = """<html><head><meta charset="windows-1251"><title>Дорога закрыта</title></head><body>
<article><h1>Дорога закрыта из-за снега</h1><p>Горная дорога закрыта до 20 февраля, сообщила
начальник участка Вера Зимина. Объезд занимает три часа.</p><p>Последний автобус перевёз 57
человек и две собаки. Снегоуборочная машина придёт утром в среду.</p></article></body></html>"""


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Siri Dahl <siri@example.org>", "list@example.org"
    message["Subject"] = "Council raises the bridge toll"
    message["Date"] = "Wed, 13 Mar 2024 08:30:00 +0100"
    message.set_content(
        "Dear colleagues,\n\nThe council decided on Monday that the bridge toll rises from 20 to 26"
        " crowns on 1 May. Buses pay nothing.\n\n> On Sunday, Olav wrote:\n> the toll will never"
        " rise\n\nKind regards,\nSiri Dahl\nValley Watch\n"
    )
    return message.as_bytes()


FILES = {
    "note.md": NOTE.encode(),
    "towns.txt": TOWNS.encode(),
    "letter.eml": letter(),
    "fire.html": FIRE.encode(),
    "snow.html": SNOW.encode("cp1251"),
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    place = tmp_path_factory.mktemp("awkward")
    store = ArticleStore(place / "articles")
    for name, data in FILES.items():
        store.replace(name.partition(".")[0], read(data, name=name).draft)
    passage_index = PassageIndex.in_home(place / "home", store, shipped_model())
    passage_index.lock.acquire("a test")
    assert not passage_index.sync().faults
    yield Answerer(passage_index, reader=OnnxReader())
    passage_index.close()


def shown(result: Result) -> list[str]:
    claims = result.claims if isinstance(result, Answer | Nearest | Listing) else ()
    return [claim.text for claim in claims]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "How many blades were cracked?",
            "The Water Mill stopped on 9 May 2023 when a diver found cracks in seven of its thirty"
            " blades.",
        ),
        ("What does a new wheel cost?", "A new wheel costs 1.3 million crowns."),
        ("How high is the new water tower?", "It is 31 metres high."),
        (
            "What happened at 12:35?",
            "Two aeroplanes from the south have begun to drop water on the western edge.",
        ),
        ("Who pays nothing on the bridge?", "Buses pay nothing."),
    ],
)
def test_what_a_file_says_is_quoted_without_its_marks(
    answerer: Answerer, question: str, sentence: str
) -> None:
    result = answerer.answer(Question(question))
    assert isinstance(result, Answer)
    assert result.claims[0].text == sentence


def test_row_of_a_table_stands_below_its_header(answerer: Answerer) -> None:
    result = answerer.answer(Question("How many visitors came to the mill in 2022?"))
    assert shown(result)[0] == "2022 | 5,127 | 23,850"
    assert result.citations[1].before_text == "Season | Visitors | Loaves"


@pytest.mark.parametrize(
    "question", ["What did the mayor of Torsby turn down?", "How high is the tower of Lindvik?"]
)
def test_what_stands_under_the_heading_of_another_is_never_sure(
    answerer: Answerer, question: str
) -> None:
    result = answerer.answer(Question(question))
    assert isinstance(result, Nearest | Abstention)
    assert "LINDVIK" not in shown(result)


def test_which_articles_mention_a_place_are_listed(answerer: Answerer) -> None:
    result = answerer.answer(Question("Which articles mention Torsby?"))
    assert isinstance(result, Listing)
    assert {one.reference.article for one in result.articles} == {"towns", "fire"}


def test_live_blog_is_summed_up_in_the_order_of_time(answerer: Answerer) -> None:
    result = answerer.answer(Question("summarize the forest fire near Holm"))
    assert [text.split()[0] for text in shown(result)] == ["About", "Two", "The"]


@pytest.mark.parametrize(
    "question", ["Did Olav write that the toll will rise?", "Who wrote on Sunday?", "Dear all"]
)
def test_neither_an_earlier_letter_nor_what_opens_and_closes_this_one_is_quoted(
    answerer: Answerer, question: str
) -> None:
    texts = shown(answerer.answer(Question(question)))
    assert not [text for text in texts if "never" in text or "Olav" in text]
    assert not {"Dear colleagues,", "Kind regards,", "Siri Dahl", "Valley Watch"} & set(texts)


def test_page_in_an_older_encoding_is_answered_in_its_language(answerer: Answerer) -> None:
    result = answerer.answer(Question("ВАЖНО: сколько человек перевёз последний автобус?"))
    assert shown(result)[:1] == ["Последний автобус перевёз 57 человек и две собаки."]


def test_what_is_new_lists_every_article_with_its_day(answerer: Answerer) -> None:
    result = answerer.answer(Question("what's new"))
    assert isinstance(result, Listing)
    assert {one.reference.article for one in result.articles} == {
        name.partition(".")[0] for name in FILES
    }


def test_word_of_no_language_is_found_nowhere(answerer: Answerer) -> None:
    assert isinstance(answerer.answer(Question(f"what is {'b' * 90}?x")), Abstention)


def test_front_matter_comes_back_as_it_was_written() -> None:
    draft = read(NOTE.encode(), name="note.md").draft
    assert 'tags: [mill, "costs: 2023"]\ndraft: no\n' in draft.head
