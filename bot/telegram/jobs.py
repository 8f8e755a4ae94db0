"""Carrying out submissions beside the questions: read, offered or added, made searchable, told.

Whatever is under way when the process ends, however it ends, is begun again at the next start.
"""

import asyncio
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from typing import TypeVar

from bot.brought import Brought, Offer, Result
from bot.composition import Footnote
from bot.submission import Came, Stage, Submission
from bot.submissions import Submissions
from bot.taking import FAULTS, Taking, failed
from bot.telegram.delivery import Delivery
from bot.telegram.downloads import Downloads, TooLarge
from bot.telegram.place import Place
from bot.telegram.teller import Teller
from corpus.errors import CorpusError
from corpus.feeds import Feed
from corpus.readers import Reading
from index.errors import IndexFault, IndexLocked, IndexUnreadable

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""Submissions that are read or added at a time; each has a process of its own to read in."""
LOOK_EVERY_SECONDS = 30.0
"""What could not be made searchable is tried again so often."""
_LEAST_PAUSE_SECONDS = 0.02
# A submission that was under way whenever the process died may be why; so may an unlucky one.
_MOST_BEGUN, _GUILTY_AFTER_SECONDS = 15, 600.0
T = TypeVar("T")


class Jobs:
    """Runs in one event loop; what takes long is done in threads of its own."""

    def __init__(self, footnote: Footnote, delivery: Delivery, submissions: Submissions) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._submissions = submissions
        self._aside = footnote.state.aside
        self._taking = Taking(footnote.adder, footnote.library)
        self._downloads = Downloads(delivery.bot, footnote.settings)
        self._teller = Teller(submissions, footnote.state, delivery, on_end=self.wake)
        self._threads = ThreadPoolExecutor(AT_ONCE + 1, thread_name_prefix="adding")
        self._in_hand: dict[int, tuple[int, asyncio.Task[None]]] = {}
        self._served: dict[int, float] = {}
        self._waited: set[int] = set()
        self._woken = asyncio.Event()
        self._to_index = asyncio.Event()

    def wake(self) -> None:
        """Something has come in, or was decided."""
        self._woken.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        with suppress(sqlite3.Error):
            await self._teller.begin()
        indexing = asyncio.create_task(self._index())
        self._to_index.set()
        try:
            while True:
                self._woken.clear()
                await self._look()
                await asyncio.sleep(_LEAST_PAUSE_SECONDS)
        finally:
            indexing.cancel()
            tasks = [task for _, task in self._in_hand.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(indexing, *tasks, return_exceptions=True)
            await self._teller.end()
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look(self) -> None:
        """Begin what can be begun, tell what is to be told, and wait for more of either."""
        pause = LOOK_EVERY_SECONDS
        try:
            await self._aside(self._submissions.expire)
            self._begin(await self._aside(self._submissions.due))
            await self._teller.tell(self._in_hand)
            due = await self._aside(self._submissions.next_due)
        except Exception:  # the last handler of this task, which must not end
            logger.exception("what was brought can't be looked at")
        else:
            # What is due and not begun waits for another to end, which wakes.
            if due is not None and (left := due - time.time()) > 0:
                pause = min(pause, left)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), pause)

    def _begin(self, waiting: list[Submission]) -> None:
        """As many as there is room for; first of those people whose turn was longest ago."""
        left = [submission for submission in waiting if submission.number not in self._in_hand]
        while left and len(self._in_hand) < AT_ONCE:
            under_way = Counter(person for person, _ in self._in_hand.values())
            following = min(left, key=lambda s: (under_way[s.person], self._last(s), s.number))
            left.remove(following)
            self._served[following.person] = time.monotonic()
            task = asyncio.create_task(self._carry_out(following.number))
            self._in_hand[following.number] = following.person, task
            task.add_done_callback(partial(self._ended, following.number))
        self._waited = {submission.number for submission in left}

    def _last(self, submission: Submission) -> float:
        return self._served.get(submission.person, 0.0)

    def _ended(self, number: int, task: asyncio.Task[None]) -> None:
        self._in_hand.pop(number, None)
        self._woken.set()

    # One submission

    async def _carry_out(self, number: int) -> None:
        """The last handler of this task: whatever goes wrong is told or, if it can't be, kept."""
        try:
            submission = await self._aside(self._submissions.begin, number)
            if submission is None:
                return
            if number in self._waited:  # it is told that it is being read now
                await self._aside(self._submissions.retell, submission)
                self._woken.set()
            await self._settle(submission, await self._outcome(submission))
        except sqlite3.Error:
            logger.exception("submission %d can't be settled now, and waits", number)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _outcome(self, submission: Submission) -> Offer | Result:
        try:
            guilty = time.time() > submission.at + _GUILTY_AFTER_SECONDS
            if submission.begun >= _MOST_BEGUN and guilty:
                raise RuntimeError(f"begun {submission.begun} times and never ended")
            if submission.brought.kind == "follow":
                return await self._apart(self._follow, submission)
            reading = submission.offer.reading if submission.offer else await self._read(submission)
            if isinstance(reading, Feed):
                return await self._feed(submission, reading)
            return await self._apart(self._offer_or_add, submission, reading)
        except TooLarge as error:
            return Result("not added", most_megabytes=error.megabytes)
        except FAULTS as error:
            logger.info("submission %d was not added: %s", submission.number, error)
            return failed(error)
        except OSError as error:  # the disk is full, say
            logger.exception("submission %d could not be added", submission.number)
            return Result("not added", fault=error.strerror, again=True)
        except Exception:
            logger.exception("submission %d failed", submission.number)
            return Result("not added", again=True)

    async def _read(self, submission: Submission) -> Reading | Feed:
        brought = submission.brought
        data = await self._downloads.get(brought) if brought.kind == "file" else None
        return await self._apart(self._taking.read, brought, data)

    def _offer_or_add(self, submission: Submission, reading: Reading) -> Offer | Result:
        return self._taking.offer(submission, reading) or self._taking.add(submission, reading)

    def _follow(self, submission: Submission) -> Result:
        followed = self._footnote.feeds.follow(
            submission.brought.name, self._footnote.adder, who=submission.who
        )
        return Result("followed", title=followed.title, url=followed.url)

    async def _feed(self, submission: Submission, feed: Feed) -> Result:
        """A feed is offered; one that was opened becomes a submission for each of its entries."""
        count, url = len(feed.entries), submission.brought.name
        if submission.brought.kind != "feed":
            return Result("a feed", title=feed.title, url=url, entries=count)
        await self._aside(self._open, submission, feed)
        return Result("opened", title=feed.title, url=url, entries=count)

    def _open(self, submission: Submission, feed: Feed) -> None:
        for number, entry in enumerate(feed.entries):
            came = Came(
                f"{submission.cause}:{number}",
                submission.place,
                submission.message,
                submission.person,
                submission.who,
                "",
                submission.at,
            )
            brought = Brought("entry", entry.url, entry={"feed": feed.title, **asdict(entry)})
            self._submissions.submit(came, brought, report=submission.report)

    async def _settle(self, submission: Submission, outcome: Offer | Result) -> None:
        if isinstance(outcome, Offer):
            await self._aside(self._submissions.offer, submission, outcome)
        elif outcome.is_in:
            await self._aside(self._index_next, submission, outcome)
            self._to_index.set()
        else:
            await self._finish(submission, outcome)

    def _index_next(self, submission: Submission, result: Result) -> None:
        self._submissions.settle(submission, result, stage=Stage.INDEXING)

    async def _finish(self, submission: Submission, result: Result) -> None:
        """Put the sign on its message that it is there, once all that came in it is done; or take
        the sign away that it is looked at. Then settle it."""
        came = await self._aside(self._submissions.of_message, submission)
        others = [other for other in came if other.number != submission.number]
        if all(other.stage is Stage.DONE for other in others):
            results = [result, *(other.result for other in others if other.result)]
            emoji = "👍" if any(_is_there(one) for one in results) else None
            place = Place.named(submission.place)
            for message in {submission.message, *dict(submission.brought.parts)}:
                await self._delivery.react(place, message, emoji)
        await self._aside(self._submissions.settle, submission, result)

    # Making it searchable

    async def _index(self) -> None:
        while True:
            self._to_index.clear()
            try:
                left = await self._index_once()
            except Exception:  # the last handler of this task, which must not end
                logger.exception("what was added could not be made searchable")
                left = True
            with suppress(TimeoutError):
                pause = LOOK_EVERY_SECONDS if left else None
                await asyncio.wait_for(self._to_index.wait(), pause)

    async def _index_once(self) -> bool:
        """Bring the index level for all that waits for it; whether anything still does."""
        waiting = await self._aside(self._submissions.indexing)
        if not waiting:
            return False
        brought = [s.result.article for s in waiting if s.result and s.result.article]
        later = await self._apart(self._level, brought)
        left = False
        for submission in waiting:
            passages = await self._apart(self._passages, submission)
            if passages or later is None:
                await self._searchable(submission, passages)
            else:
                left = True
                await self._later(submission, later)
        self._woken.set()
        return left

    def _level(self, articles: Collection[str]) -> str | None:
        """Why the index can't be made level with these now, in words; None if it is."""
        try:
            self._footnote.library.level(among=articles)
        except IndexLocked as error:
            logger.info("what was added waits: %s", error)
            return str(error)
        except (IndexFault, CorpusError) as error:
            logger.warning("what was added can't be made searchable: %s", error)
            return "the index can't be written"
        except Exception:
            logger.exception("what was added can't be made searchable")
            return "the index can't be written"
        return None

    def _passages(self, submission: Submission) -> int:
        """How many passages of it can be searched."""
        assert submission.result is not None
        article = submission.result.article
        if article is None:
            return 0
        try:
            with self._footnote.passage_index.reading() as build:
                there = build.catalogue.article(article)
                wanted = self._footnote.store.read(article).revision
                same = there is not None and there.revision == wanted
                return len(build.catalogue.spans(article)) if same else 0
        except (IndexUnreadable, CorpusError):
            return 0

    async def _searchable(self, submission: Submission, passages: int) -> None:
        assert submission.result is not None
        result = replace(submission.result, passages=passages, later=None)
        await self._finish(submission, result)

    async def _later(self, submission: Submission, reason: str) -> None:
        assert submission.result is not None
        if submission.result.later != reason:
            result = replace(submission.result, later=reason)
            await self._aside(self._index_next, submission, result)

    async def _apart(self, act: Callable[..., T], *values: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act, *values)


def _is_there(result: Result) -> bool:
    """Whether what was brought can be searched now, or followed."""
    return bool(result.passages) or result.how in ("already here", "followed")
