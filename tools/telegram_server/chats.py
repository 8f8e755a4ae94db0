"""Chats with the bot, from the side of the people in them."""

from collections.abc import Iterable
from typing import ClassVar, TypedDict, Unpack

from . import incoming
from .entities import Entity
from .files import StoredFile
from .formatting import LONGEST_TEXT
from .members import member
from .messages import Message, Version
from .people import Bot, User
from .refusals import Refusal, forbidden
from .state import State
from .transcript import SHOWN, described
from .validation import Json
from .waiting import PATIENCE
from .watching import After, Watched

TOPIC_COLOR = 7322096  # one of the six that createForumTopic allows


class Circumstances(TypedDict, total=False):
    """How a person sends something."""

    sender: User  # in a group; by default its first member
    anonymously: bool  # as an administrator in the name of the group
    reply_to: Message
    quote: str  # the part of `reply_to` that the person marked
    topic: "Topic"
    forwarded: Json  # of origins.py
    media_group_id: str  # the same for all parts of an album


class Chat(Watched):
    """Message numbers begin at 1 in every chat, so that a bot that mixes up chats is found out."""

    type: ClassVar[str]

    def __init__(self, state: State, chat_id: int, *, username: str | None = None) -> None:
        super().__init__(state)
        self.id = chat_id
        self.username = username
        self.topics: dict[int, Topic] = {}
        state.chats[chat_id] = self

    # What people do

    def send(
        self, text: str, *, entities: Iterable[Entity] = (), **how: Unpack[Circumstances]
    ) -> Message:
        return self._receive(incoming.text(text, entities), None, how)

    def paste(self, text: str, **how: Unpack[Circumstances]) -> list[Message]:
        """A text of any length, which a client sends in parts of at most 4,096 characters."""
        size = LONGEST_TEXT
        parts = (text[start : start + size] for start in range(0, len(text), size))
        return [self.send(part, **how) for part in parts]

    def send_document(
        self,
        content: bytes,
        *,
        name: str = "article.txt",
        mime_type: str = "text/plain",
        caption: str = "",
        size: int | None = None,
        **how: Unpack[Circumstances],
    ) -> Message:
        """`size` pretends that the file is larger than `content`."""
        files = self.state.files
        file = files.add(content, folder="documents", name=name, mime_type=mime_type, size=size)
        document = {"document": file.to_document(), **incoming.caption(caption)}
        return self._receive(document, file, how)

    def send_photo(
        self, content: bytes = b"\xff\xd8", *, caption: str = "", **how: Unpack[Circumstances]
    ) -> Message:
        photo, file = incoming.photo(self.state.files, content)
        return self._receive({**photo, **incoming.caption(caption)}, file, how)

    def send_sticker(self, emoji: str = "👍", **how: Unpack[Circumstances]) -> Message:
        sticker, file = incoming.sticker(self.state.files, emoji)
        return self._receive(sticker, file, how)

    def topic(self, name: str) -> "Topic":
        """Opens a topic, in a forum or in the private chat of a bot with topics."""
        if not self.has_topics:
            raise ValueError(f"{self} has no topics")
        with self.state.changed:
            created = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOR}}
            root = self.add(self.somebody(), created)
            root.thread_id = root.id
            opened = self.topics[root.id] = Topic(self, root.id, name)
            self.hand_over(root)
        return opened

    def edit_incoming(self, message: Message, text: str) -> None:
        if message.from_bot:
            raise ValueError(f"{message!r} is the bot's own")
        self.check_writable()
        with self.state.changed:
            edited = incoming.text(text) if "text" in message.content else incoming.caption(text)
            kept = {
                name: value
                for name, value in message.content.items()
                if name not in ("text", "entities", "caption", "caption_entities")
            }
            message.versions.append(Version(self.state.date, {**kept, **edited}))
            self.note(f"{message.sender} edits {message}: {message.text[:SHOWN]}")
            self.hand_over(message, kind="edited_message")

    def react_incoming(self, message: Message, emoji: str | None, user: User) -> None:
        with self.state.changed:
            before = message.reactions_of.get(user.id)
            message.reactions_of[user.id] = emoji
            self.note(f"{user} reacts to {message}: {emoji or 'nothing any more'}")
            if self.bot_is_administrator:
                change = {
                    "chat": self.to_api(),
                    "message_id": message.id,
                    "user": user.to_api(),
                    "date": self.state.date,
                    "old_reaction": [{"type": "emoji", "emoji": before}] if before else [],
                    "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
                }
                self.state.tell("message_reaction", change, queue=self.id)

    # What the kinds of chats differ in

    def to_api(self) -> Json:
        raise NotImplementedError

    def somebody(self) -> User:
        """Who acts here if a test does not say who."""
        raise NotImplementedError

    @property
    def has_topics(self) -> bool:
        return False

    @property
    def bot_is_administrator(self) -> bool:
        return False

    def check_writable(self) -> None:
        """Raises `ValueError` if people cannot write here."""

    def reaches_bot(self, message: Message) -> bool:
        """Whether the bot is shown a message of a person."""
        return True

    def unreachable(self, *, to_write: bool) -> Refusal | None:
        """Why the bot may not use this chat (Client::check_chat_access)."""
        return None

    def undeliverable(self) -> Refusal | None:
        """Why Telegram's servers do not take a message that telegram-bot-api let through."""
        return None

    # How messages come to stand here; the caller holds the lock

    def add(
        self,
        sender: User | Bot | None,
        content: Json,
        *,
        thread_id: int | None = None,
        reply_to: Message | None = None,
        fixed: Json | None = None,
        file: StoredFile | None = None,
        silent: bool = False,
    ) -> Message:
        message = Message(
            self,
            self.state.message_number(self),
            sender,
            content,
            thread_id=thread_id,
            reply_to=reply_to,
            fixed=fixed,
            file=file,
            silent=silent,
        )
        self.messages[message.id] = message
        if message.from_bot:
            self.shown_draft = self.shown_action = None
        self.note(described(message))
        return message

    def hand_over(self, message: Message, *, kind: str = "message") -> None:
        """Tells the bot of a message, if it is one that the bot is shown."""
        if self.reaches_bot(message):
            update = self.state.tell(kind, message.to_api(), queue=self.id)
            if update:
                message.told(update)

    def _receive(self, content: Json, file: StoredFile | None, how: Circumstances) -> Message:
        self.check_writable()
        reply_to, topic = how.get("reply_to"), how.get("topic")
        fixed: Json = {}
        if "forwarded" in how:
            fixed["forward_origin"] = how["forwarded"]
        if "media_group_id" in how:
            fixed["media_group_id"] = how["media_group_id"]
        if reply_to and "quote" in how:
            fixed["quote"] = incoming.quote_of(reply_to, how["quote"])
        with self.state.changed:
            sender = None if how.get("anonymously") else how.get("sender") or self.somebody()
            thread_id = topic.id if topic else reply_to.thread_id if reply_to else None
            message = self.add(
                sender, content, thread_id=thread_id, reply_to=reply_to, fixed=fixed, file=file
            )
            self.hand_over(message)
        return message

    def tell_status(self, person: User | Bot, old: str, new: str, by: User | Bot) -> None:
        """The update for a change of what somebody is here: my_chat_member if it is the bot."""
        table = self.state.table
        change = {
            "chat": self.to_api(),
            "from": by.to_api(),
            "date": self.state.date,
            "old_chat_member": member(table, person, old),
            "new_chat_member": member(table, person, new),
        }
        self.note(f"{by}: {person} was {old} and is {new}")
        kind = "my_chat_member" if isinstance(person, Bot) else "chat_member"
        self.state.tell(kind, change, queue=self.id)


class PrivateChat(Chat):
    """Of a person who has started the bot. Its number is the person's."""

    type = "private"

    def __init__(self, state: State, user: User) -> None:
        super().__init__(state, user.id, username=user.username)
        self.user = user
        self.blocked = False

    def to_api(self) -> Json:
        person = self.user.to_api()
        names = ("username", "first_name", "last_name")
        named = {name: person[name] for name in names if name in person}
        return {"id": self.id, "type": self.type, **named}

    def somebody(self) -> User:
        return self.user

    def block(self) -> None:
        with self.state.changed:
            self.blocked = True
            self.tell_status(self.state.bot, "member", "kicked", self.user)

    def unblock(self) -> None:
        with self.state.changed:
            self.blocked = False
            self.tell_status(self.state.bot, "kicked", "member", self.user)

    @property
    def has_topics(self) -> bool:
        return self.state.bot.has_topics_enabled

    def unreachable(self, *, to_write: bool) -> Refusal | None:
        gone = self.user.deactivated and to_write
        return forbidden("user is deactivated") if gone else None

    def undeliverable(self) -> Refusal | None:
        return forbidden("bot was blocked by the user") if self.blocked else None

    def check_writable(self) -> None:
        if self.blocked:
            raise ValueError(f"{self.user} has blocked the bot and cannot write to it")

    def __str__(self) -> str:
        return f"the private chat with {self.user}"


class Topic:
    """A topic of a chat. Its number is that of the message which opened it."""

    def __init__(self, chat: Chat, thread_id: int, name: str) -> None:
        self.chat = chat
        self.id = thread_id
        self.name = name

    def send(self, text: str, **how: Unpack[Circumstances]) -> Message:
        how["topic"] = self
        return self.chat.send(text, **how)

    def bot_messages(self, *, after: After = None) -> list[Message]:
        return self.chat.bot_messages(after=after, thread_id=self.id)

    def wait_for_message(self, *, after: After = None, timeout: float = PATIENCE) -> Message:
        return self.chat.wait_for_message(after=after, thread_id=self.id, timeout=timeout)
