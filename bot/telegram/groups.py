"""In groups: when the bot is addressed, and where it may answer at all."""

from telegram import ChatMember, ChatMemberUpdated

from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.telegram.answers.asking import Asking
from footnote.bot.telegram.articles.listing import Articles
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.place import Place
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.said import Said
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.submissions.incoming import Incoming
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
        incoming: Incoming,
    ) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._access = access
        self._asking = asking
        self._articles = articles
        self._incoming = incoming
        self._aside = footnote.state.aside

    async def hear(self, said: Said) -> None:
        own_command = said.command in _OWN_COMMANDS and not said.for_other
        brings = said.command == "add" and said.message.document is not None
        if not (said.message.text or brings):
            return
        if not (own_command or said.called) or said.for_other:
            return
        if said.message.is_automatic_forward or (said.command and said.edited and not own_command):
            return
        if said.command in ("admit", "dismiss"):
            await self._let_in(said)
        elif not await self._aside(self._footnote.people.may_ask_in, said.place.chat):
            await self._refuse(said)
        elif await self._aside(self._footnote.people.is_shut_out, said.person):
            return
        elif said.command == "check":
            await self._asking.check(said)
        elif said.command == "articles":
            if not said.edited:
                await self._articles.command(said)
        elif said.command == "add":
            await self._incoming.command(said)
        elif said.replied is not None and await self._incoming.offers.take_title(said):
            return
        elif said.command == "ask" and not said.text:
            await self._asking.say(said, Message().add(said.texts.ask_how))
        elif said.command and said.command != "ask":
            await self._asking.say(said, Message().add(said.texts.help_group))
        else:
            await self._asking.ask(said)

    async def status(self, change: ChatMemberUpdated) -> None:
        """The bot was added to a group, or removed: an owner who adds it lets the group in."""
        chat, now = change.chat, change.new_chat_member.status
        if now in _OUTSIDE:
            await self._aside(self._footnote.people.leave_group, chat.id)
        elif change.old_chat_member.status in _OUTSIDE:
            texts = texts_for(change.from_user.language_code)
            if await self._access.role(change.from_user.id) is Role.OWNER:
                await self._aside(self._footnote.people.admit, chat.id, chat.title or "")
            admitted = await self._aside(self._footnote.people.may_ask_in, chat.id)
            told = texts.group_hello if admitted else texts.group_closed
            key = f"joined:{chat.id}:{int(change.date.timestamp())}"
            if admitted or await self._aside(self._footnote.people.refuses_now, chat.id, key):
                await self._delivery.send(Place(chat.id), Message().add(told), key=key)

    async def _let_in(self, said: Said) -> None:
        """/admit and /dismiss, of an owner by name."""
        chat, texts = said.message.chat, said.texts
        if said.edited:
            return
        if said.message.sender_chat == chat:
            await self._asking.say(said, Message().add(texts.by_name))
        elif not said.is_named or await self._access.role(said.person) is not Role.OWNER:
            if said.called or await self._aside(self._footnote.people.may_ask_in, chat.id):
                await self._asking.say(said, Message().add(texts.owners_only))
        elif said.command == "admit":
            await self._aside(self._footnote.people.admit, chat.id, chat.title or "")
            await self._asking.say(said, Message().add(texts.group_hello))
        else:
            await self._aside(self._footnote.people.dismiss_group, chat.id, chat.title or "")
            await self._asking.say(said, Message().add(texts.group_dismissed))

    async def _refuse(self, said: Said) -> None:
        if await self._aside(self._footnote.people.refuses_now, said.place.chat, said.cause):
            await self._asking.say(said, Message().add(said.texts.group_closed))
