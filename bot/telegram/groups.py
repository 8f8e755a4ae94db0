"""In groups: when the bot is addressed, and where it may answer at all."""

from telegram import ChatMember, ChatMemberUpdated

from footnote.bot.people.people import Role
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.commands import COMMANDS, Handler
from footnote.bot.telegram.features import Features
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.texts import texts_for

_EXPLAINED = ("start", "help")
"""Commands that ask what the bot does here; others that groups don't have are for private chats."""
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


class Groups:
    """Answers /ask, /check, replies to the bot's messages and mentions; is silent otherwise."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._footnote = features.footnote
        self._run_in_db = features.footnote.state.run_in_db

    async def hear(self, incoming: IncomingMessage) -> None:
        obey = self._handler(incoming)
        brings = incoming.command == "add" and incoming.message.document is not None
        if not (incoming.message.text or brings):
            return
        if not (obey or incoming.called) or incoming.for_other:
            return
        if incoming.message.is_automatic_forward or (
            incoming.command and incoming.edited and not obey
        ):
            return
        if obey and COMMANDS[incoming.command or ""].role is Role.OWNER:
            await obey(self._features, incoming)
        elif not await self._run_in_db(self._footnote.people.may_ask_in, incoming.place.chat):
            await self._refuse(incoming)
        elif await self._run_in_db(self._footnote.people.is_shut_out, incoming.person):
            return
        elif obey:
            await obey(self._features, incoming)
        elif await self._features.takes_title(incoming):
            return
        elif incoming.command:
            is_private = incoming.command in COMMANDS and incoming.command not in _EXPLAINED
            texts = incoming.texts
            await self._say(incoming, texts.only_in_private if is_private else texts.help_group)
        else:
            await self._features.asking.ask(incoming)

    async def status(self, change: ChatMemberUpdated) -> None:
        """The bot was added to a group, or removed: an owner who adds it lets the group in."""
        chat, now = change.chat, change.new_chat_member.status
        if now in _OUTSIDE:
            await self._run_in_db(self._footnote.people.leave_group, chat.id)
        elif change.old_chat_member.status in _OUTSIDE:
            texts = texts_for(change.from_user.language_code)
            if await self._features.access.role(change.from_user.id) is Role.OWNER:
                await self._run_in_db(self._footnote.people.admit, chat.id, chat.title or "")
            admitted = await self._run_in_db(self._footnote.people.may_ask_in, chat.id)
            told = texts.group_hello if admitted else texts.group_closed
            key = f"joined:{chat.id}:{int(change.date.timestamp())}"
            if admitted or await self._run_in_db(self._footnote.people.refuses_now, chat.id, key):
                await self._features.delivery.send(
                    ChatThread(chat.id), Message().add(told), key=key
                )

    def _handler(self, incoming: IncomingMessage) -> Handler | None:
        """Of what is said in a group other bots hear commands too: only those of the table that
        are for groups are obeyed without a name."""
        command = None if incoming.for_other else COMMANDS.get(incoming.command or "")
        return command.group if command else None

    async def _refuse(self, incoming: IncomingMessage) -> None:
        if await self._run_in_db(
            self._footnote.people.refuses_now, incoming.place.chat, incoming.cause
        ):
            await self._say(incoming, incoming.texts.group_closed)

    async def _say(self, incoming: IncomingMessage, text: str) -> None:
        await self._features.asking.say(incoming, Message().add(text))
