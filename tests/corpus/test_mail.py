"""Reading letters, and pages that a browser saved as one."""

import pytest

from footnote.corpus.errors import Unreadable
from footnote.corpus.readers.formats import read
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


_OWN = f"Dear Bo,\n\n{CROSSING}\n\n{SPEECH}\n\nYours, Ada"


def _own(text):
    return read(letter(text), name="x.eml").draft.text


@pytest.mark.parametrize(
    "attribution",
    [
        "On Monday, Piet wrote:",
        "On Mon, 3 Jun 2024 at 09:12, Piet Boer <piet@example.org>\nwrote:",
        "Am 03.06.2024 um 09:12 schrieb Piet Boer:",
        "El lun, 3 jun 2024 a las 9:12, Piet (<piet@example.org>) escribió:",
        "3 июня 2024 г., 09:12, Пит написал:",
        "در دوشنبه، پیت نوشت:",
        "پیر کو پیٹ نے لکھا:",
        "Le lun. 3 juin 2024 à 09:12, Piet a écrit :",
        "> Piet wrote:",
        "",
    ],
)
def test_earlier_letter_that_is_quoted_is_left_out(attribution):
    reading = read(letter(f"{_OWN}\n\n{attribution}\n\n> It sank.\n> > Did it?\n"), name="x.eml")
    assert reading.draft.text == _OWN
    assert "> It sank." in reading.dropped
    # What others wrote may stand between what the writer answers to it.
    assert _own(f"{attribution}\n> Did it sink?\n\n{_OWN}\n\n> And then?") == _OWN


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "-----Mensaje original-----",
        "-----Исходное сообщение-----",
        "-----پیام اصلی-----",
        "-----اصل پیغام-----",
        "From: Piet Boer\nSent: Monday, June 3, 2024\nTo: Ada\nSubject: The ferry",
        "Von: Piet Boer\nGesendet: Montag, 3. Juni 2024\nAn: Ada\nBetreff: Die Fähre",
        "-- \nAda Winter\nHarbour office\n\n-----Original Message-----",
        "--\nAda Winter",
    ],
)
def test_letter_ends_above_its_signature_or_the_letter_that_it_answers(line):
    assert _own(f"{_OWN}\n\n{line}\n\nThe ferry sank.\n") == _OWN


@pytest.mark.parametrize(
    "line",
    [
        "She wrote: it sank.",
        "From: the pier to the light it is a mile.",
        "a -- b",
        f"--\n\n{SPEECH}\n\n" + "And more.\n\n" * 9,
        "---",
    ],
)
def test_line_that_only_looks_like_the_end_of_a_letter_is_kept(line):
    assert line.split("\n")[-1] in _own(f"{_OWN}\n\n{line}\n\nThe ferry sank.\n")
    assert _own(f"{_OWN}\n\n{line}\n\nThe ferry sank.\n").endswith("The ferry sank.")


def test_letter_that_is_passed_on_is_kept_and_said_to_be_one():
    passed = "---------- Forwarded message ---------\nFrom: Piet Boer\nDate: Monday\nTo: Ada\n"
    assert _own(f"See below.\n\n{passed}\n\n{CROSSING}\n") == (
        f"See below.\n\n## Forwarded message: From: Piet Boer\n\n{CROSSING}"
    )


def test_letter_of_nothing_but_quotations_loses_their_marks():
    assert _own(f"> {CROSSING}\n> > {SPEECH}\n\nYes.") == f"{CROSSING}\n\n{SPEECH}\n\nYes."


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote type='cite'><p>It sank.</p></blockquote>",
        "<div class='gmail_quote x'><div class='gmail_attr'>Piet wrote:</div>It sank.</div>",
        "<div class='moz-cite-prefix'>Piet wrote:</div>",
        "<div id='divRplyFwdMsg'>From: Piet</div><p>It sank.</p><p>Did it?</p>",
        "<div class='gmail_signature'>Ada Winter</div>",
    ],
)
def test_earlier_letter_in_html_is_left_out(quoted):
    page = f"<html><body><p>{CROSSING}</p><p>{SPEECH}</p>{quoted}</body></html>"
    assert _own_in_html(page) == _TEXT


def test_letter_in_html_of_nothing_but_an_earlier_one_is_kept():
    quoted = f"<blockquote type='cite'><p>{CROSSING}</p><p>{SPEECH}</p></blockquote>"
    assert _own_in_html(f"<html><body><p>So so.</p>{quoted}</body></html>").endswith(SPEECH)


def _own_in_html(page):
    return read(letter("See the other part.", page=page), name="x.eml").draft.text
