"""The articles as resources: `footnote://article/ID`, whose text is that which offsets refer to."""

from urllib.parse import quote, unquote

from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextResourceContents,
)

from footnote.bot.articles.article_list import newest_first
from footnote.bot.threads import run_in_thread
from footnote.bot.web.api.articles import article_json
from footnote.bot.web.mcp.tools import Caller, limit_looks
from footnote.corpus.errors import ArticleNotFound
from footnote.index.keeping.catalogue import Listed

_PREFIX = "footnote://article/"
_PAGE = 200
_MAX_URI = 8_000
_PLAIN = "text/plain"
_MAX_DIGITS = 9


def uri_of(article: str) -> str:
    return _PREFIX + quote(article)


async def list_articles(caller: Caller, cursor: str | None) -> ListResourcesResult:
    """The newest first, a page at a time; the cursor is how many come before it."""
    limit_looks(caller)
    at = _offset(cursor)
    footnote = caller.footnote

    def listed() -> list[Listed]:
        with footnote.passage_index.reading() as build:
            lines = build.catalogue.listing()
        return newest_first(lines, footnote.library.changes.arrivals())

    found = await run_in_thread(listed)
    end = at + _PAGE
    return ListResourcesResult(
        resources=[_resource(line) for line in found[at:end]],
        next_cursor=str(end) if end < len(found) else None,
    )


async def list_templates() -> ListResourceTemplatesResult:
    template = ResourceTemplate(
        name="article",
        title="An article",
        uri_template=f"{_PREFIX}{{+article}}",
        description="The text of an article, by the id that citations name.",
        mime_type=_PLAIN,
    )
    return ListResourceTemplatesResult(resource_templates=[template])


async def read_article(caller: Caller, uri: str) -> ReadResourceResult:
    """Raises MCPError where there is no such article."""
    limit_looks(caller)
    if not uri.startswith(_PREFIX) or len(uri) > _MAX_URI:
        raise _not_there()
    article = unquote(uri.removeprefix(_PREFIX))
    try:
        known = await run_in_thread(article_json, caller.footnote, article, text=True)
    except ArticleNotFound:
        raise _not_there() from None
    names = ("revision", "title", "author", "date", "source", "url")
    about = {name: known[name] for name in names if known[name]}
    contents = TextResourceContents(uri=uri, mime_type=_PLAIN, text=known["text"], _meta=about)
    return ReadResourceResult(contents=[contents])


def _resource(line: Listed) -> Resource:
    about = " · ".join(part for part in (line.author, line.day, line.source) if part)
    return Resource(
        name=line.article,
        title=line.title,
        uri=uri_of(line.article),
        description=about or None,
        mime_type=_PLAIN,
    )


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= _MAX_DIGITS):
        raise MCPError(INVALID_PARAMS, "This cursor is none of ours.")
    return int(cursor)


def _not_there() -> MCPError:
    return MCPError(INVALID_PARAMS, "There is no such article.")
