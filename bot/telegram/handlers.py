"""Dispatch: checks permissions, and passes each kind of update to the feature in charge."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from footnote.bot.composition import Footnote
from footnote.bot.errors import DatabaseAway, NotYet
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.features import Features
from footnote.bot.telegram.groups import Groups
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.private import Private
from footnote.bot.telegram.rendering.keyboards import Action, Press
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.texts import texts_for
from footnote.index.errors import IndexAway, IndexUnreadable

_AWAY_SECONDS = 10.0
"""Between two tries while something that keeps a part of the index gives no answer."""

Context = ContextTypes.DEFAULT_TYPE
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


class _FromOtherBot(filters.MessageFilter):
    """Other bots are not answered, for they might answer that; who writes in the name of a group or
    a channel comes as a bot too."""

    def filter(self, message: TelegramMessage) -> bool:
        sender = message.from_user
        return bool(message.via_bot and message.via_bot == message.get_bot().bot) or (
            sender is not None and sender.is_bot and message.sender_chat is None
        )


_FROM_PEOPLE = filters.UpdateType.MESSAGES & ~filters.StatusUpdate.ALL & ~_FromOtherBot()


class _RaisingApplication(Application[Any, Any, Any, Any, Any, Any]):
    """Without handlers of errors: what is raised is for the chat queues, which try the update
    again, postpone it or set it aside."""

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:
        raise error


def _application(bot: Bot) -> Application[Any, Any, Any, Any, Any, Any]:
    """One that only dispatches: updates come from the inbox, one after the other in a chat, so it
    has no updater, and is never started."""
    builder = ApplicationBuilder().application_class(_RaisingApplication)
    return builder.bot(bot).updater(None).job_queue(None).build()


class Handlers:
    """`handle` does everything that one update asks for, and raises where it fails."""

    def __init__(self, footnote: Footnote, delivery: Delivery) -> None:
        features = Features.of(footnote, delivery)
        self.features = features
        self._footnote = footnote
        self._delivery = delivery
        self._private = Private(features)
        self._groups = Groups(features)
        self._application = _application(delivery.bot)
        self._application.add_handlers(
            [
                MessageHandler(_FROM_PEOPLE & filters.ChatType.GROUPS, self._hear_in_group),
                MessageHandler(
                    _FROM_PEOPLE & filters.ChatType.PRIVATE & filters.USER, self._hear_in_private
                ),
                CallbackQueryHandler(self._press),
                InlineQueryHandler(self._offer_inline),
                ChatMemberHandler(self._change_membership, ChatMemberHandler.MY_CHAT_MEMBER),
            ]
        )
        # The rest is ignored on purpose: posts of channels, business and guest messages, reactions,
        # polls, payments, boosts, requests to join. Nothing of it is asked for.

    async def handle(self, update: Update) -> None:
        try:
            await self._application.initialize()  # the first time only, and without a request
            await self._application.process_update(update)
        except IndexUnreadable:
            self._footnote.passage_index.suspected = True
            raise
        except DatabaseAway:
            raise  # nobody can be told: what is sent is written down there, too
        except IndexAway:
            if await self._tell_that_it_waits(update):
                raise NotYet(_AWAY_SECONDS) from None

    async def work(self) -> None:
        await self.features.submissions.work()

    async def _tell_that_it_waits(self, update: Update) -> bool:
        """Say once that nothing can be searched now; whether what was asked is to be done later."""
        user, message = update.effective_user, update.effective_message
        texts = texts_for(user.language_code if user else None)
        if update.callback_query:
            await self._delivery.acknowledge(update.callback_query, texts.search_away)
            return False
        if not isinstance(message, TelegramMessage) or update.inline_query:
            return False
        key = f"away:{message.chat.id}:{message.message_id}"
        told = Message().add(texts.answered_later)
        await self._delivery.send(ChatThread.of(message), told, key=key)
        return True

    async def apologise(self, update: Update) -> None:
        """One plain sentence for what could not be handled, to whoever waits for it."""
        user, message = update.effective_user, update.effective_message
        told = texts_for(user.language_code if user else None).failed
        if update.callback_query:
            await self._delivery.acknowledge(update.callback_query, told)
        elif isinstance(message, TelegramMessage) and (update.message or update.edited_message):
            key = f"apology:{message.chat.id}:{message.message_id}"
            await self._delivery.send(ChatThread.of(message), Message().add(told), key=key)

    async def _hear_in_group(self, update: Update, _: Context) -> None:
        await self._groups.hear(self._incoming(update))

    async def _hear_in_private(self, update: Update, _: Context) -> None:
        await self._private.hear(self._incoming(update))

    def _incoming(self, update: Update) -> IncomingMessage:
        message, edited = update.effective_message, update.edited_message is not None
        assert message is not None
        return IncomingMessage.of(message, self._delivery.bot.bot, edited=edited)

    async def _offer_inline(self, update: Update, _: Context) -> None:
        assert update.inline_query is not None
        await self.features.inline.offer(update.inline_query)

    async def _change_membership(self, update: Update, _: Context) -> None:
        change = update.my_chat_member
        if change is not None and ChatThread(change.chat.id).is_group:
            await self._groups.status(change)

    async def _press(self, update: Update, _: Context) -> None:
        query = update.callback_query
        assert query is not None
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
