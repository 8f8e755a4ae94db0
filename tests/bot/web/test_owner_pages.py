"""What owners see and do, and nobody else."""

import json

import pytest

from footnote.bot.people.people import Role
from footnote.index.question import Question
from footnote.index.writing.spent import Spent
from tests.bot.web.site import Browser, Page, WebSite
from tests.corpus.site import Site

ADA, BERTA = 7001, 7002
PATHS = ["/people", "/gaps", "/export", "/usage", "/feeds"]


@pytest.fixture
def owner(website: WebSite) -> Browser:
    owner = website.browser()
    owner.page("/people")
    return owner


@pytest.mark.parametrize("path", PATHS)
def test_only_owners_see_it(website: WebSite, path: str) -> None:
    assert website.browser().get(path).status_code == 200
    editor, program = website.person(ADA, Role.EDITOR), website.program(Role.EDITOR)
    for other in (editor, program):
        refused = other.get(path)
        assert refused.status_code == 403
        assert "Only owners can do this." in refused.text
    assert path not in editor.page("/").links()
    editor.page("/")
    for sent in (editor.submit("/people", act="open", subject=""), editor.submit("/feeds")):
        assert sent.status_code == 403


def test_people_are_listed_and_dismissed_and_let_in_again(website: WebSite, owner: Browser) -> None:
    ada = website.person(ADA, Role.EDITOR)
    assert f"Person {ADA}" in owner.page("/people").text
    owner.submit("/people", act="dismiss", subject=str(ADA))
    assert ada.get("/").status_code == 401
    page = owner.page("/people")
    assert "Shut out" in page.text
    owner.submit("/people", act="let-in", subject=str(ADA))
    assert not website.footnote.people.shut_out()


def test_an_invitation_is_a_link_into_the_bot_and_can_be_revoked(
    website: WebSite, owner: Browser
) -> None:
    page = Page.of(owner.submit("/people", act="invite", subject="editor"))
    code = page.text.partition("?start=i_")[2][:12]
    [invitation] = website.footnote.people.invitations()
    assert website.footnote.people.redeem(code, BERTA, "Berta") is Role.EDITOR
    page = Page.of(owner.submit("/people", act="invite", subject="reader"))
    assert "Revoke: reader" in page.text
    [invitation] = website.footnote.people.invitations()
    owner.submit("/people", act="revoke", subject=str(invitation.number))
    assert not website.footnote.people.invitations()


@pytest.mark.parametrize(
    ("act", "subject"),
    [
        *(("invite", "owner"), ("invite", ""), ("dismiss", "x"), ("nothing", "1")),
        *(("dismiss", "99999999999999999999"), ("revoke", "1; DROP TABLE person")),
    ],
)
def test_what_no_button_sends_is_refused(owner: Browser, act: str, subject: str) -> None:
    assert owner.submit("/people", act=act, subject=subject).status_code == 400


def test_an_owner_cannot_shut_themselves_out(website: WebSite) -> None:
    owner = website.browser()
    owner.page("/people")
    assert owner.submit("/people", act="dismiss", subject="0").status_code == 400


def test_everybody_may_be_let_ask_and_no_longer(website: WebSite, owner: Browser) -> None:
    people = website.footnote.people
    people.open_by_settings = False
    owner.submit("/people", act="open", subject="")
    assert people.is_open()
    owner.submit("/people", act="close", subject="")
    assert not people.is_open()


def test_gaps_are_shown_and_exported(website: WebSite, owner: Browser) -> None:
    question = "Which zeppelins crossed Patagonia?"
    result = website.footnote.answerer.answer(Question(question))
    website.footnote.receipts.keep(result, "web:local:c1")
    page = owner.page("/gaps")
    assert question in page.text
    assert "I found nothing:" in page.text
    exported = owner.get("/export")
    assert "attachment" in exported.headers["Content-Disposition"]
    assert json.loads(exported.text)["question"] == question


def test_what_a_language_model_took_is_shown_by_day(
    website: WebSite, owner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.answers.usage._today", lambda: "2026-03-04")
    for _ in range(2):
        website.footnote.usage.add("somebody", Spent(1234, 56, 7, 3))
    cells = [f"<td>{shown}</td>" for shown in ("2026-03-04", "2", "2,468", "112", "14", "6")]
    assert "".join(cells) in owner.page("/usage").source


def test_a_feed_is_followed_shown_and_left(website: WebSite, owner: Browser, site: Site) -> None:
    website.footnote.adder.fetcher = site.fetcher()
    item = "<item><title>One</title><link>https://example.org/one</link></item>"
    feed = f"<rss version='2.0'><channel><title>Piers</title>{item}</channel></rss>"
    address = site.page("/feed", feed, Content_Type="application/rss+xml")
    assert "Piers" in Page.of(owner.submit("/feeds", act="follow", address=address)).text
    page = owner.page("/feeds")
    assert "Piers" in page.text
    assert address in page.text
    owner.submit("/feeds", act="unfollow", address=address)
    assert "I follow no feed yet." in owner.page("/feeds").text
    assert website.footnote.feeds.followed() == []


def test_nothing_to_tell_is_told(owner: Browser) -> None:
    assert (
        "There is no question that I wasn't sure of, or found nothing on."
        in owner.page("/gaps").text
    )
    assert "No language model has written anything yet." in owner.page("/usage").text
    assert "I follow no feed yet." in owner.page("/feeds").text
