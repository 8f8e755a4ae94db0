"""The articles and their index as one thing: add, look after, take back, sync."""

import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from filelock import FileLock

from footnote.bot.articles.add_result import AddResult, revision, words_changed
from footnote.bot.articles.changes import Change, Changes, What
from footnote.bot.articles.library_cache import LibraryCache
from footnote.bot.articles.link_tokens import number_of
from footnote.bot.articles.undo import NothingToUndo, Undone, content_of, take_back
from footnote.bot.database.opening import Place
from footnote.bot.errors import BotError, KeptByIndexer
from footnote.corpus.article import ADDED, Article, Draft
from footnote.corpus.errors import ArticlesAway, CorpusError
from footnote.corpus.front_matter import render
from footnote.corpus.normalise import one_line
from footnote.corpus.readers import Reading
from footnote.corpus.store import ArticleStore
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.catalogue import Trace
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.reconcile import Progress, SyncReport

_LEFT_SECONDS = 3600.0
"""Younger beginnings of files may be what another process is writing at this moment."""


class Library:
    """Writes to the folder first, always; the index follows when this process may write to it.

    Safe to use from several threads, and beside other processes on the same home.
    """

    def __init__(
        self,
        store: ArticleStore,
        passage_index: PassageIndex,
        home: Path,
        *,
        purpose: str,
        changes: Place | None = None,
        keeps_index: bool = True,
    ) -> None:
        """`changes` is where they are written down, in a file of the home folder by default; where
        this process never `keeps_index`, another one does."""
        self.store = store
        self.passage_index = passage_index
        self._changes = changes or home / "changes.sqlite"
        self._purpose = purpose
        self._keeps_index = keeps_index
        self._thread = threading.RLock()
        self._process = FileLock(home / "adding.lock", mode=0o600, thread_local=False)
        self._cache = LibraryCache(store, passage_index, self._process)

    @cached_property
    def changes(self) -> Changes:
        return Changes(self._changes, self.store.place)

    def sync(
        self,
        *,
        rebuild: bool = False,
        take_over: bool = False,
        among: Collection[str] | None = None,
        on_progress: Progress = lambda done, total: None,
    ) -> SyncReport:
        """Make the index equal to the folder; IndexLocked where another process keeps it.

        `rebuild` and `take_over` as PassageIndex has them.

        `among`: after a change to these articles; once this process keeps the index, that costs
        nothing for all the others, whose changes wait for the next time that all are looked at.
        """
        mended: tuple[str, ...] = ()
        if not self._keeps_index:
            raise KeptByIndexer(self.passage_index.lock.holder() or "the indexer, once it runs")
        if not self.passage_index.lock.held:
            self.passage_index.lock.acquire(self._purpose)
            mended = self._mend()
        elif among is not None:
            return self.passage_index.sync(among=among, on_progress=on_progress)
        self.changes.erase_old(self.store.stamps)
        report = self.passage_index.sync(
            rebuild=rebuild,
            take_over=take_over,
            on_progress=on_progress,
            taken_away=self._taken_away,
        )
        told, self.changes.mended = tuple(self.changes.mended), []
        return replace(report, mended=(*told, *mended, *report.mended))

    def _taken_away(self) -> set[str]:
        """The articles that Footnote took out of the folder in the last day."""
        return {change.article for change in self.changes.recent() if change.what == "removed"}

    def _mend(self) -> tuple[str, ...]:
        """Clear up after processes that ended in the middle; what there was to clear up."""
        with self._turn():
            unbegun = self._strike_out_unbegun()
            told = [f"{one.article} was about to be {one.what}, and was not" for one in unbegun]
            if parts := self.store.files.clear_leftovers(older_than_seconds=_LEFT_SECONDS):
                told.append(f"beginnings of files that were never whole were cleared away: {parts}")
            return tuple(told)

    def _strike_out_unbegun(self) -> list[Change]:
        """The last changes that were written down and not made, or are taken back already."""
        unbegun = []
        for change in self.changes.recent():
            content = content_of(change.article, self.store)
            if change.is_carried_out(content):
                break  # all before the last one that was carried out were so too
            if change.is_not_begun(content):
                self.changes.remove(change.number)
                unbegun.append(change)
        return unbegun

    def add(
        self, reading: Reading, *, who: str = "", copies: bool = False, first: int | None = None
    ) -> AddResult:
        """Put what was read into the folder, unless it is there; `copies`: near copies too.

        Another text from the same address becomes a new revision of the article from there.
        `first` is the number of the first change of those that are taken back together.
        Raises FolderUnusable.
        """
        draft = self._dated(reading.draft)
        trace = Trace.of(draft)
        with self._turn():
            self._cache.look()
            if same := self._cache.same_text(trace):
                return AddResult(self.store.read(same), "already here", since=self._since(same))
            if same := self._cache.same_address(trace):
                return self._revise(same, reading, who, first)
            if not copies and (near := self._cache.near_copy(draft.text, trace)):
                article, likeness = near
                return AddResult(self.store.read(article), "near copy", likeness=likeness)
            added = self.store.add(draft).article
            after = self.store.content(added.id)
            number = self.changes.note(
                added.id, "added", who, before=None, after=after, first=first
            )
            self._cache.put(added.id, trace)
            return AddResult(added, "added", number=number)

    def known(self, reading: Reading) -> AddResult | None:
        """What it would be taken for if it were added now, where that is not new; nothing is done.

        Another text from the same address counts as new.
        """
        trace = Trace.of(reading.draft)
        with self._turn():
            self._cache.look()
            if same := self._cache.same_text(trace):
                return AddResult(self.store.read(same), "already here", since=self._since(same))
            if self._cache.same_address(trace):
                return None
            if near := self._cache.near_copy(reading.draft.text, trace):
                article, likeness = near
                return AddResult(self.store.read(article), "near copy", likeness=likeness)
        return None

    def replace(self, article: str, reading: Reading, *, who: str = "") -> AddResult:
        """Give an article another text; its title and what else is known stay, if not read."""
        with self._turn():
            self._cache.look()
            return self._revise(article, reading, who)

    def rename(self, article: str, title: str, *, who: str = "") -> Article:
        """Give an article another title, unless it has that one already.

        Its file keeps its name, for receipts refer to that.
        """
        title = one_line(title)
        if not title:
            raise BotError("a title needs at least one character")
        with self._turn():
            there = self.store.read(article)
            renamed = replace(there, title=title)
            if title != there.title:
                self._write(renamed, "renamed", who)
            return renamed

    def remove(self, article: str, *, who: str = "") -> None:
        """Take the article away; for a day it can be brought back.

        Raises ArticleNotFound or FolderUnusable.
        """
        with self._turn():
            self._cache.look()
            with self._noted(article, "removed", who, after=None):
                self.store.remove(article)
            self._cache.put(article, None)

    def undo(self, number: int | None = None) -> Undone:
        """Take back the change of this number, or the last one; NothingToUndo where that can't be.

        Changes can be taken back for a day.
        """
        with self._turn():
            self._see_what_is_undone()
            change = self.changes.last() if number is None else self.changes.find(number)
            if change is None:
                raise NothingToUndo("nothing of the last day is left to take back")
            return self._take_back(change)

    def last_changes(self) -> list[Change]:
        """What `undo_together` would take back now, the last one first; raises NothingToUndo."""
        with self._turn():
            return self._last_changes()

    def undo_together(self, number: int) -> "list[Undone | NothingToUndo]":
        """Take back the last change and all that were made together with it, the last one first.

        `number` is that of the last one, as far as is known: NothingToUndo where it is no longer.
        What can't be taken back stays, as its NothingToUndo tells; raised where that is all.
        """
        with self._turn():
            changes = self._last_changes()
            if changes[0].number != number:
                raise NothingToUndo(
                    "the articles have been changed meanwhile: they stay as they are"
                )
            told: list[Undone | NothingToUndo] = []
            for change in changes:
                try:
                    told.append(self._take_back(change))
                except NothingToUndo as fault:
                    told.append(fault)
            faults = [one for one in told if isinstance(one, NothingToUndo)]
            if len(faults) == len(told):
                raise faults[0]
            return told

    def _last_changes(self) -> list[Change]:
        self._see_what_is_undone()
        last = self.changes.last()
        if last is None:
            raise NothingToUndo("nothing of the last day is left to take back")
        return self.changes.made_with(last)

    def _see_what_is_undone(self) -> None:
        self._cache.look()
        if self.store.files.may_be_away:  # of what it gave no answer to, it may have done anything
            self._strike_out_unbegun()

    def _take_back(self, change: Change) -> Undone:
        undone = take_back(change, self.store, self._cache)
        self.changes.remove(change.number)
        back = undone.article
        self._cache.put(change.article, Trace.of(back) if back else None)
        return undone

    def find(self, name: str, *, exactly: bool = False) -> str:
        """The id meant by a name or a title, as ArticleStore.find has it."""
        return self.store.find(name, self._titles, exactly=exactly)

    def numbered(self, number: int) -> str | None:
        """The id with this number (`handles.number_of`), if it is or was lately that of an article.

        Nothing is kept for it, so that nothing is left of an article that is erased.
        """
        with self.passage_index.reading() as build:
            known = build.catalogue.ids()
        known += self.changes.articles()
        return next((article for article in known if number_of(article) == number), None)

    def close(self) -> None:
        if "changes" in vars(self):
            self.changes.close()

    def _dated(self, draft: Draft) -> Draft:
        """With the day on which it is added; what others wrote under that name stays as it is."""
        if ADDED in draft.extra:
            return draft
        return replace(draft, added=self.passage_index.today().isoformat())

    def _revise(
        self, article: str, reading: Reading, who: str, first: int | None = None
    ) -> AddResult:
        there, draft = self.store.read(article), reading.draft
        if there.revision == draft.revision:
            return AddResult(there, "already here", since=self._since(article))
        revised = revision(there, reading)
        number = self._write(revised, "replaced", who, first)
        added, removed = words_changed(there.text, draft.text)
        return AddResult(
            revised, "new revision", words_added=added, words_removed=removed, number=number
        )

    def _write(self, article: Article, what: What, who: str, first: int | None = None) -> int:
        after = render(article).encode()
        with self._noted(article.id, what, who, after=after, first=first) as number:
            self.store.replace(article.id, article)
        self._cache.put(article.id, Trace.of(article))
        return number

    @contextmanager
    def _noted(
        self, article: str, what: What, who: str, *, after: bytes | None, first: int | None = None
    ) -> Iterator[int]:
        """Written down first, and struck out again where it fails; not where it may have been done
        all the same."""
        before = self.store.content(article)
        number = self.changes.note(article, what, who, before=before, after=after, first=first)
        try:
            yield number
        except ArticlesAway:
            raise
        except CorpusError:
            self.changes.remove(number)
            raise

    def _since(self, article: str) -> float:
        """When it came, or when its file was last written where that is not known."""
        arrival = self.changes.arrival(article)
        if arrival is not None:
            return arrival.at
        modified = self.store.files.modified(article)
        return time.time() if modified is None else modified

    def _titles(self) -> dict[str, str]:
        try:
            listed = self.passage_index.build().catalogue.listing()
        except IndexUnreadable:
            return {}
        return {line.article: line.title for line in listed}

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Of all threads and processes, one at a time looks and writes."""
        with self._thread, self._process, self.changes.alone():
            yield
