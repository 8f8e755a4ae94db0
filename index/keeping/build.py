"""A build: one index on disk, with its catalogue, vectors, words and token codes."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.keeping.engines import EmbeddedChroma, VectorEngine, engine_of
from footnote.index.keeping.lexical import LexicalEntry, LexicalIndex
from footnote.index.keeping.record import BuildRecord
from footnote.index.keeping.seal import Seal
from footnote.index.keeping.tantivy_index import TantivyIndex, refuse_broken_words
from footnote.index.keeping.tokens import TokenCoder
from footnote.index.keeping.vectors import VectorStore
from footnote.index.keeping.whole_database import refuse_broken_database
from footnote.index.passages import embedded

_RECORD = "record.json"
_TOKENS = "tokens.npy"
_CATALOGUE = "catalogue.sqlite"
_WORDS = "words"
VECTORS = "vectors"
_MARK = "writing"
"""A file that is there from the first write until the seal has been renewed."""

_EMBEDDED = EmbeddedChroma()
_BATCH_PASSAGES = 2048
_MAX_SEALED_BYTES = 256_000_000
"""Of one file, after each sync: .06 s."""

ERASED_AFTER_SECONDS = 24 * 3600.0
"""So long the files of the index may hold what was removed: as long as it can be brought back."""

_MIN_CLEARED = 1000


@dataclass(slots=True)
class Build:
    """A folder with a record, a catalogue, vectors, words and token axes.

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
    def open(
        cls,
        folder: Path,
        *,
        engine: VectorEngine = _EMBEDDED,
        create: bool = False,
        keeps: bool = False,
    ) -> "Build":
        """Raises IndexUnreadable where a part of it is missing or broken, before any is opened.

        `keeps`: by the process that writes to it, so that nobody else does meanwhile. `engine` is
        that of the settings; of a build that was made with another one before, that is taken.
        """
        if not create:
            _refuse_damage(folder, keeps=keeps)
        record = BuildRecord.read(folder / _RECORD)
        coder = TokenCoder.read(folder / _TOKENS)
        with ExitStack() as opened:
            catalogue = Catalogue(
                folder / _CATALOGUE, create=create, on_write=(folder / _MARK).touch
            )
            opened.callback(catalogue.close)
            generation = catalogue.generation()
            own = engine_of(record, engine)
            vectors = (own.create if create else own.open)(folder / VECTORS)
            opened.callback(vectors.close)
            lexical = TantivyIndex(folder / _WORDS, create=create)
            opened.callback(lexical.close)
            build = cls(folder, record, catalogue, vectors, lexical, coder, generation)
            build._check()
            opened.pop_all()
        return build

    @classmethod
    def create(
        cls,
        folder: Path,
        record: BuildRecord,
        coder: TokenCoder,
        *,
        engine: VectorEngine = _EMBEDDED,
    ) -> "Build":
        """Raises OSError where the disk is full or may not be written, and VectorsAway."""
        folder.mkdir(parents=True)
        coder.write(folder / _TOKENS)
        record.write(folder / _RECORD)
        try:
            return cls.open(folder, engine=engine, create=True)
        except IndexUnreadable as error:  # a new one can only be unreadable for want of writing it
            raise OSError(str(error)) from error

    def compacted(self, folder: Path, *, engine: VectorEngine = _EMBEDDED) -> "Build":
        """A copy of what is live, kept by this engine: what was cleared is in none of its files.

        Nothing is embedded.
        """
        folder.mkdir(parents=True)
        self.coder.write(folder / _TOKENS)
        replace(self.record, vectors=engine.name).write(folder / _RECORD)
        self.catalogue.copy_to(folder / _CATALOGUE)
        keys = self.catalogue.keys()
        vectors = engine.create(folder / VECTORS)
        lexical = TantivyIndex(folder / _WORDS, create=True)
        for start in range(0, len(keys), _BATCH_PASSAGES):
            part = keys[start : start + _BATCH_PASSAGES]
            vectors.add(part, self.vectors.stored(part))
            passages = self.catalogue.passages(part).values()
            lexical.add(
                LexicalEntry(p.key, embedded(p.text, p.title, p.heading), p.language)
                for p in passages
            )
        lexical.commit()
        lexical.close()
        vectors.seal()
        vectors.close()
        build = Build.open(folder, engine=engine, keeps=True)
        build.seal()
        return build

    @property
    def outdated(self) -> bool:
        """Whether another process has written to it since it was opened."""
        return self.catalogue.generation() != self.generation

    @property
    def calls_for_erasing(self) -> bool:
        """Whether what was cleared has to go, by its age, or is more than what is live."""
        cleared, since = self.catalogue.cleared()
        if since is None:
            return False
        _, live = self.catalogue.counts()
        return time.time() - since >= ERASED_AFTER_SECONDS or cleared > max(live, _MIN_CLEARED)

    def seal(self, *, max_bytes: int = _MAX_SEALED_BYTES) -> None:
        """Record the checksum of every file as it is now; call with the writer lock held."""
        mark, seal = self.folder / _MARK, _seal(self.folder)
        if (mark.exists() or seal.read() is None) and self.catalogue.checkpoint():
            self.lexical.wait_for_merges()
            seal.renew(max_bytes=max_bytes)
            mark.unlink(missing_ok=True)
            self.vectors.seal(max_bytes=max_bytes)

    def examine(self, *, suspected: bool = False) -> None:
        """Raises IndexUnreadable where a file has been damaged since it was opened; the caller
        keeps the index. Files that nobody has touched are read only where that is `suspected`."""
        _refuse_damage(self.folder, keeps=True, stamps_only=not suspected)
        if suspected:
            _examine_parts(self.folder)
        self.vectors.examine(suspected=suspected)

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


def catalogue_of(folder: Path) -> Catalogue:
    """That of the build in this folder, which may be of an older form; IndexUnreadable if broken.

    The caller closes it.
    """
    return Catalogue(folder / _CATALOGUE)


def record_of(folder: Path) -> BuildRecord:
    """The record of the build in this folder; raises IndexUnreadable if it has none."""
    return BuildRecord.read(folder / _RECORD)


def _files(folder: Path) -> Iterator[Path]:
    """All but those of the vectors, which have a seal of their own, and Tantivy's locks."""
    yield from (folder / name for name in (_RECORD, _TOKENS, _CATALOGUE))
    words = (folder / _WORDS).glob("*")
    yield from (file for file in sorted(words) if not file.name.startswith("."))


def _seal(folder: Path) -> Seal:
    return Seal(folder, _files)


def _refuse_damage(folder: Path, *, keeps: bool, stamps_only: bool = False) -> None:
    """What is being written to can be looked at only by whoever `keeps` it: then as far as each
    part can tell by itself whether it is whole."""
    seal, mark = _seal(folder), folder / _MARK
    if not mark.exists():
        sealed = seal.read()
        differences = seal.differences(stamps_only=stamps_only)
        if mark.exists() or seal.read() != sealed:
            return  # another process has begun to write
        if differences.broken:
            raise IndexUnreadable(f"{folder / differences.broken[0]} is not as it was written")
        if not differences.unknown:
            return
    if keeps and not stamps_only:
        _examine_parts(folder)


def _examine_parts(folder: Path) -> None:
    """Check each part for damage on its own, whatever the checksums say."""
    refuse_broken_words(folder / _WORDS)
    refuse_broken_database(folder / _CATALOGUE)
    with closing(catalogue_of(folder)) as catalogue:
        catalogue.examine()
