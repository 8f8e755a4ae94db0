"""Who is let in, by what, and what others see."""

import time
from collections.abc import Callable

import httpx
import pytest

from footnote.bot.composition import Footnote
from footnote.bot.errors import BotError
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import LINK_SECONDS, LOCAL, SESSION_SECONDS, telegram_holder
from footnote.bot.state import STATE
from footnote.bot.web.sign_in import link_for
from tests.bot.web.site import Page, WebSite, served
from tests.ports import HOST

ADA = 7001
PRIVATE = "This is private. Whoever looks after it can let you in."
PATHS = [
    *("/", "/articles", "/articles/tea", "/articles/../state", "/check", "/history", "/nothing"),
    *("/receipts/AAAAAAAAAAAA", "/api/articles", "/app/articles/tea", "/people", "/leave"),
]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, footnote: Footnote) -> Callable[[float], None]:
    """Lets so many seconds pass for links and sessions."""

    def pass_by(seconds: float) -> None:
        footnote.sessions._now = lambda: time.time() + seconds

    return pass_by


def lets_in(browser: httpx.Client) -> bool:
    return browser.get("/leave").status_code != 401


def test_a_link_lets_in_once_and_leaves_no_secret_in_the_address(website: WebSite) -> None:
    link = link_for(website.footnote.sessions, website.origin, LOCAL)
    browser = website.browser(None)
    entered = browser.enter(link)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/")
    assert lets_in(browser)
    again = website.browser(None)
    assert again.enter(link).status_code == 403
    assert not lets_in(again)


def test_a_link_that_is_old_or_made_up_lets_nobody_in(
    website: WebSite, later: Callable[[float], None]
) -> None:
    link = link_for(website.footnote.sessions, website.origin, LOCAL)
    later(LINK_SECONDS + 1)
    for tried in (link, f"{link[:-1]}x", link.partition("?")[0]):
        browser = website.browser(None)
        assert browser.enter(tried).status_code == 403
        assert not lets_in(browser)


def test_a_browser_that_looks_ahead_does_not_use_up_a_link(website: WebSite) -> None:
    link = link_for(website.footnote.sessions, website.origin, LOCAL)
    browser = website.browser(None)
    browser.headers["Sec-Purpose"] = "prefetch;prerender"
    assert browser.enter(link).status_code == 403
    del browser.headers["Sec-Purpose"]
    assert browser.enter(link).status_code == 303


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_sees_nothing_but_a_sentence(website: WebSite, path: str) -> None:
    refused = website.browser(None).get(path)
    assert refused.status_code == 401
    if path.startswith("/api"):
        assert refused.json() == {"error": PRIVATE}
    else:
        page = Page.of(refused)
        assert page.text.split() == f"Skip to the text {PRIVATE}".split()
        assert page.links() == ["#main"]


def test_a_session_ends_after_its_days_and_on_leaving(
    website: WebSite, later: Callable[[float], None]
) -> None:
    stays, leaves = website.browser(), website.browser()
    leaves.token = _token(leaves)
    assert leaves.submit("/leave").status_code == 200
    assert not lets_in(leaves)
    assert lets_in(stays)
    later(SESSION_SECONDS + 1)
    assert not lets_in(stays)


def test_the_sessions_of_a_person_end_with_their_dismissal(website: WebSite) -> None:
    people = website.footnote.people
    browser = website.person(ADA, Role.EDITOR)
    link = link_for(website.footnote.sessions, website.origin, telegram_holder(ADA))
    assert lets_in(browser)
    people.dismiss(ADA)
    assert not lets_in(browser)
    people.redeem(people.invite(Role.READER), ADA, "Ada")  # a new beginning has no old sessions
    assert not lets_in(browser)
    assert website.browser(None).enter(link).status_code == 403


def test_where_everybody_may_ask_a_session_is_a_readers_and_none_of_who_is_shut_out(
    website: WebSite,
) -> None:
    assert website.footnote.people.is_open()
    browser = website.browser(telegram_holder(ADA))
    assert lets_in(browser)
    website.footnote.people.dismiss(ADA)
    assert not lets_in(browser)
    assert not lets_in(website.browser(telegram_holder(ADA)))


def test_cookies_are_out_of_reach_of_scripts_and_secure_on_https(footnote: Footnote) -> None:
    for address, secure in (("https://notes.example.org", True), (None, False)):
        with served(footnote, address=address) as website:
            link = link_for(footnote.sessions, website.origin, LOCAL)
            cookie = website.browser(None).enter(link).headers["Set-Cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert ("; secure" in cookie, cookie.startswith("__host-")) == (secure, secure)


def test_a_token_lets_a_program_in_until_it_is_revoked(website: WebSite) -> None:
    program = website.program(name="notes")
    assert lets_in(program)
    website.footnote.tokens.revoke("notes")
    assert not lets_in(program)
    program.headers["Authorization"] = "Bearer fn_made-up"
    assert not lets_in(program)


def test_a_token_is_kept_as_its_digest(website: WebSite) -> None:
    tokens = website.footnote.tokens
    secret = tokens.new("notes", Role.EDITOR)
    [token] = tokens.listed()
    assert (token.name, token.role) == ("notes", Role.EDITOR)
    assert tokens.find(secret) == token
    website.footnote.state.tidy()
    assert secret.encode() not in (website.footnote.settings.home / STATE).read_bytes()


@pytest.mark.parametrize("name", ["", "a b", "x" * 41, "../notes"])
def test_a_token_has_a_name_that_can_be_written(website: WebSite, name: str) -> None:
    with pytest.raises(BotError, match="token's name"):
        website.footnote.tokens.new(name, Role.READER)


def test_a_token_is_no_owners_and_has_a_name_of_its_own(website: WebSite) -> None:
    tokens = website.footnote.tokens
    with pytest.raises(BotError, match="reader's or an editor's"):
        tokens.new("mighty", Role.OWNER)
    tokens.new("notes", Role.READER)
    with pytest.raises(BotError, match="already"):
        tokens.new("notes", Role.READER)
    with pytest.raises(BotError, match="no token"):
        tokens.revoke("others")


def test_a_revoked_tokens_number_is_never_anothers(website: WebSite) -> None:
    tokens = website.footnote.tokens
    tokens.new("first", Role.READER)
    [first] = tokens.listed()
    tokens.revoke("first")
    tokens.new("second", Role.READER)
    [second] = tokens.listed()
    assert second.number > first.number


def test_another_name_that_leads_here_is_refused(website: WebSite) -> None:
    browser = website.browser()
    assert lets_in(browser)
    refused = browser.get("/leave", headers={"Host": "evil.example"})
    assert refused.status_code == 421
    port = website.port
    assert httpx.get(f"http://localhost:{port}/enter").status_code == 403
    assert httpx.get(f"http://{HOST}:{port}/enter").status_code == 403


def _token(browser: httpx.Client) -> str:
    from footnote.bot.web.csrf import form_token

    [session] = browser.cookies.values()
    return form_token(session)
