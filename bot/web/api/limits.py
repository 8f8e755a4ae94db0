"""How much one program may ask and look at in a minute, as one person may in Telegram."""

import time
from itertools import count

from aiohttp import web

from footnote.bot.web.app_keys import ASKING, FOOTNOTE
from footnote.bot.web.visitor import Visitor

_looks = count()


def limit_questions(request: web.Request, visitor: Visitor) -> None:
    """Count a question or a check; HTTPTooManyRequests where there were too many."""
    _refuse(request.app[ASKING].wait(visitor))


def limit_looks(request: web.Request, visitor: Visitor) -> None:
    """Count a list, an article or a receipt likewise."""
    now = time.time()
    looks = request.app[FOOTNOTE].looks
    _refuse(looks.wait(visitor.number, f"api:{now}:{next(_looks)}", now))


def _refuse(seconds: int) -> None:
    if seconds:
        told = f"That is too much for one minute: wait {seconds} s and try again."
        raise web.HTTPTooManyRequests(text=told, headers={"Retry-After": str(seconds)})
