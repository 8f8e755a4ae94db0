"""What programs can do, at which address, with what: the routes and their description are one."""

import asyncio
import json
from functools import cache

from aiohttp import web

from footnote.bot.people.people import Role
from footnote.bot.web.api import answers, articles, receipts, request_models, response_models
from footnote.bot.web.api.openapi import Operation, document_of
from footnote.bot.web.app_keys import ADDING, UPLOADS

_ADDED_AT_ONCE = 4
OPERATIONS = (
    Operation(
        "POST",
        "/api/ask",
        answers.ask,
        "Ask a question",
        "The whole result; with `Accept: text/event-stream` an event `claim` for each sentence of"
        " a written answer as soon as it has been checked, then an event `result`.",
        body=request_models.AskBody,
        reply=response_models.AskReply,
        events=True,
        refusals=(404,),
    ),
    Operation(
        "POST",
        "/api/check",
        answers.check,
        "Check a text",
        "What the articles say of each sentence; as events, a `sentence` each, then the `result`.",
        body=request_models.CheckBody,
        reply=response_models.CheckReply,
        events=True,
    ),
    Operation(
        "GET",
        "/api/articles",
        articles.list_all,
        "List articles",
        "The newest first.",
        query=request_models.ListQuery,
        reply=response_models.ListReply,
    ),
    Operation(
        "POST",
        "/api/articles",
        articles.add,
        "Add an article",
        "A link or a text as JSON, or the bytes of a file; 201 where it is new.",
        role=Role.EDITOR,
        query=request_models.AddQuery,
        body=request_models.ArticleBody,
        reply=response_models.ChangeReply,
        statuses=(200, 201),
        takes_files=True,
        refusals=(409,),
    ),
    Operation(
        "GET",
        "/api/articles/{article}",
        articles.get,
        "Read an article",
        "What is known of it, and its text, to which all offsets refer.",
        query=request_models.GetQuery,
        reply=response_models.ArticleReply,
        refusals=(404, 409),
    ),
    Operation(
        "PUT",
        "/api/articles/{article}",
        articles.replace,
        "Replace an article",
        "Another text becomes a new revision; earlier answers keep what they quoted.",
        role=Role.EDITOR,
        query=request_models.AddQuery,
        body=request_models.ArticleBody,
        reply=response_models.ChangeReply,
        takes_files=True,
        refusals=(404, 409),
    ),
    Operation(
        "PATCH",
        "/api/articles/{article}",
        articles.rename,
        "Rename an article",
        "Another title; its name stays.",
        role=Role.EDITOR,
        body=request_models.RenameBody,
        reply=response_models.ChangeReply,
        refusals=(404, 409),
    ),
    Operation(
        "DELETE",
        "/api/articles/{article}",
        articles.remove,
        "Remove an article",
        "For a day this can be undone; then it is erased.",
        role=Role.EDITOR,
        reply=response_models.ChangeReply,
        refusals=(404, 409),
    ),
    Operation(
        "POST",
        "/api/undo",
        articles.undo,
        "Undo a change",
        "The last one, or the one of a number, within a day.",
        role=Role.EDITOR,
        body=request_models.UndoBody,
        reply=response_models.UndoReply,
        refusals=(409,),
    ),
    Operation(
        "GET",
        "/api/receipts/{receipt}",
        receipts.get,
        "Read a receipt",
        "A result as it was given, with its evidence.",
        reply=response_models.ReceiptReply,
        refusals=(404,),
    ),
    Operation(
        "POST",
        "/api/receipts/{receipt}/feedback",
        receipts.rate,
        "Rate an answer",
        "One verdict for each program and answer.",
        body=request_models.FeedbackBody,
        reply=response_models.FeedbackReply,
        refusals=(404,),
    ),
)


@cache
def _description() -> str:
    """In JSON. To make it takes 30 ms, which no start need wait for."""
    return json.dumps(document_of(OPERATIONS))


async def _described(request: web.Request) -> web.StreamResponse:
    return web.json_response(text=_description())


def add_to(app: web.Application) -> None:
    app[ADDING] = asyncio.Semaphore(_ADDED_AT_ONCE)
    app.router.add_get("/api/openapi.json", _described)
    for operation in OPERATIONS:
        # An article in a folder has a slash in its name.
        path = operation.path.replace("{article}", "{article:.+}")
        route = app.router.add_route(operation.method, path, operation.handler)
        if operation.takes_files and route.resource:
            app[UPLOADS].add(route.resource.canonical)
