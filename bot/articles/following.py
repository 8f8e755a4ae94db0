"""Following the folder of articles and the feeds: what is new is answered from within seconds."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread

from watchfiles import Change, awatch

from bot.articles.adding import Adder
from bot.articles.feeds import Feeds
from bot.articles.library import Library
from bot.errors import BotError
from bot.settings import Settings
from corpus.errors import CorpusError
from index.errors import IndexFault

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 30.0
"""The folder is looked at so often even if nothing told of a change in it: shares over a network
and folders of the host in a container don't tell."""

_LOOK_AT_TROUBLE_SECONDS = 0.5


@dataclass(slots=True)
class _Troubles:
    """What has been told of, so that each is told once, and again when it is over."""

    level: str = ""
    watching: str = ""
    faults: set[str] = field(default_factory=set)


async def follow_folder(library: Library, settings: Settings) -> None:
    """Bring the index level whenever something changes in the folder, and now and then anyway."""
    told = _Troubles()
    mending = asyncio.create_task(_mend(library, told))
    try:
        await _follow_folder(library, settings, told)
    finally:
        mending.cancel()


async def _mend(library: Library, told: _Troubles) -> None:
    """Look at the index once reading from it has failed: whatever is damaged is made anew."""
    while True:
        await asyncio.sleep(_LOOK_AT_TROUBLE_SECONDS)
        if library.passage_index.suspected:
            await _level(library, told)
            if library.passage_index.suspected:
                await asyncio.sleep(LOOK_EVERY_SECONDS)


async def _follow_folder(library: Library, settings: Settings, told: _Troubles) -> None:
    folder = settings.articles
    while True:
        try:
            async for _ in awatch(
                folder,
                watch_filter=partial(is_of_articles, settings),
                rust_timeout=int(LOOK_EVERY_SECONDS * 1000),
                yield_on_timeout=True,
            ):
                await _level(library, told)
        except (OSError, RuntimeError) as error:  # it is away, or the system watches no more
            if folder.is_dir() and str(error) != told.watching:
                told.watching = str(error)
                logger.warning(
                    "the folder of articles cannot be watched (%s): it is looked at every %.0f s",
                    error,
                    LOOK_EVERY_SECONDS,
                )
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            await _level(library, told)


@contextmanager
def following_folder(library: Library, settings: Settings) -> Iterator[None]:
    """The same in a thread, for the length of the block; what is being taken in then is waited for.

    For what waits without an event loop, and keeps the index meanwhile: other commands leave what
    they change to it.
    """
    loop = asyncio.new_event_loop()
    task = loop.create_task(follow_folder(library, settings))

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_default_executor())

    thread = Thread(target=run, name="following")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()


async def follow_feeds(feeds: Feeds, adder: Adder) -> None:
    """Add what is new in the feeds that are followed, when their time has come."""
    while True:
        try:
            outcomes = await asyncio.to_thread(lambda: list(feeds.look(adder)))
        except Exception:  # the last handler of this task, which must not end while the bot answers
            logger.exception("the feeds could not be looked into")
        else:
            for outcome in outcomes:
                told = outcome.taken.how if outcome.taken else f"not added: {outcome.fault}"
                logger.info("from a feed: %s: %s", outcome.source, told)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def is_of_articles(settings: Settings, change: Change, path: str) -> bool:
    """Whether a change in the folder can concern an article.

    What Footnote itself writes does not: its home may stand in the folder, and a log that grows
    with every change that it sees would grow for ever.
    """
    place = Path(path)
    within = place.is_relative_to(settings.articles)  # not where a link leads to the folder
    parts = place.relative_to(settings.articles).parts if within else ()
    hidden = any(part.startswith(".") for part in parts)
    return not hidden and not place.is_relative_to(settings.home)


async def _level(library: Library, told: _Troubles) -> None:
    """Make the index level; what stands against that goes to the log."""
    try:
        report = await asyncio.to_thread(library.level)
    except (CorpusError, IndexFault, BotError) as error:
        if str(error) != told.level:
            logger.warning("the index is not level with the folder: %s", error)
        told.level = str(error)
        return
    except Exception as error:  # the last of this task, which must not end while the bot answers
        if str(error) != told.level:
            logger.exception("the index could not be made level with the folder")
        told.level = str(error)
        return
    if told.level:
        logger.info("the index is level with the folder again")
        told.level = ""
    for mended in report.mended:
        logger.warning("mended: %s", mended)
    if not report.did_nothing:
        logger.info(
            "articles: %d added, %d changed, %d removed",
            len(report.added),
            len(report.changed),
            len(report.removed),
        )
    faults = {str(fault) for fault in report.faults}
    for fault in sorted(faults - told.faults):
        logger.warning("not taken in until it is mended: %s", fault)
    told.faults = faults
