"""What each answer tells a browser to refuse."""

import pytest

from tests.bot.web.site import Browser, WebSite


def policy(headers: dict[str, str]) -> dict[str, str]:
    directives = (
        part.strip().partition(" ") for part in headers["content-security-policy"].split(";")
    )
    return {name: value for name, _, value in directives}


@pytest.mark.parametrize("path", ["/enter", "/nothing", "/static/none.css", "/api/nothing"])
def test_every_answer_allows_nothing_but_what_is_served_here(browser: Browser, path: str) -> None:
    headers = dict(browser.get(path).headers)
    allowed = policy(headers)
    assert allowed["default-src"] == "'none'"
    assert {allowed["script-src"], allowed["style-src"], allowed["connect-src"]} == {"'self'"}
    assert allowed["frame-ancestors"] == "'none'"
    assert allowed["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


def test_only_telegram_may_show_the_mini_app_within_its_pages(website: WebSite) -> None:
    for path in ("/app", "/app/articles/tea"):
        headers = dict(website.browser(None).get(path).headers)
        assert policy(headers)["frame-ancestors"].split() == [
            "https://web.telegram.org",
            "https://*.telegram.org",
        ]
        assert "x-frame-options" not in headers
    assert policy(dict(website.browser(None).get("/application").headers))["frame-ancestors"] == (
        "'none'"
    )


def test_what_is_private_is_kept_nowhere(browser: Browser) -> None:
    assert browser.get("/nothing").headers["cache-control"] == "no-store"
    assert browser.get("/enter").headers["cache-control"] == "no-store"
