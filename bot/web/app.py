"""The pages put together as one application, for `footnote web` and for the bot to serve."""

from collections.abc import AsyncIterator

from aiohttp import web

from footnote.bot.composition import Footnote
from footnote.bot.web import (
    additions,
    article_list,
    article_page,
    assets,
    conversation,
    mini_app,
    openai_compatible,
    owner_pages,
    reopened,
    sign_in,
)
from footnote.bot.web.api import operations
from footnote.bot.web.app_keys import (
    ASKING,
    FOOTNOTE,
    INTAKE,
    OPEN,
    OPENED,
    ORIGIN,
    OUTSIDE,
    PROGRAMS,
    UPLOADS,
    VISITORS,
    Origin,
)
from footnote.bot.web.article_cache import ArticleCache
from footnote.bot.web.authentication import authenticate
from footnote.bot.web.bodies import MAX_BYTES
from footnote.bot.web.cors import add_cors_headers, cors
from footnote.bot.web.error_pages import error_pages
from footnote.bot.web.headers import add_headers
from footnote.bot.web.known_visitors import KnownVisitors
from footnote.bot.web.mcp import over_http
from footnote.bot.web.page_intake import PageIntake
from footnote.bot.web.questions import Questions

_PAGES = (
    sign_in.add_to,
    conversation.add_to,
    article_list.add_to,
    additions.add_to,
    owner_pages.add_to,
    mini_app.add_to,
    article_page.add_to,
    reopened.add_to,
)
"""Each adds the pages of one subject."""
_INTERFACES = (operations.add_to, openai_compatible.add_to, over_http.add_to)
"""Likewise what is for programs."""
_PATHS_OF_PROGRAMS = ("/api/", "/v1/", "/mcp")


def make_app(footnote: Footnote, origin: Origin) -> web.Application:
    """Everything that is served to people and programs, at this address."""
    app = web.Application(
        middlewares=[error_pages, cors, authenticate],
        client_max_size=footnote.settings.max_megabytes * 1024**2 + MAX_BYTES,
    )
    app[FOOTNOTE], app[ORIGIN], app[ASKING] = footnote, origin, Questions(footnote)
    app[INTAKE], app[OPENED] = PageIntake(footnote), ArticleCache()
    app[VISITORS] = KnownVisitors(footnote)
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
    app[INTAKE].close()
