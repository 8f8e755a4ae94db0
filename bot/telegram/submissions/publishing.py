"""Indexing what was added, and marking its message with 👍 once it can be found."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from weakref import WeakValueDictionary

from footnote.bot.bot_faults import BotFault
from footnote.bot.composition import Footnote
from footnote.bot.submissions.submission import Stage, Submission
from footnote.bot.submissions.submissions import Submissions
from footnote.bot.submissions.upload import SubmissionResult
from footnote.bot.telegram.sending.pausing import passed_or_set
from footnote.bot.telegram.submissions.reacting import Reacting
from footnote.bot.threads import ThreadPool
from footnote.corpus.errors import CorpusError
from footnote.corpus.faults import ToldFault
from footnote.index.errors import IndexFault, IndexLocked, IndexUnreadable

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 30.0
"""What could not be made searchable is tried again so often."""


class Publishing:
    """Added articles wait here, on disk, until they are indexed."""

    def __init__(
        self,
        footnote: Footnote,
        reacting: Reacting,
        submissions: Submissions,
        threads: ThreadPool,
        *,
        on_end: Callable[[], None],
    ) -> None:
        """`on_end` is called when there may be something to tell."""
        self._footnote = footnote
        self._reacting = reacting
        self._submissions = submissions
        self._run_in_db = footnote.state.run_in_db
        self._threads = threads
        self._on_end = on_end
        self._to_index = asyncio.Event()
        self._turns: WeakValueDictionary[tuple[str, int], asyncio.Lock] = WeakValueDictionary()

    async def add(self, submission: Submission, result: SubmissionResult) -> None:
        """Its article is in the folder, and is to be searchable."""
        await self._run_in_db(self._wait, submission, result)
        self._to_index.set()

    async def finish(self, submission: Submission, result: SubmissionResult) -> None:
        """Put the sign on its message that it is there, once all that came in it is done; or take
        the sign away that it is looked at. Then finish it."""
        of_message = submission.place, submission.message
        async with self._turns.setdefault(of_message, asyncio.Lock()):
            came = await self._run_in_db(self._submissions.of_message, submission)
            others = [other for other in came if other.number != submission.number]
            if all(other.stage is Stage.DONE for other in others):
                await self._sign(submission, [result, *(o.result for o in others if o.result)])
            await self._run_in_db(self._submissions.finish, submission, result)

    async def _sign(self, submission: Submission, results: list[SubmissionResult]) -> None:
        emoji = "👍" if any(_is_there(one) for one in results) else None
        messages = {submission.message, *dict(submission.upload.parts)}
        await self._reacting.put(submission.place, messages, emoji)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            self._to_index.clear()
            try:
                left = await self._once()
            except Exception:  # the last handler of this task, which must not end
                logger.exception("what was added could not be made searchable")
                left = True
            await passed_or_set(self._to_index, LOOK_EVERY_SECONDS if left else None)

    async def _once(self) -> bool:
        """Sync the index for all that waits for it; whether anything still does."""
        waiting = await self._run_in_db(self._submissions.indexing)
        if not waiting:
            return False
        upload = [s.result.article for s in waiting if s.result and s.result.article]
        later = await self._threads.run(self._sync, upload)
        left = False
        for submission in waiting:
            passages = await self._threads.run(self._passages, submission)
            if passages or later is None:
                await self._searchable(submission, passages)
            else:
                left = True
                await self._later(submission, later)
        self._on_end()
        return left

    def _sync(self, articles: Collection[str]) -> ToldFault | None:
        """Why the index can't be brought up to date with these now, in words; None if it is."""
        try:
            self._footnote.library.sync(among=articles)
        except IndexLocked as error:
            logger.info("what was added waits: %s", error)
            return BotFault.KEPT_ELSEWHERE.of(holder=error.holder)
        except (IndexFault, CorpusError) as error:
            logger.warning("what was added can't be made searchable: %s", error)
            return BotFault.NOT_SYNCED.of()
        except Exception:  # the others wait for it; it is looked at again
            logger.exception("what was added can't be made searchable")
            return BotFault.NOT_SYNCED.of()
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
        await self.finish(submission, result)

    async def _later(self, submission: Submission, reason: ToldFault) -> None:
        assert submission.result is not None
        if submission.result.later != reason:
            result = replace(submission.result, later=reason)
            await self._run_in_db(self._wait, submission, result)

    def _wait(self, submission: Submission, result: SubmissionResult) -> None:
        self._submissions.finish(submission, result, stage=Stage.INDEXING)


def _is_there(result: SubmissionResult) -> bool:
    """Whether what was brought can be searched now, or followed."""
    return bool(result.passages) or result.how in ("already here", "followed")
