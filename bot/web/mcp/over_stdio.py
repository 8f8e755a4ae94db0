"""The protocol over standard input and output, for a program on the same machine."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from mcp.server.context import CallNext, HandlerResult
from mcp.server.stdio import stdio_server

from footnote.bot.articles.following import follow_feeds, follow_folder
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import LOCAL
from footnote.bot.threads import run_in_thread
from footnote.bot.web.mcp.server import Context, make_server
from footnote.bot.web.questions import Questions
from footnote.bot.web.visitor import Visitor

logger = logging.getLogger(__name__)

_HERE = Visitor(LOCAL, "", Role.OWNER, 0)
"""Whoever can run Footnote on this machine is its owner."""
_OF_INDEX = {"tools/call", "resources/list", "resources/read"}
"""What waits until the index is up to date; a client does not wait long for all else."""


def serve(footnote: Footnote, *, sync: Callable[[], bool]) -> None:
    """Until the other side closes the input. `sync` brings the index up to date, and tells whether
    this process is to follow what changes in the folder and the feeds."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(footnote, sync))


async def _serve(footnote: Footnote, sync: Callable[[], bool]) -> None:
    asking, is_level = Questions(footnote), asyncio.Event()
    server = make_server(footnote, asking, lambda context: _HERE)

    async def wait(ctx: Context, call_next: CallNext) -> HandlerResult:
        if ctx.method in _OF_INDEX:
            await is_level.wait()
        return await call_next(ctx)

    server.middleware.append(wait)
    following = asyncio.create_task(_follow(footnote, sync, is_level))
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        asking.close()


async def _follow(footnote: Footnote, sync: Callable[[], bool], is_level: asyncio.Event) -> None:
    try:
        follows = await run_in_thread(sync)
    except Exception:  # what asks meanwhile is told of it by the index itself
        logger.exception("the index could not be brought up to date with the folder")
        follows = False
    finally:
        is_level.set()
    if follows:
        await asyncio.gather(
            follow_folder(footnote.library, footnote.settings),
            follow_feeds(footnote.feeds, footnote.adder),
        )
