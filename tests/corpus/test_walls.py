"""Pages that stand where an article should are refused, with what they are and how they begin."""

import pytest

from footnote.corpus.errors import Unreadable
from footnote.corpus.readers.formats import read
from footnote.corpus.readers.html import read_html
from tests.corpus.files import CROSSING, ELAN, SPEECH

_ADDRESS = "https://example.org/news/ferry"
_ARTICLE = "".join(f"<p>{text}</p>" for text in (CROSSING, SPEECH, ELAN))
_LONG = _ARTICLE * 12


def _page(body: str, title: str = "Of ferries", head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


_COOKIES = (
    "<h1>We value your privacy</h1><p>We and our 812 partners store and access information on a"
    " device, such as cookies, and process personal data for personalised ads.</p><p>With your"
    " consent we and our partners may use precise geolocation data. You may refuse to consent or"
    " manage your cookie settings at any time in our privacy policy.</p><button>Accept</button>"
)
_PAY = (
    f"<article><h1>Of ferries</h1><p>{CROSSING}</p><p>To continue reading, subscribe for 1 euro a"
    " month.</p><p>Already a subscriber? Log in.</p></article>"
)
_LOG_IN = (
    "<main><h1>Sign in to your account</h1><p>Please sign in with your e-mail address and your"
    " password to see this page of the archive.</p><form><input type='email'><input"
    " type='password'><a href='/x'>Forgot your password?</a></form></main>"
)
_LINKS = "".join(
    f"<li><a href='/{n}'>Story number {n} of the archive of the harbour office</a></li>"
    for n in range(40)
)


@pytest.mark.parametrize(
    ("page", "what", "begins"),
    [
        (_page(_COOKIES), "a cookie wall", "We"),
        (_page(_PAY), "a pay wall", "The ferry left Skarn"),
        (_page(_LOG_IN, "Sign in"), "a log-in page", "Sign in"),
        (
            _page("<p>The page you are looking for could not be found on this server today.</p>"),
            "an error page",
            "The page you are",
        ),
        (
            _page(
                "<p>Verifying you are human. This may take a few seconds.</p>", "Just a moment..."
            ),
            "an error page",
            "Verifying",
        ),
        (_page(f"<ul>{_LINKS}</ul>"), "links", "Story number 0"),
        (_page("<script>let x = 1</script><div id='app'></div>"), "", ""),
    ],
    ids=["cookies", "pay", "log-in", "error", "robot", "links", "script"],
)
def test_page_that_is_no_article_is_refused_with_its_first_lines(page, what, begins):
    with pytest.raises(Unreadable) as caught:
        read(page, name=_ADDRESS, url=_ADDRESS)
    told = str(caught.value)
    assert told.startswith(f"{_ADDRESS}: no article in this page (")
    assert what in told
    assert begins in told
    assert len(told) < 400


@pytest.mark.parametrize(
    "page",
    [
        _page(_LONG + _COOKIES),
        _page(_LONG + "<p>Already a subscriber? Log in.</p>"),
        _page(_LONG, head='<script type="x">{"isAccessibleForFree": false}</script>'),
        _page(_LONG, title="404: how an error page came to be"),
        _page(_LONG + "<input type='password'>", title="Why we log in"),
    ],
)
def test_article_with_such_words_is_an_article(page):
    assert SPEECH in read(page, name="x", url=_ADDRESS).draft.text


def test_address_is_the_one_that_the_page_names_if_it_is_of_the_same_site():
    def address(
        named: str, url: str = "http://m.example.org/news/ferry?utm_source=x"
    ) -> str | None:
        head = f'<link rel="canonical" href="{named}">'
        return read(_page(_LONG, head=head), name="x", url=url).draft.url

    assert address("https://www.example.org/news/ferry") == "https://www.example.org/news/ferry"
    plain = "http://m.example.org/news/ferry"
    assert address("https://other.example/news/ferry") == plain  # or it would replace that article
    assert address("https://example.org/") == plain
    assert address("javascript:alert(1)") == plain
    assert address("https://[x/") == plain


_TEASER = (
    "The harbour | Eleven new ferries have been announced for Skarn and Velden. See all of them."
)
_SITE = "<meta property='og:site_name' content='Velden Harbour'>"


def _titled(title: str, head: str, text: str = _TEASER) -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><div><p>{text}</p></div></body>"


def test_front_page_with_a_teaser_is_no_article() -> None:
    page = _titled("The Velden Harbour", f"{_SITE}<meta property='og:type' content='website'>")
    with pytest.raises(Unreadable, match="no article in this page"):
        read_html(page, name="page.html")


@pytest.mark.parametrize(
    "page",
    [
        _titled("New ferries", f"{_SITE}<meta property='og:type' content='website'>"),
        _titled("Velden Harbour", f"{_SITE}<meta property='og:type' content='article'>"),
        _titled(
            "Velden Harbour", f"{_SITE}<meta property='og:type' content='website'>", _TEASER * 9
        ),
    ],
)
def test_short_article_and_page_about_a_site_are_none_of_these(page: str) -> None:
    assert "Eleven new ferries" in read_html(page, name="page.html").draft.text
