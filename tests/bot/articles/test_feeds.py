"""Feeds that are followed: new entries once each, conditional requests, polite intervals."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.articles.adding import Adder
from footnote.bot.articles.followed_feeds import LONGEST_SECONDS, SHORTEST_SECONDS, Feeds
from footnote.bot.composition import Footnote, compose
from footnote.bot.errors import BotError
from footnote.bot.settings import Settings
from footnote.corpus.errors import Unreachable, Unreadable
from footnote.corpus.readers.apart import ReadersApart
from tests.bot.commands import FERRY, Command
from tests.corpus.bucket import address_of, away
from tests.corpus.site import Site
from tests.fakes import WordsModel


@pytest.fixture
def adder(footnote: Footnote, site: Site, readers: ReadersApart) -> Adder:
    return Adder(footnote.library, site.fetcher(), readers)


@pytest.fixture
def feeds(footnote: Footnote) -> Feeds:
    return footnote.feeds


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    now = time.time

    def passing(seconds: float) -> None:
        monkeypatch.setattr(
            "footnote.bot.articles.followed_feeds.time.time", lambda: now() + seconds
        )

    return passing


def put(site: Site, *names: str, **headers: Any) -> str:
    """The feed with entries of these names; its address."""
    for name in names:
        text = f"<p>{name}: {FERRY * 3}</p>"
        site.page(f"/{name}", f"<html><title>{name}</title><body><article>{text}</article></body>")
    items = "".join(f"<item><title>{n}</title><link>/{n}</link></item>" for n in names)
    feed = f"<rss version='2.0'><channel><title>The Ledger</title>{items}</channel></rss>"
    return site.page("/feed", feed, Content_Type="application/rss+xml", **headers)


def taken(feeds: Feeds, adder: Adder) -> list[str]:
    return [o.taken.article.id if o.taken else f"{o.fault}" for o in feeds.look(adder)]


def test_what_is_new_is_added_once_and_what_was_there_is_not(
    feeds: Feeds, adder: Adder, site: Site, passing: Callable[[float], None]
) -> None:
    followed = feeds.follow(put(site, "old"), adder, who="Ada")
    assert (followed.title, followed.who) == ("The Ledger", "Ada")
    put(site, "new", "old")
    assert taken(feeds, adder) == []  # its time has not come
    passing(SHORTEST_SECONDS + 60)
    assert taken(feeds, adder) == ["new"]
    assert adder.library.changes.arrival("new").who == "the feed The Ledger"
    passing(3 * SHORTEST_SECONDS)
    assert taken(feeds, adder) == []


def test_of_two_processes_one_looks_into_a_feed(
    feeds: Feeds,
    footnote: Footnote,
    adder: Adder,
    site: Site,
    passing: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feeds.follow(put(site, "old"), adder)
    put(site, "new", "old")
    passing(SHORTEST_SECONDS + 60)
    [as_both_read_it] = feeds.followed()
    other = Feeds(footnote.settings.home / "feeds.sqlite", footnote.settings.articles)
    monkeypatch.setattr(other, "followed", lambda: [as_both_read_it])
    assert taken(feeds, adder) == ["new"]
    asked = len(site.asked)
    assert taken(other, adder) == []
    assert len(site.asked) == asked
    other.close()


def test_feed_is_asked_whether_it_has_changed_and_ever_less_often(
    feeds: Feeds, adder: Adder, site: Site, passing: Callable[[float], None]
) -> None:
    url = put(site, "old", ETag='"1"', Last_Modified="Thu, 04 Mar 2021 10:11:12 GMT")
    feeds.follow(url, adder)
    site.page("/feed", "", 304)
    waits: list[float] = []
    at = 0.0
    for _ in range(12):
        [followed] = feeds.followed()
        at = followed.next - time.time() + 1 if not waits else at + waits[-1] + 1
        passing(at)
        assert taken(feeds, adder) == []
        waits.append(feeds.followed()[0].every)
    assert waits[0] == 1.5 * SHORTEST_SECONDS
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_SECONDS
    asked = [headers for path, headers in site.asked if path == "/feed"]
    assert len(asked) == 13
    assert all(headers["if-none-match"] == '"1"' for headers in asked[1:])
    put(site, "new", "old")
    passing(at + 2 * LONGEST_SECONDS)
    assert taken(feeds, adder) == ["new"]
    assert feeds.followed()[0].every == LONGEST_SECONDS / 2


def test_entry_that_cannot_be_had_is_tried_three_times(
    feeds: Feeds, adder: Adder, site: Site, passing: Callable[[float], None]
) -> None:
    feeds.follow(put(site, "old"), adder)
    put(site, "gone", "old", ETag='"2"')
    del site.pages["/gone"]
    for turn in range(1, 6):
        passing(turn * LONGEST_SECONDS)
        told = taken(feeds, adder)
        assert len(told) == (1 if turn <= 3 else 0)
        assert all("404 Not Found" in fault for fault in told)


def test_feed_that_is_away_is_named_with_the_reason_and_goes_on_later(
    feeds: Feeds, adder: Adder, site: Site, passing: Callable[[float], None]
) -> None:
    feeds.follow(put(site, "old"), adder)
    site.page("/feed", "Closed.", 503)
    passing(LONGEST_SECONDS)
    assert taken(feeds, adder) == []
    assert "503 Service Unavailable" in str(feeds.followed()[0].fault)
    put(site, "new", "old")
    passing(3 * LONGEST_SECONDS)
    assert taken(feeds, adder) == ["new"]
    assert feeds.followed()[0].fault is None


def test_only_a_feed_can_be_followed(feeds: Feeds, adder: Adder, site: Site) -> None:
    with pytest.raises(Unreadable, match="is no feed"):
        feeds.follow(site.page("/page", f"<html><p>{FERRY}</p></html>"), adder)
    with pytest.raises(Unreachable, match="404"):
        feeds.follow(f"{site.url}/missing", adder)
    with pytest.raises(BotError, match="is not followed"):
        feeds.unfollow("https://example.org/feed")


def test_feeds_are_followed_listed_and_left_from_the_shell(
    command: Command, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.composition.Fetcher", site.fetcher)
    url = put(site, "old")
    assert command("follow").out.startswith("No feed is followed.")
    ended = command("follow", url)
    assert ended.err == f"Following The Ledger; 'footnote add {url}' takes what is there now.\n"
    assert command("follow").out.splitlines()[1].split()[:3] == ["The", "Ledger", url]
    assert command("follow", "--look").out == ""
    assert command("list").err == (
        "New articles come from 1 feed; 'footnote follow' lists what is followed.\n"
    )
    assert command("unfollow", "the ledger").err == "Following The Ledger no longer.\n"
    assert command("unfollow", url).code == 1


def test_an_entry_that_can_be_no_address_is_one_that_is_not_added(
    feeds: Feeds, adder: Adder, site: Site, passing: Callable[[float], None]
) -> None:
    feeds.follow(put(site, "old"), adder)
    put(site, "new")
    items = "".join(f"<item><link>{n}</link></item>" for n in ("http://xn--a/", "/new"))
    site.page("/feed", f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>")
    passing(SHORTEST_SECONDS + 60)
    [bad, good] = taken(feeds, adder)
    assert "is not an address" in bad
    assert good == "new"


def test_a_feed_of_which_nobody_knows_what_is_wrong_holds_no_other_up(
    feeds: Feeds,
    adder: Adder,
    site: Site,
    passing: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feeds.follow(put(site, "old"), adder)
    other = site.page(
        "/other", "<rss><channel><title>A</title><item><link>/old</link></item></channel></rss>"
    )
    feeds.follow(other, adder)
    fetch = adder.fetcher.fetch

    def stumble(url: str, **conditions: str | None) -> object:
        if url == other:
            raise ZeroDivisionError("deep inside")
        return fetch(url, **conditions)

    monkeypatch.setattr(adder.fetcher, "fetch", stumble)
    put(site, "new", "old")
    passing(SHORTEST_SECONDS + 60)
    assert taken(feeds, adder) == ["new"]
    assert [followed.fault for followed in feeds.followed()] == [
        "something went wrong with it",
        None,
    ]
    assert taken(feeds, adder) == []


def test_a_feed_that_takes_long_goes_on_when_the_others_had_their_turn(
    feeds: Feeds,
    adder: Adder,
    site: Site,
    passing: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feeds.follow(put(site, "old"), adder)
    put(site, "one", "two", "old")
    passing(SHORTEST_SECONDS + 60)
    monkeypatch.setattr("footnote.bot.articles.followed_feeds._MAX_SECONDS", 0.0)
    assert taken(feeds, adder) == ["one"]
    passing(3 * SHORTEST_SECONDS)
    assert taken(feeds, adder) == ["two"]


def test_an_entry_is_not_given_up_while_the_store_of_the_articles_is_away(
    home: Path, tmp_path: Path, site: Site, readers: ReadersApart, passing: Callable[[float], None]
) -> None:
    bucket = tmp_path / "bucket"
    settings = Settings(_env_file=None, articles=address_of(bucket), home=home)
    footnote = compose(settings, purpose="a test", model=WordsModel())
    adder = Adder(footnote.library, site.fetcher(), readers)
    footnote.feeds.follow(put(site, "old"), adder)
    put(site, "new", "old")
    with away(bucket):
        for round in range(1, 6):
            passing(round * 2 * LONGEST_SECONDS)
            [told] = taken(footnote.feeds, adder)
            assert "gives no answer" in told
    passing(12 * LONGEST_SECONDS)
    assert taken(footnote.feeds, adder) == ["new"]
    footnote.close()
