"""Questions and checks of programs: the whole result at once, or sentence by sentence as events."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from aiohttp import web

from footnote.bot.answers.receipts import Receipt
from footnote.bot.people.people import Role
from footnote.bot.web.api.events import Event, send_events, wants_events, while_heard
from footnote.bot.web.api.limits import limit_questions
from footnote.bot.web.api.request_models import AskBody, CheckBody, days_asked, read_json
from footnote.bot.web.app_keys import ASKING, FOOTNOTE, require
from footnote.bot.web.questions import Act
from footnote.bot.web.visitor import Visitor
from footnote.index.question import Question, Turn
from footnote.index.result_json import to_json
from footnote.index.results import CheckedSentence, Claim

CONVERSATION = "api"
"""Of the places of whoever asks, the one in which programs ask."""
NO_RECEIPT = "There is no such receipt, or it is not yours to see."
NO_CLAIM = "There is no claim in this: write one, in words."


async def ask(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    body = await read_json(request, AskBody)
    question = await question_of(request, visitor, body)
    limit_questions(request, visitor)
    act = request.app[ASKING].asked(visitor, question)
    return await _reply(request, visitor, act, parent=body.follows)


async def check(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    body = await read_json(request, CheckBody)
    refuse_no_claim(body.text)
    limit_questions(request, visitor)
    return await _reply(request, visitor, request.app[ASKING].checked(body.text))


async def question_of(request: web.Request, visitor: Visitor, body: AskBody) -> Question:
    """Raises HTTPNotFound where it follows a receipt that is not the visitor's."""
    days = days_asked(body.since, body.until)
    if body.follows is None:
        turns = tuple(Turn(turn.role, turn.text) for turn in body.history)
        return Question(body.question, turns, body.cited, days=days)
    if body.history or body.cited:
        told = "Send either the receipt that this follows or what was said before, not both."
        raise web.HTTPUnprocessableEntity(text=told)
    await receipt_of(request, visitor, body.follows)
    return replace(await request.app[ASKING].following(body.question, body.follows), days=days)


async def receipt_of(request: web.Request, visitor: Visitor, receipt: str) -> Receipt:
    """HTTPNotFound where there is none, or it was somebody else's question; owners see them all."""
    footnote = request.app[FOOTNOTE]
    found = await footnote.state.run_in_db(footnote.receipts.find, receipt)
    if found is None or not (visitor.owns(found.place) or visitor.role is Role.OWNER):
        raise web.HTTPNotFound(text=NO_RECEIPT)
    return found


def refuse_no_claim(text: str) -> None:
    if not any(map(str.isalnum, text)):
        raise web.HTTPUnprocessableEntity(text=NO_CLAIM)


async def _reply(
    request: web.Request, visitor: Visitor, act: Act, *, parent: str | None = None
) -> web.StreamResponse:
    asking, place = request.app[ASKING], visitor.place(CONVERSATION)
    if wants_events(request):
        return await send_events(request, _events(request, act, place, parent))
    receipt = await asking.keep(await asking.result(act), place, parent=parent)
    return web.json_response(_told(receipt))


async def _events(
    request: web.Request, act: Act, place: str, parent: str | None
) -> AsyncIterator[Event]:
    asking = request.app[ASKING]
    async with aclosing(while_heard(request, asking.events(act))) as events:
        async for told in events:
            if isinstance(told, CheckedSentence):
                yield "sentence", to_json(told)
            elif isinstance(told, Claim):
                yield "claim", to_json(told)
            else:
                yield "result", _told(await asking.keep(told, place, parent=parent))


def _told(receipt: Receipt) -> dict[str, Any]:
    return {"receipt": receipt.id, "result": to_json(receipt.result)}
