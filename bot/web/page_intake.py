"""What editors bring to be made articles: read, offered where there is doubt, added, made findable.

Nothing of it is acknowledged before its file is in the folder. What is offered is kept for a day:
whoever waits longer with their word is asked to send it again.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from footnote.bot.articles.adding import Outcome
from footnote.bot.bot_faults import BotFault
from footnote.bot.composition import Footnote
from footnote.bot.submissions.intake import FAULTS, Intake, failed
from footnote.bot.submissions.submission import Submission
from footnote.bot.submissions.upload import Offer, SubmissionResult, Upload
from footnote.bot.threads import ThreadPool
from footnote.bot.web.page_offers import PageOffers, submission_of
from footnote.bot.web.visitor import Visitor
from footnote.corpus.errors import CorpusError
from footnote.corpus.faults import ToldFault
from footnote.corpus.feeds import Feed
from footnote.index.errors import IndexFault, IndexLocked

logger = logging.getLogger(__name__)

_AT_ONCE = 2
"""What is read or added at a time; each has a process of its own to read in."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SentUpload:
    """Something that an editor has sent, with the content of a file."""

    upload: Upload
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What became of it; `offer` is by what it is found again where it needs somebody's word, and
    `entries` are those of a feed that were added."""

    name: str
    outcome: SubmissionResult | Offer
    offer: str = ""
    entries: tuple[Outcome, ...] = ()


class PageIntake:
    """For one event loop; what takes long is done in threads of its own."""

    def __init__(self, footnote: Footnote) -> None:
        self._footnote = footnote
        self._threads = ThreadPool("web-adding", _AT_ONCE)
        self._offers = PageOffers(footnote.state)
        self._deciding: set[str] = set()

    async def bring(
        self, visitor: Visitor, sent: SentUpload, *, replaces: str | None = None
    ) -> Item:
        """Read it and add it, or offer it; a feed is offered as one."""
        submission = _submission(visitor, sent.upload, replaces)
        return await self._carried_out(submission, lambda: self._taken(submission, sent.data))

    async def decide(self, offer: str, *, add: bool, title: str = "") -> list[Item]:
        """Add what was offered, under another title maybe, or let it go; nothing where it is not
        offered any more. What could not be added now, though another time perhaps, waits on."""
        submission = await self._footnote.state.run_in_db(self._offers.find, offer)
        if submission is None or submission.offer is None or offer in self._deciding:
            return []
        self._deciding.add(offer)
        try:
            item = await self._decided(submission, submission.offer, add=add, title=title)
            if isinstance(item.outcome, SubmissionResult) and item.outcome.again:
                return [item, Item(submission.name, submission.offer, offer=offer)]
            await self._footnote.state.run_in_db(self._offers.forget, offer)
        finally:
            self._deciding.discard(offer)
        return [item]

    async def _decided(
        self, submission: Submission, offer: Offer, *, add: bool, title: str
    ) -> Item:
        if not add:
            return Item(submission.name, SubmissionResult("cancelled", title=submission.name))
        approved, intake = replace(submission, approved=True, title=title or None), self._intake
        return await self._carried_out(approved, lambda: intake.take(approved, offer.reading))

    async def offered(self, visitor: Visitor) -> list[Item]:
        """What this editor has sent that waits for somebody's word."""
        waiting = await self._footnote.state.run_in_db(self._offers.of, visitor.home)
        return [
            Item(submission.name, submission.offer, offer=id_)
            for id_, submission in waiting
            if submission.offer
        ]

    async def follow(self, visitor: Visitor, address: str) -> Item:
        """Take what is new in a feed from now on."""
        submission = _submission(visitor, Upload("follow", address), None)

        def follow() -> SubmissionResult:
            followed = self._footnote.feeds.follow(
                address, self._footnote.adder, who=submission.who
            )
            return SubmissionResult("followed", title=followed.title, url=followed.url)

        return await self._carried_out(submission, follow)

    async def add_entries(self, visitor: Visitor, address: str) -> Item:
        """Add what a feed names now."""
        submission = _submission(visitor, Upload("feed", address), None)
        outcomes: list[Outcome] = []

        def add() -> SubmissionResult:
            adder, feed = self._footnote.adder, self._intake.read(submission.upload)
            entries = adder.entries(feed) if isinstance(feed, Feed) else []
            outcomes.extend(adder.add_all(entries, who=submission.who))
            added = {o.taken.article.id for o in outcomes if o.taken and o.taken.is_in}
            self.sync(*added)
            return SubmissionResult("opened", url=address, entries=len(entries))

        item = await self._carried_out(submission, add)
        return replace(item, entries=tuple(outcomes))

    async def change(self, act: Callable[..., T], *values: object) -> T:
        """Change an article; what the change returns, once it is found as it is now."""
        return await self._threads.run(act, *values)

    def sync(self, *articles: str) -> ToldFault | None:
        """Sync the index with these articles; why that can't be done now, if it can't."""
        try:
            self._footnote.library.sync(among=articles)
        except IndexLocked as error:
            return BotFault.KEPT_ELSEWHERE.of(holder=error.holder)
        except (IndexFault, CorpusError) as error:
            logger.warning("what was added can't be made searchable: %s", error)
            return BotFault.NOT_SYNCED.of()
        return None

    def close(self) -> None:
        self._threads.abandon()

    @property
    def _intake(self) -> Intake:
        return Intake(self._footnote.adder, self._footnote.library)

    def _taken(self, submission: Submission, data: bytes | None) -> SubmissionResult | Offer:
        reading = self._intake.read(submission.upload, data)
        if isinstance(reading, Feed):
            url, count = submission.upload.name, len(reading.entries)
            return SubmissionResult("a feed", title=reading.title, url=url, entries=count)
        return self._intake.take(submission, reading)

    async def _carried_out(
        self, submission: Submission, act: Callable[[], SubmissionResult | Offer]
    ) -> Item:
        outcome = await self._threads.run(self._outcome, act)
        if isinstance(outcome, Offer):
            offered = replace(submission, offer=outcome, title=None, approved=False)
            offer = await self._footnote.state.run_in_db(self._offers.keep, offered)
            return Item(submission.upload.name, outcome, offer=offer)
        return Item(submission.name, outcome)

    def _outcome(self, act: Callable[[], SubmissionResult | Offer]) -> SubmissionResult | Offer:
        """What became of one upload; whatever goes wrong is told of it alone."""
        try:
            outcome = act()
            if isinstance(outcome, SubmissionResult) and outcome.is_in and outcome.article:
                return replace(outcome, later=self.sync(outcome.article))
            return outcome
        except FAULTS as error:
            logger.info("something was not added: %s", error)
            return failed(error)
        except OSError as error:  # the disk is full, say
            logger.exception("something could not be added")
            return failed(error)
        except Exception:  # whatever it is, it is this one upload that is not added
            logger.exception("something could not be added")
            return SubmissionResult("not added", again=True)


def _submission(visitor: Visitor, upload: Upload, replaces: str | None) -> Submission:
    return submission_of(
        upload,
        place=visitor.home,
        person=visitor.number,
        who=visitor.who,
        at=time.time(),
        replaces=replaces,
    )
