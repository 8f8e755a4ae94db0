"""Any OpenAI-compatible chat endpoint (OpenAI, Ollama, vLLM, llama.cpp, …) as a LlamaIndex LLM.

LlamaIndex's own `OpenAILike` was tried first. It brings six packages and takes 1.8 seconds to
import; and it hides the response behind its generator, so that an endpoint which sends nothing but
comments to keep the connection open holds a thread for ever.
"""

import contextlib
import json
import math
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import CustomLLM

from footnote.index.errors import WriterAway

_PATH = "/chat/completions"
_CONNECT_SECONDS = 5.0
_MAX_LINE_BYTES = 1_000_000
# A piece of one token takes about 250 bytes, its thoughts included; so this is 60,000 of them.
_MAX_BYTES = 16_000_000
_MAX_REASON_CHARACTERS = 300
_MAX_PAUSE_SECONDS = 3600.0
_WRONG_KEY, _NOT_FOUND, _TOO_MANY = (401, 403), 404, 429
_MISUNDERSTOOD = (400, 422)
Json = dict[str, Any]


class Endpoint(CustomLLM):
    """Asks for one answer at a time, as a stream; raises WriterAway, never with the key in it.

    `silence_seconds` is how long it may say nothing, `max_seconds` how long it may take in all,
    whatever it sends meanwhile: then the connection is cut.
    Options that an endpoint refuses by name (a temperature, say) are left out from then on.
    """

    model: str
    max_tokens: int = 500
    silence_seconds: float = 20.0
    max_seconds: float = 60.0
    _address: str = PrivateAttr()
    _headers: dict[str, str] = PrivateAttr()
    _key: str = PrivateAttr()
    _options: Json = PrivateAttr()

    def __init__(self, url: str, model: str, *, key: str = "", **limits: Any) -> None:
        super().__init__(model=model, **limits)
        root = url.rstrip("/")
        self._address = root if root.endswith(_PATH) else root + _PATH
        self._key = key
        self._headers = {"Accept-Encoding": "identity"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._options = {
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": 0,
            "max_tokens": self.max_tokens,
        }

    @classmethod
    def class_name(cls) -> str:
        return "Endpoint"

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name=self.model, is_chat_model=True, num_output=self.max_tokens)

    @property
    def place(self) -> str:
        """Where it is, for people: without what an address may hold of secrets."""
        parts = urlsplit(self._address)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}{parts.path.removesuffix(_PATH)}"

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """Pieces as they come, each `raw` as the endpoint sent it; thoughts have an empty delta."""
        text = ""
        for piece in self._pieces(messages):
            delta = _delta(piece)
            text += delta
            message = ChatMessage(role=MessageRole.ASSISTANT, content=text)
            yield ChatResponse(message=message, delta=delta, raw=piece)

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        [whole] = deque(self.stream_chat(messages), maxlen=1)
        return whole

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text=self.chat([ChatMessage(prompt)]).message.content or "")

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        for response in self.stream_chat([ChatMessage(prompt)]):
            text = response.message.content or ""
            yield CompletionResponse(text=text, delta=response.delta, raw=response.raw)

    def _pieces(self, messages: Sequence[ChatMessage]) -> Iterator[Json]:
        said = [{"role": str(m.role.value), "content": m.content or ""} for m in messages]
        with _Deadline(self.max_seconds) as deadline:
            for _ in range(len(self._options)):
                asked = {"model": self.model, "messages": said, **self._options}
                with self._answered(asked, deadline) as answer:
                    if answer.status_code in _MISUNDERSTOOD and self._leaves_out(_body(answer)):
                        continue
                    self._expect_good(answer)
                    yield from _events(answer, deadline)
                    return
        raise WriterAway(f"{self.place} understands none of the options that it is asked with")

    @contextmanager
    def _answered(self, asked: Json, deadline: "_Deadline") -> Iterator[httpx.Response]:
        timeout = httpx.Timeout(self.silence_seconds, connect=_CONNECT_SECONDS)
        told = {"trace": deadline.watch}
        try:
            with (
                httpx.Client(timeout=timeout, headers=self._headers) as client,
                client.stream("POST", self._address, json=asked, extensions=told) as answer,
            ):
                yield answer
        except httpx.TimeoutException:
            raise WriterAway(f"{self.place} was silent for too long") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            if deadline.passed:
                raise WriterAway("its answer took too long") from None
            # Without the error itself: it keeps the request, and that the key.
            reason = str(error) or type(error).__name__
            raise WriterAway(f"{self.place} cannot be reached: {self._plain(reason)}") from None

    def _leaves_out(self, refusal: str) -> bool:
        """Whether an option is named in a refusal, and is asked no more (or by its newer name)."""
        for name in ("stream_options", "temperature", "max_tokens"):
            if name in refusal and name in self._options:
                value = self._options.pop(name)
                if name == "max_tokens" and "max_completion_tokens" in refusal:
                    self._options["max_completion_tokens"] = value
                return True
        return False

    def _expect_good(self, answer: httpx.Response) -> None:
        if answer.is_success:
            return
        status, told = answer.status_code, self._plain(_told(_body(answer)))
        if status in _WRONG_KEY:
            reason = f"{self.place} does not accept the key ({status}): set FOOTNOTE_LLM_API_KEY"
        elif status == _NOT_FOUND:
            reason = f"{self.place} has no model {self.model!r}, or is another address ({status})"
        elif status == _TOO_MANY:
            reason = f"{self.place} wants no more questions for now ({status})"
        else:
            reason = f"{self.place} answered with {status}"
        pause = _pause(answer.headers.get("Retry-After", ""))
        raise WriterAway(f"{reason}{f': {told}' if told else ''}", pause=pause)

    def _plain(self, text: str) -> str:
        """A server may send the key back in what it says."""
        text = text.replace(self._key, "‹key›") if self._key else text
        return " ".join(text.split())[:_MAX_REASON_CHARACTERS]


class _Deadline:
    """Cuts the connections of one request once its time is over.

    httpx limits the wait for each piece and not for the whole: one byte a second, in headers or
    body, would hold a thread for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._streams: list[Any] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def watch(self, event: str, told: Json) -> None:
        """httpcore's tracing, which gives the stream once it is connected."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._streams.append(told["return_value"])
            if self.passed:
                self._cut()

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.passed = True
        for stream in self._streams:
            # Not its own method: that of an SSLSocket also takes away what another thread reads by.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)


def _events(answer: httpx.Response, deadline: _Deadline) -> Iterator[Json]:
    """The JSON of each server-sent event, or of the whole where it is no stream."""
    if "event-stream" not in answer.headers.get("Content-Type", ""):
        yield _known(_body(answer))
        return
    ended = False
    for line in _lines(answer):
        field, _, value = line.partition(b":")
        if field != b"data":
            continue
        if value.strip() == b"[DONE]":
            return
        piece = _known(value.decode(errors="replace"))
        ended = ended or bool(first_choice(piece).get("finish_reason"))
        yield piece
    if not ended:
        raise WriterAway(f"its answer {'took too long' if deadline.passed else 'broke off'}")


def _lines(answer: httpx.Response) -> Iterator[bytes]:
    """In time that grows with their length, however small the parts are that they come in."""
    line, read = bytearray(), 0
    for data in answer.iter_bytes():
        read += len(data)
        first, *others = data.split(b"\n")
        line += first
        for other in others:
            yield bytes(line)
            line = bytearray(other)
        if len(line) > _MAX_LINE_BYTES:
            raise WriterAway(f"it sent a line of more than {_MAX_LINE_BYTES:,} bytes")
        if read > _MAX_BYTES:
            raise WriterAway(f"it sent more than {_MAX_BYTES:,} bytes")
    yield bytes(line)


def _body(answer: httpx.Response) -> str:
    """Its beginning: nothing that is longer can be meant well."""
    data = bytearray()
    for part in answer.iter_bytes():
        data += part
        if len(data) > _MAX_LINE_BYTES:
            break
    return data[:_MAX_LINE_BYTES].decode(errors="replace")


def _known(text: str) -> Json:
    """A piece of an answer; raises WriterAway where it is an error or anything else."""
    piece = _json(text)
    if not isinstance(piece, dict):
        raise WriterAway("it sent something that is no JSON object")
    if piece.get("error"):
        raise WriterAway(f"it broke off: {_told(text)[:_MAX_REASON_CHARACTERS]}")
    return piece


def _delta(piece: Json) -> str:
    """What the piece adds to the answer; reasoning, which comes apart, is no part of it."""
    choice = first_choice(piece)
    said = choice.get("delta") or choice.get("message")
    content = said.get("content") if isinstance(said, dict) else None
    return content if isinstance(content, str) else ""


def first_choice(piece: Any) -> Json:
    """Of a piece as it was sent; empty where it has none."""
    choices = piece.get("choices") if isinstance(piece, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, dict) else {}


def _json(text: str) -> Any:
    """What it says; None where it is no JSON, or so deeply nested that it can't be meant well."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _told(body: str) -> str:
    """The message in an error, wherever servers put it."""
    error = _json(body)
    if error is None:
        return body
    for name in ("error", "message", "detail"):
        if isinstance(error, dict) and name in error:
            error = error[name]
    return error if isinstance(error, str) else body


def _pause(retry_after: str) -> float:
    """Seconds, from a Retry-After in either of its forms (RFC 9110, 10.2.3); 0 without one."""
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(retry_after).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return 0.0
    return min(max(seconds, 0.0), _MAX_PAUSE_SECONDS) if math.isfinite(seconds) else 0.0
