"""The date that a text gives itself in a line of its own."""

import time

import pytest

from footnote.corpus.dateline import dateline

_TEXT = "The ferry left Skarn at ten past six.\n\nNobody made a speech."


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("3 August 2016", "en"),
        ("August 3rd, 2016", "en"),
        ("Wednesday, August 3, 2016 at 10:30 a.m. EDT", "en"),
        ("Published on 3 August 2016", "en"),
        ("Published: 2016-08-03", None),
        ("By Jane Doe | 3 August 2016", "en"),
        ("By Jane Doe, Aug. 3, 2016", "en"),
        ("By Jane Doe — Posted Wed 3rd of August 2016, 14:05", "en"),
        ("Mittwoch, 3. August 2016", "de"),
        ("Veröffentlicht am 03.08.2016 um 10:30", "de"),
        ("Von Jana Roth, 3. August 2016", "de"),
        ("Publicado el 3 de agosto de 2016", "es"),
        ("3 августа 2016 г.", "ru"),
        ("Опубликовано: 3 августа 2016, 10:30", "ru"),
        ("3 août 2016", "fr"),
    ],
)
def test_line_that_is_nothing_but_a_date_is_the_date_of_the_text(line, language):
    assert dateline(f"{line}\n\n{_TEXT}", language) == "2016-08-03"
    assert dateline(f"The last ferry\n\n{line}\n\n{_TEXT}", language) == "2016-08-03"


@pytest.mark.parametrize(
    "line",
    [
        "It was over on 3 August 2016.",
        "Skarn, 3 August 2016, was a quiet place",
        "Updated figures of 3 August 2016",
        "## 3 August 2016",
        "31 February 2016",
        "3 August 1016",
        "13.25.2016",
        "3 August",
        "August 2016",
        "2016-08-03-04",
    ],
)
def test_line_that_says_more_or_less_than_a_date_gives_none(line):
    assert dateline(f"{line}\n\n{_TEXT}", "en") is None


def test_date_far_below_is_not_the_date_of_the_text():
    assert dateline("\n\n".join([_TEXT] * 10 + ["3 August 2016"]), "en") is None


@pytest.mark.parametrize("piece", ["by ", "| ", "-", "3 August 201", "1.", "on ", "by a|"])
def test_lines_made_to_be_slow_are_not(piece):
    begun = time.process_time()
    dateline("\n".join([(piece * 100)[:90] + " 3 August 2016"] * 2000), "en")
    assert time.process_time() - begun < 1.0


_LONG = (
    "the ferry left Skarn at ten past six, with eleven passengers, two bicycles and a dog that did "
    "not want to go."
)


@pytest.mark.parametrize("dash", ["--", "–", "—"])
def test_date_that_the_first_paragraph_opens_with_is_that_of_the_text(dash):
    text = f"A lead of one line.\n\nAug. 3, 2016 {dash} On Monday {_LONG}\n\n{_TEXT}"
    assert dateline(text, "en") == "2016-08-03"


@pytest.mark.parametrize(
    "text",
    [
        f"Aug. 3, 2016 — First {_LONG}\n\nAug. 4, 2016 — Then {_LONG}",
        f"On Aug. 3, 2016 -- a Monday -- {_LONG}",
        f"Aug. 3, 2016 was the day when {_LONG}",
        f"Route 3, 2016 -- At first {_LONG}",
    ],
)
def test_date_in_a_sentence_or_a_chronicle_is_not_that_of_the_text(text):
    assert dateline(text, "en") is None
