"""HTTP: reads requests as the Bot API does, holds them to the table, answers them."""

import asyncio
import json
import socket
import struct
import traceback
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from aiohttp import web

from . import account, answering, editing, membership, methods, self_portrait, sending
from . import webhook_methods as webhooks
from .chats import Chat
from .faults import Fault, Faults
from .flood import FloodMeter
from .parameters import read
from .polling import Poller
from .refusals import Misuse, Refusal
from .requests import Request
from .state import State
from .table import Method
from .uploads import Upload
from .validation import Json, require

# Imported for the methods that they imitate.
IMITATING = (account, answering, editing, membership, self_portrait, sending, webhooks)

TRANSPORTS = {
    "application/json": "json",
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
}
LARGEST_BODY = 64 << 20
# Closing with this setting sends a reset instead of an orderly end of the connection.
RESET = struct.pack("ii", 1, 0)


T = TypeVar("T")


class _LostConnection(Exception):
    """The client gets no answer."""


class _CutOff(Exception):
    """The client gets half of the content."""

    def __init__(self, content: bytes) -> None:
        self.content = content


class Transport:
    def __init__(
        self, state: State, token: str, *, faults: Faults, flood: FloodMeter, poller: Poller
    ) -> None:
        self._state = state
        self._token = token
        self._faults = faults
        self._flood = flood
        self._poller = poller

    def application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_route("GET", "/bot{token}/{method}", self._serve_method)
        application.router.add_route("POST", "/bot{token}/{method}", self._serve_method)
        application.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        application.router.add_route("*", "/{anything:.*}", self._serve_nothing)
        return application

    async def _serve_nothing(self, http: web.Request) -> web.StreamResponse:
        return _refused(Refusal(404, "Not Found"))

    async def _serve_file(self, http: web.Request) -> web.StreamResponse:
        path = http.match_info["path"]
        request = self._note("download", {"path": path}, "query")
        try:
            self._check_token(http)
            file = await self._act(request, lambda: self._download(path))
        except _CutOff as cut:
            return await self._send_half(request, http, cut.content)
        except Refusal as refusal:
            return self._finish(request, refusal)
        except _LostConnection:
            return self._lose(request, http)
        self._set_answer(request, "200")
        return web.Response(body=file)

    async def _send_half(
        self, request: Request, http: web.Request, content: bytes
    ) -> web.StreamResponse:
        half = web.StreamResponse(headers={"Content-Length": str(len(content))})
        await half.prepare(http)
        await half.write(content[: len(content) // 2])
        return self._lose(request, http)

    async def _download(self, path: str) -> bytes:
        file = self._state.files.at(path)
        if file is None:
            raise Refusal(404, "Not Found")
        return file.content

    async def _serve_method(self, http: web.Request) -> web.StreamResponse:
        asked, transport = http.match_info["method"], _transport(http)
        method = self._state.table.method(asked)
        try:
            given, problems = await _given(http, transport)
        except (ConnectionError, web.RequestPayloadError):  # the bot was killed while it sent
            return _hang_up(http)
        values: Json = dict(given)
        if method:
            as_text = transport != "json"
            values, wrong = read(self._state.table, method, given, as_text=as_text)
            problems += wrong
        request = self._note(method.name if method else asked, values, transport)
        try:
            self._check_token(http)
            if method is None:
                text = f"there is no method {asked}"
                raise Misuse(text, code=404, description="Not Found: method not found")
            if problems:
                raise Misuse(*problems)
            result = await self._act(request, lambda: self._answer(method, request))
        except Refusal as refusal:
            return self._finish(request, refusal)
        except _LostConnection:
            return self._lose(request, http)
        except Exception:  # a fault of this server must fail the test, not look like Telegram's
            self._state.record(request, f"the test server failed:\n{traceback.format_exc()}")
            return self._finish(request, Refusal(500, "Internal Server Error"))
        self._set_answer(request, "200")
        return _json({"ok": True, "result": result}, 200)

    async def _answer(self, method: Method, request: Request) -> Any:
        with self._state.changed:
            chat = self._chat_of(request)
            if not editing.finds_nothing(method.name, chat, request.parameters):
                self._flood.admit(method.name, chat)
        result: Any
        if method.name == "getUpdates":
            result = await self._poller.get_updates(request.parameters)
        else:
            result = methods.answer(self._state, method, request.parameters)
        require(self._state.table, result, method.returns, f"result of {method.name}")
        return result

    async def _act(self, request: Request, action: Callable[[], Awaitable[T]]) -> T:
        """Carries a request out, unless a fault comes in between."""
        fault = self._faults.striking(request)
        await _strike_before(fault)
        result = await action()
        if fault and fault.kind == "lose_answer":
            raise _LostConnection
        if fault and fault.kind == "cut_off":
            assert isinstance(result, bytes)
            raise _CutOff(result)
        return result

    def _chat_of(self, request: Request) -> Chat | None:
        chat_id = request.chat_id
        return None if chat_id is None else self._state.find(chat_id)

    def _check_token(self, http: web.Request) -> None:
        if http.match_info["token"] != self._token:
            raise Refusal(401, "Unauthorized")
        if self._state.logged_out:
            raise Refusal(400, "Logged out")

    def _note(self, method: str, parameters: Json, transport: str) -> Request:
        with self._state.changed:
            number, now = len(self._state.requests) + 1, self._state.clock.now()
            request = Request(number, method, parameters, now, transport)
            self._state.requests.append(request)
            self._state.changed.notify_all()
        return request

    def _set_answer(self, request: Request, answer: str) -> None:
        with self._state.changed:
            request.answer = answer
            self._state.changed.notify_all()

    def _finish(self, request: Request, refusal: Refusal) -> web.Response:
        if isinstance(refusal, Misuse):
            self._state.record(request, *refusal.problems)
        self._set_answer(request, str(refusal))
        return _refused(refusal)

    def _lose(self, request: Request, http: web.Request) -> web.Response:
        self._set_answer(request, "connection reset")
        return _hang_up(http)


def _hang_up(http: web.Request) -> web.Response:
    """Breaks the connection; the response that is returned reaches nobody."""
    if http.transport is not None:
        connection: socket.socket = http.transport.get_extra_info("socket")
        with suppress(OSError):  # it is closed already
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        http.transport.abort()
    return web.Response()


async def _strike_before(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "reset":
        raise _LostConnection
    if fault.refusal:
        raise fault.refusal


def _transport(http: web.Request) -> str:
    return TRANSPORTS.get(http.content_type, "query") if http.can_read_body else "query"


async def _given(http: web.Request, transport: str) -> tuple[Mapping[str, object], list[str]]:
    """The parameters as they came, and what is wrong with the whole."""
    given: dict[str, object] = dict(http.query)
    if transport == "json":
        try:
            body = await http.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return given, ["the body is no JSON object"]
        given |= body
    elif transport != "query":
        given |= {name: _part(name, value) for name, value in (await http.post()).items()}
    return given, []


def _part(name: str, value: str | bytes | bytearray | web.FileField) -> object:
    if isinstance(value, web.FileField):
        return Upload(name, value.filename, value.content_type, value.file.read())
    return value if isinstance(value, str) else bytes(value).decode()


def _refused(refusal: Refusal) -> web.Response:
    body: Json = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    headers = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
        if "retry_after" in refusal.parameters:
            headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return _json(body, refusal.code, headers)


def _json(body: Json, status: int, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(body, status=status, headers=headers, dumps=json.dumps)
