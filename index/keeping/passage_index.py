"""The index of a folder of articles: opened, synced with it, and rebuilt beside itself."""

import logging
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from chromadb.errors import ChromaError
from sqlalchemy.exc import DBAPIError

from footnote.corpus.aliases import NAME as ALIASES
from footnote.corpus.aliases import AliasFile
from footnote.corpus.article_files import ArticlesPlace
from footnote.corpus.private_files import keep_private
from footnote.corpus.store import ArticleStore
from footnote.index.errors import (
    IndexAway,
    IndexUnreadable,
    IndexUnwritable,
    WordsAway,
    WriteInterrupted,
)
from footnote.index.keeping.build import Build, BuildFactory
from footnote.index.keeping.engines import VectorEngine
from footnote.index.keeping.passage_reader import PassageReader, ReaderHere
from footnote.index.keeping.reconcile import Progress, Reconciler, SyncReport
from footnote.index.keeping.record import EMBEDDED, BuildRecord
from footnote.index.keeping.storage import Storage
from footnote.index.keeping.token_codes import TokenCoder
from footnote.index.models.embedding import EmbeddingModel

logger = logging.getLogger(__name__)

_MAX_UNFOUNDED = 2
_CLOSING_SECONDS = 1.0  # for a sync that is about to end; a long one is not waited for


class PassageIndex:
    """What is searched; with the lock also what writes. Safe to use from several threads.

    When the record of the build that answers is not what the settings ask for, the next sync makes
    another beside it and swaps them; a build that was interrupted is gone on with.
    """

    def __init__(
        self,
        storage: Storage,
        store: ArticleStore,
        model: EmbeddingModel,
        *,
        aliases: AliasFile | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`aliases` are of a file beside the folder of articles where none is given; beside an
        address there are none."""
        self.store = store
        self.model = model
        self.today = today
        self.storage = storage
        self.lock = storage.lock
        self.reader: PassageReader | None = None
        """What reads passages for a sync in place of this process."""
        self.aliases = aliases or _aliases_beside(store.place)
        self._folders = storage.folders
        self._factory = BuildFactory(
            storage.catalogues, storage.vectors, storage.words, storage.lock.refuse_lost
        )
        self._build: Build | None = None
        self._replaced: list[Build] = []
        self._syncing = threading.Lock()
        self._closing = False
        self._free = threading.Condition(threading.RLock())  # guards what is above, and:
        self._readers = 0
        self._reading_from = Counter[int]()
        self._left = list[Build]()
        self._failed = False
        self._own = threading.local()
        self.suspected = False
        """Whether reading has failed since the last sync, so that the next one looks closely."""
        self._unfounded = 0
        self._taken_away: Callable[[], Collection[str]] | None = None

    @classmethod
    def in_home(
        cls,
        home: Path,
        store: ArticleStore,
        model: EmbeddingModel,
        *,
        aliases: AliasFile | None = None,
        engine: VectorEngine | None = None,
    ) -> "PassageIndex":
        """Kept in a home folder; `engine` is what keeps the vectors, if that is something else."""
        return cls(Storage.here(home, store.place, vectors=engine), store, model, aliases=aliases)

    @property
    def engine(self) -> VectorEngine:
        """What keeps the vectors."""
        return self.storage.vectors

    @contextmanager
    def reading(self) -> Iterator[Build]:
        """The build that answers, open to the end of the block whatever is swapped meanwhile.

        Until then `build` gives this thread the same one. Raises what `build` does.
        """
        try:
            with self._reading() as build:
                yield build
        except IndexUnreadable:
            self.suspected = self._failed = True
            raise

    @contextmanager
    def _reading(self) -> Iterator[Build]:
        with self._free:
            outer, build = getattr(self._own, "build", None), self.build()
            self._own.build = build
            self._readers += 1
            self._reading_from[id(build)] += 1
        try:
            yield build
        finally:
            with self._free:
                self._own.build = outer
                self._readers -= 1
                self._reading_from[id(build)] -= 1
                if not self._reading_from[id(build)]:
                    del self._reading_from[id(build)]
                self._close_left()
                self._close_replaced()
                self._free.notify_all()

    def build(self) -> Build:
        """The build that answers; raises IndexUnreadable where there is none that can."""
        with self._free:
            build: Build | None = getattr(self._own, "build", None)
            if build is not None:
                return build
            if not self.lock.held and (self._failed or self._outdated()):
                self._leave()
            if self._build is None:
                self._build = self._open_current()
            return self._build

    def sync(
        self,
        *,
        rebuild: bool = False,
        take_over: bool = False,
        among: Collection[str] | None = None,
        on_progress: Progress = lambda done, total: None,
        taken_away: Callable[[], Collection[str]] = tuple,
    ) -> SyncReport:
        """Make the index equal to the folder; the lock must be held.

        `among`: look after the articles with these ids alone, where there is an index already.
        `taken_away`: the ids of those that Footnote itself took out of the folder, so that an
        index that is shared may be emptied of them.
        `rebuild` makes everything anew, whatever is there; what is damaged is made anew in any
        case. `take_over`: in a copy of a database that is gone, go on with what that had elsewhere.
        Raises FolderUnusable, ModelUnusable, IndexUnwritable, IndexAway, IndexOfAnother, and
        IndexLocked where another process has taken the lock since.
        """
        assert self.lock.held, "sync needs the writer's lock"
        with self._syncing, self._closed_if_wanted(), self._writable():
            self.lock.confirm()
            doubted = self.storage.shared or self.store.files.may_be_away
            self._taken_away = taken_away if doubted and not rebuild else None
            record, mended = self.wanted_record, tuple[str, ...]()
            try:
                current = None if rebuild else self._folders.current()
                if current and take_over:
                    self._factory.take_over(current)
                if current and self._factory.record_of(current).is_elsewhere(record):
                    current = self._moved(current)
                if current and self._factory.record_of(current).matches(record):
                    return self._synced(current, on_progress, among)
            except WriteInterrupted:  # what cannot be read is made anew beside itself
                mended = ("the index had been left half written, and was made anew",)
            except IndexUnreadable as error:
                logger.warning("the index is made anew from the articles: %s", error)
                mended = (f"the index was damaged, and was made anew from the articles ({error})",)
            return self._made_anew(record, on_progress, rebuild=rebuild, mended=mended)

    @property
    def wanted_record(self) -> BuildRecord:
        """What the settings ask for."""
        return BuildRecord.of(self.model, vectors=self.engine.name)

    def _moved(self, current: Path) -> Path:
        """Have the vectors of this build kept where they are wanted; nothing is embedded anew."""
        logger.info("the vectors are moved: %s", self.engine.told)
        self._clear_away_all_but(current)
        build = self._factory.compacted(self._for_writing(current), self._folders.new())
        self._swap(build)
        return build.folder

    def _synced(
        self, current: Path, on_progress: Progress, among: Collection[str] | None
    ) -> SyncReport:
        """Sync the build in this folder; raises IndexUnreadable if it is damaged."""
        self._clear_away_all_but(current)
        build = self._for_writing(current)
        self._factory.examine(build, suspected=self.suspected)
        self._forget_suspicion()
        report = self._reconcile(build, on_progress, among)
        build.seal()
        if not report.did_nothing:
            keep_private([build.folder])
        if build.calls_for_erasing:
            self._swap(self._factory.compacted(build, self._folders.new()))
        return report

    def _made_anew(
        self,
        record: BuildRecord,
        on_progress: Progress,
        *,
        rebuild: bool,
        mended: tuple[str, ...],
    ) -> SyncReport:
        """A build beside the one that answers, if one does, in whose place it is put."""
        build = self._unfinished(record, rebuild=rebuild) or self._factory.create(
            self._folders.new(), record, TokenCoder.of(self.model.sample_tokens())
        )
        try:
            report = self._reconcile(build, on_progress, first_seen=self._first_seen())
            build.seal()
        except BaseException:
            build.close()
            raise
        self._swap(build)
        self.suspected, self._unfounded = False, 0
        return replace(report, mended=mended + report.mended)

    def _forget_suspicion(self) -> None:
        """Where every file is as it was written, what is open is opened anew; where that has not
        helped twice, IndexUnreadable is raised."""
        if self.suspected:
            self._unfounded += 1
            if self._unfounded > _MAX_UNFOUNDED:
                raise IndexUnreadable("it fails though its files are as they were written")
            self.suspected = False

    @contextmanager
    def _closed_if_wanted(self) -> Iterator[None]:
        try:
            yield
        finally:
            if self._closing:
                self._close()

    @contextmanager
    def _writable(self) -> Iterator[None]:
        """What the stores say of a disk that is full or may not be written, as IndexUnwritable."""
        try:
            yield
        except DBAPIError as error:
            told = " ".join(str(error.orig).split())
            raise IndexUnwritable(
                f"the index cannot be written to {self.storage.catalogues.told} ({told}): see that"
                " there is room and that its user may make schemas, then run 'footnote sync'"
            ) from error
        except (OSError, sqlite3.OperationalError, ChromaError) as error:
            raise IndexUnwritable(
                f"the index in {self._folders.root} cannot be written ({error}): make room on the"
                " disk or mend the rights of the folder, then run 'footnote sync'"
            ) from error

    def current_record(self) -> BuildRecord | None:
        """What built the index that answers; None where there is none yet."""
        folder = self._folders.current()
        return self._factory.record_of(folder) if folder else None

    def close(self) -> None:
        """Give the lock to others; where a thread still writes, that thread does so at its end."""
        self._closing = True
        if self._syncing.acquire(timeout=_CLOSING_SECONDS):
            try:
                self._close()
            finally:
                self._syncing.release()

    def _close(self) -> None:
        with self._free:
            self._drop()
            self._readers = 0
            self._reading_from.clear()
            self._close_left()
            self._close_replaced()
        self._closing = False
        self.lock.release()
        self.storage.close()

    def _reconcile(
        self,
        build: Build,
        on_progress: Progress,
        among: Collection[str] | None = None,
        first_seen: Mapping[str, str] = MappingProxyType({}),
    ) -> SyncReport:
        reconciler = Reconciler(
            build.catalogue,
            build.vectors,
            build.lexical,
            build.coder,
            self.reader or ReaderHere(self.model),
            self.today,
            first_seen,
            self._taken_away,
        )
        report = reconciler.run(self.store, on_progress, among=among)
        fault = self.aliases.fault()
        return replace(report, faults=(*report.faults, fault)) if fault else report

    def _first_seen(self) -> dict[str, str]:
        """When the index that answers, if one does, first saw each article; of an older form it
        does not know."""
        folder = self._answering_folder()
        try:
            catalogue = self._factory.catalogue_of(folder) if folder else None
        except IndexUnreadable:
            return {}
        if catalogue is None:
            return {}
        try:
            return catalogue.added()
        except (IndexUnreadable, sqlite3.OperationalError):
            return {}
        finally:
            catalogue.close()

    def _open_current(self) -> Build:
        folder = self._folders.current()
        if folder is None:
            raise IndexUnreadable(f"no index of {self.store.place} yet: run 'footnote sync'")
        try:
            record = self._factory.record_of(folder)
            if not record.same_vectors(self.wanted_record):
                raise IndexUnreadable(
                    f"the index was built with {record.embedding_model}, the settings say"
                    f" {self.model.name}: run 'footnote sync' to build it anew"
                )
            return self._factory.open(folder)
        except (IndexUnreadable, FileNotFoundError, WordsAway):
            if folder == self._folders.current():
                raise
            return self._open_current()  # another process has swapped it just now

    def _for_writing(self, folder: Path) -> Build:
        """What this process has read from so far, unless others have written since."""
        with self._free:
            if self._outdated() or self.suspected:
                self._free.wait_for(lambda: not self._readers)
                self._drop()
            self._build = self._build or self._factory.open(folder, keeps=True)
            return self._build

    def _outdated(self) -> bool:
        """Whether another process has written since: Chroma and Tantivy do not see that."""
        build = self._build
        return build is not None and (build.outdated or build.folder != self._folders.current())

    def _leave(self) -> None:
        """Where this process does not write: open what answers anew, for whoever reads from now on.

        Chroma in this process opens no folder twice, so that it waits until nobody reads.
        """
        if not self._readers:
            self._drop()
        elif self._build is not None and self._build.record.vectors != EMBEDDED:
            self._left.append(self._build)
            self._build = None
        self._failed = self._failed and self._build is not None

    def _close_left(self) -> None:
        """Builds that were left while somebody read from them, once nobody does."""
        for build in [one for one in self._left if not self._reading_from[id(one)]]:
            self._left.remove(build)
            build.close()

    def _drop(self) -> None:
        if self._build is not None:
            self._build.close()
            self._build = None

    def _answering_folder(self) -> Path | None:
        """The same, for who can do without it."""
        try:
            return self._folders.current()
        except IndexUnreadable:
            return None

    def _unfinished(self, record: BuildRecord, *, rebuild: bool) -> Build | None:
        """A build for this record that was begun and not swapped in; others are cleared away."""
        found, kept = None, self._kept(self._answering_folder())
        for folder in self._folders.all():
            if folder in kept or not self._folders.may_go(folder):
                continue
            try:
                wanted = not rebuild and self._factory.record_of(folder).matches(record)
                found = found or (self._factory.open(folder, keeps=True) if wanted else None)
            except IndexUnreadable:
                wanted = False
            if found is None or found.folder != folder:
                self._clear_away(folder)
        return found

    def _clear_away_all_but(self, current: Path) -> None:
        """What was left behind when a swap was interrupted."""
        kept = self._kept(current)
        for folder in self._folders.all():
            if folder not in kept:
                self._clear_away(folder)

    def _kept(self, current: Path | None) -> set[Path | None]:
        """The folder that answers now, and those that somebody still reads."""
        with self._free:
            return {current, *(build.folder for build in self._replaced)}

    def _swap(self, build: Build) -> None:
        with self._free:
            old, before = self._answering_folder(), self._build
            self._folders.answer_from(build.folder)
            keep_private([self._folders.root.parent])
            self._build = build
            if before is not None:
                self._replaced.append(before)
            elif old is not None:
                self._clear_away(old)
            self._close_replaced()

    def _close_replaced(self) -> None:
        """Builds that no longer answer go once nobody reads."""
        while self._replaced and not self._readers:
            build = self._replaced.pop()
            build.close()
            self._clear_away(build.folder)

    def _clear_away(self, folder: Path) -> None:
        """As far as that can be done: a process that opens it just now may put a file back, and a
        server may be away. The next sync tries again."""
        if not self._folders.may_go(folder):
            return
        try:
            self._factory.clear_away(folder)
        except IndexAway:
            return  # the build says what there is to clear away
        self._folders.clear_away(folder)


def _aliases_beside(place: ArticlesPlace) -> AliasFile:
    """Of a folder; beside an address there is no file."""
    return AliasFile(place.parent / ALIASES if isinstance(place, Path) else Path(os.devnull))
