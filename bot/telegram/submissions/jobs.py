"""The background jobs of submissions: read, offer or add, publish, report.

Where several processes have one database, one of them does these, whichever of them took in what
was brought.

Whatever is under way when the process ends, however it ends, is begun again at the next start.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from functools import partial

from footnote.bot.bot_faults import BotFault
from footnote.bot.composition import Footnote
from footnote.bot.database.errors import DATABASE_FAULTS
from footnote.bot.database.hearing import hearing
from footnote.bot.errors import DatabaseAway
from footnote.bot.people.people import Role
from footnote.bot.submissions.intake import FAULTS, Intake, failed, not_added
from footnote.bot.submissions.submission import Came, Stage, Submission
from footnote.bot.submissions.submissions import KEPT_DONE_SECONDS, Submissions
from footnote.bot.submissions.upload import Offer, SubmissionResult, Upload
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.pausing import passed_or_set
from footnote.bot.telegram.submissions.downloads import Downloads, NotNow, TooLarge
from footnote.bot.telegram.submissions.publishing import Publishing
from footnote.bot.telegram.submissions.reacting import Reacting
from footnote.bot.telegram.submissions.status_messages import StatusMessages
from footnote.bot.threads import ThreadPool
from footnote.corpus.errors import ArticlesAway
from footnote.corpus.feeds import Feed
from footnote.corpus.readers import Reading

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""Submissions that are read or added at a time; each has a process of its own to read in."""
_LOOK_EVERY_SECONDS = 30.0
_MIN_PAUSE_SECONDS = 0.02
_AWAY_SECONDS = 30.0
"""After so long it is tried again to add to a store that gave no answer."""
_PRUNE_SECONDS = 3600.0
# A submission that was under way whenever the process died may be why; so may an unlucky one.
_MAX_BEGUN, _GUILTY_AFTER_SECONDS = 15, 600.0
_MAX_SUSPECTED = 2
_ABSOLVE_AGAIN_SECONDS, _ABSOLVED_WITHIN_SECONDS = 1.0, 2.0
# Of what was under way when the process ended, only what had been so for longer can be why.
_LONG_UNDER_WAY_SECONDS = 10.0
_CHANNEL = "footnote_submissions"
"""On a database server: something was brought or decided in another process."""


class Jobs:
    """Runs in one event loop; what takes long is done in threads of its own."""

    def __init__(self, footnote: Footnote, delivery: Delivery, submissions: Submissions) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._submissions = submissions
        self._run_in_db = footnote.state.run_in_db
        self._intake = Intake(footnote.adder, footnote.library)
        self._downloads = Downloads(delivery.bot, footnote.settings)
        self._status_messages = StatusMessages(
            submissions, footnote.state, delivery, on_end=self.wake
        )
        self._threads = ThreadPool("adding", AT_ONCE + 1)
        self._in_hand: dict[int, tuple[int, asyncio.Task[None]]] = {}
        self._served: dict[int, float] = {}
        self._waited: set[int] = set()
        self._broken_off: list[Submission] = []
        self._prune_at = 0.0
        self._woken = asyncio.Event()
        self._runs = False
        self._telling: set[asyncio.Task[None]] = set()
        self.reacting = Reacting(footnote.state, delivery.chat_actions)
        self._publishing = Publishing(
            footnote, self.reacting, submissions, self._threads, on_end=self.wake
        )

    def wake(self) -> None:
        """Something has come in, or was decided."""
        self._woken.set()
        if not self._runs and self._footnote.state.is_shared:
            task = asyncio.create_task(self._tell_others())
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _tell_others(self) -> None:
        with suppress(*DATABASE_FAULTS):  # they look now and then anyway
            await self._run_in_db(self._footnote.state.database.notify, _CHANNEL)

    async def cancel(self, number: int) -> bool:
        """Somebody does not want it; whether it was offered still."""
        offered = await self._run_in_db(self._submissions.find, number)
        if offered is None or offered.stage is not Stage.OFFERED:
            return False
        await self._publishing.finish(offered, SubmissionResult("cancelled", title=offered.name))
        return True

    async def run(self) -> None:
        """Until it is cancelled; it may be begun again after that."""
        self._runs = True
        try:
            async with hearing(self._footnote.state.database, _CHANNEL, self._woken.set):
                await self._run()
        finally:
            self._runs = False

    async def _run(self) -> None:
        with suppress(*DATABASE_FAULTS):
            await self._run_in_db(self._submissions.suspect)
        beside = [
            asyncio.create_task(self._publishing.run()),
            asyncio.create_task(self.reacting.run()),
        ]
        try:
            while True:
                self._woken.clear()
                await self._look()
                await asyncio.sleep(_MIN_PAUSE_SECONDS)
        finally:
            tasks = [*beside, *(task for _, task in self._in_hand.values())]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._absolve()
            await self._status_messages.end()
            self._threads.abandon()

    async def _absolve(self) -> None:
        """Have no submission be suspected for what broke off with this process alive: its end in
        order, or the loss of the database, which is waited for in the background."""
        broken_off, self._broken_off = self._broken_off, []
        if broken_off:
            task = asyncio.create_task(self._absolve_all(broken_off))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
            await asyncio.wait({task}, timeout=_ABSOLVED_WITHIN_SECONDS)

    async def _absolve_all(self, broken_off: list[Submission]) -> None:
        while broken_off:
            try:
                await self._run_in_db(self._submissions.absolve, broken_off[-1])
            except DATABASE_FAULTS:
                await asyncio.sleep(_ABSOLVE_AGAIN_SECONDS)
            else:
                broken_off.pop()

    async def _look(self) -> None:
        """Begin what can be begun, tell what is to be told, and wait for more of either."""
        pause = _LOOK_EVERY_SECONDS
        try:
            await self._prune()
            for old in await self._run_in_db(self._submissions.expired):
                await self._publishing.finish(old, SubmissionResult("expired", title=old.name))
            looked = time.time()
            self._begin(await self._run_in_db(self._submissions.due))
            await self._status_messages.update(self._in_hand)
            due = await self._run_in_db(self._submissions.next_due, looked)
        except Exception:  # the last handler of this task, which must not end
            logger.exception("what was brought can't be looked at")
        else:
            # What was due and is not begun waits for another to end, which wakes. What has become
            # so since it was looked for is begun at once.
            if due is not None:
                pause = min(pause, max(due - time.time(), 0.0))
        await passed_or_set(self._woken, pause)

    async def _prune(self) -> None:
        if time.monotonic() >= self._prune_at:
            self._prune_at = time.monotonic() + _PRUNE_SECONDS
            await self._run_in_db(self._submissions.prune)
            await self.reacting.prune(time.time() - KEPT_DONE_SECONDS)

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
        submission = None
        try:
            submission = await self._run_in_db(self._submissions.begin, number)
            if submission is None:
                return
            if number in self._waited:  # it is told that it is being read now
                await self._run_in_db(self._submissions.mark_changed, submission)
                self._woken.set()
            try:
                async with self._noted(number):
                    outcome = await self._outcome(submission)
            except NotNow as error:
                await self._run_in_db(self._submissions.postpone, submission, error.seconds)
            else:
                self._downloads.forget(submission.number)
                await self._finish(submission, outcome)
        except asyncio.CancelledError:
            self._broken_off += [submission] if submission else []
            raise
        except DATABASE_FAULTS:
            logger.exception("submission %d can't be finished now, and waits", number)
            self._broken_off += [submission] if submission else []
            await self._absolve()
            await asyncio.sleep(_LOOK_EVERY_SECONDS)

    @asynccontextmanager
    async def _noted(self, number: int) -> AsyncIterator[None]:
        """Have the state know while the block takes long."""
        noting = asyncio.create_task(self._note_long(number))
        try:
            yield
        finally:
            noting.cancel()
            await asyncio.gather(noting, return_exceptions=True)

    async def _note_long(self, number: int) -> None:
        await asyncio.sleep(_LONG_UNDER_WAY_SECONDS)
        with suppress(*DATABASE_FAULTS):
            await self._run_in_db(self._submissions.note_long, number)

    async def _outcome(self, submission: Submission) -> Offer | SubmissionResult:
        try:
            guilty = time.time() > submission.at + _GUILTY_AFTER_SECONDS
            if submission.begun >= _MAX_BEGUN and guilty:
                raise RuntimeError(f"begun {submission.begun} times and never ended")
            if submission.suspected >= _MAX_SUSPECTED:
                logger.error(
                    "submission %d is set aside: it was under way %d times when the process ended",
                    *(submission.number, submission.suspected),
                )
                return not_added(BotFault.SET_ASIDE.of(), again=True)
            if not await self._run_in_db(self._may_add, submission.person):
                logger.info("submission %d: its sender may add nothing any more", submission.number)
                return not_added(BotFault.MAY_NOT_ADD.of())
            if submission.upload.kind == "follow":
                return await self._threads.run(self._follow, submission)
            reading = submission.offer.reading if submission.offer else await self._read(submission)
            if isinstance(reading, Feed):
                return await self._feed(submission, reading)
            return await self._threads.run(self._intake.take, submission, reading)
        except (NotNow, DatabaseAway):
            raise
        except ArticlesAway as error:
            logger.info("submission %d waits: %s", submission.number, error)
            raise NotNow(_AWAY_SECONDS) from error
        except TooLarge as error:
            return SubmissionResult("not added", max_megabytes=error.megabytes)
        except FAULTS as error:
            logger.info("submission %d was not added: %s", submission.number, error)
            return failed(error)
        except OSError as error:  # the disk is full, say
            logger.exception("submission %d could not be added", submission.number)
            return failed(error)
        except Exception:  # whatever it is, its sender is told, and may have it tried again
            logger.exception("submission %d failed", submission.number)
            return SubmissionResult("not added", again=True)

    def _may_add(self, person: int) -> bool:
        role = self._footnote.people.role(person)
        return role is not None and role >= Role.EDITOR

    async def _read(self, submission: Submission) -> Reading | Feed:
        upload = submission.upload
        data = None
        if upload.kind == "file":
            data = await self._downloads.get(upload, submission.number)
        read = partial(self._intake.read, replaces=submission.replaces is not None)
        return await self._threads.run(read, upload, data)

    def _follow(self, submission: Submission) -> SubmissionResult:
        followed = self._footnote.feeds.follow(
            submission.upload.name, self._footnote.adder, who=submission.who
        )
        return SubmissionResult("followed", title=followed.title, url=followed.url)

    async def _feed(self, submission: Submission, feed: Feed) -> SubmissionResult:
        """A feed is offered; one that was opened becomes a submission for each of its entries."""
        count, url = len(feed.entries), submission.upload.name
        if submission.upload.kind != "feed":
            return SubmissionResult("a feed", title=feed.title, url=url, entries=count)
        await self._run_in_db(self._open, submission, feed)
        return SubmissionResult("opened", title=feed.title, url=url, entries=count)

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
            upload = Upload("entry", entry.url, entry={"feed": feed.title, **asdict(entry)})
            self._submissions.submit(came, upload, report=submission.report)

    async def _finish(self, submission: Submission, outcome: Offer | SubmissionResult) -> None:
        if isinstance(outcome, Offer):
            await self._run_in_db(self._submissions.offer, submission, outcome)
        elif outcome.is_in:
            await self._publishing.add(submission, outcome)
        else:
            await self._publishing.finish(submission, outcome)
