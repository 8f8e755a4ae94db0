"""Where the words of a build are kept: in its folder, or also where other machines fetch them."""

import json
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from footnote.corpus.address import without_login
from footnote.index.errors import IndexUnreadable, WordsAway
from footnote.index.keeping.lexical import LexicalEntry, LexicalIndex
from footnote.index.keeping.published import Published, PublishedFiles
from footnote.index.keeping.tantivy_index import META, TantivyIndex, files_in_use

_WRITTEN, _COPIED = "written", "copied"
_MANAGED = ".managed.json"
"""In it Tantivy notes which files are its own, to clear away those that it needs no more."""
_TRIES = 5


class WordsEngine(Protocol):
    """Makes and opens the words of builds; `folder` is a build's own for them on this machine, and
    `name` is the build's for all machines: letters, digits, hyphens and slashes."""

    @property
    def told(self) -> str:
        """For people: where they are."""
        ...

    def create(self, folder: Path, name: str) -> LexicalIndex:
        """Raises OSError, and WordsAway where a store gives no answer."""
        ...

    def open(self, folder: Path, name: str) -> LexicalIndex:
        """Raises IndexUnreadable where they are not whole, and WordsAway."""
        ...

    def clear_away(self, name: str) -> None:
        """Take away what is kept elsewhere, before the folder goes. Raises WordsAway."""
        ...


class WordsInFolder:
    """Tantivy in the folder of the build."""

    told = "Tantivy, in the folder of the index"

    def create(self, folder: Path, name: str) -> LexicalIndex:
        return TantivyIndex(folder, create=True)

    def open(self, folder: Path, name: str) -> LexicalIndex:
        return TantivyIndex(folder)

    def clear_away(self, name: str) -> None:
        """They go with the folder."""


class SharedWords:
    """Tantivy on each machine; what the one that writes has finished, the others fetch."""

    def __init__(self, address: str) -> None:
        """`address` is one of fsspec's, such as a folder or s3://bucket/folder."""
        self._address = address
        self._place = without_login(address)
        self.told = f"Tantivy, fetched from {self._place}"
        self._published: dict[str, PublishedFiles] = {}

    def create(self, folder: Path, name: str) -> LexicalIndex:
        published = self._of(name)
        published.clear_away()
        shutil.rmtree(folder, ignore_errors=True)
        written = TantivyIndex(folder / _WRITTEN, create=True)
        _publish(published, folder / _WRITTEN)
        written.close()
        return SharedIndex(folder, published)

    def open(self, folder: Path, name: str) -> LexicalIndex:
        return SharedIndex(folder, self._of(name))

    def clear_away(self, name: str) -> None:
        self._of(name).clear_away()
        self._published.pop(name, None)

    def _of(self, name: str) -> PublishedFiles:
        if name not in self._published:
            import fsspec

            told = f"{self._place.rstrip('/')}/{name}"
            try:
                files, root = fsspec.url_to_fs(self._address)
            except Exception as error:  # each kind of store has its own
                raise WordsAway(f"{told} cannot be opened ({type(error).__name__})") from error
            self._published[name] = PublishedFiles(files, f"{root}/{name}", told=told)
        return self._published[name]


class SharedIndex(TantivyIndex):
    """Reads from a copy of what was published last before it was opened. Where this process writes,
    that is done beside the copy, and published and copied with each commit.

    What is published is what there is: what a process committed and had not published when it
    ended is gone, and the catalogue knows nothing of it.
    """

    def __init__(self, folder: Path, published: PublishedFiles) -> None:
        """Raises IndexUnreadable where nothing is published, and WordsAway."""
        self._folder = folder
        self._published = published
        self._current = self._copy()
        self._written: TantivyIndex | None = None
        super().__init__(folder / _COPIED)

    def add(self, entries: Iterable[LexicalEntry]) -> None:
        self._open_for_writing().add(entries)

    def remove(self, keys: Iterable[int]) -> None:
        self._open_for_writing().remove(keys)

    def commit(self) -> None:
        """All that follows from it is done when it returns: nothing changes before the next one,
        so that whoever fetches this has the same files as whoever wrote them."""
        if self._written is None:
            return
        self._written.commit()
        self._written.wait_for_merges()
        _publish(self._published, self._folder / _WRITTEN)
        self._published.tidy()
        self._current = self._copy()
        self._index.reload()

    def wait_for_merges(self) -> None:
        """None is under way after a commit."""

    def close(self) -> None:
        if self._written is not None:
            self._written.close()
            self._written = None

    def _open_for_writing(self) -> TantivyIndex:
        if self._written is None:
            folder = self._folder / _WRITTEN
            _restore(self._published, self._current, folder, beside=self._folder / _COPIED)
            self._written = TantivyIndex(folder)
        return self._written

    def _copy(self) -> Published:
        """Have the newest files here, and none that it does not name."""
        for _ in range(_TRIES):
            newest = self._published.newest()
            if newest is None:
                raise IndexUnreadable("no words have been published yet: run 'footnote sync'")
            folder = self._folder / _COPIED
            try:
                self._published.fetch(newest, folder, beside=self._folder / _WRITTEN)
            except FileNotFoundError:
                continue  # it has been superseded for long
            _put_list(newest, folder)
            return newest
        raise WordsAway("the published words lack files that their newest list names")


def _publish(published: PublishedFiles, folder: Path) -> None:
    meta = (folder / META).read_text()
    published.publish(folder, [file.name for file in files_in_use(folder)], meta)


def _restore(published: PublishedFiles, wanted: Published, folder: Path, *, beside: Path) -> None:
    """Make a folder for Tantivy to write in of what is published, whatever was in it."""
    published.fetch(wanted, folder, beside=beside)
    (folder / _MANAGED).write_text(json.dumps([*wanted.files, META]))
    _put_list(wanted, folder)


def _put_list(wanted: Published, folder: Path) -> None:
    """Tantivy's own list, whole or not at all; then the files go that it does not name."""
    if not _is_text(folder / META, wanted.note):
        part = folder / f".{META}.{secrets.token_hex(4)}.part"
        part.write_text(wanted.note)
        part.replace(folder / META)
    for file in folder.iterdir():
        if not file.name.startswith(".") and file.name not in {META, *wanted.files}:
            file.unlink(missing_ok=True)


def _is_text(file: Path, text: str) -> bool:
    try:
        return file.read_text() == text
    except OSError:
        return False
