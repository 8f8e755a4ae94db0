"""A Chroma server for all tests of a process, each of which has a database of its own on it."""

from collections.abc import Iterator

import pytest

from tests.index.chroma_run import ChromaRun, chroma_run
from tests.index.loopback import only_loopback


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of the one of all the index's tests."""
    with only_loopback(monkeypatch):
        yield


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with chroma_run(tmp_path_factory.mktemp("chroma-run")) as server:
        yield server
