"""Asking and checking: a conversation with its answers as they come, and those of earlier."""

import json
import logging
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from footnote.bot.answers.receipts import Receipt
from footnote.bot.small_talk import question_of, talk_of
from footnote.bot.web.app_keys import ASKING, FOOTNOTE, visitor_of
from footnote.bot.web.article_page import receipt_values
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.questions import Act
from footnote.bot.web.rendering import render, rendered
from footnote.index.question import MAX_CHARACTERS
from footnote.index.results import CheckedSentence, Claim

logger = logging.getLogger(__name__)

_MAX_TURNS = 50
_MAX_CONVERSATIONS = 200
_ID_BYTES = 9
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{12}")


@dataclass(frozen=True, slots=True)
class _NamedConversation:
    """A conversation with the name that its address has."""

    name: str
    conversation: Any


def add_to(app: web.Application) -> None:
    app.router.add_get("/", _begin)
    app.router.add_get("/c/{conversation}", _show)
    app.router.add_get("/history", _list)
    app.router.add_post("/ask", _ask)
    app.router.add_get("/check", _check_form)
    app.router.add_post("/check", _check)


def new_conversation() -> str:
    return secrets.token_urlsafe(_ID_BYTES)


async def _begin(request: web.Request) -> web.Response:
    return render(request, "ask.html", turns=[], conversation=new_conversation(), said="")


async def _show(request: web.Request) -> web.Response:
    footnote, place = request.app[FOOTNOTE], _place(request, request.match_info["conversation"])
    receipts = await footnote.state.run_in_db(footnote.history.of, place, _MAX_TURNS)
    if not receipts:
        raise web.HTTPNotFound
    turns = [await receipt_values(request, receipt) for receipt in receipts]
    name = request.match_info["conversation"]
    return render(request, "ask.html", turns=turns, conversation=name, said="")


async def _list(request: web.Request) -> web.Response:
    footnote, home = request.app[FOOTNOTE], visitor_of(request).home
    found = await footnote.state.run_in_db(footnote.history.conversations, home, _MAX_CONVERSATIONS)
    named = [_NamedConversation(one.place.removeprefix(f"{home}:"), one) for one in found]
    return render(request, "history.html", conversations=named)


async def _check_form(request: web.Request) -> web.Response:
    return render(request, "check.html")


async def _ask(request: web.Request) -> web.StreamResponse:
    """A question that follows up the last one of its conversation; small talk gets a kind word."""
    footnote, texts = request.app[FOOTNOTE], texts_of(request)
    form = await read_form(request)
    conversation, text = text_in(form, "conversation"), text_in(form, "question").strip()
    place = _place(request, conversation)
    if not text:
        raise web.HTTPBadRequest(text=texts.no_question)
    if talk := talk_of(text):
        return _say(request, conversation, getattr(texts, talk.value))
    _refuse_too_many(request)
    asking = request.app[ASKING]
    before = await footnote.state.run_in_db(footnote.history.of, place, 1)
    parent = before[-1].id if before else None
    question = await asking.following(question_of(text), parent)
    act = asking.asked(visitor_of(request), question)
    return await _answer(request, act, place, parent=parent)


async def _check(request: web.Request) -> web.StreamResponse:
    text = text_in(await read_form(request), "text")[: MAX_CHARACTERS + 1]
    if not any(map(str.isalnum, text)):
        raise web.HTTPBadRequest(text=texts_of(request).no_claim)
    _refuse_too_many(request)
    place = visitor_of(request).place(new_conversation())
    return await _answer(request, request.app[ASKING].checked(text), place)


def _place(request: web.Request, conversation: str) -> str:
    if not _CONVERSATION.fullmatch(conversation):
        raise web.HTTPNotFound
    return visitor_of(request).place(conversation)


def _refuse_too_many(request: web.Request) -> None:
    if seconds := request.app[ASKING].wait(visitor_of(request)):
        raise web.HTTPTooManyRequests(
            text=texts_of(request).too_many(seconds), headers={"Retry-After": str(seconds)}
        )


def _say(request: web.Request, conversation: str, said: str) -> web.Response:
    if _streams(request):
        return web.json_response({"said": said})
    return render(request, "ask.html", turns=[], conversation=conversation, said=said)


async def _answer(
    request: web.Request, act: Act, place: str, *, parent: str | None = None
) -> web.StreamResponse:
    """Sentence by sentence for a script; for a form that was sent, the page that it leads to."""
    asking = request.app[ASKING]
    if _streams(request):
        return await _streamed(request, _events(request, act, place, parent))
    receipt = await asking.keep(await asking.result(act), place, parent=parent)
    conversation = place.rpartition(":")[2]
    raise web.HTTPSeeOther(f"/c/{conversation}#r-{receipt.id}")


async def _events(
    request: web.Request, act: Act, place: str, parent: str | None
) -> AsyncIterator[tuple[str, dict[str, object]]]:
    asking = request.app[ASKING]
    async for found in asking.events(act):
        if isinstance(found, Claim | CheckedSentence):
            yield "sentence", {"html": rendered(request, "claim.html", sentence=found)}
        else:
            receipt = await asking.keep(found, place, parent=parent)
            yield "end", await _ended(request, receipt)


async def _ended(request: web.Request, receipt: Receipt) -> dict[str, object]:
    turn = await receipt_values(request, receipt)
    html = rendered(request, "turn.html", turn=turn)
    return {"html": html, "path": f"/c/{receipt.place.rpartition(':')[2]}"}


async def _streamed(
    request: web.Request, events: AsyncIterator[tuple[str, dict[str, object]]]
) -> web.StreamResponse:
    """Server-sent events; whoever goes away stops what is being answered."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    try:
        async for event, data in events:
            written = json.dumps(data, ensure_ascii=False)
            await response.write(f"event: {event}\ndata: {written}\n\n".encode())
    except ConnectionResetError:
        logger.info("whoever asked did not wait for the answer")
    except Exception:  # the head has been sent, so that this is told as an event
        logger.exception("a question could not be answered")
        written = json.dumps({"fault": texts_of(request).failed}, ensure_ascii=False)
        await response.write(f"event: fault\ndata: {written}\n\n".encode())
    return response


def _streams(request: web.Request) -> bool:
    return request.headers.get("Accept", "").startswith("text/event-stream")
