"""What the pages share: the parts of Footnote, the address they are served at, who is asking."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.web.article_cache import ArticleCache
from footnote.bot.web.known_visitors import KnownVisitors
from footnote.bot.web.page_intake import PageIntake
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.questions import Questions
from footnote.bot.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the pages are served, as a browser names it; `bot` is the username of the bot that
    serves them, if one does."""

    address: str
    bot: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc.lower()

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser may call it; one on this machine has two names."""
        on_this = self.host.partition(":")
        return (self.host, f"localhost:{on_this[2]}") if on_this[0] == "127.0.0.1" else (self.host,)

    @property
    def is_secure(self) -> bool:
        return self.address.startswith("https://")


FOOTNOTE: web.AppKey[Footnote] = web.AppKey("footnote", Footnote)
ORIGIN: web.AppKey[Origin] = web.AppKey("origin", Origin)
OPENED: web.AppKey[ArticleCache] = web.AppKey("opened", ArticleCache)
INTAKE: web.AppKey[PageIntake] = web.AppKey("bringing", PageIntake)
ASKING: web.AppKey[Questions] = web.AppKey("asking", Questions)
VISITORS: web.AppKey[KnownVisitors] = web.AppKey("visitors", KnownVisitors)
OUTSIDE: web.AppKey[set[tuple[str, str]]] = web.AppKey("outside", set)
"""Methods and paths that are served beside the pages, to which nothing here applies."""
OPEN: web.AppKey[set[str]] = web.AppKey("open", set)
"""Of the pages, as they are declared, those that anybody sees."""
UPLOADS: web.AppKey[set[str]] = web.AppKey("uploads", set)
"""Likewise those that take whole files."""
ADDING: web.AppKey[asyncio.Semaphore] = web.AppKey("adding", asyncio.Semaphore)
"""Of the articles that programs send, so many are read at a time."""
PROGRAMS: web.AppKey[tuple[str, ...]] = web.AppKey("programs", tuple)
"""What the paths that are for programs begin with."""
MODELS = "/v1/"
"""What the paths begin with at which Footnote looks like a language model."""
VISITOR: web.RequestKey[Visitor] = web.RequestKey("visitor", Visitor)
SESSION: web.RequestKey[str] = web.RequestKey("session", str)
"""The secret of the session; empty where a token asks."""


def visitor_of(request: web.Request) -> Visitor:
    """Who is asking; behind the door there always is somebody."""
    return request[VISITOR]


def require(request: web.Request, role: Role) -> Visitor:
    """Who is asking, if they have this role or a higher one; HTTPForbidden if not."""
    visitor = visitor_of(request)
    if visitor.role < role:
        texts = texts_of(request)
        told = texts.owners_only if role is Role.OWNER else texts.editors_only
        raise web.HTTPForbidden(text=told)
    return visitor
