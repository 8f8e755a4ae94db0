"""Footnote as a model for chat front ends: OpenAI's chat completions, whole and streamed.

What comes back is what the articles say, with [n] in it and the citations beside it; nothing that
steers a language model (temperature, tools, a system message) means anything here.
"""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from footnote.bot.answers.receipts import Receipt
from footnote.bot.people.people import Role
from footnote.bot.web.api.answers import CONVERSATION
from footnote.bot.web.api.events import Event, send_events, while_heard
from footnote.bot.web.api.limits import limit_questions
from footnote.bot.web.api.request_models import read_json
from footnote.bot.web.app_keys import ASKING, require
from footnote.bot.web.plain_text import claim_line, rest_of, text_of, without_marks
from footnote.bot.web.questions import Act
from footnote.index.question import MAX_CHARACTERS, Question, Turn
from footnote.index.result_json import to_json
from footnote.index.results import Answer, CheckedSentence, Claim

if TYPE_CHECKING:
    from footnote.index.writing.spent import Spent

MODEL = "footnote"
_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
_MAX_MESSAGES = 1000
_LAST_MESSAGES = 20
_DONE = "[DONE]"
_NO_QUESTION = "The last message has to be the user's question, as text."
_TOO_LONG = f"A question has at most {MAX_CHARACTERS:,} characters."
_NO_MODEL = f"There is one model here: {MODEL}."


class _Sent(BaseModel):
    """Front ends send much else besides, which is passed over."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class _Part(_Sent):
    type: str = Field(max_length=50)
    text: str = ""


class _Message(_Sent):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[_Part] | None = None

    @property
    def text(self) -> str:
        """Without pictures and the like."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class _StreamOptions(_Sent):
    include_usage: bool | None = None


class ChatBody(_Sent):
    """A request for a chat completion."""

    model: str = Field(max_length=200)
    messages: list[_Message] = Field(min_length=1, max_length=_MAX_MESSAGES)
    stream: bool = False
    stream_options: _StreamOptions | None = None
    n: int | None = Field(default=None, ge=1, le=1)


def add_to(app: web.Application) -> None:
    app.router.add_get("/v1/models", _models)
    app.router.add_get("/v1/models/{model}", _model)
    app.router.add_post("/v1/chat/completions", _complete)


async def _models(request: web.Request) -> web.StreamResponse:
    require(request, Role.READER)
    return web.json_response({"object": "list", "data": [_MODEL]})


async def _model(request: web.Request) -> web.StreamResponse:
    require(request, Role.READER)
    _refuse_other(request.match_info["model"])
    return web.json_response(_MODEL)


async def _complete(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    body = await read_json(request, ChatBody)
    _refuse_other(body.model)
    question = question_in(body)
    limit_questions(request, visitor)
    asking, place = request.app[ASKING], visitor.place(CONVERSATION)
    spent = list["Spent"]()
    act = asking.asked(visitor, question, on_spent=spent.append)
    if body.stream:
        options = body.stream_options
        counted = spent if options and options.include_usage else None
        return await send_events(request, _chunks(request, act, place, counted), fault="")
    receipt = await asking.keep(await asking.result(act), place)
    message = {"role": "assistant", "content": text_of(receipt.result), **_beside(receipt)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    reply = _Reply.new("chat.completion").with_choice(choice)
    return web.json_response({**reply, "usage": _usage(spent)})


def question_in(body: ChatBody) -> Question:
    """The last message, after the turns before it; HTTPBadRequest where it is no question."""
    last = body.messages[-1]
    if last.role != "user" or not last.text.strip():
        raise web.HTTPBadRequest(text=_NO_QUESTION)
    if len(last.text) > MAX_CHARACTERS:
        raise web.HTTPBadRequest(text=_TOO_LONG)
    before = body.messages[-1 - _LAST_MESSAGES : -1]
    return Question(last.text, tuple(turn for turn in map(_turn, before) if turn))


async def _chunks(
    request: web.Request, act: Act, place: str, spent: "list[Spent] | None"
) -> AsyncIterator[Event]:
    """Sentences as they are checked, then what stands below them; the last with the citations.

    Where it is to be said what was `spent`, a chunk without choices does that behind them.
    """
    asking, told = request.app[ASKING], 0
    reply = _Reply.new("chat.completion.chunk", counts=spent is not None)
    async with aclosing(while_heard(request, asking.events(act))) as events:
        async for found in events:
            if not told:
                yield "", reply.with_delta({"role": "assistant", "content": ""})
            if isinstance(found, Claim):
                yield "", reply.with_delta({"content": "\n" * bool(told) + claim_line(found)})
            elif not isinstance(found, CheckedSentence):
                receipt = await asking.keep(found, place)
                if told and isinstance(found, Answer):
                    text = rest_of(found)
                else:
                    text = "\n\n" * bool(told) + text_of(found)
                yield "", reply.with_delta({"content": text})
                yield "", reply.with_delta(_beside(receipt), end="stop")
            told += 1
    if spent is not None:
        yield "", reply.with_usage(_usage(spent))
    yield "", _DONE


@dataclass(frozen=True, slots=True)
class _Reply:
    """What is the same in every chunk of a reply; one of a reply that `counts` has a usage, which
    is null in all but the last."""

    id: str
    kind: str
    at: int
    counts: bool

    @classmethod
    def new(cls, kind: str, *, counts: bool = False) -> "_Reply":
        return cls(f"chatcmpl-{uuid4().hex}", kind, int(time.time()), counts)

    def with_choice(self, choice: dict[str, Any]) -> dict[str, Any]:
        return self._with([choice], **({"usage": None} if self.counts else {}))

    def with_usage(self, usage: dict[str, int]) -> dict[str, Any]:
        return self._with([], usage=usage)

    def _with(self, choices: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
        head = {"id": self.id, "object": self.kind, "created": self.at, "model": MODEL}
        return {**head, "choices": choices, **more}

    def with_delta(self, delta: dict[str, Any], *, end: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": end, "logprobs": None}
        return self.with_choice(choice)


def _beside(receipt: Receipt) -> dict[str, Any]:
    """What stands beside the text: the citations by their numbers, and the receipt."""
    citations = [to_json(cited) for cited in receipt.result.citations.values()]
    return {"citations": citations, "receipt": receipt.id, "kind": _kind(receipt)}


def _usage(spent: Sequence["Spent"]) -> dict[str, int]:
    """The tokens of the language model that wrote; none where the articles' words were quoted."""
    prompt, completion = (sum(one.tokens_in for one in spent), sum(one.tokens_out for one in spent))
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


def _kind(receipt: Receipt) -> str:
    return receipt.result.kind


def _turn(message: _Message) -> Turn | None:
    """None for what was said by neither of both."""
    text = message.text
    if message.role == "user":
        return Turn("user", text[:MAX_CHARACTERS])
    if message.role == "assistant":
        return Turn("assistant", without_marks(text))
    return None


def _refuse_other(model: str) -> None:
    if model != MODEL:
        raise web.HTTPNotFound(text=_NO_MODEL)
