"""The articles: listed and searched by everybody, added, changed and taken back by editors."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.web_request import FileField

from footnote.bot.articles.changes import Change
from footnote.bot.articles.listing import matching, newest_first, of_days
from footnote.bot.articles.undo import ChangedSince, HereAgain, NothingToUndo, Undone
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.submissions.intake import is_title
from footnote.bot.submissions.upload import Upload
from footnote.bot.web.bodies import Form, read_form, text_in
from footnote.bot.web.bringing import Item, Sent
from footnote.bot.web.keys import BRINGING, FOOTNOTE, UPLOADS, require, visitor_of
from footnote.bot.web.language import texts_of
from footnote.bot.web.rendering import article_path, render, rendered
from footnote.bot.web.texts import WebTexts
from footnote.bot.wording import one_line
from footnote.corpus.errors import CorpusError
from footnote.corpus.timespan import FIRST, LAST, Timespan
from footnote.index.keeping.catalogue import Listed

_ON_A_PAGE = 30
_MAX_SOURCES = 60
_MAX_WORDS_CHARACTERS = 100
_MAX_AT_ONCE = 20
_MAX_CHANGES = 10
_MAX_TITLE_CHARACTERS = 200
_ADD, _OFFER = "/add", "/offers/{offer}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the list; `page` counts from 1."""

    words: str
    source: str
    since: str
    until: str
    page: int

    @classmethod
    def of(cls, request: web.Request) -> "Wanted":
        query = request.query
        page = query.get("page", "")
        return cls(
            one_line(query.get("words", ""))[:_MAX_WORDS_CHARACTERS],
            query.get("source", "")[:_MAX_TITLE_CHARACTERS],
            query.get("since", "")[:10],
            query.get("until", "")[:10],
            int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    @property
    def days(self) -> Timespan | None:
        """None where none are given, or what is given is no day."""
        try:
            first = Timespan.of(self.since).first if self.since else FIRST
            last = Timespan.of(self.until).last if self.until else LAST
        except ValueError:
            return None
        given = (self.since or self.until) and first <= last
        return Timespan(first, last) if given else None

    def address(self, page: int) -> str:
        """That of another page of the same list."""
        known = {
            "words": self.words,
            "source": self.source,
            "since": self.since,
            "until": self.until,
            "page": str(page) if page > 1 else "",
        }
        return "/articles?" + urlencode({name: value for name, value in known.items() if value})


@dataclass(frozen=True, slots=True)
class Page:
    """`lines` of `count` in all, on the page `at` of `pages`; `sources` are those of all articles,
    the ones with the most articles first."""

    lines: Sequence[Listed]
    count: int
    at: int
    pages: int
    sources: Sequence[str]


def add_to(app: web.Application) -> None:
    app.router.add_get("/articles", _list)
    app.router.add_post(_ADD, _add)
    app.router.add_post(_OFFER, _decide)
    app.router.add_post("/feed", _take_feed)
    app.router.add_post("/change/{article:.+}", _change)
    app.router.add_post("/undo", _undo)
    app[UPLOADS].add(_ADD)


async def _list(request: web.Request, said: str = "", items: Sequence[Item] = ()) -> web.Response:
    footnote, wanted = request.app[FOOTNOTE], Wanted.of(request)
    page = await asyncio.to_thread(_page, footnote, wanted)
    changes: list[tuple[Change, str]] = []
    if visitor_of(request).role >= Role.EDITOR:
        changes = await asyncio.to_thread(_recent, footnote)
    return render(
        request, "articles.html", wanted=wanted, list=page, changes=changes, said=said, items=items
    )


def _page(footnote: Footnote, wanted: Wanted) -> Page:
    with footnote.passage_index.reading() as build:
        listed = build.catalogue.listing()
    sources = [source for source, _ in Counter(filter(None, map(_source, listed))).most_common()]
    found = [line for line in listed if not wanted.source or line.source == wanted.source]
    found = of_days(matching(found, wanted.words), wanted.days)
    found = newest_first(found, footnote.library.changes.arrivals())
    pages = max(1, -(-len(found) // _ON_A_PAGE))
    at = min(max(wanted.page, 1), pages)
    lines = found[(at - 1) * _ON_A_PAGE :][:_ON_A_PAGE]
    return Page(lines, len(found), at, pages, sorted(sources[:_MAX_SOURCES], key=str.casefold))


def _source(line: Listed) -> str | None:
    return line.source


def _recent(footnote: Footnote) -> list[tuple[Change, str]]:
    """The last changes that can be taken back, with the titles of what they were of."""
    changes = footnote.library.changes.recent()[:_MAX_CHANGES]
    return [(change, _title(footnote, change)) for change in changes]


def _title(footnote: Footnote, change: Change) -> str:
    try:
        return footnote.library.store.read(change.article, change.before).title
    except CorpusError:
        return change.article


# Adding


async def _add(request: web.Request) -> web.StreamResponse:
    """Files, links and a text, each of which may become an article, or take the place of one."""
    visitor, bringing = require(request, Role.EDITOR), request.app[BRINGING]
    form = await read_form(request)
    sent = _sent(form)
    if not sent:
        raise web.HTTPBadRequest(text=texts_of(request).nothing_sent)
    replaces = text_in(form, "replaces") or None
    items = [await bringing.bring(visitor, one, replaces=replaces) for one in sent[:_MAX_AT_ONCE]]
    return await _told(request, items)


def _sent(form: Form) -> list[Sent]:
    getall = getattr(form, "getall", None)
    files = [file for file in getall("files", []) if isinstance(file, FileField)] if getall else []
    sent = [
        Sent(Upload("file", _file_name(file)), file.file.read()) for file in files if file.filename
    ]
    links = [line.strip() for line in text_in(form, "links").split() if line.strip()]
    sent += [Sent(Upload("link", link)) for link in links]
    title = one_line(text_in(form, "title"))
    if (text := text_in(form, "text")).strip():
        sent.append(
            Sent(Upload("text", parts=((0, text),), title=title if is_title(title) else None))
        )
    return sent


def _file_name(file: FileField) -> str:
    """The name without the folders that some browsers send along: it is shown, never opened."""
    return one_line(file.filename.replace("\\", "/").rpartition("/")[2])[:_MAX_TITLE_CHARACTERS]


async def _decide(request: web.Request) -> web.StreamResponse:
    """Somebody's word on what was offered."""
    require(request, Role.EDITOR)
    form, texts = await read_form(request), texts_of(request)
    title = one_line(text_in(form, "title"))
    if title and not is_title(title):
        raise web.HTTPBadRequest(text=texts.no_title(_MAX_TITLE_CHARACTERS))
    add = text_in(form, "act") == "add"
    offer = request.match_info["offer"]
    item = await request.app[BRINGING].decide(offer, add=add, title=title)
    if item is None:
        raise web.HTTPConflict(text=texts.not_offered)
    return await _told(request, [item])


async def _take_feed(request: web.Request) -> web.StreamResponse:
    visitor, bringing = require(request, Role.EDITOR), request.app[BRINGING]
    form = await read_form(request)
    act = bringing.follow if text_in(form, "act") == "follow" else bringing.add_entries
    return await _told(request, [await act(visitor, text_in(form, "address"))])


async def _told(request: web.Request, items: Sequence[Item]) -> web.StreamResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        html = "".join(rendered(request, "brought.html", item=item) for item in items)
        return web.json_response({"html": html})
    return await _list(request, items=items)


# Changing


async def _change(request: web.Request) -> web.StreamResponse:
    visitor, form = require(request, Role.EDITOR), await read_form(request)
    footnote, texts, article = (
        request.app[FOOTNOTE],
        texts_of(request),
        request.match_info["article"],
    )
    library, bringing = footnote.library, request.app[BRINGING]
    match text_in(form, "act"):
        case "rename":
            title = one_line(text_in(form, "title"))
            if not is_title(title):
                raise web.HTTPBadRequest(text=texts.no_title(_MAX_TITLE_CHARACTERS))
            await bringing.change(partial(library.rename, article, title, who=visitor.who))
            await bringing.change(bringing.level, article)
            raise web.HTTPSeeOther(article_path(article))
        case "remove":
            title = (await asyncio.to_thread(library.store.read, article)).title
            await bringing.change(partial(library.remove, article, who=visitor.who))
            await bringing.change(bringing.level, article)
            return await _list(request, said=texts.removed(title))
        case _:
            raise web.HTTPBadRequest(text=texts.unknown_button)


async def _undo(request: web.Request) -> web.StreamResponse:
    """Take back the change that the button is about."""
    require(request, Role.EDITOR)
    number, texts = text_in(await read_form(request), "number"), texts_of(request)
    bringing, library = request.app[BRINGING], request.app[FOOTNOTE].library
    try:
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise NothingToUndo(number)
        undone = await bringing.change(library.undo, int(number))
    except ChangedSince as fault:
        return await _list(request, said=texts.undo_changed(fault.title))
    except HereAgain as fault:
        return await _list(request, said=texts.undo_here_again(fault.title))
    except NothingToUndo:
        return await _list(request, said=texts.undo_nothing)
    await bringing.change(bringing.level, undone.change.article)
    return await _list(request, said=_undone(undone, texts))


def _undone(undone: Undone, texts: WebTexts) -> str:
    told = {
        "added": texts.undone_added,
        "removed": texts.undone_removed,
        "renamed": texts.undone_renamed,
        "replaced": texts.undone_replaced,
    }[undone.change.what]
    return told(title=undone.title, who=undone.change.who or texts.somebody)
