"""Reading: an article with what is cited of it marked, and an answer that was given earlier."""

import secrets
from typing import Any

from aiohttp import web

from footnote.bot.answers.feedback import Rating, Tally
from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.threads import run_in_thread
from footnote.bot.web.access import receipt_of
from footnote.bot.web.app_keys import FOOTNOTE, OPENED, visitor_of
from footnote.bot.web.article_cache import ArticleCache
from footnote.bot.web.article_layout import article_document
from footnote.bot.web.article_text import Mark, article_html
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.headers import MINI_APP, is_of_mini_app
from footnote.bot.web.opened_article import Opened
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.rendering import html_response, render
from footnote.corpus.span import Span
from footnote.index.results import Answer, Citation, Nearest

_VERDICTS = {"up": Rating.UP, "down": Rating.DOWN}


def add_to(app: web.Application) -> None:
    for base in ("", MINI_APP):
        app.router.add_get(f"{base}/articles/{{article:.+}}", _article)
        app.router.add_get(f"{base}/receipts/{{receipt}}", _receipt)
        app.router.add_get(f"{base}/evidence/{{receipt}}/{{n:[0-9]{{1,4}}}}", _evidence)
    app.router.add_post("/receipts/{receipt}/feedback", _rate)
    app.router.add_post("/receipts/{receipt}/share", _share)


async def _article(request: web.Request) -> web.StreamResponse:
    """The article, also where it is gone, if an answer that cites it is given."""
    footnote, name = request.app[FOOTNOTE], request.match_info["article"]
    given = request.query.get("answer")
    receipt = await receipt_of(request, given) if given else None
    base = MINI_APP if is_of_mini_app(request.path) else ""
    opened = await run_in_thread(
        open_article,
        footnote,
        request.app[OPENED],
        name,
        receipt,
        base=base,
        home=visitor_of(request).home,
    )
    if opened.laid_out is None and not opened.quoted:
        raise web.HTTPNotFound
    return html_response(article_document(request, opened, receipt))


def open_article(
    footnote: Footnote,
    cache: ArticleCache,
    name: str,
    receipt: Receipt | None,
    *,
    base: str = "",
    home: str = "",
) -> Opened:
    """With the sentences marked that the receipt cites, as far as they stand where they stood; on
    its card are the questions that were asked at `home`."""
    with footnote.passage_index.reading() as build:
        laid_out = cache.article(build, name)
    cited = [
        citation
        for citation in (receipt.result.citations.values() if receipt else ())
        if citation.reference.article == name
    ]
    if laid_out is None:
        return Opened(None, b"", (), [(citation, False) for citation in cited])
    article = laid_out.article
    marked, quoted, marks = list[Citation](), list[tuple[Citation, bool]](), list[Mark]()
    for citation in cited:
        link = f"{base}/receipts/{receipt.id}#c{citation.n}" if receipt else ""
        if citation.reference.revision == article.revision:
            marks.append(Mark(citation.n, citation.span, citation.passage, link))
            marked.append(citation)
            continue
        still = _found_again(article.text, citation.quotation)
        quoted.append((citation, still is not None))
        if still:
            marks.append(Mark(citation.n, still, still, link))
            marked.append(citation)
    html = article_html(article.text, marks).encode() if marks else laid_out.html
    if base:  # where no card is shown
        return Opened(laid_out, html, marked, quoted)
    times_cited = footnote.receipts.times_cited(name)
    return Opened(
        laid_out,
        html,
        marked,
        quoted,
        footnote.library.changes.arrival(name),
        times_cited,
        footnote.receipts.answered_from(name, place=home) if times_cited else (),
    )


def _found_again(text: str, quotation: str) -> Span | None:
    """Where the sentence stands in another revision, if it does so once."""
    at = text.find(quotation)
    if at < 0 or text.find(quotation, at + 1) >= 0:
        return None
    return Span(at, at + len(quotation))


async def _receipt(request: web.Request) -> web.StreamResponse:
    receipt = await receipt_of(request, request.match_info["receipt"])
    return render(request, "receipt.html", **await receipt_values(request, receipt))


async def receipt_values(request: web.Request, receipt: Receipt) -> dict[str, Any]:
    """What a page shows of an answer beside its result."""
    footnote, visitor = request.app[FOOTNOTE], visitor_of(request)

    def look() -> dict[str, Any]:
        return {
            "receipt": receipt,
            "result": receipt.result,
            "tally": _tally(footnote, receipt),
            "own": visitor.owns(receipt.place),
            "shared": footnote.sharing.is_shared(receipt.id),
            "at": footnote.history.asked_at(receipt.id),
        }

    return await footnote.state.run_in_db(look)


def _tally(footnote: Footnote, receipt: Receipt) -> Tally:
    return footnote.feedback.tally(receipt.id)


async def _evidence(request: web.Request) -> web.StreamResponse:
    """The passage behind a number, as a part of a page."""
    receipt = await receipt_of(request, request.match_info["receipt"])
    citation = receipt.result.citations.get(int(request.match_info["n"]))
    if citation is None:
        raise web.HTTPNotFound
    footnote, name = request.app[FOOTNOTE], citation.reference.article

    def look() -> str:
        with footnote.passage_index.reading() as build:
            head = build.catalogue.head(name)
        if head is None:
            return "gone"
        same = head.reference.revision == citation.reference.revision
        return "same" if same else "changed"

    state = await run_in_thread(look)
    mark = Mark(citation.n, citation.span, citation.passage)
    return render(
        request,
        "evidence.html",
        receipt=receipt,
        citation=citation,
        state=state,
        mark=mark,
    )


async def _rate(request: web.Request) -> web.StreamResponse:
    """👍, 👎, or that the passage is the wrong one; the same again takes it back."""
    receipt = await receipt_of(request, request.match_info["receipt"])
    if not isinstance(receipt.result, Answer | Nearest):
        raise web.HTTPNotFound
    footnote, number = request.app[FOOTNOTE], visitor_of(request).number
    given, press = text_in(await read_form(request), "verdict"), secrets.token_hex(8)
    if given in _VERDICTS:
        act = footnote.feedback.press
        verdict = await footnote.state.run_in_db(act, receipt.id, number, _VERDICTS[given], press)
        told: dict[str, object] = {"verdict": verdict.name.lower()}
    elif given == "wrong":
        press_wrong = footnote.feedback.press_wrong_passage
        wrong = await footnote.state.run_in_db(press_wrong, receipt.id, number, press)
        told = {"verdict": "down", "wrong_passage": wrong}
    else:
        raise web.HTTPBadRequest(text=texts_of(request).unknown_button)
    return _told(request, receipt, told)


async def _share(request: web.Request) -> web.StreamResponse:
    """Let others see it, or no longer; that is for whoever asked."""
    receipt = await receipt_of(request, request.match_info["receipt"])
    footnote, visitor = request.app[FOOTNOTE], visitor_of(request)
    if not visitor.owns(receipt.place):
        raise web.HTTPForbidden(text=texts_of(request).whoever_asked)
    wanted = text_in(await read_form(request), "shared") == "yes"
    act = footnote.sharing.share if wanted else footnote.sharing.unshare
    await footnote.state.run_in_db(act, receipt.id)
    return _told(request, receipt, {"shared": wanted})


def _told(request: web.Request, receipt: Receipt, told: dict[str, object]) -> web.StreamResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        return web.json_response(told)
    raise web.HTTPSeeOther(f"/receipts/{receipt.id}")
