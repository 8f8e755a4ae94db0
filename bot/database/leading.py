"""Work that one process does for all that have a database in common."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

from footnote.bot.threads import ThreadPool
from footnote.index.database.database import Database

logger = logging.getLogger(__name__)

_AGAIN_SECONDS = 5.0
"""Before what failed is begun again."""


async def while_leading(
    database: Database, name: str, work: Callable[[], Awaitable[object]]
) -> None:
    """Do this work whenever no other process does, until it is cancelled; work that ends by itself
    is over.

    Of a process that ended, another takes the work over within seconds. One that loses the database
    stops until it is the only one again. Work that fails is begun again after a pause.
    """
    loop, threads = asyncio.get_running_loop(), ThreadPool("leading", 1)
    changed, stop, leads = asyncio.Event(), threading.Event(), False

    def note(is_so: bool) -> None:
        nonlocal leads
        leads = is_so
        changed.set()

    def tell(is_so: bool) -> None:
        loop.call_soon_threadsafe(note, is_so)

    holding = asyncio.create_task(threads.run(_hold, database, name, tell, stop))
    working: asyncio.Task[None] | None = None
    try:
        while True:
            await changed.wait()
            changed.clear()
            if leads and working is None:
                logger.debug("this process does the work on %s", name)
                working = asyncio.create_task(_done(name, work))
            elif not leads and working is not None:
                logger.warning("work on %s is left to others while the database is away", name)
                await _ended(working)
                working = None
    finally:
        stop.set()
        if working is not None:
            await _ended(working)
        await asyncio.gather(holding, return_exceptions=True)
        threads.close()


def _hold(
    database: Database, name: str, tell: Callable[[bool], object], stop: threading.Event
) -> None:
    """`Database.hold`, begun again where it fails."""
    while not stop.is_set():
        try:
            database.hold(name, tell, stop)
        except Exception:  # whatever it is: without this, nobody here would do the work again
            logger.exception("whether this process does the work on %s can't be told now", name)
            tell(False)
            stop.wait(_AGAIN_SECONDS)


async def _done(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Until it ends by itself."""
    while True:
        try:
            await work()
        except Exception:  # whatever it is: nobody else does the work while this process leads
            logger.exception("the work on %s failed, and is begun again", name)
            await asyncio.sleep(_AGAIN_SECONDS)
        else:
            return


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
