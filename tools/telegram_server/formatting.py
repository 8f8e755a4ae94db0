"""From the text, parse mode and entities of a request to the text of a message."""

from collections.abc import Mapping
from typing import Any, NoReturn

from . import html, links
from .cleaning import arrange
from .detection import found_in
from .entities import (
    FOUND,
    GIVEN,
    Entity,
    Formatted,
    add_found,
    keep_the_first,
)
from .refusals import bad_request, not_imitated
from .validation import Json

LONGEST_SOURCE = 1 << 15  # bytes, before parsing (Client::get_formatted_text)
LONGEST_TEXT = 4096  # characters, after parsing
LONGEST_CAPTION = 1024

Users = Mapping[int, Any]  # by number, each with a method to_api()


def parse(text: str, parse_mode: str, entities: list[Json] | None) -> tuple[str, list[Entity]]:
    """The text without markup and its entities, neither of them looked at more closely.

    A parse mode wins over entities. Raises the refusals for markup and for entities that are not
    entities.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_SOURCE:
        raise bad_request("Text is too long")
    match parse_mode.lower():
        case "html" if text:
            return html.parse(text)
        case "markdown" | "markdownv2":
            raise not_imitated(f"parse_mode {parse_mode}")
        case "html" | "" | "none":
            return text, [entity for e in entities or () if (entity := _given(e))]
    raise bad_request("Unsupported parse_mode")


def message_text(source: tuple[str, list[Entity]], users: Users) -> Formatted:
    """The text of a message, at most 4,096 characters after parsing and never empty."""
    formatted = finish(source, users)
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if len(formatted.text) > LONGEST_TEXT:
        raise bad_request("Message is too long")
    return formatted


def caption(source: tuple[str, list[Entity]], users: Users) -> Formatted:
    """A caption, at most 1,024 characters after parsing, and possibly empty."""
    formatted = finish(source, users)
    if len(formatted.text) > LONGEST_CAPTION:
        raise bad_request("Message caption is too long")
    return formatted


def finish(source: tuple[str, list[Entity]], users: Users) -> Formatted:
    """A parsed text as Telegram sends it: arranged, with at most a hundred entities, and with what
    Telegram finds in it."""
    text, entities = source
    arranged = arrange(text, [checked for e in entities if (checked := _checked(e, users))])
    kept = add_found(keep_the_first(arranged.entities), found_in(arranged.text))
    return Formatted(arranged.text, tuple(kept))


def _given(entity: Json) -> Entity | None:
    """An entity of a request; None for one that Telegram finds itself (get_text_entity_type)."""
    kind = entity["type"]
    if kind in FOUND or kind == "bank_card_number":
        return None
    if kind not in GIVEN:
        _fail("Unsupported type specified")
    details: dict[str, Any] = {}
    match kind:
        case "text_link":
            details["url"] = _field(entity, "url")
        case "text_mention":
            details["user"] = _field(entity, "user")["id"]
        case "custom_emoji":
            details["custom_emoji_id"] = emoji = _field(entity, "custom_emoji_id")
            if not emoji.isdecimal() or not int(emoji) < 1 << 63:
                _fail('Field "custom_emoji_id" must be a valid Number')
        case "date_time":
            details["unix_time"] = _field(entity, "unix_time")
            if "date_time_format" in entity:
                details["date_time_format"] = entity["date_time_format"]
        case "pre" if entity.get("language"):
            details["language"] = entity["language"]
    return Entity(kind, entity["offset"], entity["length"], tuple(details.items()))


def _field(entity: Json, name: str) -> Any:
    if name not in entity:
        _fail(f'Can\'t find field "{name}"')
    return entity[name]


def _fail(message: str) -> NoReturn:
    raise bad_request(f"Can't parse MessageEntity: {message}")


def _checked(entity: Entity, users: Users) -> Entity | None:
    """An entity with its link checked, or with the user in place of the user's number."""
    details = dict(entity.details)
    if entity.type == "text_link":
        if (user := links.user_of(details["url"])) is not None:
            mention = Entity("text_mention", entity.offset, entity.length, (("user", user),))
            return _checked(mention, users)
        try:
            details["url"] = links.checked(details["url"])
        except links.WrongLink as wrong:
            raise bad_request(f"Entity URL '{details['url']}' is invalid: {wrong}") from None
    elif entity.type == "text_mention":
        if details["user"] not in users:
            raise bad_request("User not found")
        details["user"] = users[details["user"]].to_api()
    return Entity(entity.type, entity.offset, entity.length, tuple(details.items()))
