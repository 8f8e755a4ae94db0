"""Finding in a message what can become an article: links, a file or a text."""

import re

from telegram import Message as TelegramMessage
from telegram import MessageEntity, User

from footnote.bot.small_talk import QUESTION_MARKS, WALL_CHARACTERS
from footnote.bot.submissions.intake import is_title
from footnote.bot.submissions.submission import Came
from footnote.bot.submissions.upload import Provenance, Upload
from footnote.bot.telegram.incoming_message import IncomingMessage, whole
from footnote.bot.telegram.submissions.forwards import origin_of

_LONGEST_QUESTION = 2 * WALL_CHARACTERS
"""What is as long as this is no question whatever marks it has: an article may well ask something;
the longest of 11,597 questions in public sets has 226 characters."""
_MAX_NAME_CHARACTERS = 120
_LINKS = [MessageEntity.URL, MessageEntity.TEXT_LINK]
_SHARED = re.compile(r"^[^\n]+\n+https?://\S+\s*$")
_BETWEEN_LINKS = " \n\t\r,;.•-–—|<>()[]"


def file_of(
    message: TelegramMessage, origin: Provenance | None, incoming: str | None = None
) -> Upload | None:
    """The document, with what is said of it: an address, a title, or a note. That is its caption,
    unless `incoming` is given."""
    document = message.document
    if document is None or message.animation is not None:
        return None
    caption = whole((message.caption or "") if incoming is None else incoming).strip()
    links = links_of(message)
    named = not links and not asks(caption) and is_title(caption)
    return Upload(
        "file",
        name=whole(document.file_name or "")[-_MAX_NAME_CHARACTERS:],
        file_id=document.file_id,
        size=document.file_size,
        origin=origin,
        title=caption if named else None,
        url=links[0] if links else None,
        note=caption if caption and not named and caption not in links else None,
    )


def text_of(message: TelegramMessage, origin: Provenance | None) -> Upload | None:
    """The text, or what stands under a picture."""
    text = whole(message.text or message.caption or "")
    if not text.strip():
        return None
    return Upload("text", parts=((message.message_id, text),), origin=origin)


def links_of(message: TelegramMessage) -> list[str]:
    """The addresses of web pages in it, each once; without a scheme they are taken for https."""
    found = []
    for entity, told in _marked(message):
        address = whole(entity.url or told)
        if "://" not in address:
            address = f"https://{address}"
        if address.lower().startswith(("http://", "https://")):
            found.append(address)
    return list(dict.fromkeys(found))


def links_alone(message: TelegramMessage, text: str) -> list[str]:
    """The same where there is nothing else in the text of a message, which may be a part of it; or
    where it is one link below a title, as phones share a page."""
    links = links_of(message)
    left = text
    for _, told in _marked(message):
        left = left.replace(told, " ", 1)
    shared = len(links) == 1 and _SHARED.search(text) and not asks(left) and is_title(left)
    return links if links and (shared or not left.strip(_BETWEEN_LINKS)) else []


def is_long(text: str) -> bool:
    """Whether a text is offered as an article, rather than taken for a question."""
    return len(text) >= (_LONGEST_QUESTION if asks(text) else WALL_CHARACTERS)


def asks(text: str) -> bool:
    """Whether there is a question mark in it, of any script."""
    return bool(QUESTION_MARKS & set(text))


def uploaded_by(message: TelegramMessage, bot: User) -> list[Upload]:
    """All that somebody can mean who says to add a message: its file, its links where it is short,
    or else its text."""
    origin = origin_of(message, bot)
    if file := file_of(message, origin):
        return [file]
    text = text_of(message, origin)
    if text is None or (not is_long(text.text) and links_of(message)):
        return [Upload("link", link) for link in links_of(message)]
    return [text]


def came_of(incoming: IncomingMessage, message: TelegramMessage | None = None) -> Came:
    """How a message came; another one than what was said where that is a reply to it."""
    user, of = incoming.message.from_user, message or incoming.message
    return Came(
        incoming.cause,
        str(incoming.place),
        of.message_id,
        incoming.person,
        user.full_name if user else "",
        (user.language_code if user else None) or "",
        incoming.at,
        of.media_group_id,
    )


def _marked(message: TelegramMessage) -> list[tuple[MessageEntity, str]]:
    """The entities of links with what they stand on; broken ones are nothing."""
    text = message.text or message.caption or ""
    units = whole(text).encode("utf-16-le")
    marked = []
    for entity in message.entities or message.caption_entities:
        begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        if entity.type in _LINKS and 0 <= begin < end:
            told = units[begin:end].decode("utf-16-le", errors="replace")
            marked.append((entity, told))
    return marked
