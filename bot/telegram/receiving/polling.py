"""Long polling for updates, as raw JSON: one that can't be parsed doesn't block the others."""

import asyncio
import json
import logging
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from footnote.bot.telegram.receiving.connecting import PATIENCE, Patience, reached
from footnote.bot.telegram.receiving.update_origin import Json, is_number

logger = logging.getLogger(__name__)

Take = Callable[[list[Json]], Awaitable[None]]
"""Keeps updates; they are on disk when it returns, and each has a number as its `update_id`."""

_LONG_POLL_SECONDS = 30
_READ_SECONDS = _LONG_POLL_SECONDS + 10.0
ALONE_SECONDS = 60.0
"""Who has not got an answer to getUpdates for so long may have been replaced by another program."""
_TELL_AGAIN_SECONDS = 600.0


class Polling:
    """Nothing is confirmed to Telegram before it is kept.

    Of two programs with one token the one that was there first goes on. Telegram ends the request
    that waits when another comes (409), so the first asks again at once; the other one, which takes
    nothing before it has waited undisturbed for a while, is disturbed, and keeps away until the
    first is gone.
    """

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        allowed: Sequence[str],
        take: Take,
        *,
        patience: Patience = PATIENCE,
        asked: float | None = None,
        on_asked: Callable[[], object] = lambda: None,
    ) -> None:
        """`asked`: when this one asked last, before it was started again, by time.time(); where
        that is short ago it need not find out whether it is alone. `on_asked` is called whenever
        Telegram has answered."""
        self._bot = bot
        self._request = request
        self._allowed = allowed
        self._take = take
        self._patience = patience
        self._on_asked = on_asked
        self._alone_until = (asked or 0.0) + ALONE_SECONDS
        self._told_at = 0.0

    async def run(self) -> None:
        """Until it is cancelled; raises InvalidToken."""
        # Of a run before this one; what came in since is kept.
        await reached(self._bot.delete_webhook, self._patience)
        failures, offset = 0, None
        while True:
            try:
                if time.time() > self._alone_until:
                    await self._wait_until_alone()
                offset = await self._ask(offset)
                failures = 0
                self._note_asked()
            except Conflict as error:
                self._tell_of_other("this one goes on", error)
                by_webhook = "webhook" in error.message
                await asyncio.sleep(
                    self._patience.conflict if by_webhook else self._patience.insist
                )
            except InvalidToken:
                raise
            except Exception as error:  # nothing was confirmed, so nothing is lost by going on
                failures += 1
                await self._pause(error, failures)

    async def _ask(self, offset: int | None) -> int | None:
        """Take what there is. Returns the offset that confirms it, None where all is confirmed.

        An offset is sent with the next request only: numbers may be lower after a quiet week.
        """
        updates = await self._fetch(_LONG_POLL_SECONDS, offset)
        if not updates:
            return None
        await self._take(updates)
        return int(updates[-1]["update_id"]) + 1

    async def _fetch(self, seconds: int, offset: int | None = None) -> list[Json]:
        """What there is, or comes within so many seconds."""
        query: dict[str, object] = {
            "timeout": seconds,
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
        return updates

    async def _wait_until_alone(self) -> None:
        waited = False
        while self._patience.probe and not await self._is_alone():
            waited = True
            await asyncio.sleep(self._patience.conflict)
        if waited:
            logger.info("the other program is gone: this one takes over")
        self._note_asked()

    async def _is_alone(self) -> bool:
        """Whether nobody disturbs a request that waits, nor confirms what waits for the bot.

        An update is answered with at once, to whoever asks, and disturbs nobody.
        """
        try:
            first = await self._fetch(math.ceil(self._patience.probe))
            if not first:
                return True
            await asyncio.sleep(self._patience.probe)
            again = await self._fetch(0)
        except Conflict as error:
            self._tell_of_other("this one waits until that is gone", error)
            return False
        if again and again[0]["update_id"] == first[0]["update_id"]:
            return True
        self._tell_of_other("this one waits until that is gone")
        return False

    def _note_asked(self) -> None:
        self._alone_until = time.time() + ALONE_SECONDS
        self._on_asked()

    def _tell_of_other(self, and_so: str, error: Conflict | None = None) -> None:
        if time.time() < self._told_at + _TELL_AGAIN_SECONDS:
            return
        self._told_at = time.time()
        logger.warning(
            "another program is asking Telegram for this bot's messages, and %s: stop it, or get a"
            " token of its own for one of them from @BotFather%s",
            and_so,
            f" ({error.message})" if error else "",
        )

    async def _pause(self, error: Exception, failures: int) -> None:
        if isinstance(error, TelegramError):
            told = error.message
            logger.warning("asking Telegram for messages failed, trying again: %s", told)
        else:
            logger.exception("messages of Telegram's could not be kept, trying again")
        await asyncio.sleep(self._patience.pause(error, failures))


def _is_update(value: object) -> bool:
    if isinstance(value, dict) and is_number(value.get("update_id")):
        return True
    logger.error("Telegram sent an update without a number: %s", _kind(value))
    return False


def _kind(value: object) -> str:
    """The kind of update, for the log: nothing that people write."""
    fields = f" with {', '.join(map(str, value)):.200}" if isinstance(value, dict) else ""
    return type(value).__name__ + fields
