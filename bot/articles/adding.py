"""Adding articles from wherever they are: files, folders, links, feeds; many at once."""

import logging
import os
import textwrap
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from footnote.bot.articles.add_result import AddResult
from footnote.bot.articles.library import Library
from footnote.bot.errors import BotError
from footnote.corpus.errors import ArticlesAway, CorpusError, Unreadable
from footnote.corpus.faults import Fault, ToldFault
from footnote.corpus.feeds import Feed, FeedEntry, is_feed
from footnote.corpus.fetching import Fetcher
from footnote.corpus.readers import MAX_BYTES, Reading, too_large
from footnote.corpus.readers.apart import ReadersApart
from footnote.corpus.readers.registry import ENDINGS

logger = logging.getLogger(__name__)

_MIN_WORDS_IN_FEED = 100
_READ_AHEAD = 2
_MAX_TITLE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Source:
    """Something to be added: `name` is what people call it, `load` reads it, or finds others."""

    name: str
    load: "Callable[[], Reading | list[Source]]"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source: it was `taken`, or there is a `fault`, in a plain sentence in
    English; `told` has the same for any language. `is_away`: it may be added once the store of the
    articles gives an answer again."""

    source: str
    taken: AddResult | None = None
    reading: Reading | None = None
    fault: str | None = None
    told: tuple[ToldFault, ...] = ()
    is_away: bool = False


@dataclass(slots=True)
class Adder:
    """Reads in processes of its own and puts what was read into the library."""

    library: Library
    fetcher: Fetcher
    readers: ReadersApart
    max_bytes: int = MAX_BYTES

    def sources(self, names: Iterable[str]) -> Iterator[Source]:
        """For each link, file and folder by its name; in a folder, for each file of it."""
        for name in names:
            if is_link(name):
                yield Source(name, partial(self.read_link, name))
            elif os.path.isdir(name):
                yield from self._in_folder(Path(name))
            else:
                yield Source(name, partial(self._file, name))

    def data(self, data: bytes, *, name: str) -> Source:
        """Bytes without a file, called `name`: that is no title for what is in them."""
        return Source(name, partial(self.read_nameless, data, name=name))

    def read_data(self, data: bytes, *, name: str) -> Reading:
        """Raises Unreadable or FrontMatterFault."""
        if len(data) > self.max_bytes:
            raise too_large(name, len(data), self.max_bytes)
        return self.readers.read(data, name=name)

    def read_nameless(self, data: bytes, *, name: str) -> Reading:
        """The same for what `name` is no title of: it is called by its beginning, if by nothing."""
        reading = self.read_data(data, name=name)
        draft = reading.draft
        if draft.title.casefold() != name.casefold():
            return reading
        beginning = textwrap.shorten(draft.text, _MAX_TITLE_CHARACTERS, placeholder=" …")
        return replace(reading, draft=replace(draft, title=beginning))

    def read_link(self, url: str) -> "Reading | list[Source]":
        """The article there, or the articles of the feed there; Unreachable or Unreadable."""
        found = self.look_at(url)
        return self.entries(found) if isinstance(found, Feed) else found

    def look_at(self, url: str) -> Reading | Feed:
        """The article or the feed there; Unreachable or Unreadable."""
        fetched = self.fetcher.fetch(url)
        url, charset = fetched.url, fetched.charset
        if is_feed(fetched.data, charset):
            return self.readers.read_feed(fetched.data, url=url, charset=charset)
        return self.readers.read(fetched.data, name=url, url=url, charset=charset)

    def entries(self, feed: Feed) -> "list[Source]":
        return [Source(e.url, partial(self.read_entry, e, feed.title)) for e in feed.entries]

    def add_all(
        self,
        sources: Iterable[Source],
        *,
        who: str = "",
        copies: bool = False,
        on_progress: Callable[[int, int], None] = lambda done, known: None,
    ) -> Iterator[Outcome]:
        """Read several at once, add one after the other; what became of each, in their order.

        One that cannot be read does not stop the others. They are changes made together
        (`Library.undo_together`). `on_progress` gets how many are done and
        how many there are so far.
        """
        coming = deque(sources)
        known, done = len(coming), 0
        first: int | None = None
        window: deque[tuple[Source, Future[Reading | list[Source]]]] = deque()
        with ThreadPoolExecutor(self.readers.most) as pool:
            while coming or window:
                while coming and len(window) < _READ_AHEAD * self.readers.most:
                    source = coming.popleft()
                    window.append((source, pool.submit(source.load)))
                source, future = window.popleft()
                found = self._outcome(source, future, who, copies, first)
                if isinstance(found, Outcome):
                    done += 1
                    if first is None and found.taken:
                        first = found.taken.number
                    yield found
                else:
                    known += len(found) - 1
                    coming.extendleft(reversed(found))
                on_progress(done, known)

    def close(self) -> None:
        self.readers.close()

    def _outcome(
        self,
        source: Source,
        future: "Future[Reading | list[Source]]",
        who: str,
        copies: bool,
        first: int | None,
    ) -> "Outcome | list[Source]":
        try:
            found = future.result()
            if isinstance(found, list):
                return found
            taken = self.library.add(found, who=who, copies=copies, first=first)
        except (CorpusError, BotError) as error:
            away = isinstance(error, ArticlesAway)
            return Outcome(source.name, fault=str(error), told=error.told, is_away=away)
        except Exception:  # whatever it is, it is this one source that is not added
            logger.exception("%s could not be added", source.name)
            wrong = Fault.WENT_WRONG.of(name=source.name)
            return Outcome(source.name, fault=str(wrong), told=(wrong,))
        return Outcome(source.name, taken, found)

    def _file(self, file: str) -> Reading:
        try:
            path = Path(file)
            if path.is_file() and path.stat().st_size > self.max_bytes:
                raise too_large(file, path.stat().st_size, self.max_bytes)
            with path.open("rb") as opened:
                data = opened.read(self.max_bytes + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise Unreadable(Fault.SYSTEM_REFUSES.of(name=file, reason=str(reason))) from None
        return self.read_data(data, name=path.name)

    def _in_folder(self, folder: Path) -> Iterator[Source]:
        """The files that may be articles, by their endings; hidden ones are passed over."""
        files = [
            str(file)
            for file in sorted(folder.rglob("*"))
            if file.suffix.lower() in ENDINGS
            and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        ]
        yield from self.sources(files)
        if not files:
            yield Source(str(folder), partial(_nothing_in, folder))

    def read_entry(self, entry: FeedEntry, feed_title: str) -> Reading:
        """The page of an entry; failing that, the article as the feed has it, if it is whole."""
        try:
            found = self.read_link(entry.url)
            if isinstance(found, Reading):
                # The feed's date is the article's own, where its page gives none.
                dated = replace(found.draft, date=found.draft.date or entry.date)
                return replace(found, draft=dated)
            raise Unreadable(Fault.FEED_IN_FEED.of(url=entry.url))
        except CorpusError:
            if len(entry.html.split()) < _MIN_WORDS_IN_FEED:
                raise
            page = f"<html><body><article>{entry.html}</article></body></html>"
            reading = self.readers.read(page.encode(), name=entry.title or entry.url)
        draft = replace(
            reading.draft,
            title=entry.title or reading.draft.title,
            author=entry.author,
            date=entry.date,
            source=feed_title,
            url=entry.url,
        )
        return replace(reading, draft=draft)


def is_link(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _nothing_in(folder: Path) -> Reading:
    raise Unreadable(Fault.NOTHING_IN_FOLDER.of(name=str(folder)))
