"""What the bot does with each kind of update."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, Update, User
from telegram import Message as TelegramMessage
from telegram.error import Forbidden, TelegramError
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
from bot.telegram.sending import Place, acknowledge, send, show_typing
from corpus.article import Article
from index.catalogue import Listed
from index.citation import Answer, Citation
from index.question import Question

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


class Handlers:
    """Answers in private chats, one question of a chat after the other, the chats side by side."""

    def __init__(self, footnote: Footnote) -> None:
        self._footnote = footnote
        self._turns: defaultdict[Place, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._albums: dict[Place, str] = {}

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
        async with self._turns[Place.of(message)]:  # after the question before it, not amid it
            place = str(Place.of(message))
            await asyncio.to_thread(self._footnote.receipts.start_afresh, place)
            await self._say(message, Message().add(texts.NEW))

    async def articles(self, message: TelegramMessage) -> None:
        await self._say(message, articles_message(await asyncio.to_thread(self._listing)))

    async def only_text(self, message: TelegramMessage) -> None:
        album, place = message.media_group_id, Place.of(message)
        if album and self._albums.get(place) == album:
            return  # each picture of an album is a message; one word is enough for all
        if album:
            self._albums[place] = album
        await self._say(message, Message().add(texts.ONLY_TEXT))

    async def ask(self, message: TelegramMessage) -> None:
        """Answer a question; its receipt is on disk before the first word is sent."""
        place = Place.of(message)
        async with self._turns[place]:
            await show_typing(message.get_bot(), place)
            receipt = await asyncio.to_thread(self._answer, message.text or "", str(place))
            await self._say(
                message, result_message(receipt.result), number_buttons(receipt), reply=True
            )

    async def press(self, update: Update, context: Context) -> None:
        """A number button: the passage behind that footnote, as it was when it was quoted."""
        query = update.callback_query
        assert query is not None
        if not self._may_use(query.from_user):
            await acknowledge(query, texts.NOT_ADMITTED.format(user=query.from_user.id))
            return
        cited = await asyncio.to_thread(self._cited, query)
        if cited is None:
            await acknowledge(query, texts.UNKNOWN_BUTTON)
            return
        place, citation = cited
        await acknowledge(query)
        current = await asyncio.to_thread(self._article, citation.reference.article)
        # By its place, not as an answer to the message: Telegram no longer shows us old ones.
        await send(context.bot, place, passage_message(citation, current))

    async def failed(self, update: object, context: Context) -> None:
        """The last handler: the log gets the traceback, the person one plain sentence."""
        if not isinstance(update, Update):
            return  # nobody's update: a fault of polling, which whoever polls looks after
        if isinstance(context.error, Forbidden):
            logger.info("a chat does not take messages: %s", context.error.message)
            return
        logger.error("an update failed", exc_info=context.error)
        message, chat = update.effective_message, update.effective_chat
        if chat is None:
            return
        place = Place.of(message) if isinstance(message, TelegramMessage) else Place(chat.id)
        try:
            if update.callback_query is not None:
                await acknowledge(update.callback_query)
            await send(context.bot, place, Message().add(texts.FAILED))
        except TelegramError:
            logger.warning("the apology could not be sent", exc_info=True)

    def _answer(self, text: str, place: str) -> Receipt:
        receipts = self._footnote.receipts
        result = self._footnote.answerer.answer(Question(text, tuple(receipts.history(place))))
        return receipts.keep(result, place)

    def _listing(self) -> list[Listed]:
        with self._footnote.passage_index.reading() as build:
            return build.catalogue.listing()

    def _article(self, article: str) -> Article | None:
        with self._footnote.passage_index.reading() as build:
            return build.catalogue.article(article)

    def _cited(self, query: CallbackQuery) -> tuple[Place, Citation] | None:
        """What a button stands for: its data may be forged, and the receipt another chat's."""
        kind, _, rest = (query.data or "").partition(":")
        receipt_id, _, number = rest.partition(":")
        receipt = self._footnote.receipts.find(receipt_id) if kind == PASSAGE else None
        if receipt is None or not isinstance(receipt.result, Answer) or query.message is None:
            return None
        place = Place.named(receipt.place)
        if place.chat != query.message.chat.id or not number.isdecimal():
            return None
        citation = receipt.result.citations.get(int(number))
        return (place, citation) if citation else None

    def _may_use(self, user: User) -> bool:
        settings = self._footnote.settings
        return settings.open or user.id in settings.owners

    def _admitted(
        self, act: Callable[[TelegramMessage], Awaitable[None]]
    ) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        """The handler for those who may use this bot; the others are told how they could."""

        async def handle(update: Update, context: Context) -> None:
            message, user = update.effective_message, update.effective_user
            if message is None or user is None:
                return
            if self._may_use(user):
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
        answered = to.message_id if reply else None
        await send(to.get_bot(), Place.of(to), message, keyboard, answered=answered)
