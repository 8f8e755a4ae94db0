"""Where an update comes from, as far as can be told before it is parsed, which may fail."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

# How the kinds end that bring a message, or its edited text. Others name a message too, which may
# be the bot's own: the one whose button was pressed.
_BRINGS_A_MESSAGE = ("message", "post")


@dataclass(frozen=True, slots=True)
class UpdateOrigin:
    """What there is none of is None, or empty; `message` is the message's number."""

    kind: str
    chat: int | None
    sender: int | None
    message: int | None
    text: str

    @classmethod
    def of(cls, update: Json) -> "UpdateOrigin":
        kind, content = next(
            ((kind, value) for kind, value in update.items() if isinstance(value, dict)), ("", {})
        )
        message = content if "message_id" in content else _part(content, "message")
        chat = _part(message, "chat") or _part(content, "chat")
        number, text = message.get("message_id"), content.get("text")
        return cls(
            kind,
            _id(chat),
            _id(_part(content, "from")),
            number if is_number(number) else None,
            text if isinstance(text, str) else "",
        )

    @property
    def came_in(self) -> int | None:
        """The number of the message that this update brings."""
        return self.message if self.kind.endswith(_BRINGS_A_MESSAGE) else None

    @property
    def queue_key(self) -> str:
        """Whose updates are handled one after the other: a chat's, apart from them its presses of
        buttons, which don't wait behind answers, and what one person types inline."""
        if self.kind == "callback_query":
            return f"press {self.sender if self.chat is None else self.chat}"
        return f"sender {self.sender}" if self.chat is None else f"chat {self.chat}"


def is_number(value: object) -> bool:
    """Whether it is an integer as Telegram and SQLite have them: of 64 bits."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63


def _part(value: Json, name: str) -> Json:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _id(value: Json) -> int | None:
    number = value.get("id")
    return number if is_number(number) else None
