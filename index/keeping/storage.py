"""What an index is kept in: a folder on this machine, or a database that several have in common."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from footnote.corpus.article_files import ArticlesPlace
from footnote.index.keeping.build_files import BuildFiles, FolderFiles
from footnote.index.keeping.build_folders import BuildFolders, FoldersHere, folder_key
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.keeping.catalogue_file import CatalogueFile, copy_catalogue
from footnote.index.keeping.engines import EmbeddedChroma, VectorEngine
from footnote.index.keeping.lock import FileWriterLock, WriterLock
from footnote.index.keeping.whole_database import refuse_broken_database
from footnote.index.keeping.words_engines import WordsEngine, WordsInFolder

CATALOGUE = "catalogue.sqlite"


class CatalogueEngine(Protocol):
    """Makes and opens the catalogues of builds, and what small files a build has; `folder` is the
    build's own on this machine. Everything may raise CatalogueAway where a server is away."""

    @property
    def told(self) -> str:
        """For people: what it is, and where."""
        ...

    def files(self, folder: Path) -> BuildFiles: ...

    def create(self, folder: Path, on_write: Callable[[], object]) -> Catalogue:
        """`on_write` is called before anything is written. Raises IndexUnreadable."""
        ...

    def open(self, folder: Path, on_write: Callable[[], object] = lambda: None) -> Catalogue:
        """Raises IndexUnreadable where there is none that can be read; the caller closes it."""
        ...

    def copy(self, folder: Path, to: Path) -> None:
        """Into a new one: all that is live, and nothing that was cleared."""
        ...

    def examine(self, folder: Path) -> None:
        """Raises IndexUnreadable where it is damaged."""
        ...

    def version(self) -> str:
        """That of the program that keeps them."""
        ...

    def close(self) -> None:
        """Give back what is held; whoever asks again opens it again."""
        ...


class CataloguesInFolder:
    """SQLite: a file in the folder of each build."""

    told = "SQLite, in the folder of the index"

    def files(self, folder: Path) -> BuildFiles:
        return FolderFiles(folder)

    def create(self, folder: Path, on_write: Callable[[], object]) -> Catalogue:
        return Catalogue(CatalogueFile(folder / CATALOGUE, create=True, on_write=on_write))

    def open(self, folder: Path, on_write: Callable[[], object] = lambda: None) -> Catalogue:
        return Catalogue(CatalogueFile(folder / CATALOGUE, on_write=on_write))

    def copy(self, folder: Path, to: Path) -> None:
        copy_catalogue(folder / CATALOGUE, to / CATALOGUE)

    def examine(self, folder: Path) -> None:
        refuse_broken_database(folder / CATALOGUE)
        with closing(self.open(folder)) as catalogue:
            catalogue.examine()

    def version(self) -> str:
        return sqlite3.sqlite_version

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Storage:
    """Of the index of one folder of articles: who may write, which builds there are, and what keeps
    the catalogues, the vectors and the words of these. `shared`: several processes rely on it."""

    lock: WriterLock
    folders: BuildFolders
    catalogues: CatalogueEngine
    vectors: VectorEngine
    words: WordsEngine
    shared: bool = False

    @classmethod
    def here(
        cls,
        home: Path,
        articles: ArticlesPlace,
        *,
        vectors: VectorEngine | None = None,
        words: WordsEngine | None = None,
    ) -> "Storage":
        """In a home folder on this machine, but for what another engine is given."""
        return cls(
            FileWriterLock(home),
            FoldersHere(index_folder(home, articles)),
            CataloguesInFolder(),
            vectors or EmbeddedChroma(),
            words or WordsInFolder(),
        )

    def close(self) -> None:
        """Give back what is held; whoever asks again opens it again."""
        self.vectors.close()
        self.catalogues.close()


def index_folder(home: Path, articles: ArticlesPlace) -> Path:
    """Where a home keeps the index of the articles of this place."""
    return home / "index" / folder_key(home, articles)
