"""Pages that are a plain text."""

import time

from footnote.corpus.readers.html import read_html

_FIRST = (
    "The ferry left Skarn at ten past six, with eleven passengers,\n"
    "   two bicycles and a dog that did not want to go, and nobody on\n"
    "   the quay made a speech about it. Ida Holm, who had sold the"
)
_GOES_ON = (
    "tickets since she was nineteen, closed the window of the booth\n"
    "   and took home the bell, which was hers, as she said to those\n"
    "   who asked."
)
_LAST = (
    "By boat, Skarn lies three kilometres from the hospital. By road\n"
    "   it lies forty-one, and the driver waits for those who come\n"
    "   late, so that it takes longer than it should, he says."
)
_HEAD = "Ferries                     The last one                  May 2001"


def _text(body: str) -> str:
    page = f"<!DOCTYPE html><html><head><title>The last ferry</title></head><body>{body}"
    return read_html(page, name="page.html").draft.text


def _flat(wrapped: str) -> str:
    return " ".join(wrapped.split())


def test_text_of_a_page_in_pre_has_its_paragraphs_and_no_edges_of_printed_pages() -> None:
    pages = (
        f"<pre>   {_FIRST}\n\n\n\nHolm           Informational         [Page 1]\n</pre>"
        f"<pre>{_HEAD}\n\n\n   {_GOES_ON}\n\n   {_LAST}\n\nHolm   Informational   [Page 2]\n</pre>"
        f"<pre>{_HEAD}\n\n   {_LAST.replace('Skarn', 'Velden')}\n</pre>"
    )
    assert _text(f"<p><a href=/>All texts</a></p>{pages}") == "\n\n".join(
        [
            f"{_flat(_FIRST)} {_flat(_GOES_ON)}",
            _flat(_LAST),
            _flat(_LAST.replace("Skarn", "Velden")),
        ]
    )


def test_pre_within_an_article_stays_one_block() -> None:
    letter = "<pre>Dear Ida,\n\nthe bell is yours.</pre>"
    text = _text(f"<article><p>{_FIRST} {_GOES_ON}</p>{letter}<p>{_LAST}</p></article>")
    assert "Dear Ida, the bell is yours." in text


def test_page_made_to_be_slow_is_not() -> None:
    begun = time.process_time()
    feet = "the quay is wide\n\nHolm [Page 2]\n" * 5000
    _text(f"<pre>{_FIRST}\n\n{feet}{_LAST}</pre>")
    assert time.process_time() - begun < 10
