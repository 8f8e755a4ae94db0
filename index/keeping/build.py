"""A build: one index on disk, with its catalogue, vectors, words and token codes."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from footnote.index.errors import IndexUnreadable, NothingPublished, WordsAway
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.keeping.engines import VectorEngine, engine_of
from footnote.index.keeping.lexical import LexicalEntry, LexicalIndex
from footnote.index.keeping.published import not_there
from footnote.index.keeping.record import BuildRecord
from footnote.index.keeping.seal import Seal, files_in
from footnote.index.keeping.storage import CATALOGUE, CatalogueEngine
from footnote.index.keeping.token_codes import TokenCoder
from footnote.index.keeping.vectors import VectorStore
from footnote.index.keeping.words_engines import BeforePublishing, WordsEngine, go_on
from footnote.index.passages import embedded

_SEALED = ("record.json", "tokens.npy", CATALOGUE)
"""Files that are in the folder where its files and its catalogue are kept there."""

_WORDS = "words"
_VECTORS = "vectors"
_MARK = "writing"
"""A file that is there from the first write until the seal has been renewed."""

_BATCH_PASSAGES = 2048
_MAX_SEALED_BYTES = 256_000_000
"""Of one file, after each sync: .06 s."""

ERASED_AFTER_SECONDS = 24 * 3600.0
"""So long the files of the index may hold what was removed: as long as it can be brought back."""

_MIN_CLEARED = 1000


@dataclass(slots=True)
class Build:
    """A record, a catalogue, vectors, words and token axes, and a folder for what of it is here.

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

    def close(self) -> None:
        self.lexical.close()
        self.vectors.close()
        self.catalogue.close()

    def check(self) -> None:
        """Vectors and words hold every live passage; more of them only after a crash.

        Raises IndexUnreadable where they do not.
        """
        _, live = self.catalogue.counts()
        there = min(self.vectors.count(), self.lexical.count())
        # While another process writes, these are counts of different moments.
        if there < live and not self.outdated:
            raise IndexUnreadable(
                f"of {live} passages in {self.folder} only {there} are searchable"
            )


@dataclass(frozen=True, slots=True)
class BuildFactory:
    """Puts builds together, of parts that these engines keep.

    `vectors` is that of the settings; of a build that was made with another one before, that is
    taken. Everything may raise IndexAway where a server is away.
    """

    catalogues: CatalogueEngine
    vectors: VectorEngine
    words: WordsEngine
    before_publishing: BeforePublishing = go_on

    def open(self, folder: Path, *, keeps: bool = False) -> Build:
        """Raises IndexUnreadable where a part of it is missing or broken, before any is opened.

        `keeps`: by the process that writes to it, so that nobody else does meanwhile.
        """
        self._refuse_damage(folder, keeps=keeps)
        return self._put_together(folder, create=False)

    def create(self, folder: Path, record: BuildRecord, coder: TokenCoder) -> Build:
        """Raises OSError where the disk is full or may not be written."""
        folder.mkdir(parents=True)
        files = self.catalogues.files(folder)
        coder.write(files)
        record.write(files)
        try:
            return self._put_together(folder, create=True)
        except IndexUnreadable as error:  # a new one can only be unreadable for want of writing it
            raise OSError(str(error)) from error

    def _put_together(self, folder: Path, *, create: bool) -> Build:
        files, catalogues = self.catalogues.files(folder), self.catalogues
        record, coder = BuildRecord.read(files), TokenCoder.read(files)
        with ExitStack() as opened:
            on_write = (folder / _MARK).touch
            catalogue = (catalogues.create if create else catalogues.open)(folder, on_write)
            opened.callback(catalogue.close)
            generation = catalogue.generation()
            own = engine_of(record, self.vectors)
            vectors = (own.create if create else own.open)(files.within(_VECTORS))
            opened.callback(vectors.close)
            words = self.words.create if create else self.words.open
            try:
                place = folder / _WORDS, _name(folder), self.before_publishing
                lexical = words(*place, owner=files.owner)
            except NothingPublished as nothing:
                if any(catalogue.counts()):
                    raise _lost(nothing) from nothing
                raise
            opened.callback(lexical.close)
            build = Build(folder, record, catalogue, vectors, lexical, coder, generation)
            build.check()
            opened.pop_all()
        return build

    def compacted(self, build: Build, folder: Path) -> Build:
        """A copy of what is live: what was cleared is in none of its files. Nothing is embedded."""
        folder.mkdir(parents=True)
        files = self.catalogues.files(folder)
        build.coder.write(files)
        replace(build.record, vectors=self.vectors.name).write(files)
        self.catalogues.copy(build.folder, folder)
        keys = build.catalogue.keys()
        vectors = self.vectors.create(files.within(_VECTORS))
        place = folder / _WORDS, _name(folder), self.before_publishing
        lexical = self.words.create(*place, owner=files.owner)
        for start in range(0, len(keys), _BATCH_PASSAGES):
            part = keys[start : start + _BATCH_PASSAGES]
            vectors.add(part, build.vectors.stored(part))
            passages = build.catalogue.passages(part).values()
            lexical.add(
                LexicalEntry(p.key, embedded(p.text, p.title, p.heading), p.language)
                for p in passages
            )
        lexical.commit()
        lexical.close()
        vectors.seal()
        vectors.close()
        copy = self.open(folder, keeps=True)
        copy.seal()
        return copy

    def record_of(self, folder: Path) -> BuildRecord:
        """That of the build in this folder; raises IndexUnreadable if it has none."""
        return BuildRecord.read(self.catalogues.files(folder))

    def catalogue_of(self, folder: Path) -> Catalogue:
        """That of the build in this folder, which may be of an older form; IndexUnreadable if
        broken. The caller closes it."""
        return self.catalogues.open(folder)

    def clear_away(self, folder: Path) -> None:
        """What is kept elsewhere, before the build goes."""
        files = self.catalogues.files(folder)
        self.vectors.clear_away(files.within(_VECTORS))
        self.words.clear_away(_name(folder), files.owner)

    def take_over(self, folder: Path) -> None:
        """Have what of the build is kept elsewhere be that of the database in which it is."""
        files = self.catalogues.files(folder)
        self.vectors.take_over(files.within(_VECTORS))
        self.words.take_over(_name(folder), files.owner)

    def examine(self, build: Build, *, suspected: bool = False) -> None:
        """Raises IndexUnreadable where a file has been damaged since it was opened; the caller
        keeps the index. Files that nobody has touched are read only where that is `suspected`."""
        self._refuse_damage(build.folder, keeps=True, stamps_only=not suspected)
        if suspected:
            self._examine_parts(build.folder)
        build.vectors.examine(suspected=suspected)

    def _refuse_damage(self, folder: Path, *, keeps: bool, stamps_only: bool = False) -> None:
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
            self._examine_parts(folder)

    def _examine_parts(self, folder: Path) -> None:
        """Check each part for damage on its own, whatever the checksums say."""
        self.words.examine(folder / _WORDS)
        self.catalogues.examine(folder)


def _sealed(folder: Path) -> Iterator[str]:
    """All but those of the vectors, which have a seal of their own, and Tantivy's locks."""
    yield from _SEALED
    words = files_in(folder / _WORDS)
    yield from (f"{_WORDS}/{name}" for name in words if not name.startswith("."))


def _name(folder: Path) -> str:
    """The build's, among those of all folders of articles."""
    return f"{folder.parent.name}/{folder.name}"


def _lost(nothing: NothingPublished) -> WordsAway:
    """What has passages was published, so that its place is another or not to be seen now."""
    return WordsAway(not_there(nothing.told))


def _seal(folder: Path) -> Seal:
    return Seal(folder, _sealed)
