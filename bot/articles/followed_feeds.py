"""Feeds that are followed: what is new in them is added, at polite intervals."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from footnote.bot.articles.adding import Adder, Outcome
from footnote.bot.database.errors import LaterRevision, reason
from footnote.bot.database.opening import Place, open_database
from footnote.bot.database.tables import FEEDS_PART, seen
from footnote.bot.database.tables import feed as feeds
from footnote.bot.errors import BotError
from footnote.corpus.address import identity, plain_address
from footnote.corpus.article_files import ArticlesPlace, name_of
from footnote.corpus.errors import CorpusError, Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.feeds import Feed, FeedEntry, is_feed
from footnote.corpus.fetching import Fetched
from footnote.index.database.upsert import put

logger = logging.getLogger(__name__)

SHORTEST_SECONDS, LONGEST_SECONDS = 1800.0, 24 * 3600.0
"""A feed is looked into twice an hour at most and once a day at least."""

_LONGER, _SHORTER = 1.5, 0.5
_MAX_TRIES = 3
_CLAIMED = 600.0  # seconds, more than a look can take
_MAX_SECONDS = 120.0  # of one feed at a time: what is left of it comes when the others had theirs


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed that is followed: `next` is when it is looked into again, in seconds since 1970;
    `fault` why the last look failed, in words."""

    url: str
    title: str
    who: str
    since: float
    next: float
    every: float
    etag: str | None
    modified: str | None
    fault: str | None

    @property
    def identity(self) -> str:
        return identity(self.url)


class Feeds:
    """For all places of articles of a home.

    An entry counts as seen once it was added or refused; one that could not be had is tried three
    times. A feed that has nothing new is asked ever less often, and more often again when it has.
    """

    def __init__(self, place: Place, articles: ArticlesPlace) -> None:
        self._folder = name_of(articles)
        self._looking = threading.Lock()
        try:
            self._database = open_database(place, FEEDS_PART, erases=False)
        except LaterRevision as error:
            raise BotError(
                f"{place} was written by a later Footnote (its form is {error}): use that one, or"
                " move the file away and follow the feeds anew"
            ) from error
        except SQLAlchemyError as error:
            raise BotError(
                f"{place} is not a database that can be used ({reason(error)}): put back a copy of"
                " it, or move it away and follow the feeds anew"
            ) from error

    def follow(self, url: str, adder: Adder, *, who: str = "") -> Followed:
        """Take what comes from now on; what the feed names now counts as seen.

        Raises Unreachable, and Unreadable where there is no feed.
        """
        fetched = adder.fetcher.fetch(url)
        feed = _parsed(fetched, adder)
        address = plain_address(url)
        now = time.time()
        with self._database.transaction() as connection:
            put(
                connection,
                feeds,
                {
                    "folder": self._folder,
                    "identity": identity(address),
                    "url": address,
                    "title": feed.title,
                    "who": who,
                    "since": now,
                    "next": now + SHORTEST_SECONDS,
                    "every": SHORTEST_SECONDS,
                    "etag": fetched.etag,
                    "modified": fetched.modified,
                    "fault": None,
                },
            )
            for entry in feed.entries:
                self._mark(connection, identity(address), entry, _MAX_TRIES)
        return next(f for f in self.followed() if f.identity == identity(address))

    def unfollow(self, url: str) -> Followed:
        """BotError where it is not followed. `url` may be its title, too."""
        for followed in self.followed():
            if identity(url) == followed.identity or url.casefold() == followed.title.casefold():
                its = seen.c.folder == self._folder, seen.c.feed == followed.identity
                with self._database.transaction() as connection:
                    connection.execute(delete(feeds).where(*self._is(followed)))
                    connection.execute(delete(seen).where(*its))
                return followed
        raise BotError(f"{url} is not followed ('footnote follow' lists what is)")

    def followed(self) -> list[Followed]:
        """In the order of their titles."""
        rows = self._database.rows(
            select(*(feeds.c[field.name] for field in fields(Followed)))
            .where(feeds.c.folder == self._folder)
            .order_by(feeds.c.title, feeds.c.url)
        )
        return [Followed(*row) for row in rows]

    def look(self, adder: Adder) -> Iterator[Outcome]:
        """Look into each feed whose time has come, and add what is new in it."""
        with self._looking:
            for followed in self.followed():
                if followed.next <= time.time() and self._claim(followed):
                    yield from self._look_alone(followed, adder)

    def close(self) -> None:
        self._database.close()

    def _claim(self, followed: Followed) -> bool:
        """Whether this process is the one that looks into it now. If it ends meanwhile, the feed
        is looked into again after a while."""
        with self._database.transaction() as connection:
            unclaimed = feeds.c.next == followed.next
            later = update(feeds).where(*self._is(followed), unclaimed)
            return bool(connection.execute(later.values(next=time.time() + _CLAIMED)).rowcount)

    def _look_alone(self, followed: Followed, adder: Adder) -> Iterator[Outcome]:
        """Whatever is wrong with this feed, the others have their turn."""
        try:
            yield from self._look(followed, adder)
        except Exception:  # what is not known of is this feed's, too
            logger.exception("%s could not be looked into", followed.url)
            self._put_off(followed, _LONGER, fault="something went wrong with it")

    def _look(self, followed: Followed, adder: Adder) -> Iterator[Outcome]:
        try:
            fetched = adder.fetcher.fetch(
                followed.url, etag=followed.etag, modified=followed.modified
            )
            feed = _parsed(fetched, adder) if fetched.changed else None
        except CorpusError as error:
            self._put_off(followed, _LONGER, fault=str(error))
            return
        fresh = [e for e in feed.entries if self._is_fresh(followed, e)] if feed else []
        again, begun = False, time.monotonic()
        for entry, source in zip(fresh, adder.entries(Feed("", tuple(fresh))), strict=True):
            away = False
            for outcome in adder.add_all([source], who=f"the feed {followed.title}"):
                away |= outcome.is_away
                if not outcome.is_away:
                    again |= self._tried(followed, entry, failed=outcome.fault is not None)
                yield outcome
            if away or (time.monotonic() > begun + _MAX_SECONDS and entry is not fresh[-1]):
                again = True
                break
        # Where an entry is to be tried again, the feed has to be sent again, changed or not.
        kept = None if again else (fetched if fetched.changed else followed)
        self._put_off(followed, _SHORTER if fresh else _LONGER, kept=kept)

    def _is_fresh(self, followed: Followed, entry: FeedEntry) -> bool:
        rows = self._database.rows(self._tries(followed, entry))
        return not rows or rows[0][0] < _MAX_TRIES

    def _tried(self, followed: Followed, entry: FeedEntry, *, failed: bool) -> bool:
        """Remember it; whether it is to be tried again."""
        with self._database.transaction() as connection:
            before = connection.scalar(self._tries(followed, entry)) or 0
            tries = before + 1 if failed else _MAX_TRIES
            self._mark(connection, followed.identity, entry, tries)
        return tries < _MAX_TRIES

    def _tries(self, followed: Followed, entry: FeedEntry) -> Select[Any]:
        return select(seen.c.tries).where(
            seen.c.folder == self._folder,
            seen.c.feed == followed.identity,
            seen.c.entry == identity(entry.url),
        )

    def _mark(self, connection: Connection, feed: str, entry: FeedEntry, tries: int) -> None:
        row = {"folder": self._folder, "feed": feed, "entry": identity(entry.url)}
        put(connection, seen, {**row, "tries": tries})

    def _put_off(
        self,
        followed: Followed,
        factor: float,
        *,
        kept: Fetched | Followed | None = None,
        fault: str | None = None,
    ) -> None:
        every = min(max(followed.every * factor, SHORTEST_SECONDS), LONGEST_SECONDS)
        with self._database.transaction() as connection:
            connection.execute(
                update(feeds)
                .where(*self._is(followed))
                .values(
                    next=time.time() + every,
                    every=every,
                    etag=kept.etag if kept else None,
                    modified=kept.modified if kept else None,
                    fault=fault,
                )
            )

    def _is(self, followed: Followed) -> tuple[ColumnElement[bool], ...]:
        return feeds.c.folder == self._folder, feeds.c.identity == followed.identity


def _parsed(fetched: Fetched, adder: Adder) -> Feed:
    if not is_feed(fetched.data, fetched.charset):
        raise Unreadable(Fault.NO_FEED.of(url=fetched.url))
    return adder.readers.read_feed(fetched.data, url=fetched.url, charset=fetched.charset)
