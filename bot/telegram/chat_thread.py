"""Where a conversation takes place in Telegram."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, literal_column
from telegram import CallbackQuery
from telegram import Message as TelegramMessage

from footnote.bot.database.tables import SUPERGROUPS_BELOW

_PREFIX = "telegram:"


def numbered_with(chat: int, column: Column[Any]) -> ColumnElement[bool]:
    """What is true of the chat, in this column, of messages that are numbered together with those
    of a chat.

    The messages of a supergroup or channel are numbered by themselves, those of all private chats
    and small groups of a bot in one sequence.
    """
    if chat < SUPERGROUPS_BELOW:
        return column == chat
    return column > literal_column(str(SUPERGROUPS_BELOW))  # in the words of an index


@dataclass(frozen=True, slots=True)
class ChatThread:
    """Names a conversation: the chat, and the topic where the chat has topics."""

    chat: int
    thread: int | None = None

    @classmethod
    def of(cls, message: TelegramMessage) -> "ChatThread":
        return cls(message.chat.id, message.message_thread_id if message.is_topic_message else None)

    @classmethod
    def of_press(cls, query: CallbackQuery) -> "ChatThread":
        """Where a button was pressed; the topic is known only while the message can be read."""
        message = query.message
        if isinstance(message, TelegramMessage):
            return cls.of(message)
        return cls(message.chat.id if message else query.from_user.id)

    @classmethod
    def named(cls, name: str) -> "ChatThread":
        """The place again, from the name that a receipt has of it."""
        _, chat, *thread = name.split(":")
        return cls(int(chat), int(thread[0]) if thread else None)

    @staticmethod
    def is_named_by(name: str) -> bool:
        """Whether a receipt's place is one of Telegram's; questions are asked elsewhere, too."""
        return name.startswith(_PREFIX)

    @property
    def is_group(self) -> bool:
        """Telegram numbers people upwards from 1, and groups downwards from -1."""
        return self.chat < 0

    def __str__(self) -> str:
        return f"{_PREFIX}{self.chat}" + ("" if self.thread is None else f":{self.thread}")
