"""What people write in private: commands, questions, codes, links, and what is no text."""

from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram import Message as TelegramMessage

from footnote.bot.composition import Footnote
from footnote.bot.people.codes import INVITATION
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import telegram_holder
from footnote.bot.small_talk import Talk, talk_of
from footnote.bot.telegram.answers.asking import Asking
from footnote.bot.telegram.answers.passage_views import PassageViews
from footnote.bot.telegram.articles.cards import Cards
from footnote.bot.telegram.articles.changing import Changing
from footnote.bot.telegram.articles.listing import Articles
from footnote.bot.telegram.articles.replies import Replies
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.people.introduction import OWNERS_COMMANDS, introduce_to
from footnote.bot.telegram.people.owners import Owners
from footnote.bot.telegram.rendering.links import CardLink, PassageLink
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.submissions.incoming import COMMANDS, SubmissionHandler
from footnote.bot.telegram.texts import Texts
from footnote.bot.threads import run_in_thread
from footnote.bot.web.entrance import link_for
from footnote.bot.web.keys import Origin


class Private:
    """Strangers get one sentence; a code or a link that is good is looked at first."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        access: Access,
        asking: Asking,
        owners: Owners,
        passages: PassageViews,
        incoming: SubmissionHandler,
        *,
        articles: Articles,
        cards: Cards,
        changing: Changing,
        bringing: Replies,
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
        self._run_in_db = footnote.state.run_in_db
        self._albums: dict[ChatThread, str] = {}

    async def hear(self, incoming: IncomingMessage) -> None:
        user = incoming.message.from_user
        assert user is not None
        if incoming.command == "start" and incoming.text and await self._start(incoming):
            return
        if not await self._access.may_ask(user.id, incoming.place.chat):
            await self._refuse(incoming)
        elif (
            not incoming.command and not incoming.edited and await self._bringing.hear(incoming)
        ) or await self._brings(incoming):
            return
        elif (meant := _as_meant(incoming)).command and not incoming.edited:
            await self._bringing.end(incoming)
            await self._obey(meant, await self._access.role(user.id))
        elif incoming.command in ("ask", "check"):  # a question that was edited
            await (self._asking.check if incoming.command == "check" else self._asking.ask)(
                incoming
            )
        elif incoming.message.text and not incoming.command:
            await self._asking.ask(incoming)
        elif not incoming.message.text and not incoming.edited:
            await self._only_text(incoming)

    async def _brings(self, incoming: IncomingMessage) -> bool:
        """Whether it brings an article; a command that is passed on is a part of a text."""
        is_command = incoming.command is not None and incoming.message.forward_origin is None
        return not is_command and await self._incoming.takes(incoming)

    async def _obey(self, incoming: IncomingMessage, role: Role | None) -> None:
        match None if incoming.for_other else incoming.command:
            case "start":
                await self._say(incoming, await run_in_thread(self._introduction, incoming.texts))
                if role is not None:  # Telegram takes their commands once they have written
                    await introduce_to(self._delivery.bot, incoming.person, role)
            case "ask" if incoming.text:
                await self._asking.ask(incoming)
            case "ask":
                await self._say(incoming, incoming.texts.ask_how)
            case "check":
                await self._asking.check(incoming)
            case "new":
                await self._run_in_db(self._footnote.receipts.start_afresh, str(incoming.place))
                await self._say(incoming, incoming.texts.new)
            case "web":
                await self._open_pages(incoming)
            case "articles":
                await self._articles.command(incoming)
            case "undo":
                await self._changing.undo(incoming)
            case "cancel":
                await self._bringing.cancel(incoming)
            case command if command in COMMANDS:
                await self._incoming.command(incoming)
            case "admit" | "dismiss" if role is not Role.OWNER:
                await self._say(incoming, incoming.texts.only_in_groups)
            case command if command in (*OWNERS_COMMANDS, "admit", "dismiss"):
                if role is not Role.OWNER:
                    await self._say(incoming, incoming.texts.owners_only)
                else:
                    await self._owners.command(incoming)
            case _:  # an unknown command is no question either
                await self._say(incoming, _help(incoming.texts, role))

    async def _open_pages(self, incoming: IncomingMessage) -> None:
        """A button that opens the pages once, as this person; it ends up in no preview."""
        url, keyboard = self._footnote.settings.web_url, None
        if url:
            holder = telegram_holder(incoming.person)
            link = await self._run_in_db(link_for, self._footnote.sessions, Origin(url), holder)
            keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(incoming.texts.open, url=link)]])
        told = Message().add(incoming.texts.pages_here if url else incoming.texts.no_pages)
        await self._delivery.send(incoming.place, told, keyboard, key=f"answer:{incoming.cause}")

    async def _start(self, incoming: IncomingMessage) -> bool:
        """Whether what came after /start was a link or a code, and is dealt with."""
        user = incoming.message.from_user
        assert user is not None
        may_ask = await self._access.may_ask(user.id, incoming.place.chat)
        card, link = CardLink.of(incoming.text), PassageLink.of(incoming.text)
        looks = self._footnote.looks
        if (card or link) and (seconds := looks.wait(incoming.person, incoming.cause, incoming.at)):
            if may_ask and looks.tells(incoming.person, incoming.cause, incoming.at):
                await self._say(incoming, incoming.texts.too_many(seconds=seconds))
            return True
        if card and may_ask:
            await self._cards.open(incoming, card.link_token)
            return True
        if link:
            if await self._passages.open(incoming.message, link):
                return True
            if may_ask:
                await self._say(incoming, incoming.texts.closed_passage)
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
                await self._say(incoming, texts.void_code)
            return True
        await introduce_to(self._delivery.bot, user.id, role)
        welcome = {
            Role.OWNER: texts.welcome_owner,
            Role.EDITOR: texts.welcome_editor,
            Role.READER: texts.welcome_reader,
        }
        start = await run_in_thread(self._introduction, texts)
        await self._say(incoming, f"{welcome[role]}\n\n{start}")
        return True

    async def _refuse(self, incoming: IncomingMessage) -> None:
        chat = incoming.place.chat
        if await self._run_in_db(self._footnote.people.refuses_now, chat, incoming.cause):
            assert incoming.message.from_user is not None
            await self._say(
                incoming, incoming.texts.not_admitted(str(incoming.message.from_user.id))
            )

    async def _only_text(self, incoming: IncomingMessage) -> None:
        album, place = incoming.message.media_group_id, incoming.place
        if album and self._albums.get(place) == album:
            return  # each picture of an album is a message; one word is enough for all
        await self._say(incoming, _no_text(incoming.message, incoming.texts))
        if album:
            self._albums[place] = album

    async def _say(self, incoming: IncomingMessage, text: str) -> None:
        await self._delivery.send(
            incoming.place, Message().add(text), key=f"answer:{incoming.cause}"
        )

    def _introduction(self, texts: Texts) -> str:
        return texts.start_written if self._footnote.respondent.writes else texts.start


def _as_meant(incoming: IncomingMessage) -> IncomingMessage:
    """A wish to see the articles, in whatever words, is the command that shows them."""
    wishes = (
        not incoming.command and not incoming.edited and talk_of(incoming.text) is Talk.ARTICLES
    )
    return replace(incoming, command="articles", text="") if wishes else incoming


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
