"""Following the folder of articles and the feeds: what is new is answered from within seconds."""

import asyncio
import logging
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread

from watchfiles import Change, awatch

from footnote.bot.articles.adding import Adder
from footnote.bot.articles.followed_feeds import Feeds
from footnote.bot.articles.library import Library
from footnote.bot.errors import BotError
from footnote.bot.settings import Settings
from footnote.bot.threads import run_in_thread
from footnote.corpus.article_files import SUFFIX
from footnote.corpus.errors import CorpusError
from footnote.index.errors import IndexFault
from footnote.index.keeping.reconcile import SyncReport

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 30.0
"""The folder is looked at so often even if nothing told of a change in it: shares over a network
and folders of the host in a container don't tell. Less often where it has very many articles."""

_PAUSE_FOR_EACH_SECOND = 50.0
"""Looking at all of 700,000 articles takes 8 s: that is done every seven minutes then."""
_PAUSE_OF_STORE = 20.0
"""For a store, whose listing other threads read: what these compute besides is counted, too. To
list 10,000 objects takes 0.7 s of the processor. How long the store itself takes does not count:
one that stood still for a minute is to be looked at again soon."""
_MAX_AMONG = 1000

_LOOK_AT_TROUBLE_SECONDS = 0.5


@dataclass(slots=True)
class _Looks:
    """When the whole folder is to be looked at again, on the clock of `time.monotonic`."""

    pause_for_each_second: float = field(default_factory=lambda: _PAUSE_FOR_EACH_SECOND)
    next: float = 0.0
    _pause: float = 0.0

    def are_due(self) -> bool:
        return time.monotonic() >= self.next

    def took(self, seconds: float | None) -> None:
        """To find nothing new; None where something was."""
        if seconds is not None:
            self._pause = self.pause_for_each_second * seconds
        pause = max(LOOK_EVERY_SECONDS, self._pause)
        # What wakes this up a moment before is not to wait for the next time.
        self.next = time.monotonic() + pause - LOOK_EVERY_SECONDS / 2


@dataclass(slots=True)
class _Troubles:
    """What has been told of, so that each is told once, and again when it is over."""

    fault: str = ""
    watching: str = ""
    faults: set[str] = field(default_factory=set)


async def follow_folder(library: Library, settings: Settings) -> None:
    """Sync the index whenever something changes in the folder, and now and then anyway."""
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
            await _sync(library, told, _Looks())
            if library.passage_index.suspected:
                await asyncio.sleep(LOOK_EVERY_SECONDS)


async def _follow_folder(library: Library, settings: Settings, told: _Troubles) -> None:
    folder, looks = settings.articles, _Looks()
    if isinstance(folder, str):
        await _follow_store(library, told)
        return
    while True:
        try:
            async for changes in awatch(
                folder,
                watch_filter=partial(is_of_articles, folder, settings.home),
                rust_timeout=int(LOOK_EVERY_SECONDS * 1000),
                yield_on_timeout=True,
            ):
                articles = articles_in(folder, [path for _, path in changes])
                if looks.are_due() or articles is None or told.fault:
                    await _sync(library, told, looks)
                elif articles:
                    await _sync(library, told, looks, among=articles)
        except (OSError, RuntimeError) as error:  # it is away, or the system watches no more
            was_away = isinstance(error, FileNotFoundError)  # it may be back by now
            if not was_away and folder.is_dir() and str(error) != told.watching:
                told.watching = str(error)
                logger.warning(
                    "the folder of articles cannot be watched (%s): it is looked at every %.0f s",
                    error,
                    LOOK_EVERY_SECONDS,
                )
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            await _sync(library, told, looks)


async def _follow_store(library: Library, told: _Troubles) -> None:
    """No store tells of changes, so that its listing is looked at."""
    looks = _Looks(_PAUSE_OF_STORE)
    while True:
        if looks.are_due():
            await _sync(library, told, looks)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


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
            outcomes = await run_in_thread(lambda: list(feeds.look(adder)))
        except Exception:  # the last handler of this task, which must not end while the bot answers
            logger.exception("the feeds could not be looked into")
        else:
            for outcome in outcomes:
                told = outcome.taken.how if outcome.taken else f"not added: {outcome.fault}"
                logger.info("from a feed: %s: %s", outcome.source, told)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def is_of_articles(folder: Path, home: Path, change: Change, path: str) -> bool:
    """Whether a change in the folder can concern an article.

    What Footnote itself writes does not: its home may stand in the folder, and a log that grows
    with every change that it sees would grow for ever.
    """
    place = Path(path)
    within = place.is_relative_to(folder)  # not where a link leads to the folder
    parts = place.relative_to(folder).parts if within else ()
    hidden = any(part.startswith(".") for part in parts)
    return not hidden and not place.is_relative_to(home)


def articles_in(folder: Path, changed: Sequence[str]) -> set[str] | None:
    """The ids of the articles whose files are among these paths, and of those alone.

    None where a folder in the folder has come or gone, or where so much has changed that looking
    at everything is no more work.
    """
    if len(changed) > _MAX_AMONG:
        return None
    articles: set[str] = set()
    for path in map(Path, changed):
        if path.is_dir() or not (path.suffix or path.is_file()):
            return None
        if path.suffix == SUFFIX:
            articles.add(path.relative_to(folder).as_posix().removesuffix(SUFFIX))
    return articles


async def _sync(
    library: Library, told: _Troubles, looks: _Looks, *, among: Collection[str] | None = None
) -> None:
    """Sync the index; what stands against that goes to the log."""
    try:
        report, seconds = await run_in_thread(_timed, library, among)
    except (CorpusError, IndexFault, BotError) as error:
        if str(error) != told.fault:
            logger.warning("the index is not up to date with the folder: %s", error)
        told.fault = str(error)
        return
    except Exception as error:  # the last of this task, which must not end while the bot answers
        if str(error) != told.fault:
            logger.exception("the index could not be brought up to date with the folder")
        told.fault = str(error)
        return
    if told.fault:
        logger.info("the index is up to date with the folder again")
        told.fault = ""
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
    if among is not None:
        told.faults |= faults
        return
    told.faults = faults
    looks.took(seconds if report.did_nothing else None)


def _timed(library: Library, among: Collection[str] | None) -> tuple[SyncReport, float]:
    """With the seconds of the processor that it took."""
    clock = time.process_time if library.store.files.may_be_away else time.thread_time
    begin = clock()
    report = library.sync(among=among)
    return report, clock() - begin
