"""Something that somebody says to the bot: what, where, in which language, and by what name."""

import hashlib
from dataclasses import dataclass, replace

from telegram import Message as TelegramMessage
from telegram import MessageEntity, User

from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.texts import Texts, texts_for


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message to the bot, or what stands under a picture or a file, without what only addresses
    it.

    `cause` names this wording of the message for ever. `command` is in lower case, without the
    slash; `for_other` where a command names another bot. `person` is who says it, or the group or
    channel in whose name it is said. `called` says that the bot is addressed by more than its
    being there: a mention, a reply, its name after a command.
    """

    message: TelegramMessage
    place: ChatThread
    text: str
    command: str | None
    for_other: bool
    called: bool
    person: int
    edited: bool

    @classmethod
    def of(cls, message: TelegramMessage, bot: User, *, edited: bool = False) -> "IncomingMessage":
        sender = message.sender_chat or message.from_user
        text, command, for_other, called = _read(message, bot)
        answered = message.reply_to_message
        author = answered.from_user if answered is not None else None
        replies = author is not None and author.id == bot.id
        return cls(
            message,
            ChatThread.of(message),
            text,
            command,
            for_other,
            called or bool(replies),
            sender.id if sender else message.chat.id,
            edited,
        )

    @property
    def cause(self) -> str:
        edited = self.message.edit_date
        version = int(edited.timestamp()) if self.edited and edited else 0
        # Telegram dates edits to the second, and a quick hand makes two in one.
        digest = hashlib.sha256(self.wording.encode()).hexdigest()[:8]
        return f"telegram:{self.message.chat.id}:{self.message.message_id}:{version}:{digest}"

    @property
    def is_named(self) -> bool:
        """Whether a person says it as themselves: behind an anonymous administrator or a channel
        there may be anybody."""
        return self.message.from_user is not None and self.message.sender_chat is None

    @property
    def wording(self) -> str:
        """All that was written, with the command and the names."""
        return whole(self.message.text or "")

    @property
    def at(self) -> float:
        """When it was written, in seconds since 1970."""
        edited = self.message.edit_date if self.edited else None
        return (edited or self.message.date).timestamp()

    @property
    def texts(self) -> Texts:
        user = self.message.from_user
        return texts_for(user.language_code if user else None)

    @property
    def replied(self) -> int | None:
        """The number of the message that it replies to, unless that only opened its topic."""
        answered = self.message.reply_to_message
        if answered is None:
            return None
        opens = self.message.is_topic_message and (
            answered.message_id == self.message.message_thread_id
        )
        return None if opens else answered.message_id

    def saying(self, text: str) -> "IncomingMessage":
        return replace(self, text=text)


def _read(message: TelegramMessage, bot: User) -> tuple[str, str | None, bool, bool]:
    """Text, command, whether that is another bot's, and whether the bot is called by its name."""
    units = whole(message.text or message.caption or "").encode("utf-16-le")
    command, for_other, called, cut = None, False, False, []
    for entity in message.entities or message.caption_entities:
        begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        told = units[begin:end].decode("utf-16-le", errors="replace")
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, at, to = told[1:].partition("@")
            command, for_other = name.lower(), bool(at) and not _is_name(to, bot)
            called = called or (bool(at) and not for_other)
            cut.append((begin, end))
        elif _mentions(entity, told, bot):
            called = True
            cut.append((begin, end))
    for begin, end in reversed(cut):
        units = units[:begin] + units[end:]
    text = units.decode("utf-16-le", errors="replace")
    return text.strip(" \n,:" if cut else None), command, for_other, called


def _mentions(entity: MessageEntity, told: str, bot: User) -> bool:
    """By its name, or by the link that stands for it where the name is not known."""
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user == bot
    return entity.type == MessageEntity.MENTION and _is_name(told[1:], bot)


def _is_name(name: str, bot: User) -> bool:
    return name.lower() == (bot.username or "").lower()


def whole(text: str) -> str:
    """Without halves of surrogate pairs, which no database and no model takes."""
    return text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
