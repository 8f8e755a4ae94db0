"""What the bot does with each kind of update."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import (
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram import Message as TelegramMessage
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.composition import Footnote
from bot.receipts import Receipt
from bot.telegram import texts
from bot.telegram.message import Message
from bot.telegram.rendering import (
    PASSAGE,
    articles_message,
    number_buttons,
    passage_message,
    result_message,
)
from index.citation import Answer, Citation
from index.question import Question

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


class Handlers:
    """Answers in private chats, one question of a chat after the other, the chats side by side."""

    def __init__(self, footnote: Footnote) -> None:
        self._footnote = footnote
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def register(self, application: "Application") -> None:  # type: ignore[type-arg]
        for name, act in {
            "start": self.start,
            "help": self.help,
            "new": self.new,
            "articles": self.articles,
        }.items():
            application.add_handler(CommandHandler(name, self._admitted(act), filters=_PRIVATE))
        # An unknown command is no question either: it gets the help.
        application.add_handler(
            MessageHandler(_PRIVATE & filters.COMMAND, self._admitted(self.help))
        )
        application.add_handler(MessageHandler(_PRIVATE & filters.TEXT, self._admitted(self.ask)))
        application.add_handler(
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, self._admitted(self.only_text))
        )
        application.add_handler(CallbackQueryHandler(self.press))
        application.add_error_handler(self.failed)

    async def start(self, message: TelegramMessage) -> None:
        await self._say(message, Message().add(texts.START))

    async def help(self, message: TelegramMessage) -> None:
        await self._say(message, Message().add(texts.HELP))

    async def new(self, message: TelegramMessage) -> None:
        await asyncio.to_thread(self._footnote.receipts.start_afresh, place(message))
        await self._say(message, Message().add(texts.NEW))

    async def articles(self, message: TelegramMessage) -> None:
        build = self._footnote.passage_index.build()
        listed = await asyncio.to_thread(build.catalogue.listing)
        await self._say(message, articles_message(listed))

    async def only_text(self, message: TelegramMessage) -> None:
        await self._say(message, Message().add(texts.ONLY_TEXT))

    async def ask(self, message: TelegramMessage) -> None:
        """Answer a question; its receipt is on disk before the first word is sent."""
        async with self._turns[place(message)]:
            await message.reply_chat_action(ChatAction.TYPING)
            receipt = await asyncio.to_thread(self._answer, message.text or "", place(message))
            await self._say(
                message, result_message(receipt.result), number_buttons(receipt), reply=True
            )

    async def press(self, update: Update, context: Context) -> None:
        """A number button: the passage behind that footnote, as it was when it was quoted."""
        query = update.callback_query
        assert query is not None
        citation = await asyncio.to_thread(self._cited, query)
        await _acknowledge(query, None if citation else texts.UNKNOWN_BUTTON)
        if citation is not None and isinstance(query.message, TelegramMessage):
            current = await asyncio.to_thread(
                self._footnote.passage_index.build().catalogue.article, citation.reference.article
            )
            await self._say(query.message, passage_message(citation, current))

    async def failed(self, update: object, context: Context) -> None:
        """The last handler: the log gets the traceback, the person one plain sentence."""
        logger.error("an update failed", exc_info=context.error)
        message = update.effective_message if isinstance(update, Update) else None
        if message is not None:
            try:
                await self._say(message, Message().add(texts.FAILED))
            except TelegramError:
                logger.warning("the apology could not be sent", exc_info=True)

    def _answer(self, text: str, where: str) -> Receipt:
        receipts = self._footnote.receipts
        result = self._footnote.answerer.answer(Question(text, tuple(receipts.history(where))))
        return receipts.keep(result, where)

    def _cited(self, query: CallbackQuery) -> Citation | None:
        """What a button stands for: its data may be forged, and the receipt another chat's."""
        kind, _, rest = (query.data or "").partition(":")
        receipt_id, _, number = rest.partition(":")
        receipt = self._footnote.receipts.find(receipt_id) if kind == PASSAGE else None
        if receipt is None or not isinstance(receipt.result, Answer) or query.message is None:
            return None
        if receipt.place.split(":")[1] != str(query.message.chat.id) or not number.isdecimal():
            return None
        return receipt.result.citations.get(int(number))

    def _admitted(
        self, act: Callable[[TelegramMessage], Awaitable[None]]
    ) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        """The handler for those who may use this bot; the others are told how they could."""

        async def handle(update: Update, context: Context) -> None:
            message, settings = update.effective_message, self._footnote.settings
            user = update.effective_user
            if message is None or user is None:
                return
            if settings.open or user.id in settings.owners:
                await act(message)
            else:
                refusal = texts.NOT_ADMITTED.format(user=user.id)
                await self._say(message, Message().add(refusal))

        return handle

    async def _say(
        self,
        to: TelegramMessage,
        message: Message,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        reply: bool = False,
    ) -> None:
        """Send a message, in parts where it is long; the keyboard stands under the last."""
        parts = list(message.parts())
        for part in parts:
            await to.get_bot().send_message(
                to.chat.id,
                part.text,
                entities=part.telegram_entities(),
                message_thread_id=to.message_thread_id if to.is_topic_message else None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True)
                if reply and part is parts[0]
                else None,
                reply_markup=keyboard if part is parts[-1] else None,
            )


def place(message: TelegramMessage) -> str:
    """Names a conversation: the chat, and the topic where the chat has topics."""
    thread = f":{message.message_thread_id}" if message.is_topic_message else ""
    return f"telegram:{message.chat.id}{thread}"


async def _acknowledge(query: CallbackQuery, text: str | None) -> None:
    """End the button's spinner; Telegram may have given up waiting, which is no fault."""
    try:
        await query.answer(text)
    except BadRequest as error:
        logger.info("a press could not be acknowledged: %s", error.message)
