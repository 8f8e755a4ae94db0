"""What an index is kept in, of each kind, for one test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from footnote.bot.database.opening import DatabaseServer, open_database
from footnote.bot.database.tables import INDEX_PART
from footnote.index.keeping.database_storage import storage_in
from footnote.index.keeping.engines import EmbeddedChroma, VectorEngine
from footnote.index.keeping.storage import Storage
from footnote.index.keeping.words_engines import WordsEngine, WordsInFolder

MakeStorage = Callable[[Path, Path], Storage]
"""Of a home and a folder of articles, as a process of its own would make it."""


def storage_here(home: Path, articles: Path) -> Storage:
    return Storage.here(home, articles)


def storage_at(
    address: str,
    home: Path,
    articles: Path,
    *,
    vectors: VectorEngine | None = None,
    words: WordsEngine | None = None,
) -> Storage:
    server = DatabaseServer(address, patience=0.0)
    return storage_in(
        partial(open_database, server, INDEX_PART),
        home,
        articles,
        told=f"PostgreSQL at {server}",
        vectors=vectors or EmbeddedChroma(),
        words=words or WordsInFolder(),
    )


@contextmanager
def held(make: MakeStorage, place: Path) -> Iterator[Storage]:
    """By this process, which is the one that writes."""
    storage = make(place / "home", place / "articles")
    storage.lock.acquire("a test")
    try:
        yield storage
    finally:
        storage.lock.release()
        storage.close()
