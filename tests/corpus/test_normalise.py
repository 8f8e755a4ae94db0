import time
import unicodedata

import pytest
from hypothesis import example, given

from footnote.corpus.normalise import normalise, one_line
from tests.corpus.awkward import texts


@given(texts)
@example("\r\x00\n")
@example(" \u2028 \u2029 ")
@example("a \u200b b")
@example("\u1100\u200b\u1161")
def test_normalising_again_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert one_line(one_line(text)) == one_line(text)


@given(texts)
def test_stored_text_is_composed(text):
    assert unicodedata.is_normalized("NFC", normalise(text))


@given(texts)
def test_paragraphs_are_one_blank_line_apart_and_lines_have_no_space_around_them(text):
    stored = normalise(text)
    assert stored == stored.strip()
    assert "\n\n\n" not in stored
    assert all(line == line.strip() for line in stored.split("\n"))


@given(texts)
def test_plain_space_and_newline_are_the_only_white_space(text):
    stored = normalise(text)
    assert "  " not in stored
    assert {character for character in stored if character.isspace()} <= {" ", "\n"}
    assert len(stored.splitlines()) == (stored.count("\n") + 1 if stored else 0)


@given(texts)
def test_stored_text_can_be_written_as_utf8(text):
    assert normalise(text).encode("utf-8").decode("utf-8") == normalise(text)


@given(texts)
def test_no_letter_digit_or_punctuation_is_lost(text):
    def words(some):
        decomposed = unicodedata.normalize("NFD", some)
        return [c for c in decomposed if unicodedata.category(c)[0] in "LNP"]

    assert words(normalise(text)) == words(text)


@given(texts)
def test_one_line_is_one_line_of_the_same_words(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line.split(" ") == normalise(text).split() or line == ""


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\x85two\u2028three\x0bfour\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("one\r\n\r\n \r\n\ttwo", "one\n\ntwo"),
        ("one\u2029two", "one\n\ntwo"),
        ("a\xa0b\u2009c\u202fd\u3000e\tf", "a b c d e f"),
        ("Khyber\xadPakhtunkhwa\u200b, zero\u2060width\ufeff", "KhyberPakhtunkhwa, zerowidth"),
        ("invoice\u202efdp.exe\u202c \u2066x\u2069", "invoicefdp.exe x"),
        ("bell\x07 and escape\x1b[0m", "bell and escape[0m"),
        ("half a pair: \ud83d", "half a pair: \ufffd"),
        ("cafe\u0301", "café"),
        ("  \n\n ", ""),
    ],
)
def test_odd_characters_become_plain_ones(text, stored):
    assert normalise(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: the non-joiner keeps the prefix apart
        "क्\u200dष",  # Hindi: the joiner asks for the half form
        "👩\u200d👩\u200d👧\u200d👦",
        "🏳\ufe0f\u200d🌈",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u200fعنوان (1)\u200e",
        "“Quoted” – ‘so’ — and… ½ ﬁ № 5′",
        "    ".join(["x"]) + "\n- an item\n\n> a quotation",
    ],
)
def test_what_carries_meaning_is_kept(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    "line",
    ["word " * 2_000_000, "é\u0301\xa0—" * 1_100_000, " " * 10_000_000, "\n " * 2_500_000],
    ids=["words", "accents", "spaces", "line ends"],
)
def test_ten_megabytes_take_seconds(line):
    start = time.process_time()
    normalise(line)
    assert time.process_time() - start < 10
