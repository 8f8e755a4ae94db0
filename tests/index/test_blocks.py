import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.normalise import normalise
from footnote.corpus.span import Span
from footnote.index.blocks import Block, blocks, in_words, is_label, passage_sentences, table_header
from footnote.index.passages import split

TABLE = "| Port | Ships |\n| --- | --- |\n| Lund | 1,204 |\n| Ask | 998 |"


def quoted(found: list[Block], text: str) -> list[str]:
    return [span.of(text) for block in found for span in block.sentences]


WORDS = (
    st.text(alphabet="abcü字 .", min_size=1, max_size=40)
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
        ("| Year | Dead |\n|---|---|\n| 2016 | 74 |", ["2016 | 74"]),
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


def under(text: str, language: str | None = None) -> list[tuple[str | None, list[str]]]:
    return [(b.heading, [s.of(text) for s in b.sentences]) for b in blocks(text, language)]


@pytest.mark.parametrize(
    "heading",
    ["ARVIK", "WHAT THE HARBOUR COSTS", "ВЕСНА В ПОРТУ:", "ΛΙΜΑΝΙ", "GROßE FLUT", "PIER 7?"],
)
def test_line_in_capitals_is_a_heading(heading: str) -> None:
    text = f"The ferry ran.\n\n{heading}\n\nThe pier was shut in May.\nIt was old."
    assert under(text) == [
        (None, ["The ferry ran."]),
        (heading, ["The pier was shut in May.\nIt was old."]),
    ] or under(text) == [
        (None, ["The ferry ran."]),
        (heading, ["The pier was shut in May.", "It was old."]),
    ]


def test_line_in_capitals_right_above_its_paragraph_is_a_heading() -> None:
    assert under("ARVIK\nThe pier was shut in May.") == [("ARVIK", ["The pier was shut in May."])]


@pytest.mark.parametrize(
    "text",
    [
        "THE PIER IS SHUT\n\nTHE FERRY IS LATE\n\nNOBODY CARES\n\nSo they shouted at us.",
        "NOBODY TOLD US THAT THE PIER WOULD BE SHUT.\n\nSo they wrote.",
        "The pier was shut.\n\nTHE END",
        "THE PIER WAS SHUT IN MAY AND NOBODY KNOWS WHY IT WAS SHUT ON THAT DAY\n\nSo it goes.",
        "- ARVIK\n- The pier",
        "It was shut by\nNATO",
        "WE SHOUT AND SHOUT\n\nNo.\n\nWE SHOUT AND SHOUT\n\nNo.",
    ],
)
def test_who_shouts_makes_no_headings(text: str) -> None:
    assert {heading for heading, _ in under(text)} == {None}


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        *(("14:05", "en"), ("3 June 2024", "en"), ("Monday, June 3, 2024, 9:30 a.m.", "en")),
        *(("Updated on 3 June 2024 at 14:05 GMT", "en"), ("2016", "en"), ("3. Juni 2024", "de")),
        *(("14.05 Uhr", "de"), ("3 июня 2024 года", "ru"), ("3 de junio de 2024", "es")),
        ("۱۴:۰۵", "fa"),
    ],
)
def test_date_or_time_alone_on_its_line_is_a_heading(heading: str, language: str) -> None:
    text = f"{heading}\n\nThe ferry to Arvik is late."
    assert under(text, language) == [(heading, ["The ferry to Arvik is late."])]


@pytest.mark.parametrize("line", ["74", "In 2016", "5 ships", "1,204", "June fell", "Room 14:05b"])
def test_line_that_says_more_than_a_date_is_a_sentence(line: str) -> None:
    assert quoted(list(blocks(f"{line}\n\nRain fell.")), f"{line}\n\nRain fell.") == [
        line,
        "Rain fell.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("By Ada Winter", "By Ada Winter and Bo van Ek", "By J. K. Moss, harbour correspondent"),
        *("Von Ada Winter", "Por Ana García", "Автор: Иван Лосев"),
        *("ARVIK (AP) —", "ROME, June 3 (Reuters) -", "КИЕВ —"),
    ],
)
def test_byline_or_dateline_alone_is_no_sentence(line: str) -> None:
    text = f"{line}\n\nThe ferry ran."
    assert quoted(list(blocks(text)), text) == ["The ferry ran."]
    assert [span.of(text) for span in passage_sentences(text)] == ["The ferry ran."]


@pytest.mark.parametrize("line", ["By 2016 it was over", "By the sea", "NATO grows (again)"])
def test_line_that_only_begins_like_a_byline_or_dateline_is_a_sentence(line: str) -> None:
    text = f"{line}\n\nThe ferry ran."
    assert quoted(list(blocks(text)), text) == [line, "The ferry ran."]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("(Reporting by Ada Winter in Velden; Editing by Bo Lund)", True),
        ("Ada Winter and Bo Lund in Velden contributed to this report.", True),
        ("© 2023 Velden Post. All rights reserved.", True),
        ("Copyright 2011 Velden Press.", True),
        ("Research by Velden University found that ferries are late.", False),
        ("Copyright law changed in 1976.", False),
        ("Editing by hand is slow.", False),
    ],
)
def test_who_else_worked_on_a_report_is_no_sentence(line: str, credit: bool) -> None:
    text = f"The ferry ran.\n\n{line}"
    assert quoted(list(blocks(text)), text) == ["The ferry ran.", *([] if credit else [line])]


@pytest.mark.parametrize(
    "line",
    [
        *("Dear all,", "Dear Ms Lind,", "Dear Dr. Lind:", "Hi Bo,", "Hello everyone", "Hey team!"),
        *("To whom it may concern:", "Liebe Freunde,", "Sehr geehrte Damen und Herren,"),
        *(
            "Hallo zusammen,",
            "Estimados colegas:",
            "Hola a todos",
            "Уважаемые коллеги!",
            "با سلام،",
        ),
    ],
)
def test_salutation_is_no_sentence(line: str) -> None:
    for text in (f"{line}\n\nThe ferry ran.", f"{line}\nThe ferry ran."):
        assert quoted(list(blocks(text)), text) == ["The ferry ran."]
        assert [span.of(text) for span in passage_sentences(text)] == ["The ferry ran."]


@pytest.mark.parametrize(
    "line",
    [
        "Dear prices hurt the poor.",
        "Dear all, the ferry has run since May.",
        "Hello Arvik is a song by Bo van Ek",
        "Hi-fi sets are sold again",
        "Thanks to the ferry nobody waits.",
        "Best regards were sent by the mayor.",
        "Regards the case as closed, said the mayor",
    ],
)
def test_line_that_only_begins_like_a_letters_is_a_sentence(line: str) -> None:
    text = f"{line}\n\nThe ferry ran."
    assert quoted(list(blocks(text)), text) == [line, "The ferry ran."]


@pytest.mark.parametrize(
    "closing",
    [
        "Kind regards,\nBo van Ek\nHarbour Office, Arvik",
        "Best wishes\n\nBo van Ek",
        "Regards,\n\nBo van Ek\n\nHarbour Office",
        *("Yours sincerely,", "Many thanks!", "All the best,\nBo", "Regards\nBo\n+47 555 0100"),
        *("Mit freundlichen Grüßen\nBo van Ek", "Viele Grüße", "Atentamente,\nBo", "Un saludo"),
        *("С уважением,\nИван Лосев", "با احترام،"),
    ],
)
def test_closing_of_a_letter_and_who_signs_it_are_no_sentences(closing: str) -> None:
    text = f"The ferry ran.\n\n{closing}\n\nNobody saw it."
    assert quoted(list(blocks(text)), text) == ["The ferry ran.", "Nobody saw it."]
    assert [span.of(text) for span in passage_sentences(text)] == [
        "The ferry ran.",
        "Nobody saw it.",
    ]


@pytest.mark.parametrize("heading", ["# Arvik", "ARVIK"])
def test_heading_below_a_closing_stays_one(heading: str) -> None:
    text = f"The ferry ran.\n\nRegards,\nBo\n\n{heading}\n\nNobody saw it, for it was night."
    assert [block.heading for block in blocks(text)] == [None, heading.strip("# ")]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("ARVIK (AP) — The ferry ran.", "The ferry ran."),
        ("ARVIK, May 3 (Reuters) - The ferry ran.", "The ferry ran."),
        ("NEW ARVIK, Norway — “It ran,” she said.", "“It ran,” she said."),
        ("ST. BO, June 4 -- 31 ferries ran.", "31 ferries ran."),
        ("Arvik (dpa) - Die Fähre fuhr.", "Die Fähre fuhr."),
        ("Arvik (AFP) – Le bac est parti.", "Le bac est parti."),
        ("АРВИК, 3 мая. /ТАСС/. Паром ушёл.", "Паром ушёл."),
        ("АРВИК — Паром ушёл.", "Паром ушёл."),
    ],
)
def test_sentence_behind_a_dateline_begins_after_it(line: str, sentence: str) -> None:
    text = f"{line}\n\nNobody saw it."
    assert quoted(list(blocks(text)), text) == [sentence, "Nobody saw it."]
    passage = f"Rain.\n\n{line}"
    assert [span.of(passage) for span in passage_sentences(passage)] == ["Rain.", sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "NATO — an alliance of thirty states — grows.",
        "WHO (Geneva) says nothing.",
        "UN — It said nothing.",
        "Arvik (pop. 300) - a town - has a ferry.",
        "The ferry – Bo's own – ran.",
        "IT-Fachleute fehlen.",
        "RAND 5 — a coin — is worth little.",
    ],
)
def test_sentence_that_only_begins_like_a_dateline_is_left_whole(sentence: str) -> None:
    assert quoted(list(blocks(sentence)), sentence) == [sentence]


def test_row_of_a_table_is_quoted_without_its_outer_bars_under_the_header() -> None:
    text = f"# Traffic\n\nIt fell.\n\n{TABLE}\n\nIt rose."
    assert under(text) == [
        ("Traffic", ["It fell."]),
        ("Traffic\nPort | Ships", ["Lund | 1,204"]),
        ("Traffic\nPort | Ships", ["Ask | 998"]),
        ("Traffic", ["It rose."]),
    ]


def test_table_without_outer_bars_or_without_header_is_one() -> None:
    bare = "Port | Ships\n--- | ---\nLund | 1,204. Or so"
    assert under(bare) == [("Port | Ships", ["Lund | 1,204. Or so"])]
    assert under("| | |\n| --- | --- |\n| Lund | Mr. Ek. He left |") == [
        (None, ["Lund | Mr. Ek. He left"])
    ]


@pytest.mark.parametrize(
    ("sentence", "heading", "words"),
    [
        ("Lund | 1,204", "Traffic\nPort | Ships", "Port: Lund; Ships: 1,204"),
        ("Lund | 1,204", "Port | Ships | Days", "Port: Lund; Ships: 1,204"),
        ("Lund | vacant | 7", "Port | Master | Days", "Port: Lund; no master; Days: 7"),
        ("Lund | | 7", "Port | Ships | ", "Port: Lund; 7"),
        ("Lund | 1,204 | 7", "Port | Ships", "Lund | 1,204 | 7"),
        ("Lund | 1,204", "Ports", "Lund | 1,204"),
        ("Lund has ships.", "Port | Ships", "Lund has ships."),
        ("Lund | 1", None, "Lund | 1"),
    ],
)
def test_row_is_read_with_what_its_header_calls_each_cell(
    sentence: str, heading: str | None, words: str
) -> None:
    assert in_words(sentence, heading) == words


def test_header_of_a_row_is_found_from_any_of_its_rows() -> None:
    text = f"Above | it\n\n{TABLE}"
    rows = [s for block in blocks(text) for s in block.sentences][1:]
    assert [row.of(text) for row in rows] == ["Lund | 1,204", "Ask | 998"]
    assert [h.of(text) for row in rows if (h := table_header(text, row))] == ["Port | Ships"] * 2


@pytest.mark.parametrize(
    "text", ["Rain fell.", "a | b", "| a | b |\n| c | d |", "| --- |\n| a |", "| |\n|-|\n| a |"]
)
def test_what_has_no_header_has_none(text: str) -> None:
    sentence = [s for block in blocks(text) for s in block.sentences][-1]
    assert table_header(text, sentence) is None


PARAGRAPHS = st.sampled_from(
    [
        *(
            "Rain fell. It was cold.",
            "- An item. And more",
            "The 74. Division.",
            "> He said so.",
            TABLE,
        ),
        *(
            "“It leaks,” he said. “Still.”",
            "ARVIK",
            "By Ada Winter",
            "14:05",
            "## Heading",
            "1. One\n2. Two\n3. Three",
        ),
        *(
            "| a | b |",
            "Er kam am\n3. August 2016 an.",
            "> [!note] Careful. Wet",
            "- [x] Done",
            "***",
        ),
    ]
)


@given(st.lists(PARAGRAPHS, max_size=9).map("\n\n".join))
def test_passage_has_the_sentences_that_the_article_has_there(text: str) -> None:
    whole = [span for block in blocks(text) for span in block.sentences]
    for passage, _ in split(text):
        inside = [span for span in whole if passage.covers(span)]
        found = passage_sentences(passage.of(text))
        assert [span.shifted(passage.start) for span in found] == inside


@pytest.mark.parametrize("text", ["14:05", "By Ada Winter", "ARVIK (AP) —"])
def test_passage_of_nothing_else_has_a_sentence(text: str) -> None:
    assert list(passage_sentences(text)) == [Span(0, len(text))]


@pytest.mark.parametrize(
    "piece",
    ["> ", "| ", "|-", "--", "# ", "1. ", "A ", "By A", "1:", "- [ ] ", "[!a]", "A (", "\n1. a"],
)
def test_no_text_takes_long(piece: str) -> None:
    start = time.process_time()
    list(blocks(piece * 50_000))
    assert time.process_time() - start < 10


def _labels(text: str) -> list[str]:
    return [span.of(text) for span in passage_sentences(text) if is_label(text, span)]


@pytest.mark.parametrize(
    "label",
    [
        "Illinois and drones",
        "Will winds whip the balloons?",
        "Planes, trains ...",
        "Storm prompts airlines to relax travel policies",
        "Don't get trapped by bad weather: Top tips",
    ],
)
def test_short_line_among_paragraphs_is_a_label(label: str) -> None:
    before = "The state passed two laws that limit the use of drones by hunters."
    after = "Another law prohibits drones for the police without a warrant."
    assert _labels(f"{before}\n\n{label}\n\n{after}") == [label]
    assert _labels(f"{label}\n\n{after}") == [label]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry has been closed since Monday because of the ice.\n\nTickets: 40 euros",
        "The ferry has been closed since Monday because of the ice.\n\nContact: Ada Winter",
        "The ferry has been closed since Monday because of the ice.\n\n- the bridge is open",
        "The ferry has been closed since Monday because of the ice.\n\nThe bridge is open.",
        "The door code is hunter\n\nAda has the key\n\nThe ferry leaves at nine",
        "Ada has the key",
    ],
)
def test_facts_items_and_notes_are_no_labels(text: str) -> None:
    assert not _labels(text)
