"""Asking and checking: a conversation with its answers as they come, and those of earlier."""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.small_talk import question_of, talk_of
from footnote.bot.web.api.events import Event, send_events, wants_events, while_heard
from footnote.bot.web.app_keys import ASKING, FOOTNOTE, visitor_of
from footnote.bot.web.article_page import receipt_values
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.questions import Act
from footnote.bot.web.rendering import render, rendered
from footnote.index.question import MAX_CHARACTERS
from footnote.index.results import CheckedSentence, Claim

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
    """A question that follows up the last one on the page that it was asked on; another window may
    have asked in the same conversation since. Small talk gets a kind word."""
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
    parent = await footnote.state.run_in_db(_last, footnote, place, text_in(form, "after"))
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


def _last(footnote: Footnote, place: str, after: str) -> str | None:
    """The receipt that a question asked there follows up: the one that the page says it comes
    after, if it is of that place; else the latest."""
    shown = footnote.receipts.find(after) if after else None
    if shown and shown.place == place:
        return shown.id
    latest = footnote.history.of(place, 1)
    return latest[-1].id if latest else None


def _refuse_too_many(request: web.Request) -> None:
    if seconds := request.app[ASKING].wait(visitor_of(request)):
        raise web.HTTPTooManyRequests(
            text=texts_of(request).too_many(seconds), headers={"Retry-After": str(seconds)}
        )


def _say(request: web.Request, conversation: str, said: str) -> web.Response:
    if wants_events(request):
        return web.json_response({"said": said})
    return render(request, "ask.html", turns=[], conversation=conversation, said=said)


async def _answer(
    request: web.Request, act: Act, place: str, *, parent: str | None = None
) -> web.StreamResponse:
    """Sentence by sentence for a script; for a form that was sent, the page that it leads to."""
    asking = request.app[ASKING]
    if wants_events(request):
        events = _events(request, act, place, parent)
        return await send_events(request, events, fault="fault")
    receipt = await asking.keep(await asking.result(act), place, parent=parent)
    conversation = place.rpartition(":")[2]
    raise web.HTTPSeeOther(f"/c/{conversation}#r-{receipt.id}")


async def _events(
    request: web.Request, act: Act, place: str, parent: str | None
) -> AsyncIterator[Event]:
    """To the end, or until whoever asked has gone."""
    asking = request.app[ASKING]
    async with aclosing(while_heard(request, asking.events(act))) as events:
        async for found in events:
            if isinstance(found, Claim | CheckedSentence):
                yield "sentence", {"html": rendered(request, "claim.html", sentence=found)}
            else:
                receipt = await asking.keep(found, place, parent=parent)
                yield "end", await _ended(request, receipt)


async def _ended(request: web.Request, receipt: Receipt) -> dict[str, object]:
    turn = await receipt_values(request, receipt)
    html = rendered(request, "turn.html", turn=turn)
    path = f"/c/{receipt.place.rpartition(':')[2]}"
    return {"html": html, "path": path, "receipt": receipt.id}
