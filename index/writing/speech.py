"""What a language model says, piece by piece, for as long as anybody wants to hear it."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from llama_index.core.base.llms.types import ChatMessage
from llama_index.core.llms import LLM

from footnote.index.errors import WriterAway
from footnote.index.writing.endpoint import first_choice

_CUT_OFF = "length"
# By our estimate, which is high: an endpoint that keeps to its own count is not interrupted.
_LENIENCE = 3
_BYTES_OF_A_TOKEN = 3


def tokens_of(text: str) -> int:
    """An estimate that errs on the high side, whatever the language and the tokenizer.

    English has about 4.2 bytes of UTF-8 in a token, Russian about 5, Chinese about 3.
    """
    return -(-len(text.encode(errors="replace")) // _BYTES_OF_A_TOKEN)


@dataclass(slots=True)
class _End:
    error: BaseException | None = None


class Speech:
    """The answer of any LlamaIndex LLM, in a thread of its own that is left alone when it hangs.

    What it says ends at `max_tokens`. `tokens_in` and `tokens_out` are what the model counted, or
    estimates, and none where it was not reached or refused; `cut_off` says that the last words may
    be the half of something.
    """

    def __init__(self, llm: LLM, messages: Sequence[ChatMessage], *, max_tokens: int) -> None:
        self._llm = llm
        self._messages = messages
        self._max_tokens = max_tokens
        self._pieces: queue.SimpleQueue[str | _End] = queue.SimpleQueue()
        self._unwanted = threading.Event()
        self._usage: dict[str, Any] = {}
        self._said = 0
        self._began = self._refused = False
        self._until = 0.0
        self.cut_off = False

    def pieces(self, *, until: float) -> Iterator[str]:
        """Until it has ended, or nobody listens; raises WriterAway where it fails.

        `until` (of time.monotonic) is when to give up; `listen_until` moves it.
        """
        self._until = until
        threading.Thread(target=self._speak, daemon=True, name="writing").start()
        try:
            while not isinstance(piece := self._next(), _End):
                yield piece
            if isinstance(piece.error, WriterAway):
                raise piece.error
            if piece.error is not None:
                name = type(piece.error).__name__
                raise WriterAway(f"the language model failed with {name}") from piece.error
        finally:
            self._unwanted.set()

    def listen_until(self, until: float) -> None:
        self._until = until

    @property
    def tokens_in(self) -> int:
        if self._refused:
            return 0
        estimated = sum(tokens_of(message.content or "") for message in self._messages)
        return _count(self._usage.get("prompt_tokens")) or estimated

    @property
    def tokens_out(self) -> int:
        return _count(self._usage.get("completion_tokens")) or self._said

    def _next(self) -> str | _End:
        try:
            return self._pieces.get(timeout=max(self._until - time.monotonic(), 0.001))
        except queue.Empty:
            return _End(WriterAway("it said nothing more within the time that it has"))

    def _speak(self) -> None:
        end = _End()
        try:
            responses = self._llm.stream_chat(self._messages)
            for response in responses:
                self._began = True
                self._note(response.raw)
                if self._unwanted.is_set() or self._said > _LENIENCE * self._max_tokens:
                    responses.close()
                    self.cut_off = True
                    break
                if response.delta:
                    delta = self._within(response.delta)
                    self.cut_off = self.cut_off or len(delta) < len(response.delta)
                    self._said += tokens_of(delta)
                    self._pieces.put(delta)
        except BaseException as error:  # whatever an LLM of somebody else's raises
            end.error = error
            self._refused = not self._began
        self._pieces.put(end)

    def _within(self, delta: str) -> str:
        """As much as may still be said: an endpoint may send a megabyte in one piece, and cutting
        that into sentences would hold up everybody else."""
        room = _LENIENCE * self._max_tokens - self._said + 1
        return delta if tokens_of(delta) <= room else delta[: _BYTES_OF_A_TOKEN * room]

    def _note(self, raw: Any) -> None:
        """The reason why it ended, and the tokens, where a piece says so."""
        raw = raw if isinstance(raw, dict) else _plain(raw)
        if reason := first_choice(raw).get("finish_reason"):
            self.cut_off = reason == _CUT_OFF
        if isinstance(usage := raw.get("usage"), dict):
            self._usage = usage


def _plain(raw: Any) -> dict[str, Any]:
    """What a client library made of the same JSON, as JSON again."""
    dump = getattr(raw, "model_dump", None)
    plain = dump() if callable(dump) else {}
    return plain if isinstance(plain, dict) else {}


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
