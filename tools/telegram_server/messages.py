"""A message of a chat, as its reader sees it: text, buttons, edits, and what can be done to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .entities import utf16_slice
from .files import StoredFile
from .people import GROUP_ANONYMOUS_BOT, Bot, User
from .presses import Press, press
from .updates import QueuedUpdate
from .validation import Json
from .waiting import PATIENCE

if TYPE_CHECKING:
    from .chats import Chat

Matching = str | re.Pattern[str] | Callable[["Message"], bool] | None


@dataclass(frozen=True)
class Button:
    """A button of an inline keyboard; `data`, `url` and `copies` are None where it has none."""

    text: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None

    @classmethod
    def from_api(cls, button: Json) -> "Button":
        copies = button.get("copy_text", {}).get("text")
        return cls(button["text"], button.get("callback_data"), button.get("url"), copies)


@dataclass(frozen=True)
class Version:
    """What a message said from `date` on: the fields of Message that an edit changes."""

    date: int
    content: Json


class Message:
    """`fixed` holds the fields of Message that stay: forward_origin, quote, media_group_id, …"""

    def __init__(
        self,
        chat: "Chat",
        message_id: int,
        sender: User | Bot | None,
        content: Json,
        *,
        thread_id: int | None = None,
        reply_to: "Message | None" = None,
        fixed: Json | None = None,
        file: StoredFile | None = None,
        silent: bool = False,
    ) -> None:
        self.chat = chat
        self.id = message_id
        self.sender = sender  # None: an anonymous administrator
        self.versions = [Version(chat.state.date, content)]
        self.thread_id = thread_id
        self.reply_to = reply_to
        self.fixed = fixed or {}
        self._file = file
        self.silent = silent  # sent with disable_notification
        self.reply_keyboard: Json | None = None  # a markup that is no inline keyboard
        self.deleted = False
        self.reactions: list[str] = []  # of the bot
        self.reactions_of: dict[int, str | None] = {}  # of people, by number
        self._update: QueuedUpdate | None = None
        self._seen = 1  # versions that the test has seen

    # What it says

    @property
    def content(self) -> Json:
        return self.versions[-1].content

    @property
    def text(self) -> str:
        """The text or the caption, empty if it has neither."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        content = self.content
        return list(content.get("entities") or content.get("caption_entities") or ())

    def marked(self, kind: str) -> list[str]:
        """The pieces of the text under entities of a type, such as "bold" or "text_link"."""
        spans = [(e["offset"], e["length"]) for e in self.entities if e["type"] == kind]
        return [utf16_slice(self.text, offset, length) for offset, length in spans]

    @property
    def quote(self) -> str | None:
        """What it quotes of the message that it replies to."""
        quote: str | None = self.fixed.get("quote", {}).get("text")
        return quote

    @property
    def buttons(self) -> list[list[Button]]:
        """The rows of the inline keyboard."""
        rows = self.content.get("reply_markup", {}).get("inline_keyboard", [])
        return [[Button.from_api(button) for button in row] for row in rows]

    @property
    def labels(self) -> list[list[str]]:
        """The texts on the buttons."""
        return [[button.text for button in row] for row in self.buttons]

    def button(self, text: str) -> Button:
        found = [button for row in self.buttons for button in row if button.text == text]
        if not found:
            raise AssertionError(f"no button {text!r} under message {self.id}, only {self.labels}")
        return found[0]

    @property
    def file(self) -> StoredFile:
        if self._file is None:
            raise AssertionError(f"no file in {self!r}")
        return self._file

    @property
    def has_file(self) -> bool:
        return self._file is not None

    @property
    def update(self) -> QueuedUpdate:
        """The newest update about it, which knows what became of it."""
        if self._update is None:
            raise AssertionError(f"the bot was not told of {self!r}")
        return self._update

    @property
    def reached_bot(self) -> bool:
        """Whether the bot was told: not of everything in a group, and only of what it asks for."""
        return self._update is not None

    def told(self, update: QueuedUpdate) -> None:
        self._update = update

    @property
    def from_bot(self) -> bool:
        return isinstance(self.sender, Bot)

    @property
    def edits(self) -> int:
        return len(self.versions) - 1

    def matches(self, matching: Matching) -> bool:
        """A text must be part of the message's text, a pattern found in it, a function true."""
        if matching is None:
            return True
        if isinstance(matching, str):
            return matching in self.text
        if isinstance(matching, re.Pattern):
            return matching.search(self.text) is not None
        return matching(self)

    # What people do to it

    def edit(self, text: str) -> None:
        """The sender changes the text or caption, and the bot gets an edited_message."""
        self.chat.edit_incoming(self, text)

    def delete(self) -> None:
        """Somebody deletes it. Bots are not told."""
        with self.chat.state.changed:
            self.deleted = True
            self.chat.note(f"{self} was deleted")

    def press(self, button: str, *, by: User | None = None, inaccessible: bool = False) -> Press:
        """Presses the button with this text; `inaccessible`: on a message too old for the bot."""
        data = self.button(button).data
        if data is None:
            raise AssertionError(f"the button {button!r} has no callback data")
        return self.press_data(data, by=by, inaccessible=inaccessible)

    def press_data(self, data: str, *, by: User | None = None, inaccessible: bool = False) -> Press:
        """Sends callback data as a client does that shows an old keyboard, or forges one."""
        with self.chat.state.changed:
            self._seen = len(self.versions)
            return press(self, data, by or self.chat.somebody(), inaccessible=inaccessible)

    def react(self, emoji: str | None, *, by: User | None = None) -> None:
        """Sets or takes away a reaction. Only a bot that is an administrator is told, if it asks
        for message_reaction."""
        self.chat.react_incoming(self, emoji, by or self.chat.somebody())

    # What the bot does to it

    def wait_edited(self, *, matching: Matching = None, timeout: float = PATIENCE) -> "Message":
        """Waits for an edit that the test has not seen yet: since it was sent, the last press of
        one of its buttons, or the last call of this."""

        def edited() -> "Message | None":
            new = len(self.versions) > self._seen
            return self if new and self.matches(matching) else None

        self.chat.wait(edited, f"an edit of {self}", timeout=timeout)
        self._seen = len(self.versions)
        return self

    def wait_until(self, matching: Matching, *, timeout: float = PATIENCE) -> "Message":
        """Waits until its text is as wanted, which it may be already."""

        def fits() -> "Message | None":
            return self if self.matches(matching) else None

        return self.chat.wait(fits, f"{self} to match {matching!r}", timeout=timeout)

    def wait_deleted(self, *, timeout: float = PATIENCE) -> None:
        def gone() -> bool | None:
            return self.deleted or None

        self.chat.wait(gone, f"the deletion of {self}", timeout=timeout)

    # As an object of the Bot API

    def to_api(self, *, nested: bool = False) -> Json:
        """The Message object. One inside of another tells nothing of its own reply."""
        fields: Json = {"message_id": self.id}
        if self.thread_id is not None:
            fields |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.sender is None:
            fields |= {"from": GROUP_ANONYMOUS_BOT, "sender_chat": self.chat.to_api()}
        else:
            fields["from"] = self.sender.to_api()
        fields |= {"chat": self.chat.to_api(), "date": self.versions[0].date, **self.fixed}
        if len(self.versions) > 1 and not _only_buttons(self.versions):
            fields["edit_date"] = self.versions[-1].date
        answered = None if nested else self.reply_to or self._topic_root()
        if answered and not answered.deleted:
            fields["reply_to_message"] = answered.to_api(nested=True)
        return fields | self.content

    def _topic_root(self) -> "Message | None":
        """In a topic, what replies to nothing replies to the message that opened the topic."""
        root = self.chat.messages.get(self.thread_id or 0)
        return root if root is not self else None

    def __str__(self) -> str:
        return f"#{self.id}"

    def __repr__(self) -> str:
        return f"<Message {self.id} in {self.chat}: {self.text!r}>"


def _only_buttons(versions: list[Version]) -> bool:
    """Whether nothing but the keyboard was ever edited, which leaves edit_date unset."""

    def without_buttons(version: Version) -> Json:
        return {name: v for name, v in version.content.items() if name != "reply_markup"}

    return all(without_buttons(v) == without_buttons(versions[0]) for v in versions)
