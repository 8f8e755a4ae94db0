"""What the bot does with each kind of update: who may, and who looks after it."""

import time
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, ChatMemberUpdated, Update
from telegram import Message as TelegramMessage
from telegram.ext import filters

from footnote.bot.composition import Footnote
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.features import Features
from footnote.bot.telegram.groups import Groups
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.private import Private
from footnote.bot.telegram.rendering.keyboards import Action, Press
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.texts import texts_for
from footnote.index.errors import IndexUnreadable

PressHandler = Callable[[CallbackQuery, Press], Awaitable[None]]

PRESSES: dict[Action, Callable[[Features], PressHandler]] = {
    Action.PASSAGE: lambda features: features.passages.press,
    Action.WHOLE: lambda features: features.passages.press,
    Action.ANSWER: lambda features: features.passages.press,
    Action.UP: lambda features: features.ratings.press,
    Action.DOWN: lambda features: features.ratings.press,
    Action.WRONG: lambda features: features.ratings.press,
    Action.LISTED: lambda features: features.cards.press_listed,
    Action.INVITE: lambda features: features.owners.press,
    Action.DISMISS: lambda features: features.owners.press,
    Action.DISMISS_GROUP: lambda features: features.owners.press,
    Action.LET_IN: lambda features: features.owners.press,
    Action.REVOKE: lambda features: features.owners.press,
    Action.ADD: lambda features: features.submissions.offers.press,
    Action.TITLE: lambda features: features.submissions.offers.press,
    Action.CANCEL: lambda features: features.submissions.offers.press,
    Action.AGAIN: lambda features: features.submissions.offers.press,
    Action.OPEN_FEED: lambda features: features.submissions.offers.press,
    Action.FOLLOW_FEED: lambda features: features.submissions.offers.press,
    Action.UNFOLLOW: lambda features: features.submissions.follows.press,
    Action.LIST: lambda features: features.articles.press,
    Action.SEARCH: lambda features: features.articles.press,
    Action.CARD: lambda features: features.cards.press,
    Action.OPEN: lambda features: features.cards.press,
    Action.RENAME: lambda features: features.replies.press,
    Action.REPLACE: lambda features: features.replies.press,
    Action.REMOVE: lambda features: features.changing.press,
    Action.REMOVE_NOW: lambda features: features.changing.press,
    Action.UNDO: lambda features: features.changing.press,
}
"""What answers the press of each button."""


class Handlers:
    """`handle` does everything that one update asks for, and raises where it fails."""

    def __init__(self, footnote: Footnote, delivery: Delivery) -> None:
        features = Features.of(footnote, delivery)
        self.features = features
        self._footnote = footnote
        self._delivery = delivery
        self._private = Private(features)
        self._groups = Groups(features)

    async def handle(self, update: Update) -> None:
        try:
            await self._handle(update)
        except IndexUnreadable:
            self._footnote.passage_index.suspected = True
            raise

    async def _handle(self, update: Update) -> None:
        if update.callback_query:
            await self._press(update.callback_query)
        elif update.inline_query:
            await self.features.inline.offer(update.inline_query)
        elif update.my_chat_member:
            await self._status(update.my_chat_member)
        elif message := update.message or update.edited_message:
            await self._message(message, update)
        # The rest is ignored on purpose: posts of channels, business and guest messages, reactions,
        # polls, payments, boosts, requests to join. Nothing of it is asked for.

    async def work(self) -> None:
        await self.features.submissions.work()

    async def apologise(self, update: Update) -> None:
        """One plain sentence for what could not be handled, to whoever waits for it."""
        user, message = update.effective_user, update.effective_message
        told = texts_for(user.language_code if user else None).failed
        if update.callback_query:
            await self._delivery.acknowledge(update.callback_query, told)
        elif isinstance(message, TelegramMessage) and (update.message or update.edited_message):
            key = f"apology:{message.chat.id}:{message.message_id}"
            await self._delivery.send(ChatThread.of(message), Message().add(told), key=key)

    async def _press(self, query: CallbackQuery) -> None:
        press, texts = Press.of(query.data), texts_for(query.from_user.language_code)
        if press is None or query.message is None:
            await self._delivery.acknowledge(query, texts.unknown_button)
        elif not await self._may_press(query, press):
            await self._delivery.acknowledge(query, texts.private)
        elif press.action.shows and (
            seconds := self._footnote.looks.wait(query.from_user.id, query.id, time.time())
        ):
            await self._delivery.acknowledge(query, texts.too_many(seconds=seconds))
        else:
            await PRESSES[press.action](self.features)(query, press)

    async def _may_press(self, query: CallbackQuery, press: Press) -> bool:
        """Who may ask there; and members of a group what they opened in private of its answers."""
        chat = self._delivery.now(ChatThread.of_press(query)).chat
        if await self.features.access.may_ask(query.from_user.id, chat):
            return True
        return await self.features.access.receipt(query, press.receipt) is not None

    async def _message(self, message: TelegramMessage, update: Update) -> None:
        if message.migrate_to_chat_id:
            await self._delivery.move(message.chat.id, message.migrate_to_chat_id)
        elif filters.StatusUpdate.ALL.check_update(update) or _is_of_bot(message):
            return
        incoming = IncomingMessage.of(
            message, self._delivery.bot.bot, edited=update.edited_message is not None
        )
        if incoming.place.is_group:
            await self._groups.hear(incoming)
        elif message.from_user:
            await self._private.hear(incoming)

    async def _status(self, change: ChatMemberUpdated) -> None:
        if ChatThread(change.chat.id).is_group:
            await self._groups.status(change)


def _is_of_bot(message: TelegramMessage) -> bool:
    """Other bots are not answered, for they might answer that; who writes in the name of a group or
    a channel comes as a bot too."""
    sender = message.from_user
    return bool(message.via_bot and message.via_bot == message.get_bot().bot) or (
        sender is not None and sender.is_bot and message.sender_chat is None
    )
