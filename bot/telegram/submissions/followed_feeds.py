"""Feeds that are followed: the list of them, and no longer following one."""

import hashlib

from telegram import CallbackQuery, InlineKeyboardMarkup, MessageEntity

from footnote.bot.articles.followed_feeds import Followed
from footnote.bot.composition import Footnote
from footnote.bot.errors import BotError
from footnote.bot.links import web_link
from footnote.bot.people.people import Role
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.excerpts import beginning
from footnote.bot.telegram.rendering.keyboards import Action, Press, number_button
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.submissions.status_view import View, day
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.bot.threads import run_in_thread

_MAX_LISTED = 40
_MAX_NAME_CHARACTERS = 60
_MAX_LABEL_CHARACTERS = 24  # a phone cuts longer labels off


class Follows:
    """For editors; whoever passes a command on has seen to that, of presses it is seen here."""

    def __init__(self, footnote: Footnote, delivery: Delivery, access: Access) -> None:
        self._feeds = footnote.feeds
        self._delivery = delivery
        self._access = access

    async def listed(self, incoming: IncomingMessage) -> None:
        """/follow alone."""
        message, _ = await run_in_thread(self._view, incoming.texts)
        await self._say(incoming, (message.add(f"\n\n{incoming.texts.follow_how}"), None))

    async def unfollow(self, incoming: IncomingMessage) -> None:
        """/unfollow with an address or a title, or with a button for each feed."""
        if not incoming.text:
            await self._say(incoming, await run_in_thread(self._view, incoming.texts))
            return
        told = await run_in_thread(self._unfollow, incoming.text, incoming.texts)
        await self._say(incoming, (Message().add(told), None))

    async def press(self, query: CallbackQuery, press: Press) -> None:
        texts = texts_for(query.from_user.language_code)
        role = await self._access.role(query.from_user.id)
        if role is None or role < Role.EDITOR or query.message is None:
            await self._delivery.acknowledge(query, texts.only_editors)
            return
        told = await run_in_thread(self._unfollow_number, press.numbers[0], texts)
        await self._delivery.acknowledge(query, beginning(told, 190))
        view = await run_in_thread(self._view, texts)
        await self._delivery.edit(ChatThread.of_press(query), query.message.message_id, *view)

    def _unfollow(self, name: str, texts: Texts) -> str:
        try:
            return texts.unfollowed(name=_name(self._feeds.unfollow(name)))
        except BotError:
            return texts.not_followed

    def _unfollow_number(self, number: int, texts: Texts) -> str:
        followed = next((f for f in self._feeds.followed() if _number(f) == number), None)
        return self._unfollow(followed.url, texts) if followed else texts.not_followed

    def _view(self, texts: Texts) -> View:
        followed = self._feeds.followed()
        if not followed:
            return Message().add(texts.no_feeds), None
        message = Message().add(f"{texts.feeds}: {texts.number(len(followed))}", MessageEntity.BOLD)
        for feed in followed[:_MAX_LISTED]:
            message.add("\n• ").add(_name(feed), url=web_link(feed.url))
            message.add(f" · {day(feed.since)}")
            message.add(f" · {texts.feed_fault}" if feed.fault else "")
        if len(followed) > _MAX_LISTED:
            message.add("\n" + texts.more(len(followed) - _MAX_LISTED))
        rows = [
            [number_button(texts.unfollow(name=_short(f)), Action.UNFOLLOW, _number(f))]
            for f in followed[:_MAX_LISTED]
        ]
        return message, InlineKeyboardMarkup(rows)

    async def _say(self, incoming: IncomingMessage, view: View) -> None:
        await self._delivery.send(incoming.place, *view, key=f"answer:{incoming.cause}")


def _name(feed: Followed) -> str:
    return beginning(feed.title, _MAX_NAME_CHARACTERS)


def _short(feed: Followed) -> str:
    return beginning(feed.title, _MAX_LABEL_CHARACTERS)


def _number(feed: Followed) -> int:
    """Names a feed within the 64 bytes of a button's data."""
    return int.from_bytes(hashlib.sha256(feed.identity.encode()).digest()[:6])
