"""Text with entities, put in order as TDLib does it (td/telegram/MessageEntity.cpp).

Offsets and lengths are counted in UTF-16 code units; the length limits of a message are counted in
characters (Unicode code points).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

# In the order in which TDLib closes them where others begin.
SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
BLOCKQUOTES = frozenset({"blockquote", "expandable_blockquote"})
CODE = frozenset({"pre", "code"})
GIVEN = frozenset({*SPLITTABLE, *BLOCKQUOTES, *CODE, "text_link", "text_mention", "custom_emoji"})
GIVEN |= {"date_time"}
FOUND = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)  # Telegram finds these in a text itself; a bot may name them, and it changes nothing

# Which of two entities over the same text comes first (MessageEntity::get_type_priority).
PRIORITY = {
    **dict.fromkeys(BLOCKQUOTES, 0),
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
MAX_ENTITIES = 100  # MAX_USER_ENTITY_COUNT, "server-side limit"


@dataclass(frozen=True)
class Entity:
    type: str
    offset: int
    length: int
    details: tuple[tuple[str, Any], ...] = ()  # url, user, language, custom_emoji_id, …

    @property
    def end(self) -> int:
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        return self.offset, -self.length, PRIORITY.get(self.type, 50)

    def between(self, start: int, end: int) -> "Entity":
        return replace(self, offset=start, length=end - start)

    def to_api(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
            **dict(self.details),
        }


@dataclass(frozen=True)
class Formatted:
    """A text as it stands in a message. `entities` are in order and keep Telegram's nesting."""

    text: str
    entities: tuple[Entity, ...] = ()

    def to_api(self, text_field: str, entities_field: str) -> dict[str, Any]:
        """The two fields of a message, the second only if there are entities."""
        fields: dict[str, Any] = {text_field: self.text}
        if self.entities:
            fields[entities_field] = [entity.to_api() for entity in self.entities]
        return fields


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The characters under an entity."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def keep_the_first(entities: Iterable[Entity]) -> list[Entity]:
    """Drops what is over a hundred: links, blockquotes, code and mentions of users are kept first,
    then bold, italic, underlined, struck and spoiler text. Custom emoji do not count
    (get_input_message_entities)."""
    all_of_them = list(entities)
    splittable = [entity for entity in all_of_them if entity.type in SPLITTABLE]
    uncounted = [entity for entity in all_of_them if entity.type == "custom_emoji"]
    counted = [e for e in all_of_them if e not in splittable and e not in uncounted]
    kept = [*counted, *_split(splittable, [])][:MAX_ENTITIES]
    return fix([*kept, *uncounted])


def fix(entities: Iterable[Entity]) -> list[Entity]:
    """Entities in order, with the overlaps that Telegram does not allow taken out.

    Links, mentions, code and the like never overlap each other, and never cross the edge of a
    blockquote; of two that do, the first stays. Bold and its kin are split at their edges, and
    end where code is (fix_entities).
    """
    in_order = sorted(entities, key=lambda entity: entity.order)
    if _valid(in_order):
        return in_order
    splittable = [entity for entity in in_order if entity.type in SPLITTABLE]
    blockquotes = _apart(entity for entity in in_order if entity.type in BLOCKQUOTES)
    others = _apart(e for e in in_order if e.type not in BLOCKQUOTES and e not in splittable)
    others = [entity for entity in others if not any(_cross(entity, q) for q in blockquotes)]
    whole = sorted([*others, *blockquotes], key=lambda entity: entity.order)
    return sorted([*whole, *_split(splittable, whole)], key=lambda entity: entity.order)


def add_found(entities: Iterable[Entity], found: Iterable[Entity]) -> list[Entity]:
    """Joins entities that were given with those that Telegram finds in the text itself.

    One that was found yields to a link, a mention or code that was given in its place, and to the
    edge of a blockquote (merge_new_entities).
    """
    given = list(entities)
    whole = [entity for entity in given if entity.type not in SPLITTABLE]
    fitting = [
        new
        for new in found
        if not any(
            _cross(new, old) if old.type in BLOCKQUOTES else _overlap(new, old) for old in whole
        )
    ]
    return fix([*given, *fitting])


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _cross(entity: Entity, blockquote: Entity) -> bool:
    """Whether an entity overlaps a blockquote without lying within it."""
    within = blockquote.offset <= entity.offset and entity.end <= blockquote.end
    return _overlap(entity, blockquote) and not within


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _valid(entities: list[Entity]) -> bool:
    """Whether entities in order may stay as they are (are_entities_valid)."""
    open_ones: list[Entity] = []
    last_end = dict.fromkeys(SPLITTABLE, -1)
    for entity in entities:
        while open_ones and entity.offset >= open_ones[-1].end:
            open_ones.pop()
        if open_ones and not _may_contain(open_ones, entity):
            return False
        if entity.type in SPLITTABLE:
            if last_end[entity.type] >= entity.offset:
                return False
            last_end[entity.type] = entity.end
        open_ones.append(entity)
    return True


def _may_contain(open_ones: list[Entity], entity: Entity) -> bool:
    """Only a blockquote may contain anything, and nothing of its own kind."""
    return entity.end <= open_ones[-1].end and (
        len(open_ones) == 1 and open_ones[0].type in BLOCKQUOTES and entity.type not in BLOCKQUOTES
    )


def _split(splittable: list[Entity], whole: list[Entity]) -> list[Entity]:
    """Bold and its kin, merged where they touch, and cut where another entity begins or ends.

    Of what lies under code nothing is left (split_entities).
    """
    merged: list[Entity] = []
    for kind in SPLITTABLE:
        for entity in (e for e in splittable if e.type == kind):
            if merged and merged[-1].type == kind and entity.offset <= merged[-1].end:
                furthest = max(merged[-1].end, entity.end)
                merged[-1] = merged[-1].between(merged[-1].offset, furthest)
            else:
                merged.append(entity)
    edges = {entity.offset for entity in merged}
    edges |= {edge for entity in whole for edge in (entity.offset, entity.end)}
    pieces = []
    for entity in merged:
        cuts = sorted(
            {entity.offset, entity.end} | {e for e in edges if entity.offset < e < entity.end}
        )
        pieces += [entity.between(start, end) for start, end in pairwise(cuts)]
    under_code = [entity for entity in whole if entity.type in CODE]
    left = [piece for piece in pieces if not any(_overlap(piece, code) for code in under_code)]
    return sorted(left, key=lambda entity: entity.order)
