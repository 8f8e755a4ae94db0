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
from markupsafe import Markup

from footnote.bot.links import link_to_text, web_link
from footnote.bot.people.people import Role
from footnote.bot.web.app_keys import SESSION, VISITOR
from footnote.bot.web.article_text import Mark, passage_html
from footnote.bot.web.assets import address_of
from footnote.bot.web.csrf import form_token
from footnote.bot.web.direction import direction_of
from footnote.bot.web.headers import MINI_APP, is_of_mini_app
from footnote.bot.web.page_frames import Frame, slot
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

_IS_HTML = {"Content-Type": "text/html; charset=utf-8"}
_IN_MENU = _EVERYBODYS.keys() | _OWNERS.keys()


@cache
def templates() -> jinja2.Environment:
    """Compiled once, and used by all pages."""
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
    return html_response(rendered(request, template, **values).encode(), status=status)


def html_response(html: bytes, *, status: int = 200) -> web.Response:
    return web.Response(body=html, status=status, headers=_IS_HTML)


def rendered(request: web.Request, template: str, **values: Any) -> str:
    """The page, in the language of whoever asked, with what every page shows."""
    in_app = is_of_mini_app(request.path)
    base = MINI_APP if in_app else ""
    visitor, texts = values.pop("visitor", request.get(VISITOR)), texts_of(request)
    token = token_of(request)
    known: dict[str, Any] = {
        "texts": texts,
        "visitor": visitor,
        "token": token,
        "header": _header(request, texts, visitor.role, token) if visitor and not in_app else "",
        "in_app": in_app,
        "base": base,
        "article_path": lambda article: article_path(article, base=base),
        "cited_path": lambda citation, receipt: cited_path(citation, receipt, base=base),
    }
    return templates().get_template(template).render(known | values, page=known)


def token_of(request: web.Request) -> str:
    """What the forms of a page carry; empty where whoever asks has no session."""
    session = request.get(SESSION)
    return form_token(session) if session else ""


def _header(request: web.Request, texts: WebTexts, role: Role, token: str) -> Markup:
    here = request.path if request.path in _IN_MENU else ""
    frame = _header_frame(texts.language, role, here)
    return frame.fill({"token": token, "path": request.path_qs})


@cache
def _header_frame(language: str, role: Role, here: str) -> Frame:
    return Frame(header_template(language, role, here))


def header_template(language: str, role: Role, here: str) -> Markup:
    """The head of a page, `here` in the menu, with slots for its `token` and `path`."""
    template = templates().get_template("header.html")
    return Markup(
        template.render(
            texts=LANGUAGES[language],
            here=here,
            everybodys=_EVERYBODYS,
            owners=_OWNERS if role >= Role.OWNER else {},
            path=slot("path"),
            token=slot("token"),
        )
    )


def article_path(article: str, *, base: str = "") -> str:
    """Where the page of an article is."""
    return f"{base}/articles/{quote(article)}"


def cited_path(citation: Citation, receipt: str, *, base: str = "") -> str:
    """The page of an article, with what an answer cites of it marked, at one of the sentences."""
    article = article_path(citation.reference.article, base=base)
    return f"{article}?answer={receipt}#n{citation.n}"


def day_of(article: Article | Reference, texts: WebTexts) -> str | None:
    """The article's own date; else the day on which it was added, said to be that."""
    if article.date or not article.added:
        return article.date
    return texts.added_day(article.added)


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
