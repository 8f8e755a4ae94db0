"""How the page of an article is laid out: for each language and role once, to be filled in."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

from aiohttp import web
from jinja2.filters import do_truncate
from markupsafe import Markup, escape

from footnote.bot.answers.receipts import Receipt
from footnote.bot.links import link_to_text, web_link
from footnote.bot.people.people import Role
from footnote.bot.web.app_keys import visitor_of
from footnote.bot.web.direction import direction_of
from footnote.bot.web.headers import MINI_APP, is_of_mini_app
from footnote.bot.web.opened_article import LaidOut, Opened
from footnote.bot.web.page_frames import Frame, slot
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.rendering import day_of, header_template, templates, token_of
from footnote.bot.web.texts import LANGUAGES, WebTexts
from footnote.corpus.article import Article
from footnote.corpus.normalise import one_line
from footnote.index.results import Citation, Reference

_MAX_TITLE_CHARACTERS = 120
_MAX_FACT_CHARACTERS = 120
_NOTHING = Markup()


def article_document(request: web.Request, opened: Opened, receipt: Receipt | None) -> bytes:
    """The whole page, of what is there or was quoted when it was; `receipt` is what cites it."""
    texts, in_app = texts_of(request), is_of_mini_app(request.path)
    frame = _frame(texts.language, visitor_of(request).role, in_app, opened.laid_out is not None)
    base = MINI_APP if in_app else ""
    values: dict[str, str | bytes] = {
        "path": request.path_qs,
        "token": token_of(request),
        "then": _then(opened, texts) if opened.quoted else _NOTHING,
        "steps": _steps(opened, receipt, texts, base) if receipt else _NOTHING,
        **_of_article(opened, texts),
    }
    if opened.laid_out is not None and not in_app:
        values |= _of_card(opened.laid_out, opened, texts)
    return frame.fill_encoded(values)


def _of_article(opened: Opened, texts: WebTexts) -> dict[str, str | bytes]:
    if opened.laid_out is None:
        reference = opened.quoted[0][0].reference
        title = one_line(reference.title)
        return {
            "title": title,
            "direction": direction_of(title),
            "lang": _NOTHING,
            "facts": _facts(reference, texts),
        }
    laid_out, article = opened.laid_out, opened.laid_out.article
    language = article.language
    return {
        "title": laid_out.title,
        "direction": laid_out.title_direction,
        "lang": Markup(f' lang="{escape(language)}"') if language else _NOTHING,
        "facts": _facts(article, texts, original=_original(article, opened.marked)),
        "text_direction": laid_out.direction,
        "body": opened.html,
    }


def _original(article: Article, marked: Sequence[Citation]) -> str | None:
    """The address of the page that it came from, at what is marked."""
    return link_to_text(article.url, marked[0].quotation) if marked else web_link(article.url)


def _facts(article: Article | Reference, texts: WebTexts, *, original: str | None = None) -> Markup:
    """Author, day and source, as parts.html has them, and the link to where it came from."""
    known = (article.author, day_of(article, texts), article.source)
    shown = [f"<bdi>{escape(_short(fact))}</bdi>" for fact in known if fact]
    if original:
        told = escape(texts.original)
        address = escape(original)
        shown.append(f'<a href="{address}" rel="noopener noreferrer" target="_blank">{told}</a>')
    return Markup(" · ".join(shown))


def _short(fact: str) -> str:
    line = one_line(fact)
    if len(line) <= _MAX_FACT_CHARACTERS:
        return line
    return do_truncate(templates(), line, _MAX_FACT_CHARACTERS)


def _then(opened: Opened, texts: WebTexts) -> Markup:
    template = templates().get_template("quoted_then.html")
    article = opened.laid_out is not None
    return Markup(template.render(texts=texts, article=article, quoted=opened.quoted))


def _steps(opened: Opened, receipt: Receipt, texts: WebTexts, base: str) -> Markup:
    template = templates().get_template("steps.html")
    return Markup(template.render(texts=texts, base=base, receipt=receipt, marked=opened.marked))


def _of_card(laid_out: LaidOut, opened: Opened, texts: WebTexts) -> dict[str, str]:
    rows: Any = templates().get_template("card_rows.html").module  # its macros have no types
    title = laid_out.title
    is_short = len(title) <= _MAX_TITLE_CHARACTERS
    return {
        "arrival": rows.arrival(opened.arrival, texts) if opened.arrival else _NOTHING,
        "words": texts.number(laid_out.words),
        "passages": texts.number(laid_out.passages),
        "pages": rows.pages(laid_out.pages, texts) if laid_out.pages else _NOTHING,
        "cited": texts.number(opened.cited),
        "questions": rows.questions(opened.questions, texts) if opened.questions else _NOTHING,
        "article": laid_out.article.id,
        "article_path": quote(laid_out.article.id),
        "short_title": title if is_short else f"{title[:_MAX_TITLE_CHARACTERS]}…",
    }


@cache
def _frame(language: str, role: Role, in_app: bool, has_article: bool) -> Frame:
    texts = LANGUAGES[language]
    slots = ("title", "direction", "lang", "facts", "then", "text_direction", "body", "steps")
    page = templates().get_template("article.html")
    written = page.render(
        {name: slot(name) for name in slots},
        texts=texts,
        in_app=in_app,
        has_article=has_article,
        header="" if in_app else header_template(language, role, ""),
        card=_card(texts, role) if has_article and not in_app else "",
    )
    return Frame(written)


def _card(texts: WebTexts, role: Role) -> Markup:
    slots = ("arrival", "words", "passages", "pages", "cited", "questions")
    change = _change_forms(texts) if role >= Role.EDITOR else ""
    card = templates().get_template("card.html")
    return Markup(card.render({name: slot(name) for name in slots}, texts=texts, change=change))


def _change_forms(texts: WebTexts) -> Markup:
    """What an editor does to an article."""
    template = templates().get_template("change.html")
    return Markup(
        template.render(
            texts=texts,
            path=slot("article_path"),
            token=slot("token"),
            replaces=slot("article"),
            title=slot("title"),
            beginning=slot("short_title"),
        )
    )
