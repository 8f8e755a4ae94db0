"""In groups: when the bot is addressed, and where it may answer at all."""

from telegram import ChatMember, ChatMemberUpdated

from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.telegram.answers.asking import Asking
from footnote.bot.telegram.articles.listing import Articles
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.submissions.incoming import SubmissionHandler
from footnote.bot.telegram.texts import texts_for

_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)
# Of what is said in a group other bots hear commands too: only these are obeyed without a name.
_OWN_COMMANDS = ("ask", "check", "articles", "add", "admit", "dismiss")


class Groups:
    """Answers /ask, /check, replies to the bot's messages and mentions; is silent otherwise."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        access: Access,
        asking: Asking,
        articles: Articles,
        incoming: SubmissionHandler,
    ) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._access = access
        self._asking = asking
        self._articles = articles
        self._incoming = incoming
        self._run_in_db = footnote.state.run_in_db

    async def hear(self, incoming: IncomingMessage) -> None:
        own_command = incoming.command in _OWN_COMMANDS and not incoming.for_other
        brings = incoming.command == "add" and incoming.message.document is not None
        if not (incoming.message.text or brings):
            return
        if not (own_command or incoming.called) or incoming.for_other:
            return
        if incoming.message.is_automatic_forward or (
            incoming.command and incoming.edited and not own_command
        ):
            return
        if incoming.command in ("admit", "dismiss"):
            await self._let_in(incoming)
        elif not await self._run_in_db(self._footnote.people.may_ask_in, incoming.place.chat):
            await self._refuse(incoming)
        elif await self._run_in_db(self._footnote.people.is_shut_out, incoming.person):
            return
        elif incoming.command == "check":
            await self._asking.check(incoming)
        elif incoming.command == "articles":
            if not incoming.edited:
                await self._articles.command(incoming)
        elif incoming.command == "add":
            await self._incoming.command(incoming)
        elif incoming.replied is not None and await self._incoming.offers.take_title(incoming):
            return
        elif incoming.command == "ask" and not incoming.text:
            await self._asking.say(incoming, Message().add(incoming.texts.ask_how))
        elif incoming.command and incoming.command != "ask":
            await self._asking.say(incoming, Message().add(incoming.texts.help_group))
        else:
            await self._asking.ask(incoming)

    async def status(self, change: ChatMemberUpdated) -> None:
        """The bot was added to a group, or removed: an owner who adds it lets the group in."""
        chat, now = change.chat, change.new_chat_member.status
        if now in _OUTSIDE:
            await self._run_in_db(self._footnote.people.leave_group, chat.id)
        elif change.old_chat_member.status in _OUTSIDE:
            texts = texts_for(change.from_user.language_code)
            if await self._access.role(change.from_user.id) is Role.OWNER:
                await self._run_in_db(self._footnote.people.admit, chat.id, chat.title or "")
            admitted = await self._run_in_db(self._footnote.people.may_ask_in, chat.id)
            told = texts.group_hello if admitted else texts.group_closed
            key = f"joined:{chat.id}:{int(change.date.timestamp())}"
            if admitted or await self._run_in_db(self._footnote.people.refuses_now, chat.id, key):
                await self._delivery.send(ChatThread(chat.id), Message().add(told), key=key)

    async def _let_in(self, incoming: IncomingMessage) -> None:
        """/admit and /dismiss, of an owner by name."""
        chat, texts = incoming.message.chat, incoming.texts
        if incoming.edited:
            return
        if incoming.message.sender_chat == chat:
            await self._asking.say(incoming, Message().add(texts.by_name))
        elif not incoming.is_named or await self._access.role(incoming.person) is not Role.OWNER:
            if incoming.called or await self._run_in_db(self._footnote.people.may_ask_in, chat.id):
                await self._asking.say(incoming, Message().add(texts.owners_only))
        elif incoming.command == "admit":
            await self._run_in_db(self._footnote.people.admit, chat.id, chat.title or "")
            await self._asking.say(incoming, Message().add(texts.group_hello))
        else:
            await self._run_in_db(self._footnote.people.dismiss_group, chat.id, chat.title or "")
            await self._asking.say(incoming, Message().add(texts.group_dismissed))

    async def _refuse(self, incoming: IncomingMessage) -> None:
        if await self._run_in_db(
            self._footnote.people.refuses_now, incoming.place.chat, incoming.cause
        ):
            await self._asking.say(incoming, Message().add(incoming.texts.group_closed))
