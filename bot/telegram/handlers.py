"""What the bot does with each kind of update: who may, and who looks after it."""

import time

from telegram import CallbackQuery, ChatMemberUpdated, Update
from telegram import Message as TelegramMessage
from telegram.ext import filters

from footnote.bot.composition import Footnote
from footnote.bot.people.awaited import Awaited
from footnote.bot.telegram.answers.asking import Asking
from footnote.bot.telegram.answers.inline import Inline
from footnote.bot.telegram.answers.passages import Passages
from footnote.bot.telegram.answers.ratings import Ratings
from footnote.bot.telegram.articles.bringing import Bringing
from footnote.bot.telegram.articles.cards import Cards
from footnote.bot.telegram.articles.changing import Changing
from footnote.bot.telegram.articles.desk import Desk
from footnote.bot.telegram.articles.listing import Articles
from footnote.bot.telegram.groups import Groups
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.people.owners import Owners
from footnote.bot.telegram.place import Place
from footnote.bot.telegram.private import Private
from footnote.bot.telegram.rendering.keyboards import LOOKS, OF_OWNERS, OF_SUBMISSIONS, Act, Press
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.said import Said
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.screen import Screen
from footnote.bot.telegram.submissions.incoming import Incoming
from footnote.bot.telegram.texts import texts_for
from footnote.index.errors import IndexUnreadable


class Handlers:
    """`handle` does everything that one update asks for, and raises where it fails."""

    def __init__(self, footnote: Footnote, delivery: Delivery) -> None:
        access = Access(footnote, delivery)
        asking = Asking(footnote, delivery)
        owners = Owners(footnote, delivery, access)
        screen, awaited = Screen(delivery), Awaited(footnote.state)
        desk = Desk(footnote, delivery, access, screen)
        passages = Passages(footnote, delivery, access, screen)
        articles = Articles(footnote, delivery, screen, awaited)
        cards = Cards(footnote, delivery, screen, awaited, access, desk)
        changing = Changing(footnote, delivery, screen, awaited, desk, cards)
        incoming = Incoming(footnote, delivery, access)
        bringing = Bringing(footnote, delivery, screen, awaited, desk, articles, cards, incoming)
        self._passage_index = footnote.passage_index
        self._looks = footnote.looks
        self._access = access
        self._delivery = delivery
        self._incoming = incoming
        self._private = Private(
            footnote,
            delivery,
            access,
            asking,
            owners,
            passages,
            incoming,
            articles=articles,
            cards=cards,
            changing=changing,
            bringing=bringing,
        )
        self._groups = Groups(footnote, delivery, access, asking, articles, incoming)
        self._inline = Inline(footnote)
        self._presses = {
            **dict.fromkeys((Act.PASSAGE, Act.WHOLE, Act.ANSWER), passages.press),
            **dict.fromkeys(
                (Act.UP, Act.DOWN, Act.WRONG), Ratings(footnote, delivery, access).press
            ),
            **dict.fromkeys(OF_OWNERS, owners.press),
            **dict.fromkeys(OF_SUBMISSIONS, self._incoming.offers.press),
            Act.UNFOLLOW: self._incoming.follows.press,
            **dict.fromkeys((Act.LIST, Act.SEARCH), articles.press),
            **dict.fromkeys((Act.CARD, Act.OPEN), cards.press),
            Act.LISTED: cards.press_listed,
            **dict.fromkeys((Act.REMOVE, Act.REMOVE_NOW, Act.UNDO), changing.press),
            **dict.fromkeys((Act.RENAME, Act.REPLACE), bringing.press),
        }

    async def handle(self, update: Update) -> None:
        try:
            await self._handle(update)
        except IndexUnreadable:
            self._passage_index.suspected = True
            raise

    async def _handle(self, update: Update) -> None:
        if update.callback_query:
            await self._press(update.callback_query)
        elif update.inline_query:
            await self._inline.offer(update.inline_query)
        elif update.my_chat_member:
            await self._status(update.my_chat_member)
        elif message := update.message or update.edited_message:
            await self._message(message, update)
        # The rest is ignored on purpose: posts of channels, business and guest messages, reactions,
        # polls, payments, boosts, requests to join. Nothing of it is asked for.

    async def work(self) -> None:
        await self._incoming.work()

    async def apologise(self, update: Update) -> None:
        """One plain sentence for what could not be handled, to whoever waits for it."""
        user, message = update.effective_user, update.effective_message
        told = texts_for(user.language_code if user else None).failed
        if update.callback_query:
            await self._delivery.acknowledge(update.callback_query, told)
        elif isinstance(message, TelegramMessage) and (update.message or update.edited_message):
            key = f"apology:{message.chat.id}:{message.message_id}"
            await self._delivery.send(Place.of(message), Message().add(told), key=key)

    async def _press(self, query: CallbackQuery) -> None:
        press, texts = Press.of(query.data), texts_for(query.from_user.language_code)
        if press is None or query.message is None:
            await self._delivery.acknowledge(query, texts.unknown_button)
        elif not await self._may_press(query, press):
            await self._delivery.acknowledge(query, texts.private)
        elif press.act in LOOKS and (
            seconds := self._looks.wait(query.from_user.id, query.id, time.time())
        ):
            await self._delivery.acknowledge(query, texts.too_many.format(seconds=seconds))
        else:
            await self._presses[press.act](query, press)

    async def _may_press(self, query: CallbackQuery, press: Press) -> bool:
        """Who may ask there; and members of a group what they opened in private of its answers."""
        chat = self._delivery.now(Place.of_press(query)).chat
        if await self._access.may_ask(query.from_user.id, chat):
            return True
        return await self._access.receipt(query, press.receipt) is not None

    async def _message(self, message: TelegramMessage, update: Update) -> None:
        if message.migrate_to_chat_id:
            await self._delivery.move(message.chat.id, message.migrate_to_chat_id)
        elif filters.StatusUpdate.ALL.check_update(update) or _is_of_bot(message):
            return
        said = Said.of(message, self._delivery.bot.bot, edited=update.edited_message is not None)
        if said.place.is_group:
            await self._groups.hear(said)
        elif message.from_user:
            await self._private.hear(said)

    async def _status(self, change: ChatMemberUpdated) -> None:
        if Place(change.chat.id).is_group:
            await self._groups.status(change)


def _is_of_bot(message: TelegramMessage) -> bool:
    """Other bots are not answered, for they might answer that; who writes in the name of a group or
    a channel comes as a bot too."""
    sender = message.from_user
    return bool(message.via_bot and message.via_bot == message.get_bot().bot) or (
        sender is not None and sender.is_bot and message.sender_chat is None
    )
