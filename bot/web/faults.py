"""What goes wrong is told in a plain sentence: a page for people, JSON for programs."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from footnote.bot.errors import BotError
from footnote.bot.submissions.intake import failed
from footnote.bot.web.keys import PROGRAMS
from footnote.bot.web.rendering import render
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.index.errors import IndexFault

logger = logging.getLogger(__name__)

_SENTENCES = {
    404: "There is no such page, or it is not yours to see.",
    405: "This page cannot be used like that.",
    413: "This is too large.",
}
_FAILED = "Something went wrong with this, and it has been noted. Please try again in a moment."
_UNREADABLE = "The index is being made anew. Please try again in a minute."


@web.middleware
async def faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        told = error.text or ""
        plain = told == f"{error.status}: {error.reason}"
        return fault(request, error.status, _SENTENCES.get(error.status, told) if plain else told)
    except ArticleNotFound:
        return fault(request, 404, _SENTENCES[404])
    except (BotError, CorpusError) as error:
        logger.info("a request was not carried out: %s", error)
        return fault(request, 409, failed(error).fault or _FAILED)
    except IndexFault:
        logger.exception("there is nothing to answer from")
        return fault(request, 503, _UNREADABLE)
    except Exception:  # the last handler of the pages: whatever it is, a person gets a sentence
        logger.exception("a request could not be answered")
        return fault(request, 500, _FAILED)


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
