"""Pages from templates. Text from outside is never markup in them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import jinja2
from aiohttp import web
from babel import Locale
from markupsafe import Markup, escape

from footnote.bot.links import link_to_text, web_link
from footnote.bot.people.people import Role
from footnote.bot.web.app_keys import SESSION, VISITOR
from footnote.bot.web.article_text import Mark, passage_html
from footnote.bot.web.assets import address_of
from footnote.bot.web.csrf import form_token
from footnote.bot.web.direction import direction_of
from footnote.bot.web.headers import MINI_APP, is_of_mini_app
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.texts import LANGUAGES, WebTexts
from footnote.corpus.article import Article
from footnote.corpus.normalise import one_line
from footnote.index.results import (
    Answer,
    Checked,
    Citation,
    Listing,
    Nearest,
    Reference,
    with_before,
)

T = TypeVar("T")
_FOLDER = Path(__file__).parent / "templates"
_EVERYBODYS = {"/": "to_ask", "/check": "to_check", "/articles": "articles", "/history": "history"}
_OWNERS = {
    "/people": "people",
    "/gaps": "gaps_title",
    "/usage": "usage_title",
    "/feeds": "feeds_title",
}
"""What leads where in the menu, by the names of the texts."""

_IN_MENU = _EVERYBODYS.keys() | _OWNERS.keys()
_PATH, _TOKEN = "\0path\0", "\0token\0"
_ARTICLE, _TITLE, _BEGINNING = "\0article\0", "\0title\0", "\0beginning\0"
"""Stand in parts of a page, as they are kept, for what is not the same in all of them. The token is
filled in first: no title can ask for it."""
_MAX_TITLE_CHARACTERS = 120


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
    templates.globals.update(
        asset=address_of,
        Role=Role,
        languages={name: Locale(name).get_display_name() for name in LANGUAGES},
        link_to_text=link_to_text,
        web_link=web_link,
        with_before=with_before,
        kind_of=_kind,
        day_of=day_of,
        direction_of=direction_of,
        passage_html=passage_html,
        mark_of=_mark_of,
    )
    templates.filters.update(
        line=one_line, day=day_of, day_at=_day_at, by_article=_by_article, slice_to=_slice_to
    )
    return templates


def render(
    request: web.Request, template: str, *, status: int = 200, **values: Any
) -> web.Response:
    return web.Response(
        text=rendered(request, template, **values), status=status, content_type="text/html"
    )


def rendered(request: web.Request, template: str, **values: Any) -> str:
    """The page, in the language of whoever asked, with what every page shows."""
    session = request.get(SESSION)
    in_app = is_of_mini_app(request.path)
    base = MINI_APP if in_app else ""
    visitor, texts = values.pop("visitor", request.get(VISITOR)), texts_of(request)
    token = form_token(session) if session else ""
    known: dict[str, Any] = {
        "texts": texts,
        "visitor": visitor,
        "token": token,
        "header": _header(request, texts, visitor.role, token) if visitor and not in_app else "",
        "in_app": in_app,
        "base": base,
        "article_path": lambda article: article_path(article, base=base),
        "change_forms": lambda article: _change_forms(texts, article, token),
        "cited_path": lambda citation, receipt: cited_path(citation, receipt, base=base),
    }
    return _templates().get_template(template).render(known | values, page=known)


def _header(request: web.Request, texts: WebTexts, role: Role, token: str) -> Markup:
    """The head of a page: it is the same everywhere but for two values of its forms."""
    here = request.path if request.path in _IN_MENU else ""
    written = _header_without_values(texts.language, role, here)
    return Markup(written.replace(_TOKEN, token).replace(_PATH, escape(request.path_qs)))


@cache
def _header_without_values(language: str, role: Role, here: str) -> str:
    template = _templates().get_template("header.html")
    texts = LANGUAGES[language]
    return template.render(
        texts=texts,
        here=here,
        everybodys=_EVERYBODYS,
        owners=_OWNERS if role >= Role.OWNER else {},
        path=_PATH,
        token=_TOKEN,
    )


def _change_forms(texts: WebTexts, article: Article, token: str) -> Markup:
    """What an editor does to an article: laying it out takes half of the time of its page."""
    title = one_line(article.title)
    shown = title if len(title) <= _MAX_TITLE_CHARACTERS else f"{title[:_MAX_TITLE_CHARACTERS]}…"
    filled = {
        _TOKEN: token,
        _PATH: quote(article.id),
        _ARTICLE: escape(article.id),
        _BEGINNING: escape(shown),
        _TITLE: escape(title),
    }
    written = _change_forms_without_values(texts.language)
    for place, value in filled.items():
        written = written.replace(place, value)
    return Markup(written)


@cache
def _change_forms_without_values(language: str) -> str:
    return (
        _templates()
        .get_template("change.html")
        .render(
            texts=LANGUAGES[language],
            path=_PATH,
            token=_TOKEN,
            replaces=_ARTICLE,
            title=_TITLE,
            beginning=_BEGINNING,
        )
    )


def article_path(article: str, *, base: str = "") -> str:
    """Where the page of an article is."""
    return f"{base}/articles/{quote(article)}"


def cited_path(citation: Citation, receipt: str, *, base: str = "") -> str:
    """The page of an article, with what an answer cites of it marked, at one of the sentences."""
    article = article_path(citation.reference.article, base=base)
    return f"{article}?answer={receipt}#n{citation.n}"


def day_of(reference: Reference, texts: WebTexts) -> str | None:
    """The article's own date; else the day on which it was added, said to be that."""
    if reference.date or not reference.added:
        return reference.date
    return texts.added_day(reference.added)


def _kind(result: object) -> str:
    kinds = {Answer: "answer", Nearest: "nearest", Listing: "listing", Checked: "check"}
    return next((name for kind, name in kinds.items() if isinstance(result, kind)), "other")


def _mark_of(citation: Citation) -> Mark:
    return Mark(citation.n, citation.span, citation.passage)


def _by_article(citations: Iterable[Citation]) -> list[list[Citation]]:
    """The citations of each article as it was, in the order in which they come first."""
    found: dict[Reference, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.reference, []).append(citation)
    return list(found.values())


def _day_at(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"


def _slice_to(of: Iterable[T], most: int) -> list[T]:
    return list(islice(of, most))
