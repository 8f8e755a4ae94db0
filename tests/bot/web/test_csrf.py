"""What another site has a browser send is refused, and what is sent by a page is not."""

import httpx
import pytest

from footnote.bot.web.csrf import HEADER, form_token
from tests.bot.web.site import Browser, WebSite


def own(browser: Browser) -> str:
    [session] = browser.cookies.values()
    return form_token(session)


def leave(browser: Browser, token: str, **headers: str) -> httpx.Response:
    return browser.post("/leave", data={"token": token}, headers=headers)


def test_a_form_of_a_page_is_taken(browser: Browser) -> None:
    same = {"Origin": browser.site.origin.address, "Sec-Fetch-Site": "same-origin"}
    assert leave(browser, own(browser), **same).status_code == 200


def test_a_script_of_a_page_sends_its_token_in_a_header(browser: Browser) -> None:
    assert browser.post("/leave", headers={HEADER: own(browser)}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_what_comes_from_elsewhere_is_refused_even_with_a_token(
    browser: Browser, headers: dict[str, str]
) -> None:
    assert leave(browser, own(browser), **headers).status_code == 403


@pytest.mark.parametrize("token", ["", "x", "0" * 80, "\u00e9" * 80, "0" * 16 + "f" * 64])
def test_a_form_without_its_token_is_refused(browser: Browser, token: str) -> None:
    assert leave(browser, token).status_code == 403


def test_a_token_of_another_session_is_refused(website: WebSite, browser: Browser) -> None:
    assert leave(browser, own(website.browser())).status_code == 403


def test_each_page_has_another_token(browser: Browser) -> None:
    assert own(browser) != own(browser)


def test_a_program_with_a_token_needs_none_of_that(website: WebSite) -> None:
    sent = website.program().post("/leave", headers={"Origin": "https://other.example"})
    assert sent.status_code == 200


def test_a_cookie_does_not_help_a_program_with_a_bad_token(browser: Browser) -> None:
    assert browser.get("/leave", headers={"Authorization": "Bearer fn_x"}).status_code == 401
