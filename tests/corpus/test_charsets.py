"""Encodings that are taken on somebody's word: those of texts, and no other codec of Python's."""

import encodings
import time
from encodings.aliases import aliases
from pathlib import Path

import pytest

from footnote.corpus.charsets import charset_of, codec_of, in_utf8
from footnote.corpus.feeds import is_feed
from footnote.corpus.readers.formats import read
from tests.corpus.files import letter

_BESIDES = ["idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape", "undefined"]
_BESIDES += ["rot13", "base64", "hex", "uu", "quopri", "zlib", "bz2", "mbcs", "oem", "charmap"]
_MEGABYTE = b"ab-" * 350_000
_ARTICLE = "The ferry of Lorne crosses the strait twice a day, except in storms. " * 3


@pytest.mark.parametrize("label", [*_BESIDES, "", "x" * 40, "utf\0", "../os", "encodings.utf_8"])
def test_what_is_no_encoding_of_texts_is_not_taken(label: str) -> None:
    assert codec_of(label) is None


@pytest.mark.parametrize(
    ("label", "codec"),
    [("UTF8", "utf-8"), ("windows-1251", "cp1251"), ("latin1", "iso8859-1"), ("SJIS", "shift_jis")],
)
def test_the_names_of_encodings_are_taken_however_they_are_written(label: str, codec: str) -> None:
    assert codec_of(label) == codec


def test_every_encoding_that_is_taken_costs_what_its_bytes_are() -> None:
    names = {*aliases, *(file.stem for file in Path(encodings.__file__).parent.glob("*.py"))}
    taken = {codec for name in names if (codec := codec_of(name))}
    assert {"cp1251", "gb18030", "utf-16", "iso2022_jp"} <= taken
    for codec in sorted(taken):
        before = time.thread_time()
        in_utf8(_MEGABYTE, codec)
        assert time.thread_time() - before < 2, codec


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; charset=windows-1251", "cp1251"),
        ('text/plain;charset="KOI8-R"', "koi8-r"),
        ("text/html; charset=punycode", None),
        ("text/html", None),
        ("application/pdf; charset=cp1251", None),
        (f"text/html; {'charset=' * 50_000}", None),
    ],
)
def test_the_encoding_that_a_site_names(content_type: str, charset: str | None) -> None:
    assert charset_of(content_type) == charset


def test_a_feed_is_known_in_the_encoding_that_the_site_names() -> None:
    feed = "<?xml version='1.0'?><rss version='2.0'/>"
    assert is_feed(feed.encode("utf-16-le"), "utf-16-le")
    assert not is_feed(feed.encode("utf-16-le"))


@pytest.mark.parametrize("charset", ["punycode", "utf-7", "unicode_escape", "idna", "hex"])
def test_a_page_or_letter_that_declares_another_codec_is_read_at_once(charset: str) -> None:
    page = f"<html><head><meta charset={charset}></head><body><p>{_ARTICLE}</p>é</body></html>"
    data = page.encode("cp1252") + b"<!--" + b"-\xe9" * 300_000 + b"-->"
    before = time.thread_time()
    assert "ferry of Lorne" in read(data, name="x.html").draft.text
    mail = letter(_ARTICLE).replace(b'charset="utf-8"', f'charset="{charset}"'.encode())
    assert "ferry of Lorne" in read(mail, name="x.eml").draft.text
    assert time.thread_time() - before < 20
