"""What the bot can do in a chat: send, edit and delete."""

import hashlib
import logging
import secrets
from collections.abc import Awaitable
from contextvars import ContextVar
from functools import partial

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram import Message as TelegramMessage
from telegram.error import BadRequest, Forbidden, TelegramError

from footnote.bot.state import State
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.message import MAX_UNITS, Message, units
from footnote.bot.telegram.sending.chat_actions import ChatActions
from footnote.bot.telegram.sending.pacing import Pacing
from footnote.bot.telegram.sending.transmission import (
    Edited,
    IncomingNumbers,
    NothingCameIn,
    Transmission,
)

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

handling: ContextVar[int | None] = ContextVar("handling", default=None)
"""The number of the update that is being handled, from which messages without a key get theirs."""


class Delivery:
    """All methods raise Unreachable where the chat takes no messages, NotYet where Telegram wants a
    long pause, and TelegramError.
    """

    def __init__(
        self,
        bot: Bot,
        state: State,
        *,
        incoming: IncomingNumbers | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        """`incoming` knows the numbers of the messages that came in."""
        self.bot = bot
        self._pacing = pacing or Pacing()
        self._transmission = Transmission(
            state, incoming=incoming or NothingCameIn(), pacing=self._pacing
        )
        self.chat_actions = ChatActions(bot, self._pacing, self.now)

    async def send(
        self,
        place: ChatThread,
        message: Message,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        reply_to: int | None = None,
        key: str | None = None,
    ) -> list[int]:
        """Send a message, in parts where it is long; the keyboard stands under the last.

        `reply_to` is the number of the message that the first part replies to. `key` names the
        message for ever; without one it gets the name of the update and its own text. Returns the
        numbers of the parts, the same ones if it was sent before.
        """
        parts = list(message.parts())
        key = key or _key(place, message.text)
        return [
            await self._send_part(
                place,
                part,
                keyboard if part is parts[-1] else None,
                reply_to if part is parts[0] else None,
                f"{key}#{number}",
            )
            for number, part in enumerate(parts)
        ]

    async def send_document(
        self,
        place: ChatThread,
        content: bytes,
        name: str,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        caption: Message | None = None,
        reply_to: int | None = None,
        key: str | None = None,
    ) -> int:
        """Send a file. Returns the message's number."""
        caption = caption or Message()

        def request(now: ChatThread) -> Awaitable[TelegramMessage]:
            return self.bot.send_document(
                now.chat,
                InputFile(content, filename=name),
                caption=caption.text or None,
                caption_entities=caption.telegram_entities() or None,
                message_thread_id=now.thread,
                reply_parameters=_reply(reply_to, place, now),
                reply_markup=keyboard,
            )

        # A file can't be edited into another without being sent again; what stands under it can.
        def recognise(chat: int, number: int) -> Awaitable[object]:
            return self.bot.edit_message_reply_markup(chat, number, reply_markup=keyboard)

        key = key or _key(place, f"{name}\n{hashlib.sha256(content).hexdigest()}")
        return await self._transmission.once(f"{key}#0", place, request, recognise)

    async def edit(
        self,
        place: ChatThread,
        number: int,
        message: Message,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        dispensable: bool = False,
    ) -> Edited:
        """Make a message of ours read so, whatever it read before; it has to fit in one part.

        A `dispensable` edit (progress) is left out where the limits are near.
        """
        if units(message.text) > MAX_UNITS:
            raise ValueError(f"an edit of {units(message.text)} units, {MAX_UNITS} is the most")
        if dispensable and not self._is_room_at(place):
            return Edited.SKIPPED
        request = partial(self._edit_text, message=message, keyboard=keyboard)
        return await self._transmission.edit(place, number, request)

    def has_room(self, place: ChatThread) -> bool:
        """Whether the rate limits leave room in the chat for an optional message."""
        return self._pacing.is_spare(self._transmission.now(place).chat)

    async def was_begun(self, key: str) -> bool:
        """Whether a message of this name was sent, or may have been."""
        return await self._transmission.was_begun(f"{key}#0")

    async def edit_keyboard(
        self,
        place: ChatThread,
        number: int,
        keyboard: InlineKeyboardMarkup | None,
        *,
        dispensable: bool = False,
    ) -> Edited:
        """Put another keyboard under a message of ours, or none; `dispensable` as for `edit`."""
        if dispensable and not self._is_room_at(place):
            return Edited.SKIPPED

        def request(chat: int, number: int) -> Awaitable[object]:
            return self.bot.edit_message_reply_markup(chat, number, reply_markup=keyboard)

        return await self._transmission.edit(place, number, request)

    async def delete(self, place: ChatThread, number: int) -> bool:
        """Take a message away; whether it was there and could be."""
        try:
            await self.bot.delete_message(self.now(place).chat, number)
        except (BadRequest, Forbidden) as error:
            logger.info("message %d was not deleted: %s", number, error.message)
            return False
        return True

    async def acknowledge(
        self, query: CallbackQuery, text: str | None = None, *, url: str | None = None
    ) -> None:
        """End the button's spinner; Telegram may have given up waiting, which is no fault."""
        try:
            await self.bot.answer_callback_query(query.id, text, url=url)
        except TelegramError as error:
            logger.info("a press could not be acknowledged: %s", error.message)

    def now(self, place: ChatThread) -> ChatThread:
        """The place by the number that its chat has now: a group may become a supergroup."""
        return self._transmission.now(place)

    async def prune(self) -> None:
        """Forget the names of what was sent so long ago that nobody will send it again."""
        await self._transmission.prune()

    async def notice(self, update: Update) -> None:
        """Record a chat's new id, if the update tells of one."""
        message = update.message
        if message is not None and message.migrate_to_chat_id:
            await self.move(message.chat.id, message.migrate_to_chat_id)
        elif message is not None and message.migrate_from_chat_id:
            await self.move(message.migrate_from_chat_id, message.chat.id)

    async def move(self, chat: int, to: int) -> None:
        """A group has become a supergroup, with another number: all that is kept moves with it."""
        await self._transmission.move(chat, to)

    async def _send_part(
        self,
        place: ChatThread,
        part: Message,
        keyboard: InlineKeyboardMarkup | None,
        reply_to: int | None,
        key: str,
    ) -> int:
        def request(now: ChatThread) -> Awaitable[TelegramMessage]:
            return self.bot.send_message(
                now.chat,
                part.text,
                entities=part.telegram_entities(),
                message_thread_id=now.thread,
                link_preview_options=_NO_PREVIEW,
                reply_parameters=_reply(reply_to, place, now),
                reply_markup=keyboard,
            )

        recognise = partial(self._edit_text, message=part, keyboard=keyboard)
        return await self._transmission.once(key, place, request, recognise)

    def _edit_text(
        self, chat: int, number: int, message: Message, keyboard: InlineKeyboardMarkup | None
    ) -> Awaitable[object]:
        return self.bot.edit_message_text(
            message.text,
            chat,
            number,
            entities=message.telegram_entities(),
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
        )

    def _is_room_at(self, place: ChatThread) -> bool:
        return self._pacing.is_spare(self.now(place).chat)


def _reply(number: int | None, meant: ChatThread, now: ChatThread) -> ReplyParameters | None:
    """The numbers of a group are void in the supergroup that it has become."""
    if number is None or meant.chat != now.chat:
        return None
    return ReplyParameters(number, allow_sending_without_reply=True)


def _key(place: ChatThread, content: str) -> str:
    """The same content at the same place is the same message, while one update is handled."""
    digest = hashlib.sha256(f"{place}\n{content}".encode()).hexdigest()[:24]
    number = handling.get()
    return f"{number if number is not None else secrets.token_hex(8)}:{digest}"
