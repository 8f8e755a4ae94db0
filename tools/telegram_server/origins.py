"""Where a forwarded message came from: the MessageOrigin objects for `chat.send(forwarded=…)`."""

from .people import User
from .validation import Json

DATE = 1_700_000_000
CHANNEL = -1002000000001


def from_user(user: User, *, date: int = DATE) -> Json:
    return {"type": "user", "date": date, "sender_user": user.to_api()}


def from_hidden_user(name: str, *, date: int = DATE) -> Json:
    """Somebody whose account does not allow forwards to link to it."""
    return {"type": "hidden_user", "date": date, "sender_user_name": name}


def from_channel(
    title: str,
    *,
    username: str | None = None,
    message_id: int = 1,
    date: int = DATE,
    signature: str | None = None,
) -> Json:
    """A post that stands at t.me/<username>/<message_id>, if the channel is public."""
    chat: Json = {"id": CHANNEL, "type": "channel", "title": title}
    if username:
        chat["username"] = username
    signed = {"author_signature": signature} if signature else {}
    return {"type": "channel", "date": date, "chat": chat, "message_id": message_id, **signed}


def from_group(title: str, *, date: int = DATE) -> Json:
    """An anonymous administrator of a supergroup."""
    chat = {"id": CHANNEL - 1, "type": "supergroup", "title": title}
    return {"type": "chat", "date": date, "sender_chat": chat}
