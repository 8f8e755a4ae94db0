"""Words that one process writes and others fetch: Tantivy on each machine, on the same files."""

import json
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from footnote.index.errors import NothingPublished, WordsAway
from footnote.index.keeping.lexical import LexicalEntry
from footnote.index.keeping.published import Published, PublishedFiles
from footnote.index.keeping.tantivy_index import META, TantivyIndex, files_in_use

WRITTEN, COPIED = "written", "copied"
_MANAGED = ".managed.json"
"""In it Tantivy notes which files are its own, to clear away those that it needs no more."""
_TRIES = 5


class SharedIndex(TantivyIndex):
    """Reads from a copy of what was published last before it was opened. Where this process writes,
    that is done beside the copy, and published and copied with each commit.

    What is published is what there is: what a process committed and had not published when it
    ended is gone, and the catalogue knows nothing of it.
    """

    def __init__(
        self, folder: Path, published: PublishedFiles, before_publishing: Callable[[], object]
    ) -> None:
        """What `before_publishing` raises keeps it from that.

        Raises NothingPublished and WordsAway.
        """
        self._folder = folder
        self._before_publishing = before_publishing
        self._published = published
        self._current = self._copy()
        self._written: TantivyIndex | None = None
        super().__init__(folder / COPIED)

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
        self._before_publishing()
        publish(self._published, self._folder / WRITTEN)
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
            folder = self._folder / WRITTEN
            _clear(self._folder)
            _restore(self._published, self._current, folder, beside=self._folder / COPIED)
            self._written = TantivyIndex(folder)
        return self._written

    def _copy(self) -> Published:
        """Have the newest files here, and none that it does not name."""
        for _ in range(_TRIES):
            newest = self._published.newest()
            if newest is None:
                raise NothingPublished(self._published.told)
            folder = self._folder / COPIED
            try:
                self._published.fetch(newest, folder, beside=self._folder / WRITTEN)
            except FileNotFoundError:
                continue  # it has been superseded for long
            _have_only(newest, folder)
            return newest
        raise WordsAway("the published words lack files that their newest list names")


def _clear(folder: Path) -> None:
    """Of files of before the words were shared."""
    for file in folder.iterdir():
        if file.is_file():
            file.unlink(missing_ok=True)


def publish(published: PublishedFiles, folder: Path) -> None:
    """What Tantivy has in a folder is what there is from now on."""
    meta = (folder / META).read_text()
    published.publish(folder, [file.name for file in files_in_use(folder)], meta)


def _restore(published: PublishedFiles, wanted: Published, folder: Path, *, beside: Path) -> None:
    """Make a folder for Tantivy to write in of what is published, whatever was in it."""
    published.fetch(wanted, folder, beside=beside)
    hand_to_tantivy(folder, wanted.files, wanted.note)
    _have_only(wanted, folder)


def _have_only(wanted: Published, folder: Path) -> None:
    """Tantivy's own list, whole or not at all; then the files go that it does not name."""
    if not _is_text(folder / META, wanted.note):
        _write(folder / META, wanted.note)
    for file in folder.iterdir():
        if not file.name.startswith(".") and file.name not in {META, *wanted.files}:
            file.unlink(missing_ok=True)


def hand_to_tantivy(folder: Path, names: Iterable[str], meta: str) -> None:
    """Have Tantivy take these files of a folder for its own."""
    (folder / _MANAGED).write_text(json.dumps([*names, META]))
    _write(folder / META, meta)


def _write(file: Path, text: str) -> None:
    """Whole or not at all."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    part.write_text(text)
    part.replace(file)


def _is_text(file: Path, text: str) -> bool:
    try:
        return file.read_text() == text
    except OSError:
        return False
