"""What Telegram makes of a text and its entities before it looks at anything else.

After TDLib's fix_formatted_text (td/telegram/MessageEntity.cpp).
"""

import re
from collections.abc import Iterable

from .entities import Entity, Formatted, fix, utf16_length, utf16_slice
from .refusals import bad_request

FURTHEST = 1_000_000  # an offset or length beyond this is refused before it is looked at
REMOVED = "\r\u0333\u033f\u030a"  # besides U+2028 to U+202E
DIRECTION_BEFORE_ANOTHER = re.compile(r"[\u200e\u200f](?=[\u200e\u200f])")


def arrange(text: str, entities: Iterable[Entity]) -> Formatted:
    """What is left of a text and its entities when Telegram has cleaned and trimmed them.

    An empty text comes back if nothing but white space was there. Raises the refusals for entities
    outside of the text and for those that begin or end within a surrogate pair.
    """
    given = list(entities)
    for entity in given:
        if not 0 <= entity.offset <= FURTHEST:
            raise bad_request(f"Receive an entity with incorrect offset {entity.offset}")
        if not 0 <= entity.length <= FURTHEST:
            raise bad_request(f"Receive an entity with incorrect length {entity.length}")
    cleaned = _clean(text, fix(entity for entity in given if entity.length))
    return _trim(cleaned.text, fix(cleaned.entities))


def _clean(text: str, entities: list[Entity]) -> Formatted:
    """Control characters become spaces; carriage returns, line and paragraph separators, changes of
    direction and three combining lines go (clean_input_string_with_entities). Of marks of direction
    side by side the last stays (replace_offending_characters)."""
    moved = {0: 0}  # UTF-16 offsets between characters, before and after
    kept: list[str] = []
    before = after = 0
    for character in text:
        if "\ud800" <= character <= "\udfff":
            raise bad_request("Strings must be encoded in UTF-8")
        width = 1 + (character > "\uffff")
        before += width
        if not (character in REMOVED or "\u2028" <= character <= "\u202e"):
            kept.append(" " if character < " " and character != "\n" else character)
            after += width
        moved[before] = after
    cleaned = [_moved(entity, moved, text, before) for entity in entities]
    marked = DIRECTION_BEFORE_ANOTHER.sub("\u200c", "".join(kept))
    return Formatted(marked, tuple(entity for entity in cleaned if entity.length))


def _moved(entity: Entity, moved: dict[int, int], text: str, length: int) -> Entity:
    beginning = f"Entity beginning at UTF-16 offset {entity.offset}"
    if entity.offset > length:
        raise bad_request(
            f"Entity begins after the end of the text at UTF-16 offset {entity.offset}"
        )
    if entity.offset not in moved:
        place = _byte_offset(text, entity.offset + 1)
        raise bad_request(f"Entity begins in a middle of a UTF-16 symbol at byte offset {place}")
    if entity.end > length:
        raise bad_request(
            f"{beginning} ends after the end of the text at UTF-16 offset {entity.end}"
        )
    if entity.end not in moved:
        place = _byte_offset(text, entity.end + 1)
        raise bad_request(f"{beginning} ends in a middle of a UTF-16 symbol at byte offset {place}")
    return entity.between(moved[entity.offset], moved[entity.end])


def _byte_offset(text: str, utf16_offset: int) -> int:
    return len(utf16_slice(text, 0, utf16_offset).encode())


def _trim(text: str, entities: list[Entity]) -> Formatted:
    """White space goes at the end, and at the beginning as far as the first entity."""
    text = text.rstrip(" \n")
    end = utf16_length(text)
    within = [e.between(e.offset, min(e.end, end)) for e in entities if e.offset < end]
    leading = len(text) - len(text.lstrip(" \n"))
    if within:
        leading = min(leading, within[0].offset)
    moved = (entity.between(entity.offset - leading, entity.end - leading) for entity in within)
    return Formatted(text[leading:], tuple(sorted(moved, key=lambda entity: entity.order)))
