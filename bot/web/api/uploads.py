"""What programs send to be made an article: a link, a text, or the bytes of a file."""

import logging

from aiohttp import web

from footnote.bot.submissions.intake import OF_TEXT, Intake, failed
from footnote.bot.submissions.upload import Upload
from footnote.bot.threads import run_in_thread
from footnote.bot.web.api.request_models import BYTES, AddQuery, ArticleBody, read_json
from footnote.bot.web.app_keys import FOOTNOTE
from footnote.bot.web.bodies import read_body
from footnote.bot.web.page_language import texts_of
from footnote.corpus.errors import CorpusError, FolderUnusable
from footnote.corpus.feeds import Feed
from footnote.corpus.readers import Reading

logger = logging.getLogger(__name__)

_A_FEED = "This is a feed, not an article: 'footnote follow' follows feeds."
_ONE = "Send either the url of an article or its text, which may have a url and a title besides."


async def read_upload(request: web.Request, query: AddQuery, *, replaces: bool = False) -> Reading:
    """What was sent, read; HTTPUnprocessableEntity where it can't be fetched or read.

    What has no title is called by its beginning, unless it `replaces` what has one.
    """
    footnote, data = request.app[FOOTNOTE], b""
    if request.content_type == BYTES:
        data = await read_body(request)
        upload = Upload("file", name=query.name or OF_TEXT)
    else:
        upload = _upload(await read_json(request, ArticleBody))
        if replaces and upload.kind == "text" and not upload.title:
            data = upload.text.encode()
            upload = Upload("file", name=OF_TEXT, url=upload.url)

    def read() -> Reading | Feed:
        if upload.kind == "file" and not query.name and not replaces:
            return footnote.adder.read_nameless(data, name=OF_TEXT)
        return Intake(footnote.adder, footnote.library).read(upload, data)

    try:
        found = await run_in_thread(read)
    except FolderUnusable:
        raise
    except CorpusError as error:
        logger.info("what a program sent can't be read: %s", error)
        told = texts_of(request).why_not(failed(error))
        raise web.HTTPUnprocessableEntity(text=told) from None
    if isinstance(found, Feed):
        raise web.HTTPUnprocessableEntity(text=_A_FEED)
    return found


def _upload(body: ArticleBody) -> Upload:
    if body.text is not None:
        return Upload("text", parts=((0, body.text),), title=body.title or None, url=body.url)
    if body.url is None or body.title is not None:
        raise web.HTTPUnprocessableEntity(text=_ONE)
    return Upload("link", name=body.url)
