"""A Chroma server for all tests of a process, each of which has a database of its own on it."""

import socket
from collections.abc import Iterator

import pytest

from tests.index.chroma_run import ChromaRun, chroma_run


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of the one of all the index's tests: loopback by its number is let through."""
    tried: list[object] = []
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] != "127.0.0.1":
            tried.append(address)
            raise OSError("no network in these tests")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", only_loopback)
    yield
    assert not tried


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with chroma_run(tmp_path_factory.mktemp("chroma-run")) as server:
        yield server
