"""Feeds: taken whole, followed, no longer followed; for editors."""

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.desk import Desk, answer_to, page, story
from tests.bot.telegram.talk import ask
from tests.corpus.site import Site


def feed(site: Site, *numbers: int, path: str = "/feed", title: str = "Island news") -> str:
    items = ""
    for number in numbers:
        link = site.page(f"/{number}", page(story(number), title=f"News item {number}"))
        items += f"<item><title>News item {number}</title><link>{link}</link></item>"
    text = f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"
    return site.page(path, f"<?xml version='1.0'?>{text}", Content_Type="text/xml")


def test_a_link_to_a_feed_is_opened_on_a_press(desk: Desk, site: Site) -> None:
    sent = desk.ada.send(feed(site, 1, 2, 3))
    told = answer_to(desk.ada, sent, ENGLISH.a_feed(count=3))
    assert told.labels == [[ENGLISH.open_feed(count=3), ENGLISH.follow_feed]]
    assert len(desk.names()) == 3
    told.press(ENGLISH.open_feed(count=3)).wait_answered()
    lines = [f"✓ News item {n}: {ENGLISH.added}" for n in (1, 2, 3)]
    told.wait_until(lambda m: set(lines) <= set(m.text.splitlines()))
    assert f"Island news: {ENGLISH.opened_feed(count=3)}" in told.text
    assert told.press_data("je::1").wait_answered().text == ENGLISH.decided
    assert len(desk.names()) == 6
    desk.ada.wait(lambda: sent.reactions == ["👍"] or None, "👍")


def test_a_feed_is_followed_listed_and_followed_no_longer(desk: Desk, site: Site) -> None:
    assert ask(desk.ada, "/follow").text == f"{ENGLISH.no_feeds}\n\n{ENGLISH.follow_how}"
    assert ask(desk.ada, "/unfollow").text == ENGLISH.no_feeds
    sent = desk.ada.send(f"/follow {feed(site, 1)}")
    answer_to(desk.ada, sent, f"{ENGLISH.followed}\nIsland news")
    other = desk.ada.send(feed(site, 2, path="/other", title="Harbour news"))
    told = answer_to(desk.ada, other, ENGLISH.a_feed(count=1))
    told.press(ENGLISH.follow_feed)
    told.wait_until(lambda m: m.text.startswith(f"{ENGLISH.followed}\nHarbour news"))
    assert [f.title for f in desk.footnote.feeds.followed()] == ["Harbour news", "Island news"]
    assert {f.who for f in desk.footnote.feeds.followed()} == {"Ada Byron"}
    listed = ask(desk.ada, "/follow").text
    assert listed.startswith(f"{ENGLISH.feeds}: 2\n• Harbour news · 20")
    assert ask(desk.ada, "/unfollow island news").text == "No longer followed: Island news"
    assert ask(desk.ada, "/unfollow island news").text == ENGLISH.not_followed
    buttons = ask(desk.ada, "/unfollow")
    press = buttons.press("Unfollow Harbour news")
    assert press.wait_answered().text == "No longer followed: Harbour news"
    buttons.wait_until(lambda m: m.text == ENGLISH.no_feeds)
    assert desk.footnote.feeds.followed() == []


def test_what_is_no_feed_is_not_followed_and_said_so(desk: Desk, site: Site) -> None:
    sent = desk.ada.send(f"/follow {site.page('/page', page(story(1)))}")
    told = answer_to(desk.ada, sent, ENGLISH.not_added)
    assert "is no feed" in told.text
    assert "footnote" not in told.text
    gone = desk.ada.send(f"/follow {site.url}/gone")
    assert answer_to(desk.ada, gone, "404 Not Found").labels == [[ENGLISH.try_again]]


def test_a_reader_cannot_end_the_following_by_a_forged_press(desk: Desk, site: Site) -> None:
    answer_to(desk.ada, desk.ada.send(f"/follow {feed(site, 1)}"), ENGLISH.followed)
    button = ask(desk.ada, "/unfollow").button("Unfollow Island news")
    bob = desk.chat("Bob")
    assert button.data is not None
    assert ask(bob, "Hello").press_data(button.data).wait_answered().text == ENGLISH.only_editors
    assert len(desk.footnote.feeds.followed()) == 1
