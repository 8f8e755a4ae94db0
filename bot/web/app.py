"""The pages put together as one application, for `footnote web` and for the bot to serve."""

from collections.abc import AsyncIterator

from aiohttp import web

from footnote.bot.composition import Footnote
from footnote.bot.web import (
    additions,
    assets,
    conversing,
    entrance,
    mini_app,
    openai_compatible,
    owning,
    reading,
    shelf,
)
from footnote.bot.web.api import operations
from footnote.bot.web.asking import Asking
from footnote.bot.web.bodies import MAX_BYTES
from footnote.bot.web.bringing import Bringing
from footnote.bot.web.cors import add_cors_headers, cors
from footnote.bot.web.door import door
from footnote.bot.web.faults import faults
from footnote.bot.web.headers import add_headers
from footnote.bot.web.keys import (
    ASKING,
    BRINGING,
    FOOTNOTE,
    OPEN,
    ORIGIN,
    OUTSIDE,
    PROGRAMS,
    UPLOADS,
    Origin,
)
from footnote.bot.web.mcp import over_http

_PAGES = (
    entrance.add_to,
    conversing.add_to,
    shelf.add_to,
    additions.add_to,
    owning.add_to,
    mini_app.add_to,
    reading.add_to,
)
"""Each adds the pages of one subject."""
_INTERFACES = (operations.add_to, openai_compatible.add_to, over_http.add_to)
"""Likewise what is for programs."""
_PATHS_OF_PROGRAMS = ("/api/", "/v1/", "/mcp")


def make_app(footnote: Footnote, origin: Origin) -> web.Application:
    """Everything that is served to people and programs, at this address."""
    app = web.Application(
        middlewares=[faults, cors, door],
        client_max_size=footnote.settings.max_megabytes * 1024**2 + MAX_BYTES,
    )
    app[FOOTNOTE], app[ORIGIN], app[ASKING] = footnote, origin, Asking(footnote)
    app[BRINGING] = Bringing(footnote)
    app[OUTSIDE], app[OPEN], app[UPLOADS] = set(), {assets.PATH}, set()
    app[PROGRAMS] = _PATHS_OF_PROGRAMS
    app.router.add_get(assets.PATH, assets.serve)
    for add_pages_to in (*_PAGES, *_INTERFACES):
        add_pages_to(app)
    app.on_response_prepare.append(add_headers)
    app.on_response_prepare.append(add_cors_headers)
    app.cleanup_ctx.append(_ended)
    return app


async def _ended(app: web.Application) -> AsyncIterator[None]:
    yield
    app[ASKING].close()
    app[BRINGING].close()
