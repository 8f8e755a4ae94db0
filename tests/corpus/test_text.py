"""Plain text: scraped, pasted or typed, wrapped at a width or not."""

import csv
import io
import textwrap

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from footnote.corpus.normalise import normalise
from footnote.corpus.readers.formats import read
from footnote.corpus.readers.text import read_text, unwrap
from tests.corpus.awkward import stored_texts

_PARAGRAPHS = [
    "The ferry left Skarn at ten past six, with eleven passengers, two bicycles and a dog that did "
    "not want to go. Nobody made a speech, and the captain sounded the horn twice.",
    "I had come to count. The report says that forty people a day used the crossing last winter; "
    "the woman at the kiosk, who has no reason to lie, says that it was more like a hundred.",
    "By boat, Skarn lies three kilometres from the hospital. By road it lies forty-one, and the "
    "driver waits for those who come late, so that it takes longer than the timetable has it.",
]
_TEXT = "\n\n".join(_PARAGRAPHS)


def _wrapped(width: int, paragraphs: list[str] = _PARAGRAPHS) -> str:
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


@pytest.mark.parametrize("width", range(40, 106, 5))
def test_wrapped_paragraphs_are_joined(width):
    assert unwrap(f"{_wrapped(width)}\n\n{_wrapped(width)}") == f"{_TEXT}\n\n{_TEXT}"


_WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9)
_SENTENCES = st.lists(_WORDS, min_size=80, max_size=90).map(" ".join)


@given(st.lists(_SENTENCES, min_size=1, max_size=2), st.integers(45, 75))
@settings(max_examples=25)
def test_any_words_that_were_wrapped_are_joined_again(paragraphs, width):
    assert unwrap(_wrapped(width, paragraphs)) == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    "other",
    [
        "=" * 78,
        "https://hives.example.org/" + "reports/" * 20,
        "A headline that is a good deal longer than any of the lines of the letter under it",
        "* one\n* two\n* three\n* four",
        "With kind regards,\nJane Doe\n12 Quay Street\nSkarn",
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_wrapped_paragraphs_are_joined_next_to_lines_of_other_lengths(other, before):
    lines = other.replace("\n", "\n\n")
    if before:
        assert unwrap(f"{other}\n\n{_wrapped(72)}") == f"{lines}\n\n{_TEXT}"
    else:
        assert unwrap(f"{_wrapped(72)}\n\n{other}") == f"{_TEXT}\n\n{lines}"


def test_item_that_goes_on_in_the_next_line_is_joined():
    text = f"{_wrapped(60)}\n\n* leave the guards alone until the last\nfrost\n* weigh the hive"
    assert unwrap(text).endswith(
        "\n\n* leave the guards alone until the last frost\n\n* weigh the hive"
    )


def test_word_broken_at_its_hyphen_is_whole_again():
    lines = [
        "And nothing at all was said against members of the counter-",
        "terrorism units, pre-",
        "and so on",
    ]
    text = unwrap("\n".join(lines) + f"\n\n{_wrapped(60)}")
    assert "counter-terrorism units, pre- and so on" in text


@pytest.mark.parametrize(
    "lines",
    [
        _PARAGRAPHS,
        [sentence + "." for paragraph in _PARAGRAPHS for sentence in paragraph.split(". ")],
        ["The water waits, the gate is wide,", "the barge lies heavy on the tide,"] * 4,
        [
            "部长表示，该地区的威胁正在增加，呼吁邻国加强合作。",
            "没有人期待结果。",
            "会议将于明年举行。",
        ]
        * 4,
        ["10.15 Opening", "10.30 The mast, with questions", "12.00 Soup", "13.00 Walk to the lock"],
        ["- Facebook", "- Twitter", "- a list", "- of short things", "- and of one that is longer"],
        ["One", "two", "three"],
        ["x" * 60, "y" * 60, "z" * 60, "w" * 60],
    ],
    ids=["paragraphs", "sentences", "verse", "Chinese", "timetable", "list", "words", "codes"],
)
def test_lines_that_were_not_wrapped_are_paragraphs(lines):
    if lines[0].startswith("x"):
        lines = [line + "." for line in lines]
    assert unwrap("\n".join(lines)) == "\n\n".join(lines)


@given(stored_texts)
@example("a\n" * 10 + "a")
def test_no_word_is_lost_and_no_line_is_cut(text):
    unwrapped = unwrap(text)
    assert normalise(unwrapped) == unwrapped
    assert "".join(unwrapped.split()) == "".join(text.split())
    assert set(unwrapped.replace("\n\n", " \n ").split()) >= {
        word for line in text.split("\n") for word in line.split()[1:-1]
    }


def test_first_line_is_the_title():
    reading = read_text(f"What the ferry took\n\n{_TEXT}", name="x.txt")
    assert (reading.draft.title, reading.draft.text) == ("What the ferry took", _TEXT)


@pytest.mark.parametrize(
    "first",
    [
        "A sentence is no title.",
        "A line of more than two hundred characters is none either, " * 4,
        "***",
        "#",
    ],
)
def test_line_that_is_no_title_stays_in_the_text(first):
    text = f"{first.strip()}\n\n{_TEXT}"
    reading = read_text(text, name="my_ferry-notes.txt")
    assert (reading.draft.title, reading.draft.text) == ("My ferry notes", text)


def test_text_of_one_paragraph_has_the_name_of_its_file():
    reading = read_text(_PARAGRAPHS[0], name="folder/the-last--ferry.final.txt")
    assert reading.draft.title == "The last ferry.final"
    assert read_text(_PARAGRAPHS[0], name=".txt").draft.title == "Untitled"
    assert reading.draft.text == _PARAGRAPHS[0]


@pytest.mark.parametrize("line", ["# What the ferry took", "### What the ferry took"])
def test_mark_of_a_heading_is_no_part_of_the_title(line):
    assert read_text(f"{line}\n\n{_TEXT}", name="x").draft.title == "What the ferry took"


def test_hash_of_a_tag_is_part_of_the_title():
    assert read_text(f"#FerryLeft, one year on\n\n{_TEXT}", name="x").draft.title == (
        "#FerryLeft, one year on"
    )


def read_text_of(text):
    return read_text(f"The title\n\n{text}\n\n{_TEXT}", name="x.txt").draft.text


def test_quoted_lines_lose_their_marks_and_are_a_paragraph():
    quoted = textwrap.fill(_PARAGRAPHS[0], 60, initial_indent="> ", subsequent_indent="> ")
    text = f"She had read this:\n{quoted}\n>\n>> Nobody knows.\nThen she left."
    found = read_text_of(f"{text}\n\n{_wrapped(60)}")
    assert found.startswith(
        f"She had read this:\n\n{_PARAGRAPHS[0]}\n\nNobody knows.\n\nThen she left."
    )


@pytest.mark.parametrize(
    ("lines", "table"),
    [
        (
            "Port\tShips\nLund\t1,204\nAsk\t",
            "| Port | Ships |\n| --- | --- |\n| Lund | 1,204 |\n| Ask | |",
        ),
        (
            "Lund\told\tstone\nAsk|Ek\tnew\twood",
            "| | | |\n| --- | --- | --- |\n| Lund | old | stone |\n| Ask/Ek | new | wood |",
        ),
    ],
)
def test_tabs_between_cells_make_a_table(lines, table):
    assert read_text_of(lines).split("\n\n")[0] == table


@pytest.mark.parametrize(
    "lines", ["\tThe ferry left.\n\tNobody saw it.", "Ada:\tWhere to?\nBo:\tHome.", "one\ttwo"]
)
def test_tabs_that_part_no_cells_are_spaces(lines):
    assert "|" not in read_text_of(lines)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separated_values_are_a_table(mark):
    rows = [["Port of call", "Ships"], ["Lund, new", "1204"], ["Ask", "998 of two kinds"]]
    written = io.StringIO()
    csv.writer(written, delimiter=mark).writerows(rows)
    draft = read(written.getvalue().encode(), name="calls_of-ships.csv").draft
    assert draft.title == "Calls of ships"
    assert draft.text.split("\n") == [
        "| Port of call | Ships |",
        "| --- | --- |",
        "| Lund, new | 1204 |",
        "| Ask | 998 of two kinds |",
    ]


def test_values_that_make_no_table_are_a_text():
    assert read(f"{_TEXT}\na,b\n".encode(), name="x.csv").draft.text.startswith(_PARAGRAPHS[0])


def test_table_in_markdown_stays_one():
    table = "| Port | Ships |\n| --- | --- |\n| Lund | 1,204 |"
    assert read_text_of(table).startswith(f"{table}\n\n")
