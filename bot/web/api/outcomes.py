"""What programs are told of what became of an article, which is made searchable before."""

import logging
from typing import Any

from aiohttp import web

from footnote.bot.articles.add_result import AddResult
from footnote.bot.articles.changes import What
from footnote.bot.composition import Footnote
from footnote.bot.threads import run_in_thread
from footnote.corpus.errors import CorpusError
from footnote.index.errors import IndexFault, IndexLocked

logger = logging.getLogger(__name__)


async def added(footnote: Footnote, taken: AddResult) -> web.Response:
    article = taken.article
    told: dict[str, Any] = {}
    if taken.how == "new revision":
        told = {"words_added": taken.words_added, "words_removed": taken.words_removed}
    status = 201 if taken.how == "added" else 200
    return await changed(
        footnote, taken.how, article.id, article.title, number=taken.number, status=status, **told
    )


async def changed(
    footnote: Footnote,
    outcome: str,
    article: str,
    title: str,
    *,
    number: int | None = None,
    status: int = 200,
    **told: Any,
) -> web.Response:
    body = {"outcome": outcome, "article": article, "title": title, "change": number, **told}
    body["searchable"] = await run_in_thread(index, footnote, article)
    return web.json_response(body, status=status)


async def last_change(footnote: Footnote, article: str, what: What) -> int | None:
    """The number of the last change of this article, if it is such a one."""
    latest = await run_in_thread(footnote.library.changes.latest, article)
    return latest.number if latest and latest.what == what else None


def index(footnote: Footnote, article: str) -> bool:
    """Whether questions are answered from it as it is now; else that is seen to in a moment."""
    try:
        footnote.library.sync(among=[article])
    except IndexLocked:  # whoever keeps the index follows the folder
        return False
    except (IndexFault, CorpusError):
        logger.exception("what a program changed can't be made searchable")
        return False
    return True
