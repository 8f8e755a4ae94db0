"""What people write in private: commands, questions, codes, links, and what is no text."""

import asyncio
from dataclasses import replace

from telegram import Message as TelegramMessage

from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.telegram.answers.asking import Asking
from footnote.bot.telegram.answers.passages import Passages
from footnote.bot.telegram.articles.bringing import Bringing
from footnote.bot.telegram.articles.cards import Cards
from footnote.bot.telegram.articles.changing import Changing
from footnote.bot.telegram.articles.listing import Articles
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.people.introduction import OWNERS_COMMANDS, introduce_to
from footnote.bot.telegram.people.owners import INVITATION, Owners
from footnote.bot.telegram.phrases import Talk
from footnote.bot.telegram.place import Place
from footnote.bot.telegram.rendering.links import CardLink, PassageLink
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.said import Said
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.small_talk import talk_of
from footnote.bot.telegram.submissions.incoming import COMMANDS, Incoming
from footnote.bot.telegram.texts import Texts


class Private:
    """Strangers get one sentence; a code or a link that is good is looked at first."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        access: Access,
        asking: Asking,
        owners: Owners,
        passages: Passages,
        incoming: Incoming,
        *,
        articles: Articles,
        cards: Cards,
        changing: Changing,
        bringing: Bringing,
    ) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._access = access
        self._asking = asking
        self._owners = owners
        self._passages = passages
        self._incoming = incoming
        self._articles = articles
        self._cards = cards
        self._changing = changing
        self._bringing = bringing
        self._aside = footnote.state.aside
        self._albums: dict[Place, str] = {}

    async def hear(self, said: Said) -> None:
        user = said.message.from_user
        assert user is not None
        if said.command == "start" and said.text and await self._start(said):
            return
        if not await self._access.may_ask(user.id, said.place.chat):
            await self._refuse(said)
        elif (
            not said.command and not said.edited and await self._bringing.hear(said)
        ) or await self._brings(said):
            return
        elif (meant := _as_meant(said)).command and not said.edited:
            await self._bringing.end(said)
            await self._obey(meant, await self._access.role(user.id))
        elif said.command in ("ask", "check"):  # a question that was edited
            await (self._asking.check if said.command == "check" else self._asking.ask)(said)
        elif said.message.text and not said.command:
            await self._asking.ask(said)
        elif not said.message.text and not said.edited:
            await self._only_text(said)

    async def _brings(self, said: Said) -> bool:
        """Whether it brings an article; a command that is passed on is a part of a text."""
        is_command = said.command is not None and said.message.forward_origin is None
        return not is_command and await self._incoming.takes(said)

    async def _obey(self, said: Said, role: Role | None) -> None:
        match None if said.for_other else said.command:
            case "start":
                await self._say(said, await asyncio.to_thread(self._introduction, said.texts))
                if role is not None:  # Telegram takes their commands once they have written
                    await introduce_to(self._delivery.bot, said.person, role)
            case "ask" if said.text:
                await self._asking.ask(said)
            case "ask":
                await self._say(said, said.texts.ask_how)
            case "check":
                await self._asking.check(said)
            case "new":
                await self._aside(self._footnote.receipts.start_afresh, str(said.place))
                await self._say(said, said.texts.new)
            case "articles":
                await self._articles.command(said)
            case "undo":
                await self._changing.undo(said)
            case "cancel":
                await self._bringing.cancel(said)
            case command if command in COMMANDS:
                await self._incoming.command(said)
            case "admit" | "dismiss" if role is not Role.OWNER:
                await self._say(said, said.texts.only_in_groups)
            case command if command in (*OWNERS_COMMANDS, "admit", "dismiss"):
                if role is not Role.OWNER:
                    await self._say(said, said.texts.owners_only)
                else:
                    await self._owners.command(said)
            case _:  # an unknown command is no question either
                await self._say(said, _help(said.texts, role))

    async def _start(self, said: Said) -> bool:
        """Whether what came after /start was a link or a code, and is dealt with."""
        user = said.message.from_user
        assert user is not None
        may_ask = await self._access.may_ask(user.id, said.place.chat)
        card, link = CardLink.of(said.text), PassageLink.of(said.text)
        looks = self._footnote.looks
        if (card or link) and (seconds := looks.wait(said.person, said.cause, said.at)):
            if may_ask and looks.tells(said.person, said.cause, said.at):
                await self._say(said, said.texts.too_many.format(seconds=seconds))
            return True
        if card and may_ask:
            await self._cards.open(said, card.handle)
            return True
        if link:
            if await self._passages.open(said.message, link):
                return True
            if may_ask:
                await self._say(said, said.texts.closed_passage)
            return may_ask
        return await self._redeem(said)

    async def _redeem(self, said: Said) -> bool:
        user, texts = said.message.from_user, said.texts
        assert user is not None
        tried_enough = await self._aside(self._footnote.people.has_tried_enough, user.id)
        before = await self._access.role(user.id)
        code = said.text.removeprefix(INVITATION)
        role = await self._aside(self._footnote.people.redeem, code, user.id, user.full_name)
        if role is None:
            if before is not None or await self._access.may_ask(user.id, said.place.chat):
                return False
            if not tried_enough:
                await self._say(said, texts.void_code)
            return True
        await introduce_to(self._delivery.bot, user.id, role)
        welcome = {
            Role.OWNER: texts.welcome_owner,
            Role.EDITOR: texts.welcome_editor,
            Role.READER: texts.welcome_reader,
        }
        start = await asyncio.to_thread(self._introduction, texts)
        await self._say(said, f"{welcome[role]}\n\n{start}")
        return True

    async def _refuse(self, said: Said) -> None:
        chat = said.place.chat
        if await self._aside(self._footnote.people.refuses_now, chat, said.cause):
            assert said.message.from_user is not None
            await self._say(said, said.texts.not_admitted.format(user=said.message.from_user.id))

    async def _only_text(self, said: Said) -> None:
        album, place = said.message.media_group_id, said.place
        if album and self._albums.get(place) == album:
            return  # each picture of an album is a message; one word is enough for all
        await self._say(said, _no_text(said.message, said.texts))
        if album:
            self._albums[place] = album

    async def _say(self, said: Said, text: str) -> None:
        await self._delivery.send(said.place, Message().add(text), key=f"answer:{said.cause}")

    def _introduction(self, texts: Texts) -> str:
        return texts.start_written if self._footnote.respondent.writes else texts.start


def _as_meant(said: Said) -> Said:
    """A wish to see the articles, in whatever words, is the command that shows them."""
    wishes = not said.command and not said.edited and talk_of(said.text) is Talk.ARTICLES
    return replace(said, command="articles", text="") if wishes else said


def _help(texts: Texts, role: Role | None) -> str:
    """Everybody's, and what else the role lets them do."""
    told = [texts.help]
    if role is not None and role >= Role.EDITOR:
        told.append(texts.help_editor)
    if role is Role.OWNER:
        told.append(f"{texts.help_owner}\n{texts.help_usage}\n{texts.dismiss_how}")
    return "\n\n".join(told)


def _no_text(message: TelegramMessage, texts: Texts) -> str:
    if message.voice or message.audio or message.video_note:
        return texts.voice
    return texts.sticker if message.sticker or message.animation else texts.only_text
