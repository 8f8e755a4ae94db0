"""Pages whose markup trafilatura misreads: places, tables in tables, no article marked."""

import pytest

from footnote.corpus.readers.html import read_html

_FIRST = (
    "The ferry left Skarn at ten past six, with eleven passengers, two bicycles and a dog that "
    "did not want to go, and nobody on the quay made a speech about it."
)
_MIDDLE = (
    "Ida Holm, who had sold the tickets since she was nineteen, closed the window of the booth "
    "and took home the bell, which was hers, as she said to those who asked."
)
_LAST = (
    "By boat, Skarn lies three kilometres from the hospital. By road it lies forty-one, and the "
    "driver waits for those who come late, so that it takes longer than it should."
)
_MENU = "<div><h4>More boats</h4><ul><li>Tickets for the winter</li><li>Harbours</li></ul></div>"


def _text(body: str) -> str:
    head = "<head><title>The last ferry</title></head>"
    page = f"<!DOCTYPE html><html>{head}<body><h1>The last ferry</h1>{body}"
    return read_html(page, name="page.html").draft.text


@pytest.mark.parametrize("place", ["<a id='b'/>", "<a name='b'></a>", "<a id='b'> </a>", ""])
def test_headings_stay_where_no_element_is_marked_as_the_article(place: str) -> None:
    heading = f"<div><div><h2 class='title'>{place}Who sold the tickets</h2></div></div>"
    text = _text(
        f"<div><p>{_FIRST}</p><div>{heading}<p>{_MIDDLE}</p></div><p>{_LAST}</p></div>{_MENU}"
    )
    assert text == f"{_FIRST}\n\n## Who sold the tickets\n\n{_MIDDLE}\n\n{_LAST}"


def test_items_and_what_introduces_them_stay_where_no_element_is_marked_as_the_article() -> None:
    items = "<p>Aboard were:</p><ul><li>a piano</li><li>two goats</li></ul>"
    text = _text(f"{_MENU}<div><p>{_FIRST}</p>{items}<p>{_LAST}</p></div>{_MENU}")
    assert text == f"{_FIRST}\n\nAboard were:\n\n- a piano\n\n- two goats\n\n{_LAST}"


def test_heading_before_the_first_paragraph_stays_and_a_menu_before_it_goes() -> None:
    text = _text(
        f"{_MENU}<div><h2>What became of it</h2><p>{_FIRST}</p><p>{_MIDDLE}</p></div><p>{_LAST}</p>"
    )
    assert text == f"## What became of it\n\n{_FIRST}\n\n{_MIDDLE}\n\n{_LAST}"


def test_paragraph_after_a_heading_with_a_place_is_not_taken_for_links() -> None:
    short = "<div><h3><a name='c'></a>The bell</h3><p>It was hers.</p></div>"
    text = _text(f"<article><p>{_FIRST}</p>{short}<p>{_LAST}</p></article>")
    assert text == f"{_FIRST}\n\n### The bell\n\nIt was hers.\n\n{_LAST}"


_YEARS = "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2014</td><td>72</td></tr></table>"
_SHOWN = "| Year | Ships |\n| --- | --- |\n| 2014 | 72 |"


@pytest.mark.parametrize(
    ("around", "text"),
    [
        (f"<blockquote>{_YEARS}</blockquote>", _SHOWN),
        (
            f"<table><tr><th colspan=2>Two harbours</th></tr>"
            f"<tr><td>{_YEARS}</td><td>{_YEARS.replace('72', '90')}</td></tr></table>",
            f"Two harbours\n\n{_SHOWN}\n\n{_SHOWN.replace('72', '90')}",
        ),
    ],
)
def test_tables_that_are_set_side_by_side_or_in_a_quotation_keep_their_rows(
    around: str, text: str
) -> None:
    article = f"<article><p>{_FIRST}</p>{around}<p>{_LAST}</p></article>"
    assert _text(article) == f"{_FIRST}\n\n{text}\n\n{_LAST}"


def test_quotation_without_a_table_stays_as_it_is() -> None:
    article = f"<article><p>{_FIRST}</p><blockquote>{_MIDDLE}</blockquote><p>{_LAST}</p></article>"
    assert _text(article) == f"{_FIRST}\n\n{_MIDDLE}\n\n{_LAST}"


def test_title_of_a_page_counts_more_than_a_first_line_that_it_lacks() -> None:
    body = f"<div><title>Letters - Blog</title><p>Menu</p><p>{_FIRST}</p><p>{_LAST}</p></div>"
    assert read_html(f"<html><body>{body}", name="page.html").draft.title == "Letters"
    body = body.replace("<p>Menu</p>", "<p>Letters - Blog</p>")
    assert read_html(f"<html><body>{body}", name="page.html").draft.title == "Letters - Blog"
