"""What the tests of the index have in common: no network, and a small model made by themselves."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.tiny_model import make_tiny_model


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connections and look-ups of names are refused, and fail the test even if that is caught."""
    tried: list[object] = []
    connect = socket.socket.connect

    def refuse(*arguments: object, **_: object) -> None:
        tried.append(arguments)
        raise OSError("no network in these tests")

    def only_within_the_machine(self: socket.socket, address: str) -> None:
        (connect if self.family == socket.AF_UNIX else refuse)(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_within_the_machine)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield
    assert not tried


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model that has prompts for queries and for passages."""
    folder = tmp_path_factory.mktemp("tiny") / "model"
    make_tiny_model(folder, prompts={"query": "query: ", "document": "passage: "})
    return folder
