"""Where a forwarded message came from, as Telegram tells it."""

from telegram import (
    Chat,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    User,
)
from telegram import Message as TelegramMessage

from footnote.bot.submissions.upload import Provenance

_SUPERGROUPS_BELOW = -1_000_000_000_000
"""Numbers of channels and supergroups are below this one; links to their posts have the rest."""


def origin_of(message: TelegramMessage, bot: User) -> Provenance | None:
    """None for what was written here, and for the bot's own words."""
    origin = message.forward_origin
    if origin is None or (isinstance(origin, MessageOriginUser) and origin.sender_user == bot):
        return None
    key, source, url, author = _told(origin)
    date = origin.date.date().isoformat()
    return Provenance(key, origin.date.timestamp(), source, url, author, date)


def _told(origin: MessageOrigin) -> tuple[str, str | None, str | None, str | None]:
    """Who or what it came from, the title of that, the link to the message, and who wrote it."""
    match origin:
        case MessageOriginChannel():
            url = _link(origin.chat, origin.message_id)
            return str(origin.chat.id), origin.chat.title, url, origin.author_signature
        case MessageOriginChat():
            chat = origin.sender_chat
            return str(chat.id), chat.title, None, origin.author_signature
        case MessageOriginUser():
            return str(origin.sender_user.id), None, None, origin.sender_user.full_name
        case MessageOriginHiddenUser():
            return origin.sender_user_name, None, None, origin.sender_user_name
        case _:
            return "", None, None, None


def _link(chat: Chat, message: int) -> str:
    """Of a private channel only its members can open it."""
    if chat.username:
        return f"https://t.me/{chat.username}/{message}"
    return f"https://t.me/c/{_SUPERGROUPS_BELOW - chat.id}/{message}"
