import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from footnote.corpus.span import Span
from footnote.index.sentences import MAX_CHARACTERS, sentence_spans

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
    assert (len(cases), len({language for language, _, _ in cases})) == (105, 15)
    assert len(cases) - len(wrong) >= 103, wrong


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
        assert len(sentence) <= MAX_CHARACTERS
    held = {place for span in spans for place in range(span.start, span.end)}
    assert {place for place, c in enumerate(text) if c.isalnum()} <= held


def test_overlong_sentence_is_cut_at_a_space() -> None:
    text = "word " * 500 + "end."
    spans = list(sentence_spans(text))
    assert " ".join(span.of(text) for span in spans) == text
    assert max(map(len, spans)) <= MAX_CHARACTERS


def test_overlong_word_is_cut_where_it_must_be() -> None:
    text = "字" * (2 * MAX_CHARACTERS + 1)
    assert list(map(len, sentence_spans(text))) == [MAX_CHARACTERS, MAX_CHARACTERS, 1]


def test_spans_count_characters_where_bytes_and_utf16_units_differ() -> None:
    text = "Grüße 😀 an alle. یہ ہے۔ Ende."
    assert next(sentence_spans(text, "de")) == Span(0, 16)
    assert parted(text, "ur") == ["Grüße 😀 an alle.", "یہ ہے۔", "Ende."]


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ('He wrote "No. 5 is it. "No," I said.', "en", ['He wrote "No. 5 is it.', '"No," I said.']),
        ("Das ist genug. „Ja.“ Er ging.", "de", ["Das ist genug.", "„Ja.“", "Er ging."]),
        ("She wept.) Then she left.", "en", ["She wept.)", "Then she left."]),
        ("It is so. ” She left.", "en", ["It is so. ”", "She left."]),
    ],
)
def test_mark_belongs_to_the_sentence_that_it_opens_or_closes(
    text: str, language: str, sentences: list[str]
) -> None:
    assert parted(text, language) == sentences


def test_long_quotation_is_parted_and_what_lies_after_a_mark_that_nobody_closed_too() -> None:
    said = ["They came by the old road.", "Nobody saw them, for it was raining and late."] * 3
    assert parted(f"“{' '.join(said)}”") == [f"“{said[0]}", *said[1:-1], f"{said[-1]}”"]
    assert parted(f'He wrote "{" ".join(said)}') == [f'He wrote "{said[0]}', *said[1:]]


def test_short_quotation_stays_with_who_says_it() -> None:
    text = "“It leaks. It always did,” he said."
    assert parted(text) == [text]


@pytest.mark.parametrize(
    "piece", ["5 p.m. Monday ", '. " ', "…A ", ".) (", "“ . ", "' . '", '"', "a. " * 3 + "»"]
)
def test_no_text_takes_long_to_part(piece: str) -> None:
    start = time.process_time()
    parted(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 10


def test_a_unit_that_is_shortened_ends_no_sentence() -> None:
    spilled = "Some 4.9 million bbl. of oil spilled, and 40 sq. miles were closed."
    assert parted(f"{spilled} It took 12 hrs. to cap it.") == [
        spilled,
        "It took 12 hrs. to cap it.",
    ]
