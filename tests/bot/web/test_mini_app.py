"""The article within Telegram: by whom, for whom, and shown within whose pages."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import SecretStr

from footnote.bot.composition import Footnote, compose
from footnote.bot.people.people import Role
from footnote.bot.settings import Settings
from footnote.bot.web.mini_app import app_address, app_link
from tests.bot.people.test_init_data import ADA, BOT_TOKEN, signed
from tests.bot.web.site import Browser, Page, WebSite, served
from tests.bot.web.test_article_page import answered
from tests.fakes import WordsModel

ORIGIN = "https://notes.example.org"
USER = 7001


@pytest.fixture
def website(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebSite]:
    import time

    import tests.bot.people.test_init_data as signing

    monkeypatch.setattr(signing, "NOW", time.time())
    known = settings.model_copy(update={"telegram_bot_token": SecretStr(BOT_TOKEN), "open": False})
    footnote = compose(known, purpose="a test", model=WordsModel())
    footnote.library.sync()
    with served(footnote, address=ORIGIN) as website:
        yield website
    footnote.close()


def begin(website: WebSite, init_data: str, start: str = "") -> tuple[Browser, httpx.Response]:
    browser = website.browser(None)
    browser.headers["Accept"] = "application/json"
    sent = {"init_data": init_data, "start": start}
    own = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    return browser, browser.post("/app/session", data=sent, headers=own)


def let_in(footnote: Footnote, role: Role = Role.READER) -> None:
    footnote.people.redeem(footnote.people.invite(role), USER, "Ada")


def with_cookie(browser: Browser, response: httpx.Response) -> Browser:
    """Over plain http a client sends no secure cookie back by itself."""
    name, _, rest = response.headers["Set-Cookie"].partition("=")
    browser.headers["Cookie"] = f"{name}={rest.partition(';')[0]}"
    browser.headers["Accept"] = "text/html"
    return browser


def test_who_was_let_in_sees_the_article_that_the_button_was_for(website: WebSite) -> None:
    let_in(website.footnote)
    receipt = answered(website.footnote, f"telegram:{USER}")
    start = urlsplit(app_address(ORIGIN, receipt.id, 1)).query.partition("=")[2]
    browser, begun = begin(website, signed(), start)
    path = begun.json()["path"]
    assert path.startswith("/app/articles/")
    page = with_cookie(browser, begun).page(path)
    assert page.marked["1"] == receipt.result.citations[1].quotation
    assert all(link.startswith(("/app/", "#", "https://")) for link in page.links())
    assert browser.get(f"/app/receipts/{receipt.id}").status_code == 200


def test_a_link_in_a_group_carries_the_same(website: WebSite) -> None:
    let_in(website.footnote)
    receipt = answered(website.footnote, "telegram:-100123")
    start = app_link("footnote_bot", receipt.id, 1).partition("startapp=")[2]
    _, begun = begin(website, signed(start_param=start))
    assert begun.status_code == 200


def test_the_session_is_good_within_the_mini_app_only(website: WebSite) -> None:
    let_in(website.footnote)
    receipt = answered(website.footnote, f"telegram:{USER}")
    browser, begun = begin(website, signed(), f"r_{receipt.id}_1")
    cookie = begun.headers["Set-Cookie"]
    assert cookie.startswith("__Secure-footnote-app=")
    for part in ("Path=/app", "HttpOnly", "Secure", "SameSite=None", "Partitioned"):
        assert part.lower() in cookie.lower()
    with_cookie(browser, begun)
    for path in ("/", "/articles", f"/receipts/{receipt.id}", "/people"):
        assert browser.get(path).status_code == 401


def test_a_stranger_and_who_was_dismissed_see_a_sentence(website: WebSite) -> None:
    receipt = answered(website.footnote, f"telegram:{USER}")
    _, refused = begin(website, signed(), f"r_{receipt.id}_1")
    assert refused.status_code == 403
    let_in(website.footnote)
    browser, begun = begin(website, signed(), f"r_{receipt.id}_1")
    with_cookie(browser, begun)
    website.footnote.people.dismiss(USER)
    assert browser.get(begun.json()["path"].partition("#")[0]).status_code == 401


@pytest.mark.parametrize("init_data", ["", "hash=x", "user=%7B%22id%22%3A7001%7D"])
def test_what_telegram_has_not_signed_opens_nothing(website: WebSite, init_data: str) -> None:
    let_in(website.footnote)
    receipt = answered(website.footnote, f"telegram:{USER}")
    _, refused = begin(website, init_data, f"r_{receipt.id}_1")
    assert refused.status_code == 403
    assert "Set-Cookie" not in refused.headers


@pytest.mark.parametrize("start", ["", "r_", "r_AAAAAAAAAAAA_1", "../people", "p_AAAAAAAAAAAA_1"])
def test_what_there_is_nothing_behind_opens_nothing(website: WebSite, start: str) -> None:
    let_in(website.footnote)
    _, refused = begin(website, signed(), start)
    assert refused.status_code == 403


def test_what_another_person_asked_is_not_opened(website: WebSite) -> None:
    let_in(website.footnote)
    receipt = answered(website.footnote, "telegram:8001")
    _, refused = begin(website, signed(), f"r_{receipt.id}_1")
    assert refused.status_code == 403


def test_the_first_page_knows_nobody_and_asks_no_other_host(website: WebSite) -> None:
    page = Page.of(website.browser(None).get("/app?start=r_AAAAAAAAAAAA_1"))
    addresses = [a.get("src", "") for a in page.all("script")]
    assert addresses
    assert all(address.startswith("/static/") for address in addresses)
    assert str(ADA["id"]) not in page.source


def test_without_a_bot_nothing_is_opened(footnote: Footnote) -> None:
    with served(footnote) as website:
        browser = website.browser(None)
        sent = browser.post("/app/session", data={"init_data": signed()})
    assert sent.status_code == 403
