"""The network as tests of the index that need a server of their own may use it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connections to loopback by its number are let through; others fail, and so does the test."""
    tried: list[object] = []
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] != "127.0.0.1":
            tried.append(address)
            raise OSError("no network in these tests")
        connect(self, address)  # type: ignore[arg-type]  # whatever socket takes

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    yield
    assert not tried
