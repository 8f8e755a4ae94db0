"""What a person's message holds: the fields of Message for a text, a document, a photo, a sticker.

Telegram's clients send the text and its formatting; commands, links, mentions and hashtags are
found by Telegram.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .cleaning import arrange
from .detection import found_in
from .entities import Entity, Formatted, add_found
from .files import FileStore, StoredFile
from .formatting import LONGEST_CAPTION, LONGEST_TEXT
from .validation import Json

if TYPE_CHECKING:
    from .messages import Message


def text(written: str, entities: Iterable[Entity] = ()) -> Json:
    return _formatted(written, entities, LONGEST_TEXT).to_api("text", "entities")


def caption(written: str) -> Json:
    if not written:
        return {}
    return _formatted(written, (), LONGEST_CAPTION).to_api("caption", "caption_entities")


def _formatted(written: str, entities: Iterable[Entity], longest: int) -> Formatted:
    arranged = arrange(written, entities)
    if not arranged.text:
        raise ValueError("nobody can send a text of white space only")
    if len(arranged.text) > longest:
        raise ValueError(f"{len(arranged.text)} characters: a client splits after {longest}")
    found = add_found(arranged.entities, found_in(arranged.text))
    return Formatted(arranged.text, tuple(found))


def photo(files: FileStore, content: bytes) -> tuple[Json, StoredFile]:
    stored = files.add(content, folder="photos", name="photo.jpg")
    return {"photo": [{**stored.to_api(), "width": 800, "height": 600}]}, stored


def sticker(files: FileStore, emoji: str) -> tuple[Json, StoredFile]:
    stored = files.add(b"RIFF", folder="stickers", name="sticker.webp")
    shape = {"type": "regular", "width": 512, "height": 512}
    flags = {"is_animated": False, "is_video": False, "emoji": emoji}
    return {"sticker": {**stored.to_api(), **shape, **flags}}, stored


def quote_of(answered: "Message", quoted: str) -> Json:
    """The TextQuote of a person who marked a part of the message that they answer."""
    place = answered.text.find(quoted)
    if not quoted or place < 0:
        raise ValueError(f"{quoted!r} is no part of {answered!r}")
    before = answered.text[:place]
    return {"text": quoted, "position": len(before.encode("utf-16-le")) // 2, "is_manual": True}
