"""An index whose catalogue, small files and lock are in a database that several have in common."""

import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from footnote.corpus.article_files import ArticlesPlace
from footnote.index.database.database import Database
from footnote.index.keeping.build_files import BuildFiles
from footnote.index.keeping.build_folders import folder_key
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.keeping.database_builds import DatabaseBuilds, DatabaseFiles
from footnote.index.keeping.database_catalogue import DatabaseCatalogue, copy_tables
from footnote.index.keeping.database_lock import DatabaseWriterLock
from footnote.index.keeping.engines import VectorEngine
from footnote.index.keeping.storage import Storage, index_folder
from footnote.index.keeping.words_engines import WordsEngine

_MAY_ASK = text("SELECT has_function_privilege('pg_control_system()', 'EXECUTE')")
_SERVER = text("SELECT system_identifier FROM pg_control_system()")
_NUMBER = text("SELECT oid FROM pg_database WHERE datname = current_database()")


class DatabaseOpenedLate:
    """Opened when it is first asked, and again after it was closed."""

    def __init__(self, open_database: Callable[[], Database]) -> None:
        self._open = open_database
        self._lock = threading.Lock()
        self._database: Database | None = None
        self._instance: str | None = None

    def __call__(self) -> Database:
        with self._lock:
            if self._database is None:
                self._database = self._open()
            return self._database

    def instance(self) -> str:
        """Which database it is: no copy has both numbers, but one of all files of a server."""
        if self._instance is None:
            database = self()
            [(may_ask,)] = database.rows(_MAY_ASK)
            server = database.rows(_SERVER)[0][0] if may_ask else ""
            [(number,)] = database.rows(_NUMBER)
            self._instance = f"{server}/{number}"
        return self._instance

    def close(self) -> None:
        with self._lock:
            database, self._database = self._database, None
            self._instance = None
        if database is not None:
            database.close()


class DatabaseCatalogues:
    """The catalogues of all builds in a database."""

    def __init__(
        self, database: DatabaseOpenedLate, lock: DatabaseWriterLock, *, told: str
    ) -> None:
        self.told = told
        self._database = database
        self._lock = lock

    def files(self, folder: Path) -> BuildFiles:
        instance = self._database.instance
        return DatabaseFiles(self._database, self._lock, folder, instance=instance)

    def create(self, folder: Path, on_write: Callable[[], object]) -> Catalogue:
        made = DatabaseCatalogue(self._database, folder.name, self._lock, on_write)
        made.create()
        return Catalogue(made)

    def open(self, folder: Path, on_write: Callable[[], object] = lambda: None) -> Catalogue:
        opened = DatabaseCatalogue(self._database, folder.name, self._lock, on_write)
        opened.refuse_missing()
        return Catalogue(opened)

    def copy(self, folder: Path, to: Path) -> None:
        with self._database().transaction(shared=True) as connection:
            self._lock.refuse_others(connection)
            copy_tables(connection, folder.name, to.name)

    def examine(self, folder: Path) -> None:
        """What the server keeps is the server's to keep whole."""

    def version(self) -> str:
        [(version,)] = self._database().rows(text("SHOW server_version"))
        return str(version)

    def close(self) -> None:
        self._database.close()


def storage_in(
    open_database: Callable[[], Database],
    home: Path,
    articles: ArticlesPlace,
    *,
    told: str,
    vectors: VectorEngine,
    words: WordsEngine,
) -> Storage:
    """In a PostgreSQL database, which is opened when it is first asked; `told` says which it is.

    Processes of several machines have an index in common where home and articles lie to each other
    as they do on the others.
    """
    database, collection = DatabaseOpenedLate(open_database), folder_key(home, articles)
    lock = DatabaseWriterLock(database, collection)
    return Storage(
        lock,
        DatabaseBuilds(database, lock, collection, index_folder(home, articles)),
        DatabaseCatalogues(database, lock, told=told),
        vectors,
        words,
        shared=True,
    )
