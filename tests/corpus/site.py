"""A web site of our own on loopback, whose every answer a test decides."""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from footnote.corpus.fetching import Fetcher

# For article.test, made for these tests, with a key that opens nothing else.
CERTIFICATE = Path(__file__).with_name("tls") / "certificate.pem"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """`pages` are answers by their paths; `asked` the paths and headers that were asked for."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self.port = server.server_address[1]
        self.host = f"article.test:{self.port}"
        self.url = f"{scheme}://{self.host}"
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def page(self, path: str, content: str | bytes, status: int = 200, **headers: str) -> str:
        """Put a page there; its address."""
        data = content.encode() if isinstance(content, str) else content
        named = {"Content_Type": "text/html; charset=utf-8"} | headers

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in named.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)

        self.pages[path] = answer
        return self.url + path

    def redirect(self, path: str, to: str) -> str:
        return self.page(path, "", 302, Location=to)

    def resolve(self, host: str, port: int) -> list[str]:
        """Every name of this site's leads to it, numbers to themselves; others are nowhere."""
        if host.endswith(".test"):
            return ["127.0.0.1"]
        if host.replace(".", "").isdigit():
            return [host]
        raise OSError(f"no host {host}")

    def fetcher(self, **options: Any) -> Fetcher:
        """With the guard opened for this one address."""
        own: dict[str, Any] = {"allowed": {("127.0.0.1", self.port)}, "resolve": self.resolve}
        return Fetcher(**own | options)


@contextlib.contextmanager
def running(*, tls: bool = False) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            with contextlib.suppress(OSError):  # whoever asked has gone
                site.pages.get(self.path, missing)(self)
            self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            pass

    def missing(handler: BaseHTTPRequestHandler) -> None:
        handler.send_error(404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server, "https" if tls else "http")
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, CERTIFICATE.with_name("key.pem"))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
