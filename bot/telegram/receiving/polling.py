"""Asking Telegram for updates: raw, so that one that can't be parsed doesn't stand in the way."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.errors import BotStopped
from bot.telegram.receiving.origin import Json, is_number
from bot.telegram.sending.pacing import seconds_asked

logger = logging.getLogger(__name__)

Take = Callable[[list[Json]], Awaitable[None]]
"""Keeps updates; they are on disk when it returns, and each has a number as its `update_id`."""

_LONG_POLL_SECONDS = 30
_READ_SECONDS = _LONG_POLL_SECONDS + 10.0
_LONGEST_PAUSE_SECONDS = 30.0


class Polling:
    """Nothing is confirmed to Telegram before it is kept."""

    def __init__(self, bot: Bot, request: BaseRequest, allowed: Sequence[str], take: Take) -> None:
        self._bot = bot
        self._request = request
        self._allowed = allowed
        self._take = take

    async def run(self) -> None:
        """Until it is cancelled; raises BotStopped where Telegram won't have it."""
        await self._bot.delete_webhook()  # of a run before this one, with what came in since kept
        failures, offset = 0, None
        while True:
            try:
                offset = await self._ask(offset)
                failures = 0
            except Conflict as error:
                raise BotStopped(
                    "another program is asking Telegram for this bot's messages: stop that one, or"
                    " get a token of its own for this one from @BotFather"
                ) from error
            except InvalidToken:
                raise
            except Exception as error:  # nothing was confirmed, so nothing is lost by going on
                failures += 1
                await self._pause(error, failures)

    async def _ask(self, offset: int | None) -> int | None:
        """Take what there is. Returns the offset that confirms it, None where all is confirmed.

        An offset is sent with the next request only: numbers may be lower after a quiet week.
        """
        query: dict[str, object] = {
            "timeout": _LONG_POLL_SECONDS,
            "allowed_updates": json.dumps(list(self._allowed)),
        }
        if offset is not None:
            query["offset"] = offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(query)}"
        answer: object = await self._request.post(url, read_timeout=_READ_SECONDS)
        if not isinstance(answer, list):
            raise TelegramError(f"what came is no list of updates, but {_kind(answer)}")
        updates = [update for update in answer if _is_update(update)]
        if answer and not updates:
            raise TelegramError("not one update has a number")
        if not updates:
            return None
        await self._take(updates)
        return int(updates[-1]["update_id"]) + 1

    async def _pause(self, error: Exception, failures: int) -> None:
        pause = min(2.0 ** (failures - 1), _LONGEST_PAUSE_SECONDS)
        if isinstance(error, RetryAfter):
            pause = seconds_asked(error)
        if isinstance(error, TelegramError):
            told = error.message
            logger.warning("asking Telegram for messages failed, trying again: %s", told)
        else:
            logger.exception("messages of Telegram's could not be kept, trying again")
        await asyncio.sleep(pause)


def _is_update(value: object) -> bool:
    if isinstance(value, dict) and is_number(value.get("update_id")):
        return True
    logger.error("Telegram sent an update without a number: %s", _kind(value))
    return False


def _kind(value: object) -> str:
    """What may be logged of it, which has none of what people write."""
    fields = f" with {', '.join(map(str, value)):.200}" if isinstance(value, dict) else ""
    return type(value).__name__ + fields
