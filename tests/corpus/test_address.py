"""Which address is kept of a page, and which addresses are of the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.address import identity, plain_address, same_site


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("HTTPS://Example.org:443/A?b=1#part", "https://example.org/A?b=1"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=y&gclid=", "https://example.org/a?id=3"),
        ("https://example.org/a?q=%C3%A9&x", "https://example.org/a?q=%C3%A9&x"),
        ("https://example.org/#!/news/1", "https://example.org/#!/news/1"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://www.google.com/amp/s/example.org/a", "https://example.org/a"),
        ("https://example-org.cdn.ampproject.org/c/s/example.org/a", "https://example.org/a"),
        ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_address_is_kept_without_what_says_where_the_reader_came_from(url, plain):
    assert plain_address(url) == plain


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/news/ferry",
        "https://www.example.org/news/ferry/",
        "https://m.example.org/news/ferry?utm_campaign=x",
        "https://mobile.example.org/news/ferry/index.html",
        "https://amp.example.org/news/ferry.amp.html",
        "https://example.org/amp/news/ferry",
        "https://example.org/news/ferry/amp/?fbclid=1",
        "https://example.org/news/ferry?outputType=amp#top",
        "https://example.org/news/%66erry",
        "https://www.google.com/amp/s/www.example.org/news/ferry/amp",
    ],
)
def test_one_page_has_one_identity(url):
    assert identity(url) == "example.org/news/ferry"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/a?gid=1", "https://example.org/a?gid=2"),
        ("https://example.org/a?ref=1", "https://example.org/a"),
        ("https://news.example.org/a", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://m.org/a", "https://n.org/a"),
        ("https://example.org/example", "https://example.org/ex"),
        ("https://example.org/#!/1", "https://example.org/#!/2"),
    ],
)
def test_other_pages_have_others(one, other):
    assert identity(one) != identity(other)


def test_order_of_parameters_does_not_matter():
    assert identity("https://x.org/a?b=2&a=1") == identity("https://x.org/a?a=1&b=2")


def test_wikipedia_for_telephones_is_wikipedia():
    assert identity("https://en.m.wikipedia.org/wiki/Tea") == "en.wikipedia.org/wiki/Tea"
    assert same_site("https://en.m.wikipedia.org/", "https://en.wikipedia.org/wiki/Tea")


@given(st.text() | st.text().map("https://".__add__) | st.text().map("http://example.org/".__add__))
def test_any_text_is_an_address_or_none_and_plain_once(text):
    identity(text)
    try:
        plain = plain_address(text)
    except ValueError:
        return
    assert plain_address(plain) == plain
    assert identity(plain) == identity(text)
