"""Routes private messages: commands, questions, codes, links, and what has no text."""

import re
from dataclasses import replace

from telegram import Message as TelegramMessage

from footnote.bot.answers.receipts import Receipt
from footnote.bot.articles.link_tokens import number_of
from footnote.bot.people.codes import INVITATION
from footnote.bot.people.people import Role
from footnote.bot.small_talk import Talk, talk_of
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.commands import introduce_to, introduction, obey
from footnote.bot.telegram.features import Features
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.rendering.deep_links import CardLink, PassageLink
from footnote.bot.telegram.texts import Texts
from footnote.index.results import Listing

_NUMBER = re.compile(r"\[?(?P<n>[0-9]{1,3})\]?")


class Private:
    """Strangers get one sentence; a code or a link that is good is looked at first."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._footnote = features.footnote
        self._access = features.access
        self._run_in_db = features.footnote.state.run_in_db
        self._albums: dict[ChatThread, str] = {}

    async def hear(self, incoming: IncomingMessage) -> None:
        user = incoming.message.from_user
        assert user is not None
        if incoming.command == "start" and incoming.text and await self._start(incoming):
            return
        if not await self._access.may_ask(user.id, incoming.place.chat):
            await self._refuse(incoming)
        elif (
            await self._is_expected(incoming)
            or await self._brings(incoming)
            or await self._names_footnote(incoming)
        ):
            return
        elif (meant := _as_meant(incoming)).command and not incoming.edited:
            await self._features.replies.end(incoming)
            await obey(self._features, meant, await self._access.role(user.id))
        elif incoming.command in ("ask", "check"):  # a question that was edited
            asking = self._features.asking
            await (asking.check if incoming.command == "check" else asking.ask)(incoming)
        elif incoming.message.text and not incoming.command:
            await self._features.asking.ask(incoming)
        elif not incoming.message.text and not incoming.edited:
            await self._only_text(incoming)

    async def _is_expected(self, incoming: IncomingMessage) -> bool:
        """Whether it is what the person was asked to send."""
        is_new_text = not incoming.command and not incoming.edited
        return is_new_text and await self._features.replies.hear(incoming)

    async def _brings(self, incoming: IncomingMessage) -> bool:
        """Whether it brings an article; a command that is passed on is a part of a text."""
        is_command = incoming.command is not None and incoming.message.forward_origin is None
        return not is_command and await self._features.submissions.takes(incoming)

    async def _names_footnote(self, incoming: IncomingMessage) -> bool:
        """Whether it is the number of a footnote or of a listed article, of the answer that it
        replies to or of the last one; then the passage or the card is shown."""
        named = _NUMBER.fullmatch(f"{incoming.command or ''}{incoming.text}")
        if named is None or incoming.edited or incoming.message.forward_origin is not None:
            return False
        n, receipt = int(named["n"]), await self._features.asking.goes_on_from(incoming)
        if receipt is None:
            return False
        is_cited, listed = n in receipt.result.citations, _listed(receipt, n)
        is_mere = named[0] == named["n"] and incoming.command is None
        if not is_cited and listed is None and (is_mere or not receipt.result.citations):
            return False  # it may be a question
        if await self._is_too_much(incoming, may_ask=True):
            return True
        if is_cited:
            await self._features.passages.open(incoming.message, PassageLink(receipt.id, n))
        elif listed:
            await self._features.cards.open(incoming, number_of(listed))
        else:
            await self._features.say(incoming, incoming.texts.no_footnote(n=n))
        return True

    async def _is_too_much(self, incoming: IncomingMessage, *, may_ask: bool) -> bool:
        """Whether this person has looked at too much of late; of those who may ask it is told."""
        looks = self._footnote.looks
        seconds = looks.wait(incoming.person, incoming.cause, incoming.at)
        if seconds and may_ask and looks.tells(incoming.person, incoming.cause, incoming.at):
            await self._features.say(incoming, incoming.texts.too_many(seconds=seconds))
        return seconds > 0

    async def _start(self, incoming: IncomingMessage) -> bool:
        """Whether what came after /start was a link or a code, and is dealt with."""
        user = incoming.message.from_user
        assert user is not None
        may_ask = await self._access.may_ask(user.id, incoming.place.chat)
        card, link = CardLink.of(incoming.text), PassageLink.of(incoming.text)
        if (card or link) and await self._is_too_much(incoming, may_ask=may_ask):
            return True
        if card and may_ask:
            await self._features.cards.open(incoming, card.link_token)
            return True
        if link:
            if await self._features.passages.open(incoming.message, link):
                return True
            if may_ask:
                await self._features.say(incoming, incoming.texts.closed_passage)
            return may_ask
        return await self._redeem(incoming)

    async def _redeem(self, incoming: IncomingMessage) -> bool:
        user, texts = incoming.message.from_user, incoming.texts
        assert user is not None
        tried_enough = await self._run_in_db(self._footnote.people.has_tried_enough, user.id)
        before = await self._access.role(user.id)
        code = incoming.text.removeprefix(INVITATION)
        role = await self._run_in_db(self._footnote.people.redeem, code, user.id, user.full_name)
        if role is None:
            if before is not None or await self._access.may_ask(user.id, incoming.place.chat):
                return False
            if not tried_enough:
                await self._features.say(incoming, texts.void_code)
            return True
        await introduce_to(self._features.delivery.bot, user.id, role)
        welcome = {
            Role.OWNER: texts.welcome_owner,
            Role.EDITOR: texts.welcome_editor,
            Role.READER: texts.welcome_reader,
        }
        start = introduction(self._features, role, texts)
        await self._features.say(incoming, f"{welcome[role]}\n\n{start}")
        return True

    async def _refuse(self, incoming: IncomingMessage) -> None:
        chat = incoming.place.chat
        if await self._run_in_db(self._footnote.people.refuses_now, chat, incoming.cause):
            assert incoming.message.from_user is not None
            await self._features.say(
                incoming, incoming.texts.not_admitted(str(incoming.message.from_user.id))
            )

    async def _only_text(self, incoming: IncomingMessage) -> None:
        album, place = incoming.message.media_group_id, incoming.place
        if album and self._albums.get(place) == album:
            return  # each picture of an album is a message; one word is enough for all
        await self._features.say(incoming, _no_text(incoming.message, incoming.texts))
        if album:
            self._albums[place] = album


def _as_meant(incoming: IncomingMessage) -> IncomingMessage:
    """A wish to see the articles, in whatever words, is the command that shows them."""
    wishes = (
        not incoming.command and not incoming.edited and talk_of(incoming.text) is Talk.ARTICLES
    )
    return replace(incoming, command="articles", text="") if wishes else incoming


def _listed(receipt: Receipt, number: int) -> str | None:
    """The article that stands in a list under a number."""
    result = receipt.result
    articles = result.articles if isinstance(result, Listing) and not result.citations else ()
    return articles[number - 1].reference.article if 0 < number <= len(articles) else None


def _no_text(message: TelegramMessage, texts: Texts) -> str:
    if message.voice or message.audio or message.video_note:
        return texts.voice
    return texts.sticker if message.sticker or message.animation else texts.only_text
