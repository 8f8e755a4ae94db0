"""The index of one folder of articles: opened, kept level with it, and rebuilt beside itself."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from corpus.store import ArticleStore
from index.catalogue import Catalogue
from index.embedding import EmbeddingModel
from index.errors import IndexUnreadable
from index.lexical import LexicalIndex
from index.lock import WriterLock
from index.reconcile import Progress, Reconciler, SyncReport
from index.record import BuildRecord
from index.vectors import ChromaVectors, VectorStore

_CURRENT = "current"
_RECORD = "record.json"


@dataclass(slots=True)
class Build:
    """One index on disk: a folder with a record, a catalogue, vectors and words."""

    folder: Path
    record: BuildRecord
    catalogue: Catalogue
    vectors: VectorStore
    lexical: LexicalIndex

    @classmethod
    def open(cls, folder: Path) -> "Build":
        """Raises IndexUnreadable where a part of it is missing or broken."""
        record = BuildRecord.read(folder / _RECORD)
        return cls(
            folder,
            record,
            Catalogue(folder / "catalogue.sqlite"),
            ChromaVectors(folder / "vectors"),
            LexicalIndex(folder / "words"),
        )

    @classmethod
    def create(cls, folder: Path, record: BuildRecord) -> "Build":
        folder.mkdir(parents=True)
        record.write(folder / _RECORD)
        return cls.open(folder)

    def close(self) -> None:
        self.lexical.close()
        self.vectors.close()
        self.catalogue.close()


class PassageIndex:
    """What is searched; with the lock also what writes.

    `home`/index/<folder> holds the builds for one folder of articles, and `current` names the one
    that answers. When the record of that one is not what the settings ask for, the next sync makes
    another beside it and swaps them; a build that was interrupted is gone on with.
    """

    def __init__(self, home: Path, store: ArticleStore, model: EmbeddingModel) -> None:
        self.store = store
        self.model = model
        self.lock = WriterLock(home)
        self._root = home / "index" / _folder_key(home, store.folder)
        self._build: Build | None = None
        self._seen = 0

    def build(self) -> Build:
        """The build that answers; raises IndexUnreadable where there is none that can."""
        if self._build is None:
            self._build = self._open_current()
        elif not self.lock.held and self._build.catalogue.generation() != self._seen:
            # Another process has written: Chroma and Tantivy know only what they read at opening.
            self._build.close()
            self._build = self._open_current()
        return self._build

    def sync(
        self, *, rebuild: bool = False, on_progress: Progress = lambda done, total: None
    ) -> SyncReport:
        """Make the index equal to the folder; the lock must be held.

        `rebuild` makes everything anew, whatever is there. Raises FolderUnusable, ModelUnusable,
        and IndexUnreadable where what is there is broken and `rebuild` was not asked for.
        """
        assert self.lock.held, "sync needs the writer's lock"
        record = BuildRecord.of(self.model)
        current = self._current_folder()
        if current and not rebuild and BuildRecord.read(current / _RECORD).matches(record):
            build = self._build = self._build or Build.open(current)
            return self._reconcile(build, on_progress)
        build = self._unfinished(record, rebuild=rebuild) or Build.create(
            self._new_folder(), record
        )
        try:
            report = self._reconcile(build, on_progress)
        except BaseException:
            build.close()
            raise
        self._swap(build)
        return report

    def current_record(self) -> BuildRecord | None:
        """What built the index that answers; None where there is none yet."""
        folder = self._current_folder()
        return BuildRecord.read(folder / _RECORD) if folder else None

    def close(self) -> None:
        if self._build is not None:
            self._build.close()
            self._build = None
        self.lock.release()

    def _reconcile(self, build: Build, on_progress: Progress) -> SyncReport:
        reconciler = Reconciler(build.catalogue, build.vectors, build.lexical, self.model)
        return reconciler.run(self.store, on_progress)

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
        build = Build.open(folder)
        self._seen = build.catalogue.generation()
        return build

    def _current_folder(self) -> Path | None:
        try:
            folder = self._root / (self._root / _CURRENT).read_text().strip()
        except FileNotFoundError:
            return None
        return folder if folder.is_dir() else None

    def _unfinished(self, record: BuildRecord, *, rebuild: bool) -> Build | None:
        """A build for this record that was begun and not swapped in; others are cleared away."""
        current, found = self._current_folder(), None
        for folder in self._root.glob("build-*"):
            if folder == current:
                continue
            try:
                wanted = not rebuild and BuildRecord.read(folder / _RECORD).matches(record)
                found = found or (Build.open(folder) if wanted else None)
            except IndexUnreadable:
                wanted = False
            if found is None or found.folder != folder:
                shutil.rmtree(folder)
        return found

    def _new_folder(self) -> Path:
        numbers = [int(f.name.removeprefix("build-")) for f in self._root.glob("build-*")]
        return self._root / f"build-{max(numbers, default=0) + 1}"

    def _swap(self, build: Build) -> None:
        old, before = self._current_folder(), self._build
        temporary = self._root / f".{_CURRENT}"
        temporary.write_text(build.folder.name + "\n")
        os.replace(temporary, self._root / _CURRENT)
        self._build = build
        if before is not None:
            before.close()
        if old is not None:
            shutil.rmtree(old)


def _folder_key(home: Path, folder: Path) -> str:
    """Names the folder of articles as seen from home, so that both can be moved together."""
    path = os.path.relpath(folder.resolve(), home.resolve())
    return hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:8]
