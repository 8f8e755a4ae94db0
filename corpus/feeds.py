"""RSS and Atom feeds: their entries, and looking into them again politely."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin

import feedparser

from footnote.corpus.charsets import in_utf8
from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.front_matter import is_address

MAX_ENTRIES = 100
"""The newest of them; a feed seldom has more than 20."""

_BEGINS = re.compile(
    rb"(?is)[\s\xef\xbb\xbf]*+(?:<!--.*?-->\s*+|<\?[^>]*>\s*+)*+<(rss|feed|rdf:RDF)\b"
)
_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article that a feed names; `html` is as much of it as stands in the feed itself."""

    url: str
    title: str = ""
    author: str | None = None
    date: str | None = None
    html: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries in the feed's order, as a rule the newest first."""

    title: str
    entries: tuple[FeedEntry, ...]


def is_feed(data: bytes, charset: str | None = None) -> bool:
    """Whether it begins as one; `charset` is the encoding that a site names."""
    return bool(_BEGINS.match(in_utf8(data[:_LOOKED_AT], charset)))


def parse_feed(data: bytes, *, url: str) -> Feed:
    """The entries with an address; Unreadable where there are none.

    feedparser (BSD) is used because most feeds are broken in one of the ways that it mends: dates,
    encodings, relative addresses, markup in titles, nine versions of RSS.
    """
    try:
        headers = {"content-location": url}
        found = feedparser.parse(data, sanitize_html=False, response_headers=headers)
    except (
        LookupError,
        AttributeError,
        TypeError,
        ValueError,
        AssertionError,
        RecursionError,
    ) as e:
        # What it raises where tags are closed that were never opened, and the like.
        raise Unreadable(Fault.BROKEN_FEED.of(url=url)) from e
    entries = [entry for item in found.entries[:MAX_ENTRIES] if (entry := _entry(item, url))]
    if not entries:
        raise Unreadable(Fault.EMPTY_FEED.of(url=url))
    return Feed(_plain(found.feed.get("title")) or url, tuple(entries))


def _entry(item: Any, base: str) -> FeedEntry | None:
    address = urljoin(base, str(item.get("link") or "about:blank"))
    if not is_address(address):
        return None
    contents = [part.get("value") or "" for part in item.get("content") or ()]
    html = max([*contents, item.get("summary") or ""], key=len)
    # Past feedparser's own `get`, which makes one of them up from the other, with a warning.
    moment = dict.get(item, "published_parsed") or dict.get(item, "updated_parsed")
    return FeedEntry(
        address,
        _plain(item.get("title")),
        _plain(item.get("author")) or None,
        "{:04d}-{:02d}-{:02d}".format(*moment[:3]) if moment else None,
        html,
    )


def _plain(markup: str | None) -> str:
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", markup or "")).split())
