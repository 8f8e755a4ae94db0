from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.normalise import normalise
from corpus.span import Span
from index.sentences import MOST_CHARACTERS, Block, blocks, sentence_spans

LANGUAGES = st.sampled_from([None, "", "en", "EN_us", "de", "ur", "zh-Hans", "ru", "ja", "fr", "x"])
BITS = [
    "Dr. Smith went. He",
    "He left at 5 p.m.",
    "Monday came.",
    "“Quote.” he",
    "No. 5",
    "今天下雨。",
    "یہ ہے۔",
    "¿Qué? ¡No!",
    "3. August 2016",
    "word " * 300,
    "a" * 1200,
    "___",
    "...",
    "?!",
    "😀.",
    "\u200d",
    "…",
    "\n",
    "\n\n",
    "",
]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(BITS), max_size=12).map(" ".join)


def parted(text: str, language: str | None = None) -> list[str]:
    return [span.of(text) for span in sentence_spans(text, language)]


def quoted(found: list[Block], text: str) -> list[str]:
    return [span.of(text) for block in found for span in block.sentences]


def awkward_sentences() -> list[tuple[str, str, list[str]]]:
    """Language, text and the sentences that it should be parted into, for each line of the file."""
    lines = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    cases = []
    for line in lines:
        if not line.startswith("#"):
            language, marked = line.replace("⏎", "\n").split(" ", 1)
            parts = [part.strip() for part in marked.split("‖")]
            cases.append((language, marked.replace("‖", ""), parts))
    return cases


def test_awkward_sentences_are_parted_as_well_as_when_last_measured() -> None:
    cases = awkward_sentences()
    wrong = [text for language, text, parts in cases if parted(text, language) != parts]
    assert (len(cases), len({language for language, _, _ in cases})) == (45, 11)
    assert len(cases) - len(wrong) >= 43, wrong


@given(TEXTS, LANGUAGES)
@example("", None)
def test_sentences_are_in_order_and_apart_and_hold_every_letter_once(
    text: str, language: str | None
) -> None:
    spans = list(sentence_spans(text, language))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for span in spans:
        sentence = span.of(text)
        assert sentence == sentence.strip()
        assert any(map(str.isalnum, sentence))
        assert len(sentence) <= MOST_CHARACTERS
    held = {place for span in spans for place in range(span.start, span.end)}
    assert {place for place, c in enumerate(text) if c.isalnum()} <= held


WORDS = (
    st.text(alphabet="abcü字1 .", min_size=1, max_size=40)
    .map(normalise)
    .filter(lambda words: any(map(str.isalpha, words)))
)
LINES = st.tuples(st.sampled_from(["# {}", "### {} ##", "- {}", "• {}", "| {} |", "> {}"]), WORDS)


@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n"])), max_size=8))
def test_marked_lines_lose_their_markers_and_nothing_else(
    lines: list[tuple[tuple[str, str], str]],
) -> None:
    text = normalise("".join(form.format(words) + after for (form, words), after in lines))
    found = list(blocks(text))
    letters = "".join(
        c for (form, words), _ in lines for c in words if c.isalnum() and not form.startswith("#")
    )
    assert "".join(c for s in quoted(found, text) for c in s if c.isalnum()) == letters
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("- One thing\n- Another. And more", ["One thing", "Another.", "And more"]),
        ("1. One\n2. Two\n3) Three", ["One", "Two", "Three"]),
        ("1. One\n\n2. Two", ["One", "Two"]),
        ("| Year | Dead |\n|---|---|\n| 2016 | 74 |", ["Year | Dead |", "2016 | 74 |"]),
        ("> He said so.\n>\n> I heard it.", ["He said so.", "I heard it."]),
        (
            "The line was\nwrapped here. It\ngoes on.",
            ["The line was\nwrapped here.", "It\ngoes on."],
        ),
        ("Above\n## Heading\nBelow", ["Above", "Below"]),
        ("A rule\n\n___\n\n* * *\n\n---\n\nafter it", ["A rule", "after it"]),
        ("|\n\n>\n\n-", []),
        ("#hashtag is a word", ["#hashtag is a word"]),
    ],
)
def test_lines_that_stand_for_themselves_are_sentences(text: str, sentences: list[str]) -> None:
    assert quoted(list(blocks(text)), text) == sentences


@pytest.mark.parametrize(
    "text", ["Er kam am\n3. August 2016 an.", "3. August 2016 war ein Mittwoch."]
)
def test_day_of_the_month_at_the_beginning_of_a_line_is_no_list_marker(text: str) -> None:
    assert quoted(list(blocks(text, "de")), text) == [text]


def test_block_knows_the_heading_above_it_and_headings_of_the_same_words_apart() -> None:
    text = "Before.\n\n# Year\n\nOne.\n\nTwo.\n\n# Year #\n\nThree."
    assert [(b.section, b.heading) for b in blocks(text)] == [
        (0, None),
        (1, "Year"),
        (1, "Year"),
        (2, "Year"),
    ]


def test_overlong_sentence_is_cut_at_a_space() -> None:
    text = "word " * 500 + "end."
    spans = list(sentence_spans(text))
    assert " ".join(span.of(text) for span in spans) == text
    assert max(map(len, spans)) <= MOST_CHARACTERS


def test_overlong_word_is_cut_where_it_must_be() -> None:
    text = "字" * (2 * MOST_CHARACTERS + 1)
    assert list(map(len, sentence_spans(text))) == [MOST_CHARACTERS, MOST_CHARACTERS, 1]


def test_spans_count_characters_where_bytes_and_utf16_units_differ() -> None:
    text = "Grüße 😀 an alle. یہ ہے۔ Ende."
    assert next(sentence_spans(text, "de")) == Span(0, 16)
    assert parted(text, "ur") == ["Grüße 😀 an alle.", "یہ ہے۔", "Ende."]
