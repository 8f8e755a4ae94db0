"""Where the words of a build are kept: in its folder, or also where other machines fetch them."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from footnote.corpus.address import without_login
from footnote.corpus.shared_place import DriverMissing, PlaceSilent, open_place
from footnote.index.errors import WordsAway, WordsUnusable
from footnote.index.keeping.lexical import LexicalIndex
from footnote.index.keeping.published import PublishedFiles
from footnote.index.keeping.shared_index import (
    COPIED,
    WRITTEN,
    SharedIndex,
    hand_to_tantivy,
    publish,
)
from footnote.index.keeping.tantivy_index import (
    META,
    TantivyIndex,
    files_in_use,
    refuse_broken_words,
)

logger = logging.getLogger(__name__)

BeforePublishing = Callable[[], object]


def go_on() -> None:
    """Nobody else may have begun to write."""


class WordsEngine(Protocol):
    """Makes and opens the words of builds; `folder` is a build's own for them on this machine, and
    `name` is the build's for all machines: letters, digits, hyphens and slashes.

    `owner` is the database that the build is in; empty where it is in a folder.

    `before_publishing` is called whenever others are about to see what was written; what it raises
    keeps it from them.
    """

    @property
    def told(self) -> str:
        """For people: where they are."""
        ...

    def reach(self) -> None:
        """Raises WordsAway where the place from which they are fetched gives no answer."""
        ...

    def create(
        self,
        folder: Path,
        name: str,
        before_publishing: BeforePublishing = go_on,
        *,
        owner: str = "",
    ) -> LexicalIndex:
        """Raises OSError, and WordsAway where a store gives no answer."""
        ...

    def open(
        self,
        folder: Path,
        name: str,
        before_publishing: BeforePublishing = go_on,
        *,
        owner: str = "",
    ) -> LexicalIndex:
        """Raises IndexUnreadable where they are not whole, WordsAway and IndexOfAnother."""
        ...

    def examine(self, folder: Path) -> None:
        """Raises IndexUnreadable where a file that is only here is not as it was written."""
        ...

    def take_over(self, name: str, owner: str) -> None:
        """Have what is kept elsewhere be this owner's. Raises WordsAway."""
        ...

    def clear_away(self, name: str, owner: str = "") -> None:
        """Take away what is kept elsewhere, unless it is another's, before the folder goes. Raises
        WordsAway."""
        ...


class WordsInFolder:
    """Tantivy in the folder of the build."""

    told = "Tantivy, in the folder of the index"

    def reach(self) -> None:
        """They are here."""

    def create(
        self,
        folder: Path,
        name: str,
        before_publishing: BeforePublishing = go_on,
        *,
        owner: str = "",
    ) -> LexicalIndex:
        return TantivyIndex(folder, create=True)

    def open(
        self,
        folder: Path,
        name: str,
        before_publishing: BeforePublishing = go_on,
        *,
        owner: str = "",
    ) -> LexicalIndex:
        if not (folder / META).is_file() and (folder / COPIED / META).is_file():
            _take_copies(folder)
        return TantivyIndex(folder)

    def examine(self, folder: Path) -> None:
        if not (folder / COPIED).is_dir():
            refuse_broken_words(folder)

    def take_over(self, name: str, owner: str) -> None:
        """They are in the folder."""

    def clear_away(self, name: str, owner: str = "") -> None:
        """They go with the folder."""


class SharedWords:
    """Tantivy on each machine; what the one that writes has finished, the others fetch."""

    def __init__(self, address: str) -> None:
        """`address` is one of fsspec's, such as a folder or s3://bucket/folder."""
        self._address = address
        self._place = without_login(address).rstrip("/")
        self.told = f"Tantivy, fetched from {self._place}"
        self._published: dict[str, PublishedFiles] = {}

    def reach(self) -> None:
        self._of("").newest()

    def create(
        self,
        folder: Path,
        name: str,
        before_publishing: BeforePublishing = go_on,
        *,
        owner: str = "",
    ) -> LexicalIndex:
        published = self._of(name, owner)
        published.clear_away()
        published.claim()
        shutil.rmtree(folder, ignore_errors=True)
        written = TantivyIndex(folder / WRITTEN, create=True)
        publish(published, folder / WRITTEN)
        written.close()
        return SharedIndex(folder, published, before_publishing)

    def open(
        self,
        folder: Path,
        name: str,
        before_publishing: BeforePublishing = go_on,
        *,
        owner: str = "",
    ) -> LexicalIndex:
        published = self._of(name, owner)
        published.refuse_another()
        if (folder / META).is_file() and published.newest() is None:
            published.claim()
            publish(published, folder)  # of before the settings named a place to share them
        return SharedIndex(folder, published, before_publishing)

    def examine(self, folder: Path) -> None:
        """Whatever is not as it was published is fetched again when it is opened."""

    def take_over(self, name: str, owner: str) -> None:
        published = self._of(name, owner)
        if published.newest() is not None:
            published.claim()

    def clear_away(self, name: str, owner: str = "") -> None:
        published = self._of(name, owner)
        if published.is_of_another():
            logger.warning("%s is left as it is, for it is another database's", published.told)
        else:
            published.clear_away()
        self._published.pop(name, None)

    def _of(self, name: str, owner: str = "") -> PublishedFiles:
        if name not in self._published:
            told = f"{self._place}/{name}".rstrip("/")
            try:
                files, root = open_place(self._address)
            except DriverMissing as error:
                raise WordsUnusable(
                    f"{told} cannot be opened ({error}): install that with pip, where Footnote is"
                    " installed"
                ) from error
            except PlaceSilent as error:
                raise WordsAway(f"{told} cannot be opened ({error})") from error
            self._published[name] = PublishedFiles(
                files, f"{root}/{name}".rstrip("/"), told=told, address=self._address, owner=owner
            )
        return self._published[name]


def _take_copies(folder: Path) -> None:
    """Of words that were shared, and are to be in this folder alone; their list comes last."""
    copied = folder / COPIED
    names = [file.name for file in files_in_use(copied)]
    for name in names:
        shutil.copyfile(copied / name, folder / name)
    hand_to_tantivy(folder, names, (copied / META).read_text())
    for part in (WRITTEN, COPIED):
        shutil.rmtree(folder / part, ignore_errors=True)
