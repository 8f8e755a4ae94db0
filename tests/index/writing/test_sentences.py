"""Cutting what a model says into sentences with their numbers, while it comes."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.index.writing.stream_parser import SentenceParser

Cut = list[tuple[str, list[int]]]


def cut(text: str, *, step: int = 1000, cut_off: bool = False, language: str = "en") -> Cut:
    sentences = SentenceParser(language)
    found = [
        one for at in range(0, len(text), step) for one in sentences.feed(text[at : at + step])
    ]
    found += sentences.end(cut_off=cut_off)
    return [(sentence.text, sentence.cited) for sentence in found]


TEXTS: list[tuple[str, Cut]] = [
    (
        "It is a bar here. [1] The next one is longer. [2][3]",
        [("It is a bar here.", [1]), ("The next one is longer.", [2, 3])],
    ),
    (
        "It is a bar here [1]. The next is longer [2, 3].",
        [("It is a bar here.", [1]), ("The next is longer.", [2, 3])],
    ),
    (
        "Here it is a bar (1). The next is longer.(2)",
        [("Here it is a bar.", [1]), ("The next is longer.", [2])],
    ),
    (
        "The U.S. forces came at 5 p.m. Monday on Aug. 3 [1]. Dr. Smith said so [2].",
        [("The U.S. forces came at 5 p.m. Monday on Aug. 3.", [1]), ("Dr. Smith said so.", [2])],
    ),
    (
        "They killed 3.5 million of 1,200,000 sheep [1].",
        [("They killed 3.5 million of 1,200,000 sheep.", [1])],
    ),
    (
        "In 2016 (the year) the seven states (7) met again [1-3].",
        [("In 2016 (the year) the seven states (7) met again.", [1, 2, 3])],
    ),
    ("One range is too long here [1-900].", [("One range is too long here.", list(range(1, 22)))]),
    (
        "It was in the spring【4†source】. And it was late¹².",
        [("It was in the spring.", [4]), ("And it was late.", [12])],
    ),
    ("See [passage 2] the river rose high [^3].", [("See the river rose high.", [2, 3])]),
    (
        "It has six members [1] and was founded late [2].",
        [("It has six members and was founded late.", [1, 2])],
    ),
    (
        "**Bold** words and `code` [here](http://x.y/z) are <b>good</b> &amp; well. [1]",
        [("Bold words and code here are good & well.", [1])],
    ),
    (
        "# A heading of many words.\nIt is a bar here. [1]\n\n---\n| it | is | a | bar. |",
        [("It is a bar here.", [1])],
    ),
    (
        "The members of it are:\n- Armenia [1]\n* Belarus [2]\n\nThat is all of it.",
        [
            ("The members of it are: Armenia", [1]),
            ("The members of it are: Belarus", [2]),
            ("That is all of it.", []),
        ],
    ),
    (
        "1. The first says a thing [1].\n2) The second says more [2].",
        [("The first says a thing.", [1]), ("The second says more.", [2])],
    ),
    ("Armenia and Belarus", []),
    (
        "The passage 3 says that it is a bar here. According to passage 2, Ulm was quite late. [1]",
        [("It is a bar here.", [3]), ("Ulm was quite late.", [1, 2])],
    ),
    (
        "[2]<<<passage 2>>>It is a bar here.\n<<<passage 3: Bars\nIt was late again. [3]\n>>>",
        [("It is a bar here.", [2]), ("It was late again.", [3])],
    ),
    ("Yes. [1] No. [2] Maybe so. [3]", []),
    ("<think>It is secret here. [1]</think>It is a bar here. [2]", [("It is a bar here.", [2])]),
    ("It is secret here [1] </think> It is a bar here. [2]", [("It is a bar here.", [2])]),
    ("<think>It is secret here. [1] It is a bar", []),
    (
        "a < b is what it says there, and <thinkers> think. [1]",
        [("a < b is what it says there, and think.", [1])],
    ),
    (
        "Он был ранен в этот день. [1] Потом он ушёл домой один.",
        [("Он был ранен в этот день.", [1]), ("Потом он ушёл домой один.", [])],
    ),
    (
        "这次袭击造成七十二人死亡。[1] 组织声称负责这次事件。[2]",
        [("这次袭击造成七十二人死亡。", [1]), ("组织声称负责这次事件。", [2])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_a_text_is_cut_the_same_however_it_comes(text: str, expected: Cut, step: int) -> None:
    language = "ru" if text.startswith("Он") else "zh" if text.startswith("这") else "en"
    assert cut(text, step=step, language=language) == expected


def test_a_sentence_is_given_once_the_next_has_begun() -> None:
    sentences = SentenceParser("en")
    assert list(sentences.feed("It is a bar here. [1] ")) == []
    assert list(sentences.feed("Another ")) == []
    [first] = sentences.feed("one comes late. [2] ")
    assert (first.text, first.cited) == ("It is a bar here.", [1])
    assert [s.text for s in sentences.end(cut_off=False)] == ["Another one comes late."]


def test_the_few_words_that_are_no_sentence_are_told_apart() -> None:
    sentences = SentenceParser("en")
    said = [
        *sentences.feed("[3] Noor Wali Mehsud [4][6]\nIt is a bar here. "),
        *sentences.end(cut_off=False),
    ]
    assert [sentence.text for sentence in said] == ["It is a bar here."]
    assert sentences.fragments == ["Noor Wali Mehsud"]
    assert list(sentences.feed("A word.\n" * 50)) == []
    assert len(sentences.fragments) == 3


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It is a bar here. [1] Half of the next sen", ["It is a bar here."]),
        ("It is a bar here. [1] It has 72", ["It is a bar here."]),
        (
            "It is a bar here. [1] It was whole, too. [2]",
            ["It is a bar here.", "It was whole, too."],
        ),
        ("It is a bar that has no end of its own", []),
    ],
)
def test_what_was_cut_off_has_no_last_half(text: str, kept: list[str]) -> None:
    assert [said for said, _ in cut(text, cut_off=True)] == kept


ENDLESS = ["a" * 9000, "[1†" * 3000, "*" * 9000 + "a", "[" * 50 + " " * 9000 + "a", "word " * 2000]


@pytest.mark.parametrize("junk", ENDLESS)
@pytest.mark.parametrize("step", [200, 100_000])
def test_a_line_without_end_is_left_out_and_takes_no_time(junk: str, step: int) -> None:
    begun = time.process_time()
    said = cut(f"It is a bar here. [1] {junk}\nThe next one is longer. [2]", step=step)
    assert time.process_time() - begun < 2
    assert said[-1] == ("The next one is longer.", [2])
    assert all(len(text) <= 600 for text, _ in said)


def test_prose_in_one_piece_is_cut_whole_however_long_its_line_is() -> None:
    said = cut(" ".join(f"It is bar number {n} here. [1]" for n in range(500)), step=10**6)
    assert [text for text, _ in said] == [f"It is bar number {n} here." for n in range(500)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(
    ["It is a bar.", "[1]", "[2, 3]", "(4)", " ", "\n", "- ", "**", "[", "]", "<", "<b>", "<think>",
     "</think>", "3.", "5 million", "Dr.", "one more of them", "`", "|", "#", ":", "。", "\u0000"]
), max_size=25), st.integers(1, 9))  # fmt: skip
def test_nothing_breaks_it_and_nothing_is_invented(pieces: list[str], step: int) -> None:
    text = "".join(pieces)
    for said, cited in cut(text, step=step):
        assert set(said.replace(" ", "")) <= set(text)
        assert all(0 <= number <= 999 for number in cited)
