"""A message as Telegram takes it: text and entities, never markup that would have to be parsed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from telegram import MessageEntity

MAX_UNITS = 4096
"""Telegram takes 4,096 code points of text; counted in UTF-16 units here, which is never more."""

# Where a long message may be parted, the best first: between paragraphs, lines, sentences, words.
_BREAKS = [re.compile(pattern) for pattern in (r"\n\n+", r"\n", r"(?<=[.!?…\]])\s", r"\s")]


@dataclass(slots=True)
class Message:
    """Text that is put together piece by piece; `entities` have offsets in characters.

    `telegram_entities` has them in UTF-16 code units, as the Bot API counts.
    """

    text: str = ""
    entities: list[MessageEntity] = field(default_factory=list)

    def add(self, text: str, *styles: str, url: str | None = None) -> "Message":
        """Append text in the styles named (`MessageEntity.BOLD`, …), or as a link."""
        if text:
            start = len(self.text)
            self.text += text
            kinds = [*styles, *([MessageEntity.TEXT_LINK] if url else [])]
            self.entities += [
                MessageEntity(
                    kind, start, len(text), url=url if kind == MessageEntity.TEXT_LINK else None
                )
                for kind in kinds
            ]
        return self

    def enclose(self, start: int, style: str) -> "Message":
        """Put everything from the character `start` to the end into one entity."""
        if len(self.text) > start:
            self.entities.append(MessageEntity(style, start, len(self.text) - start))
        return self

    def telegram_entities(self) -> Sequence[MessageEntity]:
        return MessageEntity.adjust_message_entities_to_utf_16(self.text, self.entities)

    def parts(self, most: int = MAX_UNITS) -> Iterator["Message"]:
        """The message in pieces that Telegram takes, parted where a reader would part it.

        An entity that reaches over a border goes on in the next piece; no character is cut. White
        space at the borders goes, and with it pieces of nothing else, which Telegram refuses.
        """
        start = 0
        while start < len(self.text):
            end = _end(self.text, start, most)
            piece = self.text[start:end]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                yield self._slice(start + lead, start + len(piece.rstrip()))
            start = end

    def _slice(self, start: int, end: int) -> "Message":
        entities = []
        for entity in self.entities:
            first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
            if first < last:
                entities.append(
                    MessageEntity(entity.type, first - start, last - first, url=entity.url)
                )
        return Message(self.text[start:end], entities)


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _end(text: str, start: int, most: int) -> int:
    """Where the piece that begins at `start` ends: at the last good break that fits."""
    furthest = min(start + most, len(text))
    while units(text[start:furthest]) > most:
        furthest -= (units(text[start:furthest]) - most + 1) // 2
    if furthest == len(text):
        return furthest
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, start, furthest)]
        # A break so early would leave most of the message empty; a lesser one is better then.
        if ends and ends[-1] - start > (furthest - start) // 4:
            return ends[-1]
    return furthest
