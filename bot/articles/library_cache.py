"""What the folder of articles holds at this moment, by address, text and likeness."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress

from filelock import FileLock

from footnote.corpus.article_files import Stamp
from footnote.corpus.errors import ArticleNotFound, ArticlesAway, CorpusError
from footnote.corpus.likeness import NEAR_COPY, candidates, runs, share
from footnote.corpus.store import ArticleStore
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.catalogue import Catalogue, Trace
from footnote.index.keeping.passage_index import PassageIndex

_MAX_AHEAD = 256
"""Of what was added and may not be indexed yet: then it is looked after what is by now."""


class LibraryCache:
    """Kept from one look to the next; whoever looks holds the lock that those who add hold.

    Most is looked up in the catalogue; files that are ahead of it, or may be, are known here.
    """

    def __init__(self, store: ArticleStore, passage_index: PassageIndex, lock: FileLock) -> None:
        self._store = store
        self._passage_index = passage_index
        self._turns = f"{lock.lock_file}.turns"
        self._seen: object = None
        self._ahead: dict[str, Trace | None] = {}
        self._max_ahead = _MAX_AHEAD
        self._read: dict[tuple[str, Stamp], Trace] = {}

    def look(self) -> None:
        """See what others have changed since. Raises ArticlesAway."""
        state = self._state()
        if self._seen is None or self._seen != state:
            self._ahead = dict(self._all_ahead())
            self._seen = state  # from before: what comes while this looks is seen the next time
        elif len(self._ahead) > self._max_ahead:
            up_to_date = self._up_to_date(self._store.look(self._ahead)[0], self._ahead)
            self._ahead = {a: trace for a, trace in self._ahead.items() if a not in up_to_date}
            self._max_ahead = max(_MAX_AHEAD, 2 * len(self._ahead))

    def same_text(self, wanted: Trace) -> str | None:
        """The id of an article with this very text."""
        return self._first(
            lambda trace: trace.revision == wanted.revision,
            lambda catalogue: catalogue.with_text_of(wanted),
        )

    def same_address(self, wanted: Trace) -> str | None:
        """The id of an article from this address."""
        if wanted.identity is None:
            return None
        return self._first(
            lambda trace: trace.identity == wanted.identity,
            lambda catalogue: catalogue.from_address_of(wanted),
        )

    def near_copy(self, text: str, wanted: Trace) -> tuple[str, float] | None:
        """The article most like this one, with the share of the shorter text that both have."""
        ahead = {article: trace.sketch for article, trace in self._ahead.items() if trace}
        ids = list(ahead)
        near = [ids[place] for place in candidates(wanted.sketch, list(ahead.values()))]
        near += self._indexed(lambda catalogue: catalogue.maybe_near(wanted))
        its_runs = runs(text if near else "")
        found = []
        for article in near:
            with suppress(CorpusError):
                there = self._store.read(article)
                found.append((share(its_runs, runs(there.text)), article))
        likeness, article = max(found, default=(0.0, ""))
        return (article, likeness) if likeness >= NEAR_COPY else None

    def put(self, article: str, trace: Trace | None) -> None:
        """Take in what has just been written to the folder, or taken away (None)."""
        self._ahead[article] = trace
        with open(self._turns, "ab") as turns:  # so that other processes look again
            turns.write(b".")
        self._seen = self._state()

    def _first(
        self, is_it: Callable[[Trace], bool], look_up: Callable[[Catalogue], list[str]]
    ) -> str | None:
        """Of what is ahead of the index, then of what is indexed, if its file is so still."""
        for article, trace in self._ahead.items():
            if trace and is_it(trace):
                return article
        for article in self._indexed(look_up):
            with suppress(CorpusError):
                if is_it(Trace.of(self._store.read(article))):
                    return article
        return None

    def _indexed(self, look_up: Callable[[Catalogue], list[str]]) -> list[str]:
        """What the catalogue has, without what is known better here."""
        try:
            with self._passage_index.reading() as build:
                found = look_up(build.catalogue)
        except IndexUnreadable:  # none yet: then all files are ahead of it
            return []
        return [article for article in found if article not in self._ahead]

    def _state(self) -> object:
        """Differs where another has added or removed anything, or somebody in the folder itself,
        and where another index answers."""
        try:
            turns = os.stat(self._turns).st_size
        except OSError:
            turns = 0
        try:
            index = self._passage_index.build().folder
        except IndexUnreadable:
            index = None
        seen = self._store.files.glance()
        return None if seen is None else (turns, index, seen)

    def _up_to_date(
        self, stamps: Mapping[str, Stamp], articles: Collection[str] | None = None
    ) -> set[str]:
        """Those of these articles, or of all, that are indexed as they are now, or gone from both
        folder and index."""
        try:
            with self._passage_index.reading() as build:
                known = build.catalogue.known(articles)
        except IndexUnreadable:
            return set()
        gone = set(articles or ()) - stamps.keys() - known.keys()
        up_to_date = {a for a, stamp in stamps.items() if a in known and known[a].stamp == stamp}
        return gone | up_to_date

    def _all_ahead(self) -> Iterator[tuple[str, Trace | None]]:
        try:
            stamps = self._store.stamps()
        except ArticlesAway:  # what it has is not known, and must not be taken for nothing
            raise
        except CorpusError:  # no folder yet
            return
        up_to_date = self._up_to_date(stamps)
        for article, stamp in stamps.items():
            if article not in up_to_date and (trace := self._trace(article, stamp)):
                yield article, trace

    def _trace(self, article: str, stamp: Stamp) -> Trace | None:
        if (article, stamp) not in self._read:
            try:
                trace = Trace.of(self._store.read(article))
            except (ArticleNotFound, CorpusError):
                return None
            if not stamp.is_reliable():
                return trace
            self._read[article, stamp] = trace
        return self._read[article, stamp]
