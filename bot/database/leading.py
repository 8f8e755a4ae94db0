"""Work that one process does for all that have a database in common."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

from footnote.bot.threads import ThreadPool
from footnote.index.database.database import Database

logger = logging.getLogger(__name__)


async def while_leading(
    database: Database, name: str, work: Callable[[], Awaitable[object]]
) -> None:
    """Do this work whenever no other process does, until it is cancelled; work that ends by itself
    is over.

    Of a process that ended, another takes the work over within seconds. One that loses the database
    stops until it is the only one again.
    """
    loop, threads = asyncio.get_running_loop(), ThreadPool("leading", 1)
    changed, stop, leads = asyncio.Event(), threading.Event(), False

    def note(is_so: bool) -> None:
        nonlocal leads
        leads = is_so
        changed.set()

    def tell(is_so: bool) -> None:
        loop.call_soon_threadsafe(note, is_so)

    holding = asyncio.create_task(threads.run(database.hold, name, tell, stop))
    working: asyncio.Task[object] | None = None
    try:
        while True:
            await changed.wait()
            changed.clear()
            if leads and working is None:
                logger.debug("this process does the %s", name)
                working = asyncio.ensure_future(work())
            elif not leads and working is not None:
                logger.warning("the %s is left to others while the database is away", name)
                await _ended(working)
                working = None
    finally:
        stop.set()
        if working is not None:
            await _ended(working)
        await asyncio.gather(holding, return_exceptions=True)
        threads.close()


async def _ended(task: "asyncio.Task[object]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
