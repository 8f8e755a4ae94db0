"""The vectors of one build on a server: in collections of its own, asked side by side."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, TypeVar

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

from footnote.index.errors import IndexOfAnother, IndexUnreadable, IndexUnwritable, VectorsAway
from footnote.index.keeping.build_files import BuildFiles
from footnote.index.keeping.remote_record import RemoteRecord
from footnote.index.keeping.seal import SMALL_BYTES
from footnote.index.keeping.vectors import GRAPH, are_few
from footnote.index.models.embedding import Vector

_MAX_AT_ONCE = 500
"""Vectors in one request: about 1 MB."""
_DATABASE = "database"
T = TypeVar("T")


class Server(Protocol):
    @property
    def told(self) -> str:
        """For people: what it is, and where."""
        ...

    def ask(self, action: Callable[[ClientAPI], T]) -> T:
        """Raises VectorsAway where it gives no answer, ChromaError where it has found a fault."""
        ...


class ServerVectors:
    """The vectors of one build. Which collection a vector is in is told by its key.

    By the key and not by the article: so all collections are of one size, whatever the articles
    are, and whoever has a key need not look up whose it is.
    """

    def __init__(
        self, server: Server, files: BuildFiles, record: RemoteRecord, *, create: bool = False
    ) -> None:
        """Raises IndexUnreadable where they are not as they were last written, VectorsAway, and
        IndexOfAnother."""
        self._server = server
        self._files = files
        self._record = record
        self._about = 0
        """How many vectors there are, as far as this process has looked."""
        if create:
            self._create()
        self._collections = [self._collection(place) for place in range(len(record.names))]
        self._threads = (
            ThreadPoolExecutor(len(record.names), thread_name_prefix="collections")
            if len(record.names) > 1
            else None
        )
        if not create:
            self.examine()

    def _create(self) -> None:
        try:
            owned = owned_by(self._files)
            made = [self._server.ask(partial(_new, name, owned)) for name in self._record.names]
        except ChromaError as error:
            raise VectorsAway(f"{self._server.told} makes no collection: {error}") from error
        self._note(replace(self._record, ids=tuple(str(one.id) for one in made)))

    def _collection(self, place: int) -> chromadb.Collection:
        name, id_ = self._record.names[place], self._record.ids[place]
        try:
            found = self._server.ask(
                lambda client: client.get_collection(name, embedding_function=None)
            )
        except NotFoundError as error:
            raise IndexUnreadable(f"{self._server.told} has no {name}") from error
        if str(found.id) != id_:
            raise IndexUnreadable(f"{name} on {self._server.told} is another one than it was")
        if not is_owned_by(self._files, found):
            raise IndexOfAnother(f"the vectors on {self._server.told} are those")
        return found

    def add(self, keys: Sequence[int], vectors: Vector) -> None:
        self._begin()
        for place, part in self._parts(keys):
            for start in range(0, len(part), _MAX_AT_ONCE):
                rows = part[start : start + _MAX_AT_ONCE]
                ids = [str(keys[row]) for row in rows]
                self._write(place, "upsert", ids=ids, embeddings=vectors[rows])

    def remove(self, keys: Iterable[int]) -> None:
        keys = list(keys)
        if keys:
            self._begin()
        for place, part in self._parts(keys):
            for start in range(0, len(part), _MAX_AT_ONCE):
                ids = [str(keys[row]) for row in part[start : start + _MAX_AT_ONCE]]
                self._write(place, "delete", ids=ids)

    def _begin(self) -> None:
        """Before anything is changed there."""
        if not self._record.is_of(self._files):
            raise IndexUnwritable(
                f"the vectors on {self._server.told} are those of the index in"
                f" {self._record.folder}, of which this is a copy: 'footnote sync --rebuild' makes"
                " it one of its own"
            )
        if self._record.counts is not None:
            self._note(self._record.counted(None))

    def _note(self, record: RemoteRecord) -> None:
        record.write(self._files)
        self._record = record

    def nearest(
        self, vector: Vector, limit: int, *, among: Collection[int] | None = None
    ) -> dict[int, float]:
        if among is not None and are_few(len(among), self._about):
            return _nearest(limit, [self.cosines(vector, among)])
        wanted = None if among is None else [list[int]() for _ in self._collections]
        for key in among or ():
            assert wanted is not None
            wanted[key % len(wanted)].append(key)

        def near(place: int) -> dict[int, float]:
            if wanted is None:
                return self._query(place, vector, limit)
            return self._nearest_among(place, vector, limit, wanted[place])

        return _nearest(limit, self._side_by_side(near))

    def _nearest_among(
        self, place: int, vector: Vector, limit: int, keys: Sequence[int]
    ) -> dict[int, float]:
        try:
            return self._query(place, vector, limit, keys) if keys else {}
        except IndexUnreadable:  # it finds none at all where one of them is not there (1.5.9)
            return self._computed(place, vector, keys)

    def _query(
        self, place: int, vector: Vector, limit: int, keys: Sequence[int] | None = None
    ) -> dict[int, float]:
        found = self._read(
            place,
            "query",
            query_embeddings=vector[np.newaxis],
            n_results=limit,
            include=["distances"],
            ids=None if keys is None else [str(key) for key in keys],
        )
        distances = (found["distances"] or [[]])[0]
        return {
            int(key): _cosine(1.0 - distance)
            for key, distance in zip(found["ids"][0], distances, strict=True)
        }

    def cosines(self, vector: Vector, keys: Iterable[int]) -> dict[int, float]:
        """Of the vectors themselves: a search among these keys would take Chroma the longer the
        more others there are (1.5.9: 9 ms of the server among 10,000 vectors, 67 among 60,000),
        and fifty vectors take 4 ms to get among however many."""
        keys = list(dict.fromkeys(keys))
        parts = dict(self._parts(keys))

        def of_place(place: int) -> dict[int, float]:
            return self._computed(place, vector, [keys[row] for row in parts.get(place, ())])

        found = _merged(self._side_by_side(of_place)) if keys else {}
        return {key: found[key] for key in keys if key in found}

    def _computed(self, place: int, vector: Vector, keys: Sequence[int]) -> dict[int, float]:
        found: dict[int, float] = {}
        for start in range(0, len(keys), _MAX_AT_ONCE):
            ids, rows = self._got(place, keys[start : start + _MAX_AT_ONCE])
            if ids:
                cosines = np.asarray(rows, dtype=np.float32) @ vector
                found |= {key: _cosine(value) for key, value in zip(ids, cosines, strict=True)}
        return found

    def stored(self, keys: Sequence[int]) -> Vector:
        rows: dict[int, Vector] = {}
        for place, part in self._parts(keys):
            for start in range(0, len(part), _MAX_AT_ONCE):
                wanted = [keys[row] for row in part[start : start + _MAX_AT_ONCE]]
                ids, found = self._got(place, wanted)
                rows |= dict(zip(ids, np.asarray(found, dtype=np.float32), strict=True))
        return np.array([rows[key] for key in keys], dtype=np.float32)

    def _got(self, place: int, keys: Sequence[int]) -> tuple[list[int], Any]:
        ids = [str(key) for key in keys]
        found = self._read(place, "get", ids=ids, include=["embeddings"])
        return [int(key) for key in found["ids"]], found["embeddings"]

    def count(self) -> int:
        return sum(self._counts())

    def _counts(self) -> list[int]:
        counts = self._side_by_side(lambda place: int(self._read(place, "count")))
        self._about = sum(counts)
        return counts

    def examine(self, *, suspected: bool = False) -> None:
        """Whether the collections are there with as many vectors as were last written; where that
        is `suspected`, whether they can be searched, too."""
        for place in range(len(self._collections)):
            self._collection(place)
        counts, record = tuple(self._counts()), RemoteRecord.find(self._files)
        if record is None or record.ids != self._record.ids:
            raise IndexUnreadable(f"{self._files.told} does not say in which collections it is")
        is_told = record.counts is not None and record.is_of(self._files)
        if is_told and record.counts != counts and RemoteRecord.find(self._files) == record:
            raise IndexUnreadable(
                f"{self._server.told} has {sum(counts)} vectors, not the"
                f" {sum(record.counts or ())} that were written"
            )
        if suspected:
            self._side_by_side(self._try_search)

    def _try_search(self, place: int) -> None:
        """With a vector that is there."""
        some = self._read(place, "get", limit=1, include=["embeddings"])
        if some["ids"]:
            self._query(place, np.asarray(some["embeddings"][0], dtype=np.float32), 1)

    def seal(self, *, max_bytes: int = SMALL_BYTES) -> None:
        if self._record.counts is None:
            self._note(self._record.counted(self._counts()))

    def close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=False)

    def _parts(self, keys: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Each collection that has any of these, with the places of its own among them."""
        parts: dict[int, list[int]] = {}
        for row, key in enumerate(keys):
            parts.setdefault(key % len(self._collections), []).append(row)
        yield from sorted(parts.items())

    def _side_by_side(self, action: Callable[[int], T]) -> list[T]:
        places = range(len(self._collections))
        if self._threads is None:
            return [action(place) for place in places]
        return list(self._threads.map(action, places))

    def _read(self, place: int, what: str, **named: Any) -> Any:
        """Raises IndexUnreadable where the server cannot read what it has."""
        try:
            return self._server.ask(lambda _: getattr(self._collections[place], what)(**named))
        except ChromaError as error:
            raise IndexUnreadable(f"{self._server.told} cannot search: {error}") from error

    def _write(self, place: int, what: str, **named: Any) -> None:
        """What the server cannot write now is written another time: nothing is made anew for it."""
        try:
            self._server.ask(lambda _: getattr(self._collections[place], what)(**named))
        except NotFoundError as error:
            raise IndexUnreadable(f"{self._server.told} has lost a collection: {error}") from error
        except ChromaError as error:
            raise VectorsAway(f"{self._server.told} cannot write: {error}") from error


def owned_by(files: BuildFiles) -> dict[str, str]:
    """What is written beside a collection: in which database its build is."""
    return {"made by": "Footnote", _DATABASE: files.owner}


def is_owned_by(files: BuildFiles, collection: chromadb.Collection) -> bool:
    """Also where that was not written down yet."""
    owner = (collection.metadata or {}).get(_DATABASE, files.owner)
    return bool(owner == files.owner)


def _new(name: str, owned: dict[str, str], client: ClientAPI) -> chromadb.Collection:
    return client.create_collection(
        name,
        embedding_function=None,
        configuration={"hnsw": GRAPH},
        metadata=owned,
        get_or_create=True,
    )


def _nearest(limit: int, found: Iterable[dict[int, float]]) -> dict[int, float]:
    ordered = sorted(_merged(found).items(), key=lambda item: -item[1])
    return dict(ordered[:limit])


def _merged(found: Iterable[dict[int, float]]) -> dict[int, float]:
    return {key: cosine for one in found for key, cosine in one.items()}


def _cosine(value: float) -> float:
    """Without what rounding puts beyond 1."""
    return min(max(float(value), -1.0), 1.0)
