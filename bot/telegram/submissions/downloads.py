"""Downloading the files that people send."""

import logging

from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from footnote.bot.bot_faults import BotFault
from footnote.bot.settings import Settings
from footnote.bot.submissions.upload import Upload
from footnote.bot.telegram.sending.pacing import seconds_asked
from footnote.corpus.errors import Unreachable, Unreadable

logger = logging.getLogger(__name__)

TELEGRAMS_BYTES = 20 * 1024**2
"""The largest file that api.telegram.org lets a bot have. A Bot API server of one's own may let it
have any, and says so when it is asked for one."""
_TELEGRAMS = "https://api.telegram.org"
_PAUSES_SECONDS = (1.0, 4.0, 15.0, *[60.0] * 10)
"""Before a file that can't be had is asked for again; after the last of them it is given up."""
_READ_SECONDS = 60.0


class TooLarge(Exception):
    """A file is not downloaded; `megabytes` is the size of the largest that would be."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(f"more than {megabytes} MB")
        self.megabytes = megabytes


class NotNow(Exception):
    """A file can't be had now; `seconds` is how long to wait before asking again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not for {seconds:.0f} seconds")
        self.seconds = seconds


class Downloads:
    def __init__(self, bot: Bot, settings: Settings) -> None:
        self._bot = bot
        self._failed: dict[int, int] = {}
        most = settings.max_megabytes * 1024**2
        is_telegrams = settings.telegram_api_url.rstrip("/") == _TELEGRAMS
        self._most = min(most, TELEGRAMS_BYTES) if is_telegrams else most

    def check(self, upload: Upload) -> None:
        """Raises TooLarge where that is known before it is asked for."""
        if upload.size is not None and upload.size > self._most:
            raise TooLarge(self._most // 1024**2)

    async def get(self, upload: Upload, of: int) -> bytes:
        """The content; TooLarge, NotNow while another try may help, and then Unreachable.

        `of` is the submission's number, by which its tries are counted.
        """
        self.check(upload)
        try:
            file = await self._bot.get_file(upload.file_id, read_timeout=_READ_SECONDS)
            data = await file.download_as_bytearray(read_timeout=_READ_SECONDS)
        except BadRequest as error:
            raise self._refused(error) from error
        except RetryAfter as error:
            raise NotNow(seconds_asked(error)) from error
        except NetworkError as error:
            logger.info("a file could not be downloaded: %s", error.message)
            raise self._later(of, BotFault.NOT_HANDED_OVER_NOW) from error
        except TelegramError as error:
            raise Unreachable(BotFault.NOT_HANDED_OVER.of()) from error
        if upload.size is not None and len(data) < upload.size:
            logger.info("a file broke off after %d of %d bytes", len(data), upload.size)
            raise self._later(of, BotFault.ARRIVED_IN_PART)
        return bytes(data)

    def forget(self, of: int) -> None:
        """Whatever became of this submission, its tries count anew."""
        self._failed.pop(of, None)

    def _later(self, of: int, fault: BotFault) -> Exception:
        failed = self._failed[of] = self._failed.get(of, 0) + 1
        return (
            NotNow(_PAUSES_SECONDS[failed - 1])
            if failed <= len(_PAUSES_SECONDS)
            else Unreachable(fault.of())
        )

    def _refused(self, error: BadRequest) -> Exception:
        if "file is too big" in error.message.lower():
            return TooLarge(min(self._most, TELEGRAMS_BYTES) // 1024**2)
        return Unreadable(BotFault.NO_LONGER_THERE.of())
