"""Ports for servers that are told theirs before they listen: no two are told the same."""

import socket
from collections.abc import Iterator

HOST = "127.0.0.1"
_FIRST, _LAST = 20_000, 32_767
"""Below those that a system gives to connections, and to servers that take any port."""
_BLOCK = 100
_kept: list[socket.socket] = []


def free_port() -> int:
    """One that nobody listens on, and no other call gives away, in whatever process of tests."""
    return next(_free)


def _ports() -> Iterator[int]:
    """Those of one block after the other; that a block is this process's, is told by a socket."""
    for first in range(_FIRST, _LAST + 1 - _BLOCK, _BLOCK):
        block = _bound(socket.SOCK_DGRAM, first)
        if block is None:
            continue
        _kept.append(block)
        for port in range(first, first + _BLOCK):
            if tried := _bound(socket.SOCK_STREAM, port):
                tried.close()
                yield port
    raise OSError(f"no port from {_FIRST} to {_LAST} is free")


def _bound(kind: socket.SocketKind, port: int) -> socket.socket | None:
    found = socket.socket(socket.AF_INET, kind)
    try:
        found.bind((HOST, port))
    except OSError:
        found.close()
        return None
    return found


_free = _ports()
