"""Search by meaning: the vectors of the passages, in Chroma."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import chromadb
import numpy as np
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError
from filelock import FileLock
from numpy.typing import NDArray

from footnote.index.errors import IndexUnreadable, WriteInterrupted, is_panic
from footnote.index.keeping import held_files
from footnote.index.keeping.kept_vectors import KeptVectors
from footnote.index.keeping.probe import probe
from footnote.index.keeping.seal import SMALL_BYTES, Seal, files_in, folders_in
from footnote.index.keeping.whole_database import refuse_broken_database
from footnote.index.models.embedding import Vector

COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
GRAPH: CreateHNSWConfiguration = {
    "space": "cosine",
    "max_neighbors": 24,
    "ef_construction": 200,
    "ef_search": 300,
}
"""Chroma's own 16, 100 and 100 find .984 of the true 50 nearest among 10,000 vectors and .934 among
100,000 (mixtures of real ones, `bench.recall`). With an `ef_search` of 400 that is .982, with 16,
200 and 300 .993; 24, 200 and 200 find .990 and, of 250,000, .962; these here .985 of 250,000. A
search takes 1.5 ms of the processor instead of 1.1, adding a vector .9 instead of .5, where
embedding its passage takes 4 or more. The first two stay as they were when a graph was begun, so
they are right for large ones from the start."""

_FEW = 30
"""Told to search among some keys only, Chroma goes through its whole graph (1.5.9): .7 to 1.1 µs of
the processor for each vector that is there. To get the vector of one of the keys takes 28 µs, over
HTTP 50. So where there are at least so many times as many, the cosines are computed here: for 50 of
8,000 keys in .35 of the time, for 50 of 60,000 on a server in .06."""


def are_few(keys: int, there: int) -> bool:
    """Whether to compute the cosines of so many keys rather than to search among them."""
    return keys * _FEW <= there


class VectorStore(Protocol):
    """Vectors of length 1 by the keys of their passages; a cosine is from -1 to 1."""

    def add(self, keys: Sequence[int], vectors: Vector) -> None: ...

    def remove(self, keys: Iterable[int]) -> None:
        """Keys that are not there are passed over."""
        ...

    def nearest(
        self, vector: Vector, limit: int, *, among: Collection[int] | None = None
    ) -> dict[int, float]:
        """The keys of the `limit` nearest vectors with their cosines, nearest first.

        Only `among` these keys, if any are given.
        """
        ...

    def cosines(self, vector: Vector, keys: Iterable[int]) -> dict[int, float]:
        """The cosine of each of these; keys that are not there are left out."""
        ...

    def stored(self, keys: Sequence[int]) -> Vector:
        """The vectors of these, a row each; KeyError where one is not there."""
        ...

    def count(self) -> int: ...

    def examine(self, *, suspected: bool = False) -> None:
        """Raises IndexUnreadable where the files have been damaged. Those that nobody has touched
        are read only where that is `suspected`."""
        ...

    def seal(self, *, max_bytes: int = SMALL_BYTES) -> None:
        """Record checksums of files of up to `max_bytes`, for `examine` to compare."""
        ...

    def close(self) -> None: ...


class ChromaVectors:
    """Chroma, embedded, in a folder of its own; it holds nothing but keys and vectors.

    LlamaIndex's ChromaVectorStore writes each passage's text and a JSON copy of its node beside
    the vector, which costs 12 to 20 bytes on disk for a byte of text against 4 without.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Raises IndexUnreadable where there is none to open and `create` was not asked for.

        Raises WriteInterrupted where a process ended while it wrote the graph.
        """
        if not create and not (folder / _DATABASE).is_file():
            raise IndexUnreadable(f"{folder} holds no vectors: its {_DATABASE} is missing")
        folder.mkdir(parents=True, exist_ok=True)
        # Chroma writes its graph anew every 1,000 changes, and so does a process that only reads
        # when it finds as many that are not in the graph yet: two that open or write at once
        # break it (chroma 1.5.9). Once it is open, reading does not touch the files.
        self._turn = FileLock(folder / "turn.lock", mode=0o600, thread_local=False)
        self._mark = folder / "writing"
        self._folder = folder
        self._seal = Seal(folder, _names)
        self._kept = KeptVectors()
        self._about = 0
        """How many vectors there are, as far as this process knows."""
        with self._turn:
            self._refuse_a_broken_graph()
            if not create:
                self._refuse_damage()
            with self._marked():
                self._open(folder, create=create)

    def _open(self, folder: Path, *, create: bool) -> None:
        if create:
            _gives_back(folder / _DATABASE)
        settings = Settings(anonymized_telemetry=False, is_persistent=True)
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=settings)
        except BaseException as error:  # Chroma raises what its Rust core does: no common class
            _raise_others(error)
            raise IndexUnreadable(f"Chroma cannot open {folder}: {error}") from error
        held_files.hold(folder / _DATABASE)
        self._is_open = True
        try:
            self._collection = (
                self._client.create_collection(
                    COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": GRAPH},
                    get_or_create=True,
                )
                if create
                else self._client.get_collection(COLLECTION, embedding_function=None)
            )
            self._about = self._collection.count()  # reads what is not in the graph yet
            self._most = self._client.get_max_batch_size()
        except BaseException as error:  # as above
            _raise_others(error)
            self.close()
            raise IndexUnreadable(f"Chroma cannot read {folder}: {error}") from error

    def add(self, keys: Sequence[int], vectors: Vector) -> None:
        for start in range(0, len(keys), self._most):
            part = slice(start, start + self._most)
            with self._writing():
                self._collection.upsert(ids=[str(k) for k in keys[part]], embeddings=vectors[part])
        self._kept.forget(keys)
        self._about += len(keys)

    def remove(self, keys: Iterable[int]) -> None:
        keys = list(keys)
        ids = [str(key) for key in keys]
        for start in range(0, len(ids), self._most):
            with self._writing():
                self._collection.delete(ids=ids[start : start + self._most])
        self._kept.forget(keys)
        self._about -= len(ids)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._turn:
            if not self._mark.exists():  # of a write that failed
                self._refuse_damage(stamps_only=True)
            with self._marked():
                yield

    @contextmanager
    def _marked(self) -> Iterator[None]:
        self._mark.touch()
        try:
            yield
        except (KeyboardInterrupt, SystemExit):  # raised before a call of Chroma's or after it
            self._seal_again()
            raise
        self._seal_again()

    def _seal_again(self) -> None:
        self._seal.renew()
        self._mark.unlink()

    def examine(self, *, suspected: bool = False) -> None:
        with self._turn:
            if suspected or not self._mark.exists():
                self._refuse_damage(stamps_only=not suspected)

    def seal(self, *, max_bytes: int = SMALL_BYTES) -> None:
        with self._turn:
            self._seal.renew(max_bytes=max_bytes)

    def _refuse_damage(self, *, stamps_only: bool = False) -> None:
        """What a process that ended meanwhile wrote last is tried in another one first.

        Where there is a mark, no file of the graph has changed since.
        """
        differences = self._seal.differences(stamps_only=stamps_only)
        unknown = [*differences.unknown]
        for name in differences.broken:
            if name == _DATABASE and self._mark.exists():
                unknown.append(name)
            else:
                raise IndexUnreadable(f"{self._folder / name} is not as it was written")
        if unknown:
            refuse_broken_database(self._folder / _DATABASE)
        if any(name != _DATABASE for name in unknown):
            probe(self._folder)

    def _refuse_a_broken_graph(self) -> None:
        """Raises WriteInterrupted where a write has not ended and the graph is not as it was.

        Its files are written in place, one after the other. Of 130 kills under heavy indexing 4
        left them so that Chroma could not read them, one so that it died of it (SIGSEGV). Their
        dates do not tell whether they were being written: the mark may have the same one as an
        earlier write, and the clock may have been set back.
        """
        if self._mark.exists() and any(name != _DATABASE for name in self._seal.rewritten()):
            raise WriteInterrupted(
                f"{self._mark.parent} was being written when a process ended:"
                " run 'footnote sync' to build it anew"
            )

    def nearest(
        self, vector: Vector, limit: int, *, among: Collection[int] | None = None
    ) -> dict[int, float]:
        if among is not None and are_few(len(among), self._about):
            return self._computed(vector, limit, among)
        try:
            with _readable():
                found = self._collection.query(
                    query_embeddings=vector[np.newaxis],
                    n_results=limit,
                    include=["distances"],
                    ids=None if among is None else [str(key) for key in among],
                )
        except IndexUnreadable:
            if among is None:
                raise
            # Chroma finds none at all where one of them has just been removed (1.5.9).
            return self._computed(vector, limit, among)
        cosines = _within_bounds(1.0 - np.array((found["distances"] or [[]])[0], dtype=np.float64))
        return dict(zip(map(int, found["ids"][0]), cosines, strict=True))

    def _computed(self, vector: Vector, limit: int, among: Collection[int]) -> dict[int, float]:
        there = self.cosines(vector, among)
        return dict(sorted(there.items(), key=lambda item: -item[1])[:limit])

    def cosines(self, vector: Vector, keys: Iterable[int]) -> dict[int, float]:
        keys = list(keys)
        rows = self._kept.found(keys)
        if ids := [str(key) for key in keys if key not in rows]:
            with _readable():
                found = self._collection.get(ids=ids, include=["embeddings"])
            values = np.asarray(found["embeddings"], dtype=np.float32)
            # Copies, for one row would keep all of them in memory.
            new = {int(key): row.copy() for key, row in zip(found["ids"], values, strict=True)}
            self._kept.keep(new)
            rows |= new
        if not rows:
            return {}
        return dict(zip(rows, _within_bounds(np.stack(list(rows.values())) @ vector), strict=True))

    def stored(self, keys: Sequence[int]) -> Vector:
        rows: list[Vector] = []
        for start in range(0, len(keys), self._most):
            ids = [str(key) for key in keys[start : start + self._most]]
            with _readable():
                found = self._collection.get(ids=ids, include=["embeddings"])
            values = np.asarray(found["embeddings"], dtype=np.float32)
            by_id = dict(zip(found["ids"], values, strict=True))
            rows += [by_id[id_] for id_ in ids]
        return np.array(rows, dtype=np.float32)

    def count(self) -> int:
        with _readable():
            return self._collection.count()

    def close(self) -> None:
        self._client.close()  # type: ignore[attr-defined]  # on the class, not on its interface
        if self._is_open:
            self._is_open = False
            held_files.release(self._folder / _DATABASE)


def _names(folder: Path) -> Iterator[str]:
    """Of the database and of what is in the folders beside it, which are the graph's."""
    yield _DATABASE
    for graph in folders_in(folder):
        yield from (f"{graph}/{name}" for name in files_in(folder / graph))


def _gives_back(database: Path) -> None:
    """Have a file that is to be begun shrink when rows of it go.

    Chroma keeps what it has not put into its graph yet there, up to 1,000 vectors, and the file
    would stay as large for good: 1.4 MB, more than a byte for a byte of text where that is 1 MB.
    """
    if not database.exists():
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA auto_vacuum = FULL")
            connection.execute("VACUUM")


def _raise_others(error: BaseException) -> None:
    """What is neither an exception nor a panic goes on as it is: an interrupt, say."""
    if not isinstance(error, Exception) and not is_panic(error):
        raise error


def _within_bounds(cosines: NDArray[np.floating]) -> list[float]:
    """Without what rounding puts beyond 1."""
    within: list[float] = cosines.clip(-1.0, 1.0).tolist()
    return within


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if not isinstance(error, ChromaError) and not is_panic(error):
            raise
        raise IndexUnreadable(f"Chroma cannot search: {error}") from error
