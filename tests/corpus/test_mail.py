"""Reading letters, and pages that a browser saved as one."""

import pytest

from corpus.errors import Unreadable
from corpus.readers import read
from tests.corpus.files import CROSSING, ELAN, SPEECH, letter, mhtml

_TEXT = f"{CROSSING}\n\n{SPEECH}"
_PAGE = (
    "<html><head><title>Of ferries</title></head><body><nav>Home Shop</nav><article><h1>Of ferries"
    f"</h1><p>{CROSSING}</p><p>{SPEECH}</p><p>{ELAN}</p></article></body></html>"
)


def test_letter_gives_subject_sender_and_day():
    draft = read(letter(f"{_TEXT}\n\n-- \nAda\nSent with a program\n"), name="x.eml").draft
    assert (draft.title, draft.author, draft.date) == ("The ferry", "Ada Winter", "2021-03-04")
    assert draft.text == _TEXT


def test_letter_in_another_encoding():
    data = letter(f"{_TEXT} {ELAN}").replace(b'charset="utf-8"', b'charset="iso-8859-1"')
    data = data.replace(b"base64", b"8bit").replace(b"quoted-printable", b"8bit")
    body = data[: data.index(b"\n\n") + 2] + f"{_TEXT} Ålesund".encode("latin-1")
    assert read(body, name="x").draft.text.endswith("Ålesund")


def test_part_in_html_is_read_where_the_plain_one_says_nothing():
    assert read(letter("See the other part.", page=_PAGE), name="x").draft.text.endswith(ELAN)
    assert read(letter(_TEXT, page=_PAGE), name="x").draft.text == _TEXT


def test_saved_page_gives_its_article_and_address():
    draft = read(mhtml(_PAGE), name="x.mhtml").draft
    assert (draft.title, draft.url) == ("Of ferries", "https://example.org/ferry")
    assert draft.text == f"{CROSSING}\n\n{SPEECH}\n\n{ELAN}"


def test_text_that_begins_like_headers_is_text():
    text = f"Title: Of ferries\nAuthor: Ada Winter\n\n{_TEXT}"
    assert read(text.encode(), name="x").draft.text.endswith(SPEECH)
    text = f"From: Ada\nTo: Bo\n\n{_TEXT}"
    assert read(text.encode(), name="x").draft.text.endswith(SPEECH)


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Type: multipart/mixed; boundary=\r\n",
        b"Content-Type: multipart/related; boundary=x\r\n",
        b"Content-Type: text/html; charset=\xff\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Subject: =?utf-8?b?////?=\r\nFrom: =?x?q?=?= <\r\nDate: never\r\n",
    ],
)
def test_letter_without_words_is_refused(headers):
    data = b"MIME-Version: 1.0\r\nMessage-ID: <1@x>\r\n" + headers + b"\r\n\x01\x02"
    with pytest.raises(Unreadable):
        read(data, name="x.eml")
