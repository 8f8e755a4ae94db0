"""Listening on an address, without connections that never come to an end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from footnote.bot.errors import BotError
from footnote.bot.web.connections import IDLE_SECONDS, Connections

_LINGERING_SECONDS = 0.5  # for the rest of what was refused, so that the refusal is read


class NotFree(BotError):
    """An address that cannot be listened on."""


@asynccontextmanager
async def serving(
    app: web.Application, host: str, port: int, *, idle_seconds: float = IDLE_SECONDS
) -> AsyncIterator[None]:
    """Serves it to the end of the block; raises NotFree."""
    connections = Connections(idle_seconds=idle_seconds)
    app.middlewares.insert(0, connections.middleware)
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=2, lingering_time=_LINGERING_SECONDS
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise NotFree(
                f"{host}:{port} can't be listened on ({error.strerror or error})"
            ) from error
        assert runner.server is not None
        watching = asyncio.create_task(connections.watch(runner.server))
        try:
            yield
        finally:
            watching.cancel()
    finally:
        await runner.cleanup()
