"""Quotes of the message that a bot replies to (ReplyParameters.quote)."""

from .entities import Entity, Formatted, utf16_length, utf16_slice
from .messages import Message
from .refusals import bad_request
from .validation import Json

LONGEST_QUOTE = 1024  # characters
IN_A_QUOTE = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time"}
)


def found(quote: Formatted, answered: Message, wished: int) -> Json:
    """The TextQuote, as near to the wished place as the quote occurs in the message replied to.

    It must be a part of the text, with the same marks. `wished` counts UTF-16 units.
    """
    length, text = utf16_length(quote.text), answered.text
    places = [
        place
        for place in range(utf16_length(text) - length + 1)
        if utf16_slice(text, place, length) == quote.text
        and _marks(answered.entities, place, length) == _marks(_as_api(quote.entities), 0, length)
    ]
    if not places or len(quote.text) > LONGEST_QUOTE:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = min(places, key=lambda place: abs(place - wished))
    kept = [e for e in _as_api(quote.entities) if e["type"] in IN_A_QUOTE]
    told: Json = {"text": quote.text, "position": position, "is_manual": True}
    return told | {"entities": kept} if kept else told


def _as_api(entities: tuple[Entity, ...]) -> list[Json]:
    return [entity.to_api() for entity in entities]


def _marks(entities: list[Json], start: int, length: int) -> set[tuple[int, str]]:
    """Which places of a stretch of text are bold, italic, …, for comparing it with another."""
    return {
        (place - start, entity["type"])
        for entity in entities
        if entity["type"] in IN_A_QUOTE
        for place in range(entity["offset"], entity["offset"] + entity["length"])
        if start <= place < start + length
    }
