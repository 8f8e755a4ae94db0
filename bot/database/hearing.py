"""Hearing in the event loop what other processes tell through a database."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from footnote.bot.threads import ThreadPool
from footnote.index.database.database import Database


@asynccontextmanager
async def hearing(
    database: Database, channel: str, on_notice: Callable[[], object]
) -> AsyncIterator[None]:
    """For the length of the block, `on_notice` is called in this loop after each notice."""
    loop, threads, stop = asyncio.get_running_loop(), ThreadPool("listening", 1), threading.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(on_notice)

    listening = asyncio.create_task(threads.run(database.listen, channel, tell, stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(listening, return_exceptions=True)
        threads.close()
