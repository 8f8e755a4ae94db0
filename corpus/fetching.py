"""Fetching what a link leads to, safely: from the outside only, within bounds, never twice."""

import re
import ssl
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from http import HTTPStatus

import httpcore
import httpx

from footnote.corpus.charsets import charset_of
from footnote.corpus.errors import Unreachable
from footnote.corpus.faults import Fault
from footnote.corpus.guard import Deadline, GuardedNetwork, Resolve, resolve
from footnote.corpus.processes import program_version
from footnote.corpus.readers import MAX_BYTES
from footnote.corpus.readers.registry import MEDIA_TYPES

MAX_SECONDS = 30.0
_MAX_REDIRECTS = 8
_MAX_ADDRESS_CHARACTERS = 4096
_STEP_SECONDS = 10.0
_MAX_SHOWN, _MAX_ADDRESS_SHOWN, _MAX_TYPE_SHOWN = 160, 200, 80
_BYTES_OF_REFUSAL = 20_000
_REDIRECTS = {301, 302, 303, 307, 308}
# Of texts, of feeds, and of what a site knows no more of than that it is to be saved.
_OTHER_TYPES = re.compile(
    r"text/(?!css|javascript)|binary/octet-stream|application/"
    r"(?:xml|rss\+xml|atom\+xml|rdf\+xml|feed\+json|octet-stream|force-download|download|zip"
    r"|x-download)"
)
_NOT_WORDS = re.compile(r"(?is)<(script|style|head)\b.*?(?:</\1>|$)|<[^<>]*>|&[a-z]+;")
_OF_STATUS = {
    401: Fault.WANTS_LOG_IN,
    402: Fault.WANTS_MONEY,
    403: Fault.NO_PROGRAMS,
    404: Fault.NOT_THERE,
    410: Fault.PAGE_GONE,
    429: Fault.ASKED_TOO_OFTEN,
    451: Fault.MAY_NOT_SHOW,
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address: `url` is the last one, after all redirects.

    `changed` is false where the site says that nothing has changed since `etag` and `modified`,
    which were sent along; there is no data then.
    """

    url: str
    data: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None
    changed: bool = True

    @property
    def charset(self) -> str | None:
        """The encoding that the site names for a text, by Python's name of it."""
        return charset_of(self.content_type)


class Fetcher:
    """Fetches one page at a time; it keeps no cookies and no connections.

    The settings of proxies in the environment are not followed: behind one, the address that is
    checked could not be the address that is connected to.
    """

    def __init__(
        self,
        *,
        allowed: Collection[tuple[str, int]] = (),
        resolve: Resolve = resolve,
        max_bytes: int = MAX_BYTES,
        max_seconds: float = MAX_SECONDS,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """`allowed` are addresses and ports inside that may be fetched from all the same."""
        self._allowed = allowed
        self._resolve = resolve
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds
        self._ssl_context = ssl_context

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What the address leads to; Unreachable, with the reason, where it leads to nothing."""
        deadline = Deadline(self._max_seconds)
        network = GuardedNetwork(deadline, self._resolve, self._allowed)
        address = _address(url)
        self._ssl_context = self._ssl_context or httpx.create_ssl_context(trust_env=True)
        try:
            with httpcore.ConnectionPool(
                ssl_context=self._ssl_context, network_backend=network
            ) as pool:
                for _ in range(_MAX_REDIRECTS + 1):
                    found = self._step(pool, address, _conditions(etag, modified))
                    if isinstance(found, Fetched):
                        return found
                    address = found
        except httpcore.TimeoutException as error:
            raise Unreachable(
                Fault.NO_ANSWER.of(url=url, seconds=round(self._max_seconds))
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise Unreachable(Fault.CONNECTION_FAILED.of(url=url, reason=_reason(error))) from error
        raise Unreachable(Fault.TOO_MANY_REDIRECTS.of(url=url, most=_MAX_REDIRECTS))

    def _step(
        self, pool: httpcore.ConnectionPool, address: httpx.URL, conditions: dict[str, str]
    ) -> Fetched | httpx.URL:
        """What stands at this one address, or the address that it leads on to."""
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), _STEP_SECONDS)
        with pool.stream(
            "GET",
            _raw(address),
            headers=list((_headers() | conditions).items()),
            extensions={"timeout": timeout},
        ) as response:
            headers = _plain(response.headers)
            if response.status in _REDIRECTS and "location" in headers:
                return _joined(address, headers["location"])
            if response.status == HTTPStatus.NOT_MODIFIED:
                return Fetched(str(address), b"", changed=False)
            if response.status != HTTPStatus.OK:
                raise _refused(address, response, headers)
            return self._fetched(address, response, headers)

    def _fetched(
        self, address: httpx.URL, response: httpcore.Response, headers: dict[str, str]
    ) -> Fetched:
        kind = headers.get("content-type", "")
        if kind and not _may_be_read(kind.strip().lower()):
            shown = kind.partition(";")[0][:_MAX_TYPE_SHOWN]
            raise Unreachable(Fault.NOT_AN_ARTICLE.of(url=str(address), kind=shown))
        data = b"".join(_body(address, response, headers, self._max_bytes))
        etag, modified = headers.get("etag"), headers.get("last-modified")
        return Fetched(str(address), data, kind, etag, modified)


def _may_be_read(kind: str) -> bool:
    return kind.startswith(MEDIA_TYPES) or _OTHER_TYPES.match(kind) is not None


def _address(url: str) -> httpx.URL:
    """Raises Unreachable for anything but the plain address of a web page."""
    try:
        address = httpx.URL(url.strip())
        # Of a name that begins with xn-- and is none of IDNA this raises a UnicodeError.
        host, port = address.host, address.port
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Unreachable(Fault.NO_ADDRESS.of(url=_shown(url), reason=str(error))) from error
    if address.scheme not in ("http", "https") or not host or port == 0:
        raise Unreachable(Fault.NOT_HTTP.of(url=_shown(url)))
    if address.userinfo:
        raise Unreachable(Fault.WITH_PASSWORD.of())
    if len(str(address)) > _MAX_ADDRESS_CHARACTERS:
        raise Unreachable(Fault.LONG_ADDRESS.of(url=f"{url[:80]}…"))
    return address.copy_with(fragment=None)


def _joined(address: httpx.URL, location: str) -> httpx.URL:
    try:
        return _address(str(address.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise Unreachable(
            Fault.LEADS_NOWHERE.of(url=str(address), location=_shown(location))
        ) from error


def _raw(address: httpx.URL) -> httpcore.URL:
    return httpcore.URL(
        scheme=address.raw_scheme,
        host=address.raw_host,
        port=address.port,
        target=address.raw_path,
    )


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"Footnote/{program_version()} (fetches articles that its readers name)",
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }


def _conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    wanted = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in wanted.items() if value}


def _plain(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _body(
    address: httpx.URL, response: httpcore.Response, headers: dict[str, str], most: int
) -> Iterator[bytes]:
    """The content, unpacked; Unreachable once there is more than `most` of it, either way."""
    too_much = Unreachable(Fault.TOO_MANY_BYTES.of(url=str(address), most=most))
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        shown = repr(encoding[:_MAX_TYPE_SHOWN])
        raise Unreachable(Fault.UNASKED_ENCODING.of(url=str(address), encoding=shown))
    if headers.get("content-length", "").isdigit() and int(headers["content-length"]) > most:
        raise too_much
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    packed = unpacked = 0
    for part in response.iter_stream():
        packed += len(part)
        try:
            data = unpacker.decompress(part, most - unpacked + 1) if unpacker else part
        except zlib.error as error:
            told = Fault.BROKEN_ANSWER.of(url=str(address), reason=str(error))
            raise Unreachable(told) from error
        unpacked += len(data)
        if max(packed, unpacked) > most:
            raise too_much
        yield data
    if unpacker is not None and not unpacker.eof:
        raise Unreachable(Fault.BROKEN_OFF.of(url=str(address)))


def _refused(
    address: httpx.URL, response: httpcore.Response, headers: dict[str, str]
) -> Unreachable:
    phrases = {status.value: status.phrase for status in HTTPStatus}
    told = f"{response.status} {phrases.get(response.status, '')}".strip()
    fault = _OF_STATUS.get(response.status, Fault.ANSWERS)
    try:
        page = b"".join(_body(address, response, headers, _BYTES_OF_REFUSAL))
    except Unreachable:
        page = b""
    words = " ".join(_NOT_WORDS.sub(" ", page.decode(errors="replace")).split())[:_MAX_SHOWN]
    begins = [Fault.BEGINS.of(words=repr(words))] if words else []
    return Unreachable(fault.of(url=str(address), status=told), *begins)


def _shown(address: str) -> str:
    """With its control characters made visible, and not all of it."""
    return repr(address[:_MAX_ADDRESS_SHOWN])


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
