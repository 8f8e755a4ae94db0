"""The articles: listed, searched, added, changed, taken back; and by whom."""

import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from footnote.bot.composition import Footnote
from footnote.bot.database.tables import page_offer
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import telegram_holder
from footnote.bot.submissions.submission import Stage
from footnote.bot.submissions.submissions import KEPT_OFFERED_SECONDS
from footnote.bot.submissions.upload import Offer, Upload
from footnote.bot.web.page_offers import MAX_OFFERS, PageOffers, submission_of
from footnote.corpus.article import Draft
from footnote.corpus.readers import Reading
from tests.bot.web.site import Browser, Page, WebSite, served
from tests.corpus.site import Site

TEXT = (
    "The lantern of the northern pier was lit by Agnes Moor in the autumn of 1874. It burned oil "
    "from the whalers until the gasworks opened, and Agnes Moor kept it for thirty years. The "
    "harbour master wrote of it in his diary, which lies in the library. Her daughter kept it "
    "after her, until the pier was torn down, and nobody has lit it since. A plaque on the wall "
    "of the customs house tells of both of them, and of the boats that found home by the light."
)
ADA, BERTA = 7001, 7002


@pytest.fixture
def editor(website: WebSite) -> Browser:
    editor = website.person(ADA, Role.EDITOR)
    editor.page("/articles")
    return editor


def files(name: str, text: str) -> list[tuple[str, tuple[str, bytes]]]:
    """With a title, so that nothing is to be asked about it; an empty one has nothing in it."""
    return [("files", (name, f"# The lantern\n\n{text}".encode() if text else b""))]


def brought(response: httpx.Response) -> Page:
    assert response.status_code == 200, response.text
    page = Page(response)
    page.feed(response.json()["html"])
    page.close()
    return page


def titles(browser: Browser, query: str = "") -> list[str]:
    return [
        link for link in browser.page(f"/articles{query}").links() if link.startswith("/articles/")
    ]


def test_the_list_has_every_article_and_leads_to_it(browser: Browser) -> None:
    assert sorted(titles(browser)) == [
        *("/articles/honeybees", "/articles/lighthouse", "/articles/tea")
    ]
    assert "[bold]Tea[/bold] <b>without</b> *sugar*" in browser.page("/articles").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?words=lighthouse", ["lighthouse"]),
        ("?words=ada+winter", ["honeybees"]),
        ("?source=The+Meadow", ["honeybees"]),
        ("?since=2016-01-01&until=2016-12-31", ["honeybees"]),
        ("?until=1999-12-31", ["lighthouse"]),
        ("?words=zeppelin", []),
        ("?since=nonsense&page=zzz", ["honeybees", "lighthouse", "tea"]),
        ("?since=2020-01-01&until=2010-01-01", ["honeybees", "lighthouse", "tea"]),
    ],
)
def test_the_list_is_narrowed(browser: Browser, query: str, found: list[str]) -> None:
    assert sorted(titles(browser, query)) == [f"/articles/{name}" for name in found]


def test_a_long_list_has_pages(browser: Browser, articles: Path) -> None:
    for number in range(35):
        (articles / f"note-{number:02}.md").write_text(
            f"---\ntitle: Note {number}\n---\nNote {number}.\n"
        )
    browser.site.footnote.library.sync()
    first, second = titles(browser), titles(browser, "?page=2")
    assert (len(first), len(second)) == (30, 8)
    assert not set(first) & set(second)
    assert titles(browser, "?page=99") == second


def test_a_file_is_added_and_answered_from(editor: Browser) -> None:
    added = brought(editor.submit("/add", ajax=True, files=files("lantern.md", TEXT)))
    assert "Added" in added.text
    [path] = [link for link in added.links() if link.startswith("/articles/")]
    assert "Agnes Moor" in editor.page(path).text
    [change] = editor.site.footnote.library.changes.recent()
    assert change.who == f"Person {ADA}"


def test_a_link_that_leads_nowhere_is_told_in_a_sentence(editor: Browser) -> None:
    missing = brought(editor.submit("/add", ajax=True, links="https://127.0.0.1/none"))
    assert "Not added" in missing.text
    assert "Traceback" not in missing.text


def test_what_is_wrong_with_a_file_or_a_link_is_told_in_the_language_of_the_page(
    editor: Browser,
) -> None:
    editor.headers["Accept-Language"] = "de"
    empty = brought(editor.submit("/add", ajax=True, files=files("lantern.md", "")))
    assert "lantern.md, Zeile 1: unter dem Kopf steht kein Text" in empty.text
    inside = brought(editor.submit("/add", ajax=True, links="https://127.0.0.1/none"))
    assert "127.0.0.1 liegt in diesem Rechner" in inside.text


def test_a_pasted_text_is_offered_and_added_under_another_title(editor: Browser) -> None:
    offered = brought(editor.submit("/add", ajax=True, text=TEXT))
    assert "Add this text as an article?" in offered.text
    [form] = offered.all("form", class_="offer")
    assert len(titles(editor)) == 3
    added = brought(editor.submit(form["action"], ajax=True, act="add", title="The lantern"))
    assert "The lantern" in added.text
    assert len(titles(editor)) == 4
    again = editor.submit(form["action"], ajax=True, act="add")
    assert (again.status_code, "no longer waiting" in again.json()["error"]) == (409, True)


def test_what_was_offered_may_be_let_go(editor: Browser) -> None:
    offered = brought(editor.submit("/add", ajax=True, text=TEXT))
    [form] = offered.all("form", class_="offer")
    assert (
        "Not added, as you wished"
        in brought(editor.submit(form["action"], ajax=True, act="cancel")).text
    )
    assert len(titles(editor)) == 3


def test_an_offer_waits_for_a_day_and_outlives_a_restart(website: WebSite) -> None:
    footnote = website.footnote
    editor = website.person(ADA, Role.EDITOR)
    editor.page("/articles")
    editor.submit("/add", ajax=True, text=TEXT)
    with served(footnote) as after:
        again = after.browser(telegram_holder(ADA))
        [form] = again.page("/articles").all("form", class_="offer")
        assert "Added" in brought(again.submit(form["action"], ajax=True, act="add")).text
        assert again.page("/articles").all("form", class_="offer") == []
        again.submit("/add", ajax=True, text=f"{TEXT} And then there was another one, later on.")
        [form] = again.page("/articles").all("form", class_="offer")
        day_before = time.time() - KEPT_OFFERED_SECONDS
        with footnote.state.transaction() as connection:
            connection.execute(update(page_offer).values(at=day_before))
        assert again.page("/articles").all("form", class_="offer") == []
        assert again.submit(form["action"], ajax=True, act="add").status_code == 409


def test_nobody_else_sees_what_waits_for_an_editors_word(website: WebSite) -> None:
    editor = website.person(ADA, Role.EDITOR)
    editor.page("/articles")
    editor.submit("/add", ajax=True, text=TEXT)
    for other in (website.person(BERTA, Role.EDITOR), website.person(BERTA + 1, Role.READER)):
        page = other.page("/articles")
        assert page.all("form", class_="offer") == []
        assert "Agnes Moor" not in page.text


def test_what_cannot_be_added_just_now_waits_on(editor: Browser) -> None:
    offered = brought(editor.submit("/add", ajax=True, text=TEXT))
    [form] = offered.all("form", class_="offer")
    folder = editor.site.footnote.settings.articles
    away = folder.with_name("away")
    folder.rename(away)
    folder.write_text("no folder")
    told = brought(editor.submit(form["action"], ajax=True, act="add"))
    assert "Not added" in told.text
    assert [one["action"] for one in told.all("form", class_="offer")] == [form["action"]]
    folder.unlink()
    away.rename(folder)
    assert "Added" in brought(editor.submit(form["action"], ajax=True, act="add")).text


def test_no_more_offers_are_kept_than_there_is_room_for(footnote: Footnote) -> None:
    offers = PageOffers(footnote.state)
    reading = Reading(Draft(title="A", text="A text."), (), False)
    waiting = submission_of(
        Upload("link", "https://example.org"),
        place="web:local",
        person=0,
        who="",
        at=time.time(),
        replaces=None,
    )
    waiting = replace(waiting, offer=Offer(reading, ("short",)))
    kept = [offers.keep(waiting) for _ in range(MAX_OFFERS + 2)]
    assert [id_ for id_, _ in offers.of("web:local")] == kept[2:]
    found = offers.find(kept[-1])
    assert found == replace(waiting, stage=Stage.OFFERED)


def test_the_same_again_is_recognised_and_a_near_copy_is_offered(editor: Browser) -> None:
    editor.submit("/add", ajax=True, files=files("lantern.md", TEXT))
    same = brought(editor.submit("/add", ajax=True, files=files("other.md", TEXT)))
    assert "Already here since" in same.text
    near = brought(editor.submit("/add", ajax=True, files=files("near.md", f"{TEXT} One more.")))
    assert "stands in" in near.text
    [form] = near.all("form", class_="offer")
    assert "Added" in brought(editor.submit(form["action"], ajax=True, act="add")).text
    assert len(titles(editor)) == 5


def test_without_a_script_the_page_tells_what_became_of_it(editor: Browser) -> None:
    page = Page.of(editor.submit("/add", files=files("lantern.md", TEXT)))
    assert "Added" in page.text


def test_several_files_are_each_told_of(editor: Browser) -> None:
    two = [*files("lantern.md", TEXT), *files("empty.md", "")]
    page = Page.of(editor.submit("/add", files=two))
    assert len(page.all("section", class_="brought")) == 2
    assert "Not added" in page.text


def test_an_article_is_renamed_replaced_and_removed_and_each_is_taken_back(
    editor: Browser,
) -> None:
    library = editor.site.footnote.library
    assert editor.submit("/change/tea", act="rename", title="On tea").status_code == 303
    assert "On tea" in editor.page("/articles/tea").text
    sent = editor.submit("/add", ajax=True, replaces="tea", files=files("tea.md", TEXT))
    assert "A new version of an article" in brought(sent).text
    assert "Agnes Moor" in editor.page("/articles/tea").text
    removed = Page.of(editor.submit("/change/tea", act="remove"))
    assert "has been removed" in removed.text
    assert editor.get("/articles/tea").status_code == 404
    for told, there in (("is here again", True), ("has its earlier text again", True)):
        number = library.changes.recent()[0].number
        undone = Page.of(editor.submit("/undo", number=str(number)))
        assert told in undone.text
        assert (editor.get("/articles/tea").status_code == 200) is there
    assert "Agnes Moor" not in editor.page("/articles/tea").text


@pytest.mark.parametrize("number", ["", "x", "-1", "99999999999999999999", "0"])
def test_nothing_to_take_back_is_told(editor: Browser, number: str) -> None:
    page = Page.of(editor.submit("/undo", number=number))
    assert "This can't be taken back" in page.text


def test_what_another_window_took_back_is_not_said_to_be_all_there_was(editor: Browser) -> None:
    for title in ("On tea", "Of tea"):
        editor.submit("/change/tea", act="rename", title=title)
    number = str(editor.site.footnote.library.changes.recent()[0].number)
    assert "Taken back" in Page.of(editor.submit("/undo", number=number)).text
    again = Page.of(editor.submit("/undo", number=number))
    assert "it has been already" in again.text
    assert "On tea" in editor.page("/articles/tea").text


@pytest.mark.parametrize("title", ["", "  ", "?!", "x" * 300])
def test_a_title_needs_letters(editor: Browser, title: str) -> None:
    assert editor.submit("/change/tea", act="rename", title=title).status_code == 400


@pytest.mark.parametrize("article", ["../tea", ".hidden", "nothing", "%2e%2e%2fstate"])
def test_only_what_is_an_article_can_be_changed(editor: Browser, article: str) -> None:
    assert editor.submit(f"/change/{article}", act="remove").status_code == 404


def test_a_name_of_a_file_is_never_a_path(editor: Browser, articles: Path) -> None:
    for name in ("../../escaped.txt", "C:\\notes\\lantern.txt", "/etc/passwd"):
        editor.submit("/add", ajax=True, files=files(name, f"{TEXT} {name}"))
    inside = {path for path in articles.parent.rglob("*") if "escaped" in path.name}
    assert all(articles in path.parents for path in inside)


def test_a_reader_can_change_nothing_and_sees_no_button_for_it(website: WebSite) -> None:
    reader = website.person(BERTA, Role.READER)
    page = reader.page("/articles")
    assert not page.all("form", class_="bring")
    assert not reader.page("/articles/tea").all("button", value="remove")
    sent = [
        reader.submit("/add", files=files("lantern.md", TEXT)),
        reader.submit("/change/tea", act="remove"),
        reader.submit("/change/tea", act="rename", title="Mine"),
        reader.submit("/undo", number="1"),
        reader.submit("/offers/x", act="add"),
        reader.submit("/feed", act="follow", address="https://example.org/feed"),
    ]
    assert [response.status_code for response in sent] == [403] * len(sent)
    assert len(titles(reader)) == 3


def test_a_file_that_is_too_large_is_refused(editor: Browser) -> None:
    large = "x" * ((editor.site.footnote.settings.max_megabytes << 20) + (1 << 19))
    assert editor.submit("/add", files=files("large.md", large)).status_code == 413


def test_a_feed_is_offered_followed_and_its_entries_are_added(editor: Browser, site: Site) -> None:
    footnote = editor.site.footnote
    footnote.adder.fetcher = site.fetcher()
    link = site.page(
        "/one", f"<html><title>One</title><body><article><p>{TEXT}</p></article></body>"
    )
    item = f"<item><title>One</title><link>{link}</link></item>"
    feed = f"<rss version='2.0'><channel><title>Piers</title>{item}</channel></rss>"
    address = site.page("/feed", feed, Content_Type="application/rss+xml")
    offered = brought(editor.submit("/add", ajax=True, links=address))
    assert "This is a feed." in offered.text
    followed = brought(editor.submit("/feed", ajax=True, act="follow", address=address))
    assert "Followed from now on" in followed.text
    assert [one.title for one in footnote.feeds.followed()] == ["Piers"]
    added = brought(editor.submit("/feed", ajax=True, act="add", address=address))
    assert "Taken from the feed: 1" in added.text
    assert len(titles(editor)) == 4


def test_a_link_is_added(editor: Browser, site: Site) -> None:
    editor.site.footnote.adder.fetcher = site.fetcher()
    page = f"<html><title>The lantern</title><body><article><p>{TEXT}</p></article></body>"
    added = brought(editor.submit("/add", ajax=True, links=site.page("/lantern", page)))
    assert "Added" in added.text
    assert len(titles(editor)) == 4
