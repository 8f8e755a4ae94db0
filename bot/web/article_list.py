"""The articles: listed and searched by everybody, changed and taken back by editors."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from footnote.bot.articles.article_list import matching, newest_first, of_days
from footnote.bot.articles.changes import Change
from footnote.bot.articles.undo import ChangedSince, HereAgain, NothingToUndo, Undone
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.submissions.intake import is_title
from footnote.bot.threads import run_in_thread
from footnote.bot.web.app_keys import FOOTNOTE, INTAKE, require, visitor_of
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.page_intake import Item
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.rendering import article_path, render
from footnote.bot.web.texts import WebTexts
from footnote.corpus.errors import CorpusError
from footnote.corpus.normalise import one_line
from footnote.corpus.timespan import FIRST, LAST, Timespan
from footnote.index.keeping.catalogue import Listed

_ON_A_PAGE = 30
_MAX_SOURCES = 60
_MAX_WORDS_CHARACTERS = 100
_MAX_CHANGES = 10
MAX_TITLE_CHARACTERS = 200


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
            query.get("source", "")[:MAX_TITLE_CHARACTERS],
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
    app.router.add_get("/articles", show_list)
    app.router.add_post("/change/{article:.+}", _change)
    app.router.add_post("/undo", _undo)


async def show_list(
    request: web.Request, said: str = "", items: Sequence[Item] = ()
) -> web.Response:
    """Above the list is what is `said`, and what has become of these `items`; then what an editor
    has sent that still waits for their word."""
    footnote, wanted = request.app[FOOTNOTE], Wanted.of(request)
    page = await run_in_thread(_page, footnote, wanted)
    changes, waiting = list[tuple[Change, str]](), list[Item]()
    if (visitor := visitor_of(request)).role >= Role.EDITOR:
        changes = await run_in_thread(_recent, footnote)
        waiting = await request.app[INTAKE].offered(visitor)
    told = {item.offer for item in items if item.offer}
    return render(
        request,
        "articles.html",
        wanted=wanted,
        list=page,
        changes=changes,
        said=said,
        items=[*items, *(item for item in waiting if item.offer not in told)],
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


# Changing


async def _change(request: web.Request) -> web.StreamResponse:
    visitor, form = require(request, Role.EDITOR), await read_form(request)
    footnote, texts, article = (
        request.app[FOOTNOTE],
        texts_of(request),
        request.match_info["article"],
    )
    library, bringing = footnote.library, request.app[INTAKE]
    match text_in(form, "act"):
        case "rename":
            title = one_line(text_in(form, "title"))
            if not is_title(title):
                raise web.HTTPBadRequest(text=texts.no_title(MAX_TITLE_CHARACTERS))
            await bringing.change(partial(library.rename, article, title, who=visitor.who))
            await bringing.change(bringing.sync, article)
            raise web.HTTPSeeOther(article_path(article))
        case "remove":
            title = (await run_in_thread(library.store.read, article)).title
            await bringing.change(partial(library.remove, article, who=visitor.who))
            await bringing.change(bringing.sync, article)
            return await show_list(request, said=texts.removed(title))
        case _:
            raise web.HTTPBadRequest(text=texts.unknown_button)


async def _undo(request: web.Request) -> web.StreamResponse:
    """Take back the change that the button is about."""
    require(request, Role.EDITOR)
    number, texts = text_in(await read_form(request), "number"), texts_of(request)
    bringing, library = request.app[INTAKE], request.app[FOOTNOTE].library
    try:
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise NothingToUndo(number)
        undone = await bringing.change(library.undo, int(number))
    except ChangedSince as fault:
        return await show_list(request, said=texts.undo_changed(fault.title))
    except HereAgain as fault:
        return await show_list(request, said=texts.undo_here_again(fault.title))
    except NothingToUndo:
        return await show_list(request, said=texts.undo_gone)
    await bringing.change(bringing.sync, undone.change.article)
    return await show_list(request, said=_undone(undone, texts))


def _undone(undone: Undone, texts: WebTexts) -> str:
    told = {
        "added": texts.undone_added,
        "removed": texts.undone_removed,
        "renamed": texts.undone_renamed,
        "replaced": texts.undone_replaced,
    }[undone.change.what]
    return told(title=undone.title, who=undone.change.who or texts.somebody)
