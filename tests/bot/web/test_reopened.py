"""No address that a browser's window can show is a dead end when it is opened anew."""

import re

import pytest

from footnote.bot.web.app import make_app
from footnote.bot.web.app_keys import PROGRAMS
from tests.bot.web.site import Browser, Page, WebSite


def test_every_address_of_a_form_can_be_opened(website: WebSite, browser: Browser) -> None:
    app = make_app(website.footnote, website.origin)
    taking: dict[str, set[str]] = {}
    for route in app.router.routes():
        assert route.resource
        taking.setdefault(route.resource.canonical, set()).add(route.method)
    forms = {
        path
        for path, methods in taking.items()
        if "POST" in methods and not path.startswith(app[PROGRAMS])
    }
    assert len(forms) > 10
    names = {"{article}": "honeybees", "{article:.+}": "honeybees"}
    for path in forms:
        address = re.sub(r"\{[^}]+\}", lambda found: names.get(found[0], "unknown"), path)
        response = browser.get(address)
        assert response.status_code in (200, 303), (path, response.status_code)


@pytest.mark.parametrize(
    ("opened", "leads"),
    [
        ("/add", "/articles"),
        ("/ask", "/"),
        ("/change/honeybees", "/articles/honeybees"),
        ("/change/a%2Fb%20c", "/articles/a/b%20c"),
        ("/receipts/x/share", "/receipts/x"),
    ],
)
def test_it_leads_to_the_page_that_the_form_was_on(
    browser: Browser, opened: str, leads: str
) -> None:
    response = browser.get(opened)
    assert (response.status_code, response.headers["Location"]) == (303, leads)


def test_a_language_chosen_below_a_form_that_was_sent_leads_to_a_page(browser: Browser) -> None:
    browser.page("/")
    shown = Page.of(browser.submit("/ask", conversation="AAAAAAAAAAAA", question="Hello!"))
    [back] = shown.all("input", name="back")
    chosen = browser.submit("/language", language="de", back=back["value"])
    led = browser.get(chosen.headers["Location"])
    assert (led.status_code, led.headers["Location"]) == (303, "/")
