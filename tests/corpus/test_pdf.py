"""Reading PDF files: paragraphs, headings, pages, and what is refused."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from footnote.corpus.errors import Unreadable
from footnote.corpus.front_matter import parse, render
from footnote.corpus.printed_pages import page_at, page_starts
from footnote.corpus.readers.formats import read
from tests.corpus.files import CROSSING, ELAN, SPEECH, pdf, scan

_LONG = " ".join([CROSSING, SPEECH] * 3)


def test_paragraphs_are_whole_again_and_headings_marked():
    data = pdf(["# The last ferry", _LONG, ELAN, "# After it", SPEECH], ["# At last", _LONG])
    draft = read(data, name="x.pdf").draft
    assert draft.title == "The last ferry"
    paragraphs = [_LONG, ELAN, "## After it", SPEECH, "## At last", _LONG]
    assert draft.text == "\n\n".join(paragraphs)


def test_title_and_author_that_the_file_names_are_taken():
    draft = read(pdf([_LONG], title="Of ferries", author="Ada Winter"), name="x.pdf").draft
    assert (draft.title, draft.author) == ("Of ferries", "Ada Winter")


def test_day_on_which_a_pdf_was_made_is_not_the_date_of_its_article():
    draft = read(pdf([_LONG]), name="x.pdf").draft
    assert draft.date is None
    assert date.fromisoformat(draft.extra["file_date"]) <= date.today()
    assert (
        read(pdf(["# The last ferry", "3 August 2016", _LONG]), name="x").draft.date == "2016-08-03"
    )


@pytest.mark.parametrize("title", ["untitled", "Microsoft Word - f.docx", "ferry.indd", " "])
def test_title_that_a_program_put_is_none(title):
    data = pdf(["# The last ferry", _LONG], title=title)
    assert read(data, name="x.pdf").draft.title == "The last ferry"


def test_title_of_the_file_is_not_repeated_in_the_text():
    data = pdf(["# The last\nferry", _LONG], title="The last ferry")
    assert read(data, name="x.pdf").draft.text.endswith(_LONG)
    assert "last ferry" not in read(data, name="x.pdf").draft.text


def test_running_headers_and_page_numbers_go():
    text = read(pdf(*[[f"{number}. {_LONG}"] for number in range(4)]), name="x.pdf").draft.text
    assert "Journal of Ferries" not in text
    assert "Page" not in text


def test_page_of_every_sentence_is_known():
    pages = [[f"On page {number}. {_LONG}", ELAN] for number in range(1, 6)]
    draft = read(pdf(*pages), name="x.pdf").draft
    starts = page_starts(draft)
    assert len(starts) == 5
    for number, (start, end) in enumerate(pairwise([*starts, len(draft.text)]), start=1):
        assert f"On page {number}." in draft.text[start:end]
        assert page_at(starts, start) == page_at(starts, end - 1) == number


def test_paragraph_that_runs_over_the_page_is_one_and_its_pages_are_known():
    whole = " ".join(f"on day {n} the log of the ferry says nothing," for n in range(400))
    draft = read(pdf([whole]), name="x.pdf").draft
    starts = page_starts(draft)
    assert draft.text == whole
    assert len(starts) > 2
    assert all(draft.text[start - 1] == " " for start in starts[1:])


def test_pages_survive_the_file_and_end_with_a_change_of_the_text():
    draft = read(pdf([_LONG], [ELAN, SPEECH]), name="x.pdf").draft
    written = render(draft)
    assert page_starts(parse(written, name="x.md")) == page_starts(draft) != ()
    assert page_starts(parse(written.replace("eleven", "ten"), name="x.md")) == ()


@pytest.mark.parametrize("written", ["12", "0 5", ["1"], "0123456789abcdef 5 2", "x" * 16 + " 0"])
def test_entry_of_another_kind_names_no_pages(written):
    draft = read(pdf([_LONG]), name="x.pdf").draft
    draft = replace(draft, extra={**draft.extra, "page_starts": written})
    assert page_starts(draft) == ()


def test_picture_page_before_the_text_is_counted():
    draft = read(pdf([], ["# The last ferry", _LONG]), name="x.pdf").draft
    assert page_at(page_starts(draft), 0) == 2


def test_word_broken_at_the_end_of_a_line_is_whole_again_and_a_compound_stays():
    words = "The ex-<br/>ample of a well-<br/>known ferry. It is well-known, and the last example."
    text = read(pdf([f"{words} {_LONG}"]), name="x.pdf").draft.text
    assert text.startswith("The example of a well-known ferry.")


def test_scan_is_refused_with_what_to_do():
    with pytest.raises(Unreadable, match=r"a scan\): run text recognition first"):
        read(scan(), name="x.pdf")


def test_locked_file_is_refused():
    with pytest.raises(Unreadable, match="locked with a password: save it without one"):
        read(pdf([_LONG], password="secret"), name="x.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-", pdf([_LONG])[:300]])
def test_broken_file_is_refused(data):
    with pytest.raises(Unreadable, match=r"broken|no text"):
        read(data, name="x.pdf")


def test_pdf_is_known_by_its_content():
    assert read(pdf([_LONG]), name="notes.txt").draft.text == _LONG
    text = f"How a file begins\n\n%PDF-1.7 is what they say. {CROSSING}"
    assert "%PDF-1.7" in read(text.encode(), name="x.pdf").draft.text
