"""What the folder of articles holds at this moment, by address, text and likeness."""

import os
from collections.abc import Callable
from contextlib import suppress

from filelock import FileLock

from corpus.errors import ArticleNotFound, CorpusError
from corpus.likeness import NEAR_COPY, candidates, runs, share
from corpus.store import ArticleStore, Stamp
from index.errors import IndexUnreadable
from index.keeping.catalogue import Trace
from index.keeping.passage_index import PassageIndex


class Shelf:
    """Kept from one look to the next; whoever looks holds the lock that those who add hold.

    Most is known from the catalogue; only files that are not indexed yet are read.
    """

    def __init__(self, store: ArticleStore, passage_index: PassageIndex, lock: FileLock) -> None:
        self._store = store
        self._passage_index = passage_index
        self._turns = f"{lock.lock_file}.turns"
        self._seen: object = None
        self._traces: dict[str, Trace] = {}
        self._read: dict[tuple[str, Stamp], Trace] = {}

    def look(self) -> None:
        """See what others have changed since."""
        state = self._state()
        if self._seen is None or self._seen != state:
            self._traces = self._all_traces()
            self._seen = state  # from before: what comes while this looks is seen the next time

    def same_text(self, wanted: Trace) -> str | None:
        """The id of an article with this very text."""
        return self._first(lambda trace: trace.revision == wanted.revision)

    def same_address(self, wanted: Trace) -> str | None:
        """The id of an article from this address."""
        if wanted.identity is None:
            return None
        return self._first(lambda trace: trace.identity == wanted.identity)

    def near_copy(self, text: str, wanted: Trace) -> tuple[str, float] | None:
        """The article most like this one, with the share of the shorter text that both have."""
        ids = list(self._traces)
        places = candidates(wanted.sketch, [trace.sketch for trace in self._traces.values()])
        its_runs = runs(text if places else "")
        found = []
        for place in places:
            with suppress(CorpusError):
                there = self._store.read(ids[place])
                found.append((share(its_runs, runs(there.text)), ids[place]))
        likeness, article = max(found, default=(0.0, ""))
        return (article, likeness) if likeness >= NEAR_COPY else None

    def put(self, article: str, trace: Trace | None) -> None:
        """Take in what has just been written to the folder, or taken away (None)."""
        if trace is None:
            self._traces.pop(article, None)
        else:
            self._traces[article] = trace
        with open(self._turns, "ab") as turns:  # so that other processes look again
            turns.write(b".")
        self._seen = self._state()

    def _first(self, is_it: Callable[[Trace], bool]) -> str | None:
        return next((a for a, trace in self._traces.items() if is_it(trace)), None)

    def _state(self) -> object:
        """Differs where another has added or removed anything, or somebody in the folder itself."""
        try:
            turns = os.stat(self._turns).st_size
        except OSError:
            turns = 0
        try:
            return turns, os.stat(self._store.folder).st_mtime_ns
        except OSError:
            return None

    def _all_traces(self) -> dict[str, Trace]:
        try:
            stamps = self._store.stamps()
        except CorpusError:  # no folder yet
            return {}
        try:
            catalogue = self._passage_index.build().catalogue
            known, traces = catalogue.known(), catalogue.traces()
        except IndexUnreadable:  # none yet, or being built: the files themselves tell
            known, traces = {}, {}
        found: dict[str, Trace] = {}
        for article, stamp in stamps.items():
            if article in known and known[article].stamp == stamp and article in traces:
                found[article] = traces[article]
            elif trace := self._trace(article, stamp):
                found[article] = trace
        return found

    def _trace(self, article: str, stamp: Stamp) -> Trace | None:
        if (article, stamp) not in self._read:
            try:
                trace = Trace.of(self._store.read(article))
            except (ArticleNotFound, CorpusError):
                return None
            if not stamp.settled():
                return trace
            self._read[article, stamp] = trace
        return self._read[article, stamp]
