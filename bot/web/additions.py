"""Articles are added: files, links and texts that editors send, offers that they decide, feeds."""

from collections.abc import Sequence

from aiohttp import web
from aiohttp.web_request import FileField

from footnote.bot.people.people import Role
from footnote.bot.submissions.intake import is_title
from footnote.bot.submissions.upload import Upload
from footnote.bot.web.app_keys import INTAKE, UPLOADS, require
from footnote.bot.web.article_list import MAX_TITLE_CHARACTERS, show_list
from footnote.bot.web.bodies import Form, read_form, text_in
from footnote.bot.web.page_intake import Item, SentUpload
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.rendering import rendered
from footnote.corpus.normalise import one_line

_MAX_AT_ONCE = 20
_ADD, _OFFER = "/add", "/offers/{offer}"


def add_to(app: web.Application) -> None:
    app.router.add_post(_ADD, _add)
    app.router.add_post(_OFFER, _decide)
    app.router.add_post("/feed", _take_feed)
    app[UPLOADS].add(_ADD)


async def _add(request: web.Request) -> web.StreamResponse:
    """Files, links and a text, each of which may become an article, or take the place of one."""
    visitor, bringing = require(request, Role.EDITOR), request.app[INTAKE]
    form = await read_form(request)
    sent = _sent(form)
    if not sent:
        raise web.HTTPBadRequest(text=texts_of(request).nothing_sent)
    replaces = text_in(form, "replaces") or None
    items = [await bringing.bring(visitor, one, replaces=replaces) for one in sent[:_MAX_AT_ONCE]]
    return await _told(request, items)


def _sent(form: Form) -> list[SentUpload]:
    getall = getattr(form, "getall", None)
    files = [file for file in getall("files", []) if isinstance(file, FileField)] if getall else []
    sent = [
        SentUpload(Upload("file", _file_name(file)), file.file.read())
        for file in files
        if file.filename
    ]
    links = [line.strip() for line in text_in(form, "links").split() if line.strip()]
    sent += [SentUpload(Upload("link", link)) for link in links]
    title = one_line(text_in(form, "title"))
    if (text := text_in(form, "text")).strip():
        sent.append(
            SentUpload(Upload("text", parts=((0, text),), title=title if is_title(title) else None))
        )
    return sent


def _file_name(file: FileField) -> str:
    """The name without the folders that some browsers send along: it is shown, never opened."""
    return one_line(file.filename.replace("\\", "/").rpartition("/")[2])[:MAX_TITLE_CHARACTERS]


async def _decide(request: web.Request) -> web.StreamResponse:
    """Somebody's word on what was offered."""
    require(request, Role.EDITOR)
    form, texts = await read_form(request), texts_of(request)
    title = one_line(text_in(form, "title"))
    if title and not is_title(title):
        raise web.HTTPBadRequest(text=texts.no_title(MAX_TITLE_CHARACTERS))
    add = text_in(form, "act") == "add"
    offer = request.match_info["offer"]
    items = await request.app[INTAKE].decide(offer, add=add, title=title)
    if not items:
        raise web.HTTPConflict(text=texts.not_offered)
    return await _told(request, items)


async def _take_feed(request: web.Request) -> web.StreamResponse:
    visitor, bringing = require(request, Role.EDITOR), request.app[INTAKE]
    form = await read_form(request)
    act = bringing.follow if text_in(form, "act") == "follow" else bringing.add_entries
    return await _told(request, [await act(visitor, text_in(form, "address"))])


async def _told(request: web.Request, items: Sequence[Item]) -> web.StreamResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        html = "".join(rendered(request, "brought.html", item=item) for item in items)
        return web.json_response({"html": html})
    return await show_list(request, items=items)
