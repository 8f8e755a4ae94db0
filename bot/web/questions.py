"""Questions and claims of whoever is let in: answered in threads, kept as receipts, streamed."""

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from footnote.bot.answers.receipts import Receipt
from footnote.bot.answers.respondent import TERMINAL
from footnote.bot.composition import Footnote
from footnote.bot.people.sessions import LOCAL
from footnote.bot.threads import ThreadPool
from footnote.bot.web.visitor import Visitor
from footnote.index.errors import IndexUnreadable
from footnote.index.question import Question
from footnote.index.results import AnyResult, CheckedSentence, Claim

if TYPE_CHECKING:
    from footnote.index.writing.spent import Spent

_MAX_WRITING_AT_ONCE = 256
"""Questions that wait for the language model at a time; waiting takes next to nothing."""
_MAX_FINDING_AT_ONCE = min(32, (os.cpu_count() or 1) + 4)
T = TypeVar("T")
Take = Callable[[Claim | CheckedSentence], object]
"""Gets each sentence as soon as it has been checked, in the thread that answers."""
Act = Callable[[Take], AnyResult]


class Stopped(Exception):
    """Whoever asked does not wait for the answer any more."""


class Questions:
    """For one event loop; what takes long is done in threads of its own."""

    def __init__(self, footnote: Footnote) -> None:
        self._footnote = footnote
        writes = footnote.writes
        self._threads = ThreadPool("web", _MAX_WRITING_AT_ONCE if writes else _MAX_FINDING_AT_ONCE)

    def wait(self, visitor: Visitor) -> int:
        """Seconds until the next question of this person is answered; 0 if it is now."""
        now = time.time()
        return self._footnote.limit.wait(visitor.number, f"web:{now}", now)

    def asked(
        self,
        visitor: Visitor,
        question: Question,
        *,
        on_spent: "Callable[[Spent], object]" = lambda spent: None,
    ) -> Act:
        """Answering a question: what `result` and `events` carry out.

        `on_spent` is told what a language model took, if one was asked, before the result is there.
        """
        person = TERMINAL if visitor.holder == LOCAL else visitor.holder

        def act(take: Take) -> AnyResult:
            return self._footnote.respondent.answer(
                question, person=person, on_claim=take, on_spent=on_spent
            )

        return act

    def checked(self, text: str) -> Act:
        """Checking a text, likewise; it has a letter or a digit in it, or ValueError is raised."""
        return lambda take: self._footnote.checker.check(text, take)

    async def following(self, text: str, parent: str | None) -> Question:
        """A question with what was said up to the receipt that it follows up."""
        return await self._footnote.state.run_in_db(self._following, text, parent)

    async def result(self, act: Act, take: Take = lambda sentence: None) -> AnyResult:
        """Raises IndexUnreadable or ModelUnusable where there is nothing to answer from."""
        try:
            return await self._threads.run(act, take)
        except IndexUnreadable:
            self._footnote.passage_index.suspected = True
            raise

    async def keep(self, result: AnyResult, place: str, *, parent: str | None = None) -> Receipt:
        """Store it before it is shown."""
        keep = self._footnote.receipts.keep
        return await self._footnote.state.run_in_db(keep, result, place, parent=parent)

    async def events(self, act: Act) -> AsyncGenerator[Claim | CheckedSentence | AnyResult, None]:
        """Each sentence as it has been checked, and the result at the end.

        Where the iteration is given up, answering is stopped with the next sentence.
        """
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[Claim | CheckedSentence | None]()
        stopped = Event()

        def take(sentence: Claim | CheckedSentence) -> None:
            if stopped.is_set():
                raise Stopped
            loop.call_soon_threadsafe(queue.put_nowait, sentence)

        task = asyncio.ensure_future(self.result(act, take))
        task.add_done_callback(lambda _: queue.put_nowait(None))
        try:
            while (sentence := await queue.get()) is not None:
                yield sentence
            yield await task
        finally:
            stopped.set()
            if not task.done():
                task.add_done_callback(_forget)

    def close(self) -> None:
        self._threads.abandon()

    def _following(self, text: str, parent: str | None) -> Question:
        receipts = self._footnote.receipts
        return Question(text, tuple(receipts.history(parent)), receipts.cited(parent))


def _forget(task: "asyncio.Future[AnyResult]") -> None:
    """What became of an answer that nobody waits for; its fault is no longer anybody's either."""
    with suppress(Exception, asyncio.CancelledError):
        task.result()
