"""Getting the files that people send."""

import asyncio
import logging

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.settings import Settings
from bot.submissions.brought import Brought
from corpus.errors import Unreachable, Unreadable

logger = logging.getLogger(__name__)

TELEGRAMS_BYTES = 20 * 1024**2
"""The largest file that api.telegram.org lets a bot have. A Bot API server of one's own may let it
have any, and says so when it is asked for one."""
_TELEGRAMS = "https://api.telegram.org"
_PAUSES_SECONDS = (1.0, 4.0)
"""Before a download that broke off is begun again."""
_READ_SECONDS = 60.0


class TooLarge(Exception):
    """A file is not downloaded; `megabytes` is the size of the largest that would be."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(f"more than {megabytes} MB")
        self.megabytes = megabytes


class Downloads:
    def __init__(self, bot: Bot, settings: Settings) -> None:
        self._bot = bot
        most = settings.most_megabytes * 1024**2
        is_telegrams = settings.telegram_api_url.rstrip("/") == _TELEGRAMS
        self._most = min(most, TELEGRAMS_BYTES) if is_telegrams else most

    def check(self, brought: Brought) -> None:
        """Raises TooLarge where that is known before it is asked for."""
        if brought.size is not None and brought.size > self._most:
            raise TooLarge(self._most // 1024**2)

    async def get(self, brought: Brought) -> bytes:
        """The content; TooLarge, and Unreachable where it can't be had now."""
        self.check(brought)
        for pause in (*_PAUSES_SECONDS, None):
            try:
                file = await self._bot.get_file(brought.handle, read_timeout=_READ_SECONDS)
                data = await file.download_as_bytearray(read_timeout=_READ_SECONDS)
            except BadRequest as error:
                raise self._refused(error) from error
            except NetworkError as error:
                logger.info("a file could not be downloaded: %s", error.message)
                if pause is None:
                    raise Unreachable("Telegram does not hand over the file now") from error
            except TelegramError as error:
                raise Unreachable("Telegram does not hand over the file") from error
            else:
                if brought.size is None or len(data) >= brought.size:
                    return bytes(data)
                logger.info("a file broke off after %d of %d bytes", len(data), brought.size)
                if pause is None:
                    raise Unreachable("the file arrived in part only, again and again")
            await asyncio.sleep(pause)
        raise AssertionError("the last try ends it")

    def _refused(self, error: BadRequest) -> Exception:
        if "file is too big" in error.message.lower():
            return TooLarge(min(self._most, TELEGRAMS_BYTES) // 1024**2)
        return Unreadable("Telegram no longer has this file: please send it again")
