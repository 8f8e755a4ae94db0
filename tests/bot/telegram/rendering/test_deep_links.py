"""Links into the bot and to sentences on the web."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.bot.links import link_to_text, web_link
from footnote.bot.telegram.rendering.deep_links import PassageLink
from tools.telegram_server import links as telegram_links

RECEIPTS = st.text("ABYZabyz0189_-", min_size=12, max_size=12)


@given(RECEIPTS, st.integers(1, 999))
def test_a_passage_link_leads_back_to_its_receipt_and_number(receipt: str, n: int) -> None:
    address = PassageLink(receipt, n).address("some_bot")
    link, _, payload = address.partition("?start=")
    assert link == "https://t.me/some_bot"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert PassageLink.of(payload) == PassageLink(receipt, n)


@pytest.mark.parametrize(
    "payload",
    [
        *("", "p_", "p_AAAAAAAAAAAA", "p_AAAAAAAAAAAA_", "p_AAAAAAAAAAAA_²", "p_AAAAAAAAAAAA_1000"),
        *("p_AAAAAAAAAAA_1", "q_AAAAAAAAAAAA_1", "p_AAAA AAAAAAA_1", "p_AAAAAAAAAAAA_1 ", "\0"),
    ],
)
def test_other_payloads_are_no_passage_links(payload: str) -> None:
    assert PassageLink.of(payload) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=1&c=2#part",
        "https://[2001:db8::1]/x",
        "https://user@example.org/",
        "http://127.0.0.1:8000/x",
        "https://пример.рф/статья",
    ],
)
def test_addresses_on_the_web_are_links_that_telegram_takes(url: str) -> None:
    assert web_link(url) == url
    telegram_links.checked(url, web_only=True)


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "example.org", "http://localhost/x", "https://intranet", "javascript:alert(1)"),
        *(
            "ftp://example.org/x",
            "tg://user?id=1",
            "https://",
            "https://a b.org",
            "https://a.org/\n",
        ),
        *("https://example.org:http/", "https://[::1", "https://example..org", "x" * 3000),
    ],
)
def test_what_is_no_address_on_the_web_is_no_link(url: str | None) -> None:
    assert web_link(url) is None
    assert link_to_text(url, "A sentence.") is None


@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_a_text_fragment_is_encoded_so_that_it_is_one_directive(quotation: str) -> None:
    quotation = quotation.encode(errors="replace").decode()
    link = link_to_text("https://example.org/page", quotation)
    if link == "https://example.org/page":
        return  # too long even for its first and last words
    page, directive = link.split("#:~:text=")
    assert page == "https://example.org/page"
    assert re.fullmatch(r"[A-Za-z0-9._~%,]+", directive)
    begin, comma, end = directive.partition(",")
    words = " ".join(quotation.split())
    if comma:
        assert words.startswith(unquote(begin))
        assert words.endswith(unquote(end))
    else:
        assert unquote(directive) == words
    telegram_links.checked(link)


def test_signs_of_the_directive_itself_are_encoded() -> None:
    assert link_to_text("https://example.org/x", "Well-known, a & b") == (
        "https://example.org/x#:~:text=Well%2Dknown%2C%20a%20%26%20b"
    )


def test_a_fragment_of_the_page_stays_before_the_text() -> None:
    assert link_to_text("https://example.org/x#sec-2", "One.") == (
        "https://example.org/x#sec-2:~:text=One."
    )
    assert link_to_text("https://example.org/x#:~:text=old", "One.") == (
        "https://example.org/x#:~:text=One."
    )


def test_of_a_long_sentence_the_first_and_last_words_are_told() -> None:
    words = [f"word{number}" for number in range(60)]
    link = link_to_text("https://example.org/x", " ".join(words))
    assert link.endswith(
        "#:~:text=word0%20word1%20word2%20word3%20word4,word55%20word56%20word57%20word58%20word59"
    )
