"""Search by meaning: the vectors of the passages, in Chroma."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import chromadb
import numpy as np
from chromadb.config import Settings

from index.embedding import Vector
from index.errors import IndexUnreadable

_COLLECTION = "passages"


class VectorStore(Protocol):
    """Vectors of length 1 by the keys of their passages; a cosine is from -1 to 1."""

    def add(self, keys: Sequence[int], vectors: Vector) -> None: ...

    def remove(self, keys: Iterable[int]) -> None:
        """Keys that are not there are passed over."""
        ...

    def nearest(self, vector: Vector, limit: int) -> dict[int, float]:
        """The keys of the `limit` nearest vectors with their cosines, nearest first."""
        ...

    def cosines(self, vector: Vector, keys: Iterable[int]) -> dict[int, float]:
        """The cosine of each of these; keys that are not there are left out."""
        ...

    def count(self) -> int: ...

    def close(self) -> None: ...


class ChromaVectors:
    """Chroma, embedded, in a folder of its own; it holds nothing but keys and vectors.

    LlamaIndex's ChromaVectorStore writes each passage's text and a JSON copy of its node beside
    the vector, which costs 12 to 20 bytes on disk for a byte of text against 4 without.
    """

    def __init__(self, folder: Path) -> None:
        settings = Settings(anonymized_telemetry=False, is_persistent=True)
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=settings)
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            self._most = self._client.get_max_batch_size()
        except Exception as error:  # Chroma raises what its Rust core does: no common class
            raise IndexUnreadable(f"Chroma cannot open {folder}: {error}") from error

    def add(self, keys: Sequence[int], vectors: Vector) -> None:
        for start in range(0, len(keys), self._most):
            part = slice(start, start + self._most)
            self._collection.upsert(ids=[str(k) for k in keys[part]], embeddings=vectors[part])

    def remove(self, keys: Iterable[int]) -> None:
        ids = [str(key) for key in keys]
        for start in range(0, len(ids), self._most):
            self._collection.delete(ids=ids[start : start + self._most])

    def nearest(self, vector: Vector, limit: int) -> dict[int, float]:
        found = self._collection.query(
            query_embeddings=vector[np.newaxis], n_results=limit, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        return {
            int(key): 1.0 - distance
            for key, distance in zip(found["ids"][0], distances, strict=True)
        }

    def cosines(self, vector: Vector, keys: Iterable[int]) -> dict[int, float]:
        ids = [str(key) for key in keys]
        if not ids:
            return {}
        found = self._collection.get(ids=ids, include=["embeddings"])
        values = np.asarray(found["embeddings"], dtype=np.float32) @ vector
        return {int(key): float(value) for key, value in zip(found["ids"], values, strict=True)}

    def count(self) -> int:
        return self._collection.count()

    def close(self) -> None:
        self._client.close()  # type: ignore[attr-defined]  # on the class, not on its interface
