"""The server: a thread of its own, and an end that comes by itself."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from .replies import Refusal, Said, pieces_of

Json = dict[str, Any]
Reply = Said | Refusal
_PATH = "/v1/chat/completions"
_BEAT_SECONDS = 0.02


@dataclass(frozen=True)
class Asked:
    """A request as it came in; the names of `headers` are in small letters."""

    path: str
    headers: dict[str, str]
    body: Json

    @property
    def prompt(self) -> str:
        """All that the model was told."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])


class LlmServer:
    """Answers with the replies it was given, in turn, the last one again and again.

    `models`: the names it knows, all if empty. `key`: what it wants for a key, if anything. A
    `refused` option of the request is one that it does not understand. `abandoned` counts the
    answers that whoever asked did not hear to their end. After `lifetime` seconds it ends.
    """

    def __init__(self, *replies: str | Reply, lifetime: float = 600.0) -> None:
        self.asked: list[Asked] = []
        self.models: tuple[str, ...] = ()
        self.key = ""
        self.refused: tuple[str, ...] = ()
        self.abandoned = 0
        self.on_request: Callable[[Asked], object] = lambda asked: None
        """Called before a request is answered; where it returns a reply, that is the answer."""
        self._replies: list[Reply] = []
        self._lifetime = lifetime
        self._over = threading.Event()
        self.reply(*(replies or ("",)))

    def reply(self, *replies: str | Reply) -> None:
        """From now on answer so; a text is streamed in small pieces."""
        self._replies = [
            Said(pieces_of(reply)) if isinstance(reply, str) else reply for reply in replies
        ]

    @property
    def url(self) -> str:
        """What a client is given as the base of its addresses."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def wait_abandoned(self, count: int = 1, *, seconds: float = 60.0) -> None:
        """Until so many answers were left unheard; TimeoutError where they are not."""
        until = time.monotonic() + seconds
        while self.abandoned < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{self.abandoned} answers were abandoned, not {count}")
            time.sleep(_BEAT_SECONDS)

    def __enter__(self) -> "LlmServer":
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.close_connection = True
                with contextlib.suppress(OSError):
                    outer._answer(self)

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_BEAT_SECONDS,))
        self._thread.start()
        self._timer = threading.Timer(self._lifetime, self._end)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._end()
        self._thread.join()

    def _end(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        asked = Asked(handler.path, headers, body)
        self.asked.append(asked)
        own = self.on_request(asked)
        refusal = self._refusal(asked)
        reply = own if isinstance(own, Said | Refusal) else self._next()
        if refusal or isinstance(reply, Refusal):
            _refuse(handler, refusal or reply)
        elif reply.whole or not body.get("stream"):
            self._send_whole(handler, body, reply)
        else:
            self._stream(handler, body, reply)

    def _next(self) -> Reply:
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]

    def _refusal(self, asked: Asked) -> Refusal | None:
        if asked.path != _PATH:
            return Refusal(404, "Not Found")
        if self.key and asked.headers.get("authorization") != f"Bearer {self.key}":
            sent = asked.headers.get("authorization", "").removeprefix("Bearer ")
            return Refusal(401, f"Incorrect API key provided: {sent}")
        if self.models and asked.body["model"] not in self.models:
            return Refusal(404, f"model '{asked.body['model']}' not found")
        for name in self.refused:
            if name in asked.body:
                return Refusal(400, f"Unsupported parameter: '{name}' is not supported here.")
        return None

    def _stream(self, handler: BaseHTTPRequestHandler, body: Json, said: Said) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream; charset=utf-8")
        handler.end_headers()
        try:
            for event in self._events(body, said):
                handler.wfile.write(event)
                handler.wfile.flush()
        except OSError:
            self.abandoned += 1
            raise

    def _events(self, body: Json, said: Said) -> Iterator[bytes]:
        yield from self._lingering(said.before)
        yield _event(body, {"role": "assistant", "content": ""})
        if said.reasoning:
            yield _event(body, {"reasoning_content": said.reasoning})
        while not self._over.is_set():
            for piece in said.pieces:
                yield _event(body, {"content": piece})
                self._over.wait(said.pause)
            if said.then != "repeat":
                break
        yield from self._lingering(said.then)
        if said.then == "break":
            return
        yield _event(body, {}, said.finish)
        if said.usage and body.get("stream_options", {}).get("include_usage"):
            yield _data({"choices": [], "usage": _usage(said.usage)})
        yield b"data: [DONE]\n\n"

    def _lingering(self, how: str) -> Iterator[bytes]:
        """Comments are how some endpoints keep a connection open; nothing at all is sent to a
        client that hangs, so it is looked whether it is still there by an empty line."""
        sent = {"hang": b"", "comment": b": PROCESSING\n\n", "drip": b" "}
        while how in sent and not self._over.wait(_BEAT_SECONDS):
            yield sent[how]

    def _send_whole(self, handler: BaseHTTPRequestHandler, body: Json, said: Said) -> None:
        """One that drips or hangs is promised to be longer than it is."""
        message = {"role": "assistant", "content": "".join(said.pieces)}
        choice = {"index": 0, "message": message, "finish_reason": said.finish}
        whole = _about(body, "chat.completion") | {"choices": [choice]}
        if said.usage:
            whole["usage"] = _usage(said.usage)
        if said.then == "end":
            _send(handler, 200, whole, {})
            return
        try:
            _send(handler, 200, whole, {"Content-Length": "900000"})
            for nothing in self._lingering(said.then):
                handler.wfile.write(nothing)
                handler.wfile.flush()
        except OSError:
            self.abandoned += 1
            raise


def _refuse(handler: BaseHTTPRequestHandler, refusal: Refusal | Said) -> None:
    assert isinstance(refusal, Refusal)
    error = {"message": refusal.message, "type": "invalid_request_error", "code": None}
    _send(handler, refusal.status, {"error": error}, refusal.headers)


def _send(
    handler: BaseHTTPRequestHandler, status: int, content: Json, headers: dict[str, str]
) -> None:
    data = json.dumps(content).encode()
    handler.send_response(status)
    named = {"Content-Type": "application/json", "Content-Length": str(len(data))}
    for name, value in (named | headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def _event(body: Json, delta: Json, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _data(_about(body, "chat.completion.chunk") | {"choices": [choice]})


def _about(body: Json, kind: str) -> Json:
    return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": body["model"]}


def _usage(tokens: tuple[int, int]) -> Json:
    prompt, completion = tokens
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


def _data(content: Json) -> bytes:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode()
