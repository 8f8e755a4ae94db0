"""The protocol over streamable HTTP, at `/mcp` beside the pages.

The package that speaks it wants an ASGI server, and aiohttp is none. What it needs of one is small
(a request's head and body in, a response's head and body out), so that is handed over here, and no
second server runs. Each request stands for itself: there are no sessions to be kept or stolen.
"""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from typing import TYPE_CHECKING, Any

from aiohttp import web

from footnote.bot.people.people import Role
from footnote.bot.threads import run_in_thread
from footnote.bot.web.app_keys import ASKING, FOOTNOTE, require
from footnote.bot.web.bodies import MAX_BYTES, read_body
from footnote.bot.web.visitor import Visitor

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"
_VISITOR = "footnote.visitor"
_OF_CONNECTION = {b"connection", b"content-length", b"keep-alive", b"transfer-encoding"}
"""What aiohttp says of the connection itself."""
Message = MutableMapping[str, Any]


def add_to(app: web.Application) -> None:
    endpoint = _Endpoint(app)
    app.router.add_post(PATH, endpoint.serve)
    app.cleanup_ctx.append(endpoint.ended)


class _Endpoint:
    """What speaks the protocol is begun by the first request, for it takes a while to import."""

    def __init__(self, app: web.Application) -> None:
        self._app = app
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._manager: asyncio.Future[StreamableHTTPSessionManager] | None = None

    async def serve(self, request: web.Request) -> web.StreamResponse:
        visitor = require(request, Role.READER)
        exchange = _Exchange(request, await read_body(request))
        manager = await self._begun()
        await manager.handle_request(_scope(request, visitor), exchange.receive, exchange.send)
        return await exchange.end()

    async def ended(self, app: web.Application) -> AsyncIterator[None]:
        yield
        self._stop.set()
        if self._running is not None:
            await asyncio.wait({self._running})

    async def _begun(self) -> "StreamableHTTPSessionManager":
        if self._manager is None or (self._manager.done() and self._manager.exception()):
            self._manager = asyncio.get_running_loop().create_future()
            self._running = asyncio.create_task(self._run(self._manager))
        return await asyncio.shield(self._manager)

    async def _run(self, begun: "asyncio.Future[StreamableHTTPSessionManager]") -> None:
        try:
            manager = await run_in_thread(self._made)
        except Exception as error:  # whoever asked is told, and the next one tries again
            begun.set_exception(error)
            return
        async with manager.run():
            begun.set_result(manager)
            await self._stop.wait()

    def _made(self) -> "StreamableHTTPSessionManager":
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from footnote.bot.web.mcp.server import make_server

        def visitor_of(context: Any) -> Visitor:
            visitor: Visitor = context.request.scope[_VISITOR]
            return visitor

        server = make_server(self._app[FOOTNOTE], self._app[ASKING], visitor_of)
        return StreamableHTTPSessionManager(server, stateless=True, max_request_body_size=MAX_BYTES)


class _Exchange:
    """One request and its response, as ASGI has them."""

    def __init__(self, request: web.Request, body: bytes) -> None:
        self._request = request
        self._body: bytes | None = body
        self._response: web.StreamResponse | None = None
        self.is_over = asyncio.Event()

    async def receive(self) -> Message:
        """The body at once, and then, once all is over, that the other side has gone."""
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.is_over.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            response = web.StreamResponse(status=message["status"])
            for name, value in message.get("headers", ()):
                if name.lower() not in _OF_CONNECTION:
                    response.headers.add(name.decode("latin-1"), value.decode("latin-1"))
            self._response = response
            return
        try:
            await self._pass_on(message)
        except ConnectionResetError:  # whoever asked has gone, as `receive` tells from now on
            self.is_over.set()

    async def end(self) -> web.StreamResponse:
        response = self._begun()
        if not response.prepared:
            await response.prepare(self._request)
        self.is_over.set()
        return response

    async def _pass_on(self, message: Message) -> None:
        response = self._begun()
        if not response.prepared:
            await response.prepare(self._request)
        if message.get("body"):
            await response.write(message["body"])
        if not message.get("more_body", False):
            await response.write_eof()
            self.is_over.set()

    def _begun(self) -> web.StreamResponse:
        if self._response is None:
            self._response = web.StreamResponse(status=500)
        return self._response


def _scope(request: web.Request, visitor: Visitor) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": f"{request.version.major}.{request.version.minor}",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.raw_path.partition("?")[0].encode(),
        "query_string": request.query_string.encode(),
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.raw_headers],
        "client": None,
        "server": None,
        "state": {},
        _VISITOR: visitor,
    }
