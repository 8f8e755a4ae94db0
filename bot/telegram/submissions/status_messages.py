"""Status messages: one message a report, edited as its submissions progress."""

import asyncio
import logging
from collections.abc import Callable, Collection
from functools import partial

from telegram.error import RetryAfter, TelegramError

from footnote.bot.errors import NotYet, TelegramUnreachable
from footnote.bot.state import State
from footnote.bot.submissions.reports import Report
from footnote.bot.submissions.submissions import Submissions
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.pacing import seconds_asked
from footnote.bot.telegram.sending.transmission import Edited
from footnote.bot.telegram.submissions.status_view import View, is_final, list_view, one_view
from footnote.bot.telegram.texts import texts_for

logger = logging.getLogger(__name__)

_LATER_SECONDS = 1.0  # before progress is told that the limits had no room for
_AGAIN_SECONDS = 5.0  # after a failure


class StatusMessages:
    """Sends reports concurrently, each with one request at a time."""

    def __init__(
        self,
        submissions: Submissions,
        state: State,
        delivery: Delivery,
        *,
        on_end: Callable[[], None],
    ) -> None:
        """`on_end` is called when a report that was just updated may have changed again."""
        self._submissions = submissions
        self._run_in_db = state.run_in_db
        self._delivery = delivery
        self._updating: dict[int, asyncio.Task[None]] = {}
        self._on_end = on_end

    async def update(self, begun: Collection[int]) -> None:
        """Begin to update what is outdated; `begun` are the submissions that are being read."""
        for report in await self._run_in_db(self._outdated):
            if report.number not in self._updating:
                task = asyncio.create_task(self._update(report, set(begun)))
                self._updating[report.number] = task
                task.add_done_callback(partial(self._ended, report.number))

    async def end(self) -> None:
        updating = list(self._updating.values())
        for task in updating:
            task.cancel()
        await asyncio.gather(*updating, return_exceptions=True)

    def _ended(self, number: int, task: asyncio.Task[None]) -> None:
        del self._updating[number]
        self._on_end()

    def _outdated(self) -> list[Report]:
        return self._submissions.reports.outdated()

    async def _update(self, report: Report, begun: set[int]) -> None:
        """The last handler of this task: what fails is tried again later."""
        try:
            message = await self._deliver(report, begun)
            if message is not None:
                await self._run_in_db(self._submissions.reports.mark_shown, report, message or None)
                return
            await asyncio.sleep(_LATER_SECONDS)
        except TelegramUnreachable as error:
            logger.info("report %d reaches nobody: %s", report.number, error)
            await self._run_in_db(self._submissions.reports.mark_shown, report, report.message)
        except NotYet as error:
            await asyncio.sleep(error.seconds)
        except RetryAfter as error:
            await asyncio.sleep(seconds_asked(error))
        except TelegramError as error:
            logger.info("report %d could not be sent: %s", report.number, error.message)
            await asyncio.sleep(_AGAIN_SECONDS)
        except Exception:  # a report that fails must not keep the others from theirs
            logger.exception("report %d could not be sent", report.number)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _deliver(self, report: Report, begun: set[int]) -> int | None:
        """The number of the message that shows it now, 0 if there is nothing to show, None if there
        was no room for it, or it has to be read again."""
        submissions = await self._run_in_db(self._submissions.of, report)
        texts = texts_for(report.language)
        view: View | None = None
        if report.is_list:
            view = list_view(submissions, texts, begun=begun)
        elif len(submissions) > 1:
            return None  # more of it has come in since the report was read
        elif submissions:
            [submission] = submissions
            view = one_view(submission, texts, is_begun=submission.number in begun)
        if view is None:
            return report.message or 0
        if report.message is None:
            return await self._send(report, view)
        return await self._edit(report, report.message, view, is_final(submissions))

    async def _send(self, report: Report, view: View) -> int:
        place = ChatThread.named(report.place)
        key = f"adding:{report.number}"
        # What was sent in an earlier try, or by the process before this one, may read otherwise.
        begun = await self._delivery.was_begun(key)
        [number, *_] = await self._delivery.send(place, *view, reply_to=report.replies, key=key)
        if begun:
            await self._delivery.edit(place, number, *view)
        return number

    async def _edit(self, report: Report, number: int, view: View, final: bool) -> int | None:
        place = ChatThread.named(report.place)
        edited = await self._delivery.edit(place, number, *view, dispensable=not final)
        if edited is Edited.SKIPPED:
            return None
        if edited is Edited.GONE and final:
            key = f"adding:{report.number}:{report.version}"
            [number, *_] = await self._delivery.send(place, *view, reply_to=report.replies, key=key)
        return number
