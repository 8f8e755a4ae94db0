"""The index of one folder of articles: opened, kept level with it, and rebuilt beside itself."""

import hashlib
import os
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from chromadb.errors import ChromaError

from corpus.aliases import NAME as ALIASES
from corpus.aliases import AliasFile
from corpus.store import ArticleStore
from index.errors import IndexUnreadable, IndexUnwritable, WriteInterrupted
from index.keeping.catalogue import Catalogue
from index.keeping.lexical import Entry, LexicalIndex
from index.keeping.lock import WriterLock
from index.keeping.reconcile import Progress, Reconciler, SyncReport
from index.keeping.record import BuildRecord
from index.keeping.tokens import TokenCoder
from index.keeping.vectors import ChromaVectors, VectorStore
from index.models.embedding import EmbeddingModel
from index.passages import embedded

_CURRENT = "current"
_RECORD = "record.json"
_TOKENS = "tokens.npy"
_NAME = re.compile(r"build-\d+")
_BATCH_PASSAGES = 2048
_made: set[Path] = set()
ERASED_AFTER_SECONDS = 24 * 3600.0
"""So long the files of the index may hold what was removed: as long as it can be brought back."""

_FEWEST_CLEARED = 1000
_CLOSING_SECONDS = 1.0  # for a sync that is about to end; a long one is not waited for


@dataclass(slots=True)
class Build:
    """One index on disk: a folder with a record, a catalogue, vectors, words and token axes.

    `generation` is the catalogue's from before vectors and words were opened: where it has moved
    on, another process has written, and they may be older than the catalogue.
    """

    folder: Path
    record: BuildRecord
    catalogue: Catalogue
    vectors: VectorStore
    lexical: LexicalIndex
    coder: TokenCoder
    generation: int

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> "Build":
        """Raises IndexUnreadable where a part of it is missing or broken."""
        record = BuildRecord.read(folder / _RECORD)
        coder = TokenCoder.read(folder / _TOKENS)
        with ExitStack() as opened:
            catalogue = Catalogue(folder / "catalogue.sqlite", create=create)
            opened.callback(catalogue.close)
            generation = catalogue.generation()
            vectors = ChromaVectors(folder / "vectors", create=create)
            opened.callback(vectors.close)
            lexical = LexicalIndex(folder / "words", create=create)
            opened.callback(lexical.close)
            build = cls(folder, record, catalogue, vectors, lexical, coder, generation)
            build._check()
            opened.pop_all()
        return build

    @classmethod
    def create(cls, folder: Path, record: BuildRecord, coder: TokenCoder) -> "Build":
        """Raises OSError where the disk is full or may not be written."""
        folder.mkdir(parents=True)
        coder.write(folder / _TOKENS)
        record.write(folder / _RECORD)
        try:
            return cls.open(folder, create=True)
        except IndexUnreadable as error:  # a new one can only be unreadable for want of writing it
            raise OSError(str(error)) from error

    def compacted(self, folder: Path) -> "Build":
        """A copy of what is live: what was cleared is in none of its files. Nothing is embedded."""
        folder.mkdir(parents=True)
        self.coder.write(folder / _TOKENS)
        self.record.write(folder / _RECORD)
        self.catalogue.copy_to(folder / "catalogue.sqlite")
        keys = self.catalogue.keys()
        vectors = ChromaVectors(folder / "vectors", create=True)
        lexical = LexicalIndex(folder / "words", create=True)
        for start in range(0, len(keys), _BATCH_PASSAGES):
            part = keys[start : start + _BATCH_PASSAGES]
            vectors.add(part, self.vectors.stored(part))
            passages = self.catalogue.passages(part).values()
            lexical.add(
                Entry(p.key, embedded(p.text, p.title, p.heading), p.language) for p in passages
            )
        lexical.commit()
        lexical.close()
        vectors.close()
        return Build.open(folder)

    @property
    def outdated(self) -> bool:
        """Whether another process has written to it since it was opened."""
        return self.catalogue.generation() != self.generation

    def close(self) -> None:
        self.lexical.close()
        self.vectors.close()
        self.catalogue.close()

    def _check(self) -> None:
        """Vectors and words hold every live passage; more of them only after a crash."""
        _, live = self.catalogue.counts()
        there = min(self.vectors.count(), self.lexical.count())
        # While another process writes, these are counts of different moments.
        if there < live and not self.outdated:
            raise IndexUnreadable(
                f"of {live} passages in {self.folder} only {there} are searchable"
            )


class PassageIndex:
    """What is searched; with the lock also what writes. Safe to use from several threads.

    `home`/index/<folder> holds the builds for one folder of articles, and `current` names the one
    that answers. When the record of that one is not what the settings ask for, the next sync makes
    another beside it and swaps them; a build that was interrupted is gone on with.
    """

    def __init__(
        self,
        home: Path,
        store: ArticleStore,
        model: EmbeddingModel,
        *,
        aliases: AliasFile | None = None,
    ) -> None:
        """`aliases` are of a file beside the folder of articles where none is given."""
        self.store = store
        self.model = model
        self.aliases = aliases or AliasFile(store.folder.parent / ALIASES)
        self.lock = WriterLock(home)
        self._root = home / "index" / _folder_key(home, store.folder)
        self._build: Build | None = None
        self._replaced: list[Build] = []
        self._syncing = threading.Lock()
        self._closing = False
        self._free = threading.Condition(threading.RLock())  # guards what is above, and:
        self._readers = 0
        self._own = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Build]:
        """The build that answers, open to the end of the block whatever is swapped meanwhile.

        Until then `build` gives this thread the same one. Raises what `build` does.
        """
        with self._free:
            outer, build = getattr(self._own, "build", None), self.build()
            self._own.build = build
            self._readers += 1
        try:
            yield build
        finally:
            with self._free:
                self._own.build = outer
                self._readers -= 1
                self._close_replaced()
                self._free.notify_all()

    def build(self) -> Build:
        """The build that answers; raises IndexUnreadable where there is none that can."""
        with self._free:
            build: Build | None = getattr(self._own, "build", None)
            if build is not None:
                return build
            if not self.lock.held and not self._readers and self._outdated():
                self._drop()
            if self._build is None:
                self._build = self._open_current()
            return self._build

    def sync(
        self,
        *,
        rebuild: bool = False,
        among: Collection[str] | None = None,
        on_progress: Progress = lambda done, total: None,
    ) -> SyncReport:
        """Make the index equal to the folder; the lock must be held.

        `among`: look after the articles with these ids alone, where there is an index already.
        `rebuild` makes everything anew, whatever is there. Raises FolderUnusable, ModelUnusable,
        IndexUnwritable, and IndexUnreadable where what is there is broken, not by a crash, and
        `rebuild` was not asked for.
        """
        assert self.lock.held, "sync needs the writer's lock"
        with self._syncing, self._closed_if_wanted(), self._writable():
            record = BuildRecord.of(self.model)
            current, mended = None if rebuild else self._current_folder(), tuple[str, ...]()
            if current and BuildRecord.read(current / _RECORD).matches(record):
                self._clear_away_all_but(current)
                try:
                    build = self._for_writing(current)
                    report = self._reconcile(build, on_progress, among)
                    if _calls_for_erasing(build):
                        self._swap(build.compacted(self._new_folder()))
                    return report
                except WriteInterrupted:  # what cannot be read is made anew beside itself
                    mended = ("the index had been left half written, and was made anew",)
            folder = self._new_folder()
            build = self._unfinished(record, rebuild=rebuild) or Build.create(
                folder, record, TokenCoder.of(self.model.sample_tokens())
            )
            try:
                report = self._reconcile(build, on_progress)
            except BaseException:
                build.close()
                raise
            self._swap(build)
            return replace(report, mended=mended + report.mended)

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
        except (OSError, sqlite3.OperationalError, ChromaError) as error:
            raise IndexUnwritable(
                f"the index in {self._root} cannot be written ({error}): make room on the disk or"
                " mend the rights of the folder, then run 'footnote sync'"
            ) from error

    def current_record(self) -> BuildRecord | None:
        """What built the index that answers; None where there is none yet."""
        folder = self._current_folder()
        return BuildRecord.read(folder / _RECORD) if folder else None

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
            self._close_replaced()
        self._closing = False
        self.lock.release()

    def _reconcile(
        self, build: Build, on_progress: Progress, among: Collection[str] | None = None
    ) -> SyncReport:
        reconciler = Reconciler(
            build.catalogue, build.vectors, build.lexical, build.coder, self.model
        )
        report = reconciler.run(self.store, on_progress, among=among)
        fault = self.aliases.fault()
        return replace(report, faults=(*report.faults, fault)) if fault else report

    def _open_current(self) -> Build:
        folder = self._current_folder()
        if folder is None:
            raise IndexUnreadable(f"no index of {self.store.folder} yet: run 'footnote sync'")
        record = BuildRecord.read(folder / _RECORD)
        if not record.same_vectors(BuildRecord.of(self.model)):
            raise IndexUnreadable(
                f"the index was built with {record.embedding_model}, the settings say"
                f" {self.model.name}: run 'footnote sync' to build it anew"
            )
        try:
            return Build.open(folder)
        except IndexUnreadable:
            if folder == self._current_folder():
                raise
            return self._open_current()  # another process has swapped it just now

    def _for_writing(self, folder: Path) -> Build:
        """What this process has read from so far, unless others have written since."""
        with self._free:
            if self._outdated():
                self._free.wait_for(lambda: not self._readers)
                self._drop()
            self._build = self._build or Build.open(folder)
            return self._build

    def _outdated(self) -> bool:
        """Whether another process has written since: Chroma and Tantivy do not see that."""
        build = self._build
        return build is not None and (build.outdated or build.folder != self._current_folder())

    def _drop(self) -> None:
        if self._build is not None:
            self._build.close()
            self._build = None

    def _current_folder(self) -> Path | None:
        """The folder of the build that answers; IndexUnreadable where `current` is garbage."""
        file = self._root / _CURRENT
        try:
            name = file.read_bytes().decode(errors="replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexUnreadable(f"{file}: {error.strerror}") from error
        if not _NAME.fullmatch(name):
            raise IndexUnreadable(f"{file} names no index, but {name[:80]!r}")
        folder = self._root / name
        return folder if folder.is_dir() else None

    def _answering_folder(self) -> Path | None:
        """The same, for who can do without it."""
        try:
            return self._current_folder()
        except IndexUnreadable:
            return None

    def _unfinished(self, record: BuildRecord, *, rebuild: bool) -> Build | None:
        """A build for this record that was begun and not swapped in; others are cleared away."""
        found, kept = None, self._kept(self._answering_folder())
        for folder in self._folders():
            if folder in kept:
                continue
            try:
                wanted = not rebuild and BuildRecord.read(folder / _RECORD).matches(record)
                found = found or (Build.open(folder) if wanted else None)
            except IndexUnreadable:
                wanted = False
            if found is None or found.folder != folder:
                shutil.rmtree(folder)
        return found

    def _clear_away_all_but(self, current: Path) -> None:
        """What was left behind when a swap was interrupted."""
        kept = self._kept(current)
        for folder in self._folders():
            if folder not in kept:
                shutil.rmtree(folder)

    def _kept(self, current: Path | None) -> set[Path | None]:
        """The folder that answers now, and those that somebody still reads."""
        with self._free:
            return {current, *(build.folder for build in self._replaced)}

    def _folders(self) -> list[Path]:
        return [folder for folder in self._root.glob("build-*") if _NAME.fullmatch(folder.name)]

    def _new_folder(self) -> Path:
        """One that was not there before, so that nothing of another can be taken for its own.

        Nor one that this process has made and somebody has taken away: Chroma goes on closing its
        files by their paths for a while.
        """
        made = [folder for folder in _made if folder.parent == self._root]
        numbers = [int(f.name.removeprefix("build-")) for f in (*self._folders(), *made)]
        folder = self._root / f"build-{max(numbers, default=0) + 1}"
        _made.add(folder)
        return folder

    def _swap(self, build: Build) -> None:
        with self._free:
            old, before = self._answering_folder(), self._build
            temporary = self._root / f".{_CURRENT}"
            temporary.write_text(build.folder.name + "\n")
            os.replace(temporary, self._root / _CURRENT)
            self._build = build
            if before is not None:
                self._replaced.append(before)
            elif old is not None:
                shutil.rmtree(old)
            self._close_replaced()

    def _close_replaced(self) -> None:
        """Builds that no longer answer go once nobody reads."""
        while self._replaced and not self._readers:
            build = self._replaced.pop()
            build.close()
            shutil.rmtree(build.folder, ignore_errors=True)


def _calls_for_erasing(build: Build) -> bool:
    """Whether what was cleared has to go, by its age, or is more than what is live."""
    cleared, since = build.catalogue.cleared()
    if since is None:
        return False
    _, live = build.catalogue.counts()
    return time.time() - since >= ERASED_AFTER_SECONDS or cleared > max(live, _FEWEST_CLEARED)


def _folder_key(home: Path, folder: Path) -> str:
    """Names the folder of articles as seen from home, so that both can be moved together."""
    path = os.path.relpath(folder.resolve(), home.resolve())
    return hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:8]
