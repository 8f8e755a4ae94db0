"""The articles for programs: listed, read, added, replaced, renamed, removed, and taken back."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web

from footnote.bot.articles.add_result import AddResult
from footnote.bot.articles.card import Card
from footnote.bot.articles.listing import matching, newest_first, of_days
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.submissions.intake import Intake, failed
from footnote.bot.submissions.upload import Upload
from footnote.bot.web.api.bodies import (
    BYTES,
    AddQuery,
    ArticleBody,
    GetQuery,
    ListQuery,
    RenameBody,
    UndoBody,
    days_asked,
    read_json,
    read_query,
)
from footnote.bot.web.api.limits import limit_looks
from footnote.bot.web.bodies import read_body
from footnote.bot.web.keys import ADDING, FOOTNOTE, require
from footnote.bot.web.visitor import Visitor
from footnote.corpus.article import Article
from footnote.corpus.errors import ArticleNotFound, CorpusError, FolderUnusable
from footnote.corpus.feeds import Feed
from footnote.corpus.readers import Reading
from footnote.index.errors import IndexFault, IndexLocked
from footnote.index.keeping.catalogue import Listed

logger = logging.getLogger(__name__)

_A_FEED = "This is a feed, not an article: 'footnote follow' follows feeds."
_ONE = "Send either the url of an article or its text, which may have a url and a title besides."
_LIKELY_HERE = "Most of this stands in the article {title!r} already: add it with ?copies=true."
_NAMELESS = "a file"
T = TypeVar("T")


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

    found = await asyncio.to_thread(listed)
    page = found[query.offset : query.offset + query.limit]
    return web.json_response({"total": len(found), "articles": [_line(one) for one in page]})


async def get(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    query = read_query(request, GetQuery)
    limit_looks(request, visitor)
    footnote = request.app[FOOTNOTE]

    def shown() -> dict[str, Any]:
        return article_json(footnote, _article(request), text=query.text)

    return web.json_response(await _done(shown))


async def add(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.EDITOR)
    query = read_query(request, AddQuery)
    footnote = request.app[FOOTNOTE]
    async with request.app[ADDING]:
        reading = await _reading(request, query)

        def added() -> AddResult:
            return footnote.library.add(reading, who=_who(visitor), copies=query.copies)

        taken = await _done(added)
        if taken.how == "near copy":
            raise web.HTTPConflict(text=_LIKELY_HERE.format(title=taken.article.title))
        return await _told(footnote, taken)


async def replace(request: web.Request) -> web.StreamResponse:
    visitor, article = require(request, Role.EDITOR), _article(request)
    query = read_query(request, AddQuery)
    footnote = request.app[FOOTNOTE]
    async with request.app[ADDING]:
        await _done(lambda: footnote.store.read(article))
        reading = await _reading(request, query)

        def replaced() -> AddResult:
            return footnote.library.replace(article, reading, who=_who(visitor))

        return await _told(footnote, await _done(replaced))


async def rename(request: web.Request) -> web.StreamResponse:
    visitor, article = require(request, Role.EDITOR), _article(request)
    body = await read_json(request, RenameBody)
    footnote = request.app[FOOTNOTE]
    if not body.title.strip():
        raise web.HTTPUnprocessableEntity(text="A title needs at least one character.")

    def renamed() -> Article:
        return footnote.library.rename(article, body.title, who=_who(visitor))

    title = (await _done(renamed)).title
    return await _changed(footnote, "renamed", article, title)


async def remove(request: web.Request) -> web.StreamResponse:
    visitor, article = require(request, Role.EDITOR), _article(request)
    footnote = request.app[FOOTNOTE]

    def removed() -> str:
        title = _title(footnote, article)
        footnote.library.remove(article, who=_who(visitor))
        return title

    title = await _done(removed)
    return await _changed(footnote, "removed", article, title)


async def undo(request: web.Request) -> web.StreamResponse:
    require(request, Role.EDITOR)
    body = await read_json(request, UndoBody)
    footnote = request.app[FOOTNOTE]
    undone = await _done(lambda: footnote.library.undo(body.change))
    article = undone.change.article
    return web.json_response(
        {
            "undone": undone.change.what,
            "article": article,
            "title": undone.title,
            "is_there": undone.article is not None,
            "searchable": await asyncio.to_thread(_index, footnote, article),
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


async def _reading(request: web.Request, query: AddQuery) -> Reading:
    """What was sent, read; HTTPUnprocessableEntity where it can't be fetched or read."""
    data: bytes | None = None
    if request.content_type == BYTES:
        data = await read_body(request)
        upload = Upload("file", name=query.name or _NAMELESS)
    else:
        upload = _upload(await read_json(request, ArticleBody))
    footnote = request.app[FOOTNOTE]
    intake = Intake(footnote.adder, footnote.library)
    try:
        found = await asyncio.to_thread(intake.read, upload, data)
    except FolderUnusable:
        raise
    except CorpusError as error:
        logger.info("what a program sent can't be read: %s", error)
        raise web.HTTPUnprocessableEntity(text=failed(error).fault) from None
    if isinstance(found, Feed):
        raise web.HTTPUnprocessableEntity(text=_A_FEED)
    return found


def _upload(body: ArticleBody) -> Upload:
    if body.text is not None:
        return Upload("text", parts=((0, body.text),), title=body.title or None, url=body.url)
    if body.url is None or body.title is not None:
        raise web.HTTPUnprocessableEntity(text=_ONE)
    return Upload("link", name=body.url)


async def _done(action: Callable[[], T]) -> T:
    return await asyncio.to_thread(action)


async def _told(footnote: Footnote, taken: AddResult) -> web.Response:
    article = taken.article
    told: dict[str, Any] = {}
    if taken.how == "new revision":
        told = {"words_added": taken.words_added, "words_removed": taken.words_removed}
    status = 201 if taken.how == "added" else 200
    return await _changed(
        footnote, taken.how, article.id, article.title, number=taken.number, status=status, **told
    )


async def _changed(
    footnote: Footnote,
    outcome: str,
    article: str,
    title: str,
    *,
    number: int | None = None,
    status: int = 200,
    **told: Any,
) -> web.Response:
    if number is None and outcome in ("renamed", "removed"):
        latest = await asyncio.to_thread(footnote.library.changes.latest, article)
        number = latest.number if latest and latest.what == outcome else None
    body = {"outcome": outcome, "article": article, "title": title, "change": number, **told}
    body["searchable"] = await asyncio.to_thread(_index, footnote, article)
    return web.json_response(body, status=status)


def _index(footnote: Footnote, article: str) -> bool:
    """Whether questions are answered from it as it is now; else that is seen to in a moment."""
    try:
        footnote.library.sync(among=[article])
    except IndexLocked:  # whoever keeps the index follows the folder
        return False
    except (IndexFault, CorpusError):
        logger.exception("what a program changed can't be made searchable")
        return False
    return True


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
