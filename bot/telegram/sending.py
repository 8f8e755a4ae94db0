"""Sending to a place in Telegram: in parts where a message is long, with patience where asked."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import RetryAfter, TelegramError

from bot.telegram.message import Message
from bot.telegram.place import Place

logger = logging.getLogger(__name__)

_MOST_PATIENCE_SECONDS = 60


async def send(
    bot: Bot,
    place: Place,
    message: Message,
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    answered: int | None = None,
) -> None:
    """Send a message, in parts where it is long; the keyboard stands under the last.

    `answered` is the number of the message that the first part is a reply to. Raises TelegramError.
    """
    reply = ReplyParameters(answered, allow_sending_without_reply=True) if answered else None
    parts = list(message.parts())
    for part in parts:
        await _patiently(
            partial(
                bot.send_message,
                place.chat,
                part.text,
                entities=part.telegram_entities(),
                message_thread_id=place.thread,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_parameters=reply if part is parts[0] else None,
                reply_markup=keyboard if part is parts[-1] else None,
            )
        )


async def show_typing(bot: Bot, place: Place) -> None:
    """Show the sign of typing. It is a sign only: what it announces may get through without it."""
    try:
        await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)
    except TelegramError as error:
        logger.info("the sign of typing could not be sent: %s", error.message)


async def acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """End the button's spinner; Telegram may have given up waiting, which is no fault."""
    try:
        await query.answer(text)
    except TelegramError as error:
        logger.info("a press could not be acknowledged: %s", error.message)


async def _patiently(request: Callable[[], Awaitable[Any]]) -> None:
    """Make a request again after the time that Telegram asks to wait, if that is not long."""
    for waited in (False, True):
        try:
            await request()
            return
        except RetryAfter as error:
            pause = error.retry_after
            seconds = pause.total_seconds() if isinstance(pause, timedelta) else pause
            if waited or seconds > _MOST_PATIENCE_SECONDS:
                raise
            logger.info("Telegram asks to wait for %s seconds", seconds)
            await asyncio.sleep(seconds)
