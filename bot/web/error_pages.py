"""What goes wrong is told in a plain sentence: a page for people, JSON for programs."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from aiohttp import ClientConnectionResetError, web
from aiohttp.typedefs import Handler

from footnote.bot.errors import BotError, DatabaseAway
from footnote.bot.submissions.intake import failed
from footnote.bot.web.app_keys import MODELS, PROGRAMS
from footnote.bot.web.bodies import MAX_BYTES, read_form, refuse_too_large, text_in
from footnote.bot.web.csrf import FORMS, is_from_elsewhere
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.rendering import render
from footnote.bot.web.texts import WebTexts
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.index.errors import IndexAway, IndexFault

logger = logging.getLogger(__name__)

_KEPT = ("Retry-After", "Allow", "WWW-Authenticate")
"""What a refusal says in its head besides."""

_PATIENCE_SECONDS = 2.0
"""So long the rest of a form is waited for, which may be a stranger's."""
_FIELDS = ("question", "title", "links", "address", "text")
"""Those of forms in which people write."""


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        told, texts = error.text or "", texts_of(request)
        plain = told == f"{error.status}: {error.reason}"
        sentence = _plain(texts, error.status) if plain else told
        response = fault(request, error.status, sentence, written=await _written(request))
        kept = {name: error.headers[name] for name in _KEPT if name in error.headers}
        response.headers.update(kept)
        return response
    except ClientConnectionResetError:
        logger.info("whoever asked has gone before the answer")
        raise
    except Exception as error:  # the last handler of the pages: whoever asked gets a sentence
        return fault(request, *told_of(error, texts_of(request)), written=await _written(request))


def told_of(error: Exception, texts: WebTexts) -> tuple[int, str]:
    """The status and the sentence for what went wrong; what is not expected goes to the log."""
    match error:
        case ArticleNotFound():
            return 404, texts.no_page
        case DatabaseAway() | IndexAway():  # which is in the log already, once
            return 503, texts.search_away
        case BotError() | CorpusError():
            logger.info("a request was not carried out: %s", error)
            return 409, texts.why_not(failed(error))
        case IndexFault():
            logger.error("there is nothing to answer from", exc_info=error)
            return 503, texts.no_index
    logger.error("a request could not be answered", exc_info=error)
    return 500, texts.failed


def _plain(texts: WebTexts, status: int) -> str:
    known = {404: texts.no_page, 405: texts.not_like_that, 413: texts.too_large_here}
    return known.get(status, texts.failed)


async def _written(request: web.Request) -> list[str]:
    """What somebody wrote into the form that was refused, so that they can copy it; their browser
    may have nothing of it any more."""
    if request.method != "POST" or request.content_type not in FORMS:
        return []
    if is_of_program(request) or is_from_elsewhere(request):
        return []
    try:
        refuse_too_large(request, MAX_BYTES)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            form = await read_form(request)
    except (web.HTTPException, ValueError, ConnectionError, TimeoutError):
        return []
    return [text for name in _FIELDS if (text := text_in(form, name).strip())]


def fault(
    request: web.Request, status: int, sentence: str, *, written: Sequence[str] = ()
) -> web.Response:
    """The sentence, as whoever asked can take it in, with what they had `written`."""
    if is_of_program(request):
        return web.json_response(fault_json(request, status, sentence), status=status)
    return render(request, "fault.html", status=status, sentence=sentence, written=written)


def fault_json(request: web.Request, status: int, sentence: str) -> dict[str, Any]:
    """For a program; one that takes Footnote for a language model looks for more than that."""
    if not request.path.startswith(MODELS):
        return {"error": sentence}
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {"error": {"message": sentence, "type": kind, "param": None, "code": None}}


def is_of_program(request: web.Request) -> bool:
    """Whether the answer goes to a program, or to a script of a page."""
    accepted = request.headers.get("Accept", "")
    return request.path.startswith(request.app[PROGRAMS]) or (
        "text/html" not in accepted
        and accepted.startswith(("application/json", "text/event-stream"))
    )
