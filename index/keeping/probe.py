"""Trying to open vectors in a subprocess first: damaged ones can crash the process."""

import os
import subprocess
import sys
from pathlib import Path

from footnote.corpus.processes import import_path, module_command
from footnote.index.errors import IndexUnreadable

_MAX_SECONDS = 300.0
_TRIED = 64


def probe(folder: Path) -> None:
    """Raises IndexUnreadable where Chroma cannot read the vectors in this folder, or breaks down.

    Nobody else may have them open meanwhile.
    """
    environment = os.environ | import_path()
    try:
        ended = subprocess.run(
            module_command("footnote.index.keeping.probe", str(folder)),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_MAX_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise IndexUnreadable(f"the vectors in {folder} are damaged: they cannot be read") from None
    if ended.returncode != 0:
        raise IndexUnreadable(
            f"the vectors in {folder} are damaged: reading them ended with {ended.returncode}"
        )


def _read_all(folder: Path) -> None:
    """What opening, counting and searching read; any exception says that something is wrong."""
    import chromadb
    from chromadb.config import Settings

    from footnote.index.keeping.vectors import COLLECTION

    settings = Settings(anonymized_telemetry=False, is_persistent=True)
    client = chromadb.PersistentClient(str(folder), settings=settings)
    collection = client.get_collection(COLLECTION, embedding_function=None)
    if not collection.count():
        return
    found = collection.get(limit=_TRIED, include=["embeddings"])
    vectors = found["embeddings"]
    assert vectors is not None
    collection.query(query_embeddings=vectors, n_results=10, include=["distances"])


if __name__ == "__main__":
    _read_all(Path(sys.argv[1]))
