"""Reference marks: taken out of what is pasted, whoever put them there."""

import time

import pytest

from footnote.index.support.reference_marks import without_marks

BARE = "The treaty was signed in Tashkent in 1992."


@pytest.mark.parametrize(
    "marked",
    [
        "The treaty was signed in Tashkent in 1992. [1]",
        "The treaty was signed in Tashkent in 1992 [1].",
        "The treaty was signed in Tashkent in 1992.[1][2]",
        "The treaty was signed in Tashkent [3] in 1992 [1, 2].",
        "The treaty[3–5] was signed in Tashkent in 1992.[12]",
        "The treaty was signed in Tashkent in 1992.¹",
        "The treaty was signed in Tashkent² in 1992.¹²",
        "The treaty was signed in Tashkent in 1992 (1).",
        "The treaty was signed in Tashkent in 1992. (1)",
        "The treaty was signed in Tashkent in 1992.[note 2]",
        "The treaty was signed in Tashkent in 1992.[a][citation needed]",
        "The treaty was signed[by whom?] in Tashkent in 1992.[nb 1]",
        "The treaty was signed in Tashkent in 1992[1](https://example.org/a_(b)?c=1).",
        "The treaty was signed in Tashkent in 1992. [[1]](https://example.org)",
        "The treaty was signed in Tashkent in 1992.[^1][^1_2]",
        "The treaty was signed in Tashkent in 1992. ([example.org](https://example.org/x))",
        "The [treaty](https://example.org/treaty) was signed in Tashkent in 1992.",
        "The treaty was signed in Tashkent in 1992【4†source】.",
        "The treaty was signed in Tashkent in 1992.【4:0†treaty.pdf】",
        "The treaty was signed in Tashkent in 1992 :contentReference[oaicite:0]{index=0}.",
        "The treaty was signed in Tashkent in 1992. citeturn0search1turn0search12",
        "The treaty was signed in Tashkent in 1992. \ue200cite\ue202turn0search1\ue201",
        "The treaty was signed in Tashkent in 1992.<sup>[1]</sup>",
    ],
)
def test_a_mark_is_taken_out_and_the_sentence_stays(marked: str) -> None:
    assert without_marks(marked) == BARE


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        "It covers 22 km² and holds 3 m³ of water.",
        "He said that it was [sic] over.",
        "The code (2023) was revised; the vote (12 to 3) was close.",
        "The law of [1984] was repealed.",
        "In [Tashkent] they signed (see page 3).",
        "10⁶ cells were counted, x² of them alive.",
        "Two reasons: (1) the price, and (2) the weather.",
        "",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert without_marks(text) == text


def test_a_list_of_sources_at_the_end_is_left_out() -> None:
    assert (
        without_marks("Bees dance. [1]\n\nSources\n[1] Bees · 2021\n    bees.md").strip()
        == "Bees dance."
    )
    assert (
        without_marks("Bees dance [1]\n\n**Sources:**\n\n1. https://a.org").strip() == "Bees dance"
    )
    kept = "Bees dance.\nSources\nof honey are flowers."
    assert without_marks(kept) == kept
    assert without_marks("Sources\n[1] is cited.") == "Sources\nis cited."


def test_sentences_stay_apart_where_a_mark_stood_between_them() -> None:
    assert without_marks(
        "Bees dance.[1] Ants walk.[2]Wasps fly.\n[3] They sting. (4) They hum."
    ) == ("Bees dance. Ants walk. Wasps fly.\nThey sting. They hum.")


@pytest.mark.parametrize(
    "piece",
    [
        "[1](",
        "[",
        "[[1]",
        "([a](https://b",
        "(1",
        "【1†",
        "cite",
        "turn0a",
        "¹",
        "[1](https://(a",
        " ",
    ],
)
def test_what_never_ends_is_read_in_linear_time(piece: str) -> None:
    without_marks(piece * 10)
    begun = time.process_time()
    without_marks(piece * (200_000 // len(piece)))
    assert time.process_time() - begun < 2.0


def test_a_long_text_full_of_marks_is_read_in_linear_time() -> None:
    begun = time.process_time()
    text = "Bees dance [1] and ants walk. [2][3]  Wasps fly.\n"
    assert without_marks(text) == "Bees dance and ants walk. Wasps fly.\n"
    assert "[" not in without_marks(text.strip() * 8000)
    assert time.process_time() - begun < 2.0
