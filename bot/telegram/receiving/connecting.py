"""Connecting to Telegram at the start: retries, and logs what it waits for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from footnote.bot.settings import PREFIX
from footnote.bot.telegram.sending.pacing import seconds_asked

logger = logging.getLogger(__name__)

T = TypeVar("T")


# After a day without Telegram the power itself would be beyond any number.
_MAX_DOUBLINGS = 30


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait before retrying, in seconds.

    `longest_pause`: between two tries, which begin a second apart. `conflict`: before it is seen
    again whether another program that has this bot's token is gone. `insist`: before asking again
    where such a program cut in; less than `probe`, for which this one has to be left alone before
    it takes anything. With a `probe` of 0 it takes what there is at once.
    """

    longest_pause: float = 30.0
    conflict: float = 30.0
    insist: float = 1.0
    probe: float = 4.0

    def pause(self, error: Exception, failures: int) -> float:
        """Before the next try, after so many that failed in a row."""
        if isinstance(error, RetryAfter):
            return seconds_asked(error)
        return min(2.0 ** min(failures - 1, _MAX_DOUBLINGS), self.longest_pause)


PATIENCE = Patience()


async def reached(request: Callable[[], Awaitable[T]], patience: Patience = PATIENCE) -> T:
    """What Telegram answers, however often it has to be asked.

    Raises InvalidToken and BadRequest, which no waiting mends.
    """
    failures = 0
    while True:
        try:
            result = await request()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            failures += 1
            pause = patience.pause(error, failures)
            logger.warning(
                "waiting for Telegram, which did not answer as it should (%s): trying again in"
                " %.0f s; if this goes on, look at the network, or at %sTELEGRAM_API_URL",
                *(error.message, pause, PREFIX),
            )
            await asyncio.sleep(pause)
        else:
            if failures:
                logger.info("Telegram answers")
            return result
