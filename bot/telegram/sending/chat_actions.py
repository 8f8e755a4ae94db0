"""Signs of what the bot is doing: typing, drafts, reactions."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.pacing import Pacing
from footnote.bot.telegram.sending.pausing import passed_or_set

logger = logging.getLogger(__name__)

_TYPING_EVERY_SECONDS = 4.0  # Telegram shows the sign for five


class ChatActions:
    """They may fail unnoticed. `now` gives a place by the number that its chat has now."""

    def __init__(self, bot: Bot, pacing: Pacing, now: Callable[[ChatThread], ChatThread]) -> None:
        self._bot = bot
        self._pacing = pacing
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def typing(self, place: ChatThread) -> AsyncIterator[None]:
        """Show the sign of typing for as long as the block takes."""
        over = asyncio.Event()
        sign = asyncio.create_task(self._type(place, over))
        self._tasks.add(sign)
        sign.add_done_callback(self._tasks.discard)
        try:
            yield
        finally:
            # Not by cancelling: a request that is cancelled under way may keep its connection for
            # ever (httpcore 1.0.9), and after some thousand answers there was none left.
            over.set()

    async def end(self) -> None:
        """Show nothing any more."""
        for sign in self._tasks:
            sign.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def draft(self, place: ChatThread, message: Message, *, number: int) -> None:
        """Show what is being written, in private chats; `number` (not 0) is the draft's own."""
        if place.is_group or not self._pacing.has_room_for_draft(place.chat):
            return
        part = next(message.parts(), Message())
        await self._sign(
            place.chat,
            partial(
                self._bot.send_message_draft,
                place.chat,
                number,
                part.text,
                entities=part.telegram_entities(),
                message_thread_id=place.thread,
            ),
        )

    async def react(self, place: ChatThread, number: int, emoji: str | None) -> bool:
        """Put one reaction on a message, or take it away; whether it is there now, or never can
        be, as on a message that is gone."""
        chat = self._now(place).chat
        return await self._sign(chat, partial(self._bot.set_message_reaction, chat, number, emoji))

    async def _type(self, place: ChatThread, over: asyncio.Event) -> None:
        while not over.is_set():
            chat = self._now(place).chat
            sign = partial(
                self._bot.send_chat_action,
                chat,
                ChatAction.TYPING,
                message_thread_id=place.thread,
            )
            await self._sign(chat, sign)
            await passed_or_set(over, _TYPING_EVERY_SECONDS)

    async def _sign(self, chat: int, request: Callable[[], Awaitable[object]]) -> bool:
        """A sign only: what it announces may get through without it. Whether to try it again would
        be of no use."""
        if self._pacing.is_held(chat):
            return False
        try:
            await request()
        except TelegramError as error:
            logger.info("a sign could not be shown: %s", error.message)
            return isinstance(error, BadRequest | Forbidden)
        return True
