"""Pages from templates. Text from outside is never markup in them."""

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from footnote.bot.people.people import Role
from footnote.bot.web.assets import address_of
from footnote.bot.web.forgery import form_token
from footnote.bot.web.headers import is_of_mini_app
from footnote.bot.web.keys import SESSION, VISITOR
from footnote.bot.web.words import Words, words_for

_FOLDER = Path(__file__).parent / "templates"


@cache
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals.update(asset=address_of, Role=Role)
    return templates


def render(
    request: web.Request, template: str, *, status: int = 200, **values: Any
) -> web.Response:
    return web.Response(
        text=rendered(request, template, **values), status=status, content_type="text/html"
    )


def rendered(request: web.Request, template: str, **values: Any) -> str:
    """The page, in the language of whoever asked, with what every page shows."""
    words: Words = words_for(request)
    visitor, session = request.get(VISITOR), request.get(SESSION)
    return (
        _templates()
        .get_template(template)
        .render(
            words=words,
            _=words.get,
            visitor=visitor,
            token=form_token(session) if session else "",
            path=request.path,
            in_app=is_of_mini_app(request.path),
            **values,
        )
    )
