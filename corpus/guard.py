"""Connections to the outside only: whatever a name resolves to, nothing inside is reached."""

import ipaddress
import logging
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import httpcore

from footnote.corpus.errors import Unreachable
from footnote.corpus.faults import Fault

logger = logging.getLogger(__name__)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
"""The addresses that a host's name stands for; OSError where there are none."""

# Networks with IPv6 alone reach the others through it: the IPv4 address is its end (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL = ipaddress.ip_network("2000::/3")
# For protocols between routers, which Python took for public before 3.11.9; and one that is public
# by its number, but inside a cloud: where Azure's machines ask for their secrets.
_INSIDE = [
    ipaddress.ip_network(inner) for inner in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")
]


def is_outside(address: Address) -> bool:
    """Whether an address is one of the public internet (IANA's special-purpose registries)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [embedded for embedded in _embedded(address) if embedded is not None]
        public = address in _NAT64 or (address in _GLOBAL and address.is_global)
        return public and all(map(is_outside, inner))
    known = address.is_global and not address.is_multicast and not address.is_reserved
    return known and not any(address in network for network in _INSIDE)


def _embedded(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address | None]:
    yield address.ipv4_mapped
    yield address.sixtofour
    yield from address.teredo or ()
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """A moment by which everything has to be over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """The seconds that are left, at most `timeout`; raises httpcore.ReadTimeout at the end."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left if timeout is None else min(left, timeout)


class GuardedNetwork(httpcore.NetworkBackend):
    """Resolves a name once, looks at every address, and connects to one that was looked at.

    `allowed` addresses with their ports are let through, for tests on a server of their own.
    """

    def __init__(
        self, deadline: Deadline, resolve: Resolve, allowed: Collection[tuple[str, int]]
    ) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._allowed = allowed
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises Unreachable where the host is inside, or its name stands for nothing."""
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(Fault.NO_SITE_OR_NETWORK.of(host=host)) from error
        for address in addresses:
            if not self._may(address, port):
                logger.info("%s leads to %s, which is inside: not fetched", host, address)
                raise inside(host)
        return self._connected(host, addresses, port, timeout)

    def _connected(
        self, host: str, addresses: list[str], port: int, timeout: float | None
    ) -> httpcore.NetworkStream:
        fault: Exception = Unreachable(Fault.NO_SITE.of(host=host))
        for address in addresses:
            try:
                stream = self._real.connect_tcp(address, port, self._deadline.left(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
                continue
            connection = stream.get_extra_info("socket")
            to_itself = connection.getsockname()[0] == connection.getpeername()[0]
            if to_itself and (address, port) not in self._allowed:  # by a public address of its own
                stream.close()
                raise inside(host)
            return _Timed(stream, self._deadline)
        raise fault

    def _may(self, address: str, port: int) -> bool:
        return (address, port) in self._allowed or is_outside(ipaddress.ip_address(address))


class _Timed(httpcore.NetworkStream):
    """A connection that ends with the time for the whole, however slowly it trickles."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def inside(host: str) -> Unreachable:
    """The refusal; it does not say which address the name stands for inside."""
    return Unreachable(Fault.INSIDE.of(host=host))
