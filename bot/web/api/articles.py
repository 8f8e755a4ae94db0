"""The articles for programs: listed, read, added, replaced, renamed, removed, and taken back."""

from typing import Any

from aiohttp import web

from footnote.bot.articles.add_result import AddResult
from footnote.bot.articles.article_list import matching, newest_first, of_days
from footnote.bot.articles.card import Card
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.threads import run_in_thread
from footnote.bot.web.api.limits import limit_looks
from footnote.bot.web.api.outcomes import added, changed, index, last_change
from footnote.bot.web.api.request_models import (
    AddQuery,
    GetQuery,
    ListQuery,
    RenameBody,
    UndoBody,
    days_asked,
    read_json,
    read_query,
)
from footnote.bot.web.api.uploads import read_upload
from footnote.bot.web.app_keys import ADDING, FOOTNOTE, require
from footnote.bot.web.visitor import Visitor
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.index.keeping.catalogue import Listed

_LIKELY_HERE = "Most of this stands in the article {title!r} already: add it with ?copies=true."


async def list_all(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    query = read_query(request, ListQuery)
    days = days_asked(query.since, query.until)
    limit_looks(request, visitor)
    footnote = request.app[FOOTNOTE]

    def listed() -> list[Listed]:
        with footnote.passage_index.reading() as build:
            lines = build.catalogue.listing()
        found = of_days(matching(lines, query.search), days)
        return newest_first(found, footnote.library.changes.arrivals())

    found = await run_in_thread(listed)
    page = found[query.offset : query.offset + query.limit]
    return web.json_response({"total": len(found), "articles": [_line(one) for one in page]})


async def get(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    query = read_query(request, GetQuery)
    limit_looks(request, visitor)
    footnote = request.app[FOOTNOTE]

    def shown() -> dict[str, Any]:
        return article_json(footnote, _article(request), text=query.text)

    return web.json_response(await run_in_thread(shown))


async def add(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.EDITOR)
    query = read_query(request, AddQuery)
    footnote = request.app[FOOTNOTE]
    async with request.app[ADDING]:
        reading = await read_upload(request, query)

        def taken_in() -> AddResult:
            return footnote.library.add(reading, who=_who(visitor), copies=query.copies)

        taken = await run_in_thread(taken_in)
        if taken.how == "near copy":
            raise web.HTTPConflict(text=_LIKELY_HERE.format(title=taken.article.title))
        return await added(footnote, taken)


async def replace(request: web.Request) -> web.StreamResponse:
    visitor, article = require(request, Role.EDITOR), _article(request)
    query = read_query(request, AddQuery)
    footnote = request.app[FOOTNOTE]
    async with request.app[ADDING]:
        await run_in_thread(lambda: footnote.store.read(article))
        reading = await read_upload(request, query, replaces=True)

        def replaced() -> AddResult:
            return footnote.library.replace(article, reading, who=_who(visitor))

        return await added(footnote, await run_in_thread(replaced))


async def rename(request: web.Request) -> web.StreamResponse:
    visitor, article = require(request, Role.EDITOR), _article(request)
    body = await read_json(request, RenameBody)
    footnote = request.app[FOOTNOTE]
    if not body.title.strip():
        raise web.HTTPUnprocessableEntity(text="A title needs at least one character.")

    def renamed() -> tuple[str, bool]:
        before = _title(footnote, article)
        title = footnote.library.rename(article, body.title, who=_who(visitor)).title
        return title, title != before

    title, is_new = await run_in_thread(renamed)
    number = await last_change(footnote, article, "renamed") if is_new else None
    return await changed(footnote, "renamed", article, title, number=number)


async def remove(request: web.Request) -> web.StreamResponse:
    visitor, article = require(request, Role.EDITOR), _article(request)
    footnote = request.app[FOOTNOTE]

    def removed() -> str:
        title = _title(footnote, article)
        footnote.library.remove(article, who=_who(visitor))
        return title

    title = await run_in_thread(removed)
    number = await last_change(footnote, article, "removed")
    return await changed(footnote, "removed", article, title, number=number)


async def undo(request: web.Request) -> web.StreamResponse:
    require(request, Role.EDITOR)
    body = await read_json(request, UndoBody)
    footnote = request.app[FOOTNOTE]
    undone = await run_in_thread(lambda: footnote.library.undo(body.change))
    article = undone.change.article
    return web.json_response(
        {
            "undone": undone.change.what,
            "article": article,
            "title": undone.title,
            "is_there": undone.article is not None,
            "searchable": await run_in_thread(index, footnote, article),
        }
    )


def article_json(footnote: Footnote, article: str, *, text: bool) -> dict[str, Any]:
    """Raises ArticleNotFound, or FrontMatterFault where its file is not right."""
    card = Card.of(footnote.library, footnote.receipts, article)
    known = card.article
    return {
        "article": known.id,
        "revision": known.revision,
        "title": known.title,
        **{name: getattr(known, name) for name in ("author", "date", "added", "language")},
        **{name: getattr(known, name) for name in ("source", "url")},
        "characters": len(known.text),
        "cited": card.cited,
        "passages": [{"start": span.start, "end": span.end} for span in card.passages],
        **({"text": known.text} if text else {}),
    }


def _line(listed: Listed) -> dict[str, Any]:
    names = ("article", "title", "author", "date", "added", "language", "source", "url")
    return {
        **{name: getattr(listed, name) for name in names},
        "characters": listed.characters,
        "passages": listed.passages,
    }


def _article(request: web.Request) -> str:
    return request.match_info["article"]


def _title(footnote: Footnote, article: str) -> str:
    """Its name where its file is faulty; ArticleNotFound where there is none."""
    try:
        return footnote.store.read(article).title
    except ArticleNotFound:
        raise
    except CorpusError:
        return article


def _who(visitor: Visitor) -> str:
    return f"{visitor.name} (API)" if visitor.name else "the API"
