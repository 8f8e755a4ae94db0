"""What goes wrong is told in a plain sentence: a page for people, JSON for programs."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from footnote.bot.errors import BotError
from footnote.bot.submissions.intake import failed
from footnote.bot.web.keys import PROGRAMS
from footnote.bot.web.language import texts_of
from footnote.bot.web.rendering import render
from footnote.bot.web.texts import WebTexts
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.index.errors import IndexFault

logger = logging.getLogger(__name__)

_KEPT = ("Retry-After", "Allow")


@web.middleware
async def faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    texts = texts_of(request)
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        told = error.text or ""
        plain = told == f"{error.status}: {error.reason}"
        sentence = _plain(texts, error.status) if plain else told
        response = fault(request, error.status, sentence)
        kept = {name: error.headers[name] for name in _KEPT if name in error.headers}
        response.headers.update(kept)
        return response
    except ArticleNotFound:
        return fault(request, 404, texts.no_page)
    except (BotError, CorpusError) as error:
        logger.info("a request was not carried out: %s", error)
        return fault(request, 409, failed(error).fault or texts.failed)
    except IndexFault:
        logger.exception("there is nothing to answer from")
        return fault(request, 503, texts.no_index)
    except Exception:  # the last handler of the pages: whatever it is, a person gets a sentence
        logger.exception("a request could not be answered")
        return fault(request, 500, texts.failed)


def _plain(texts: WebTexts, status: int) -> str:
    known = {404: texts.no_page, 405: texts.not_like_that, 413: texts.too_large_here}
    return known.get(status, texts.failed)


def fault(request: web.Request, status: int, sentence: str) -> web.Response:
    """The sentence, as whoever asked can take it in."""
    if is_of_program(request):
        return web.json_response({"error": sentence}, status=status)
    return render(request, "fault.html", status=status, sentence=sentence)


def is_of_program(request: web.Request) -> bool:
    """Whether the answer goes to a program, or to a script of a page."""
    accepted = request.headers.get("Accept", "")
    return request.path.startswith(request.app[PROGRAMS]) or (
        "text/html" not in accepted
        and accepted.startswith(("application/json", "text/event-stream"))
    )
