"""The names of people of whom only the number is known: those let in by settings or by number."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from itertools import islice

from telegram import Bot
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

_MAX_AT_A_TIME = 20


class TelegramNames:
    """As Telegram tells them of whoever has written to the bot; each is asked for once, and those
    that it doesn't tell again with every look."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[int, str] = {}

    async def of(self, users: Collection[int]) -> Mapping[int, str]:
        """Of these as far as they are known; no more than twenty are asked for at a time."""
        unknown = islice((user for user in users if user not in self._known), _MAX_AT_A_TIME)
        await asyncio.gather(*map(self._ask, unknown))
        return {user: self._known[user] for user in users if user in self._known}

    async def _ask(self, user: int) -> None:
        try:
            name = (await self._bot.get_chat(user)).full_name
        except TelegramError as error:
            logger.info("the name of %d is not known: %s", user, error.message)
            return
        if name:
            self._known[user] = name
