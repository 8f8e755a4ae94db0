"""Telegram's HTML, as far as a bot may send it (TDLib's parse_html in MessageEntity.cpp)."""

import re
from dataclasses import dataclass

from . import links
from .entities import Entity, utf16_length
from .refusals import bad_request, not_imitated

TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    **dict.fromkeys(("pre", "code", "blockquote"), ""),
    **dict.fromkeys(("a", "tg-emoji", "tg-time"), ""),
}  # those without a type depend on their attributes
SPACE = " \t\r\n\0\v"
END = "\0"  # stands behind the text, so that looking one character ahead is always possible
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|([a-zA-Z]+));?")
LONGEST_NUMBER = 9  # characters of a numeric reference, without the semicolon
LAST_CHARACTER = 0x10FFFF
NAME_TOKEN = re.compile(r"[a-zA-Z0-9.-]*")


@dataclass(frozen=True)
class _Open:
    """A tag that was opened: where its text begins, in UTF-16 units and in characters."""

    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """The text without its tags, and the entities for them. Raises "can't parse entities: …"."""
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source.replace(END, " ") + END
        self._at = 0
        self._text = ""
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._source) - 1:
            if self._here == "<":
                self._read_tag()
            else:
                self._text += self._read_character()
        if self._open:
            self._fail(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._text, [_without_language(entity) for entity in self._entities]

    @property
    def _here(self) -> str:
        return self._source[self._at]

    def _read_character(self) -> str:
        """One character, or the one that a reference such as &lt; or &#60; stands for."""
        if self._here == "&" and (match := REFERENCE.match(self._source, self._at)):
            character = _referenced(match)
            if character:
                self._at = match.end()
                return character
        self._at += 1
        return self._source[self._at - 1]

    def _read_tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._here == "/":
            self._read_end_tag(begin)
        else:
            self._read_start_tag(begin)

    def _read_start_tag(self, begin: int) -> None:
        tag = self._until(SPACE + ">").lower()
        if self._here == END:
            self._fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in TAGS:
            self._fail(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        attributes = self._read_attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            place = self._bytes(begin)
            self._fail(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        opened = _Open(tag, attributes, utf16_length(self._text), len(self._text))
        self._open.append(opened)

    def _read_attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._here == ">":
                self._at += 1
                return attributes
            name = self._until(SPACE + "=>/\"'")
            if not name:
                place = f'in the tag "{tag}" at byte offset {self._bytes(begin)}'
                self._fail(f"Empty attribute name {place}")
            self._skip_space()
            value = ""
            if self._here == "=":
                self._at += 1
                self._skip_space()
                value = self._read_value(begin)
            if self._here == END:
                self._fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")
            attributes[name] = value

    def _read_value(self, begin: int) -> str:
        start = self._at
        if self._here not in "\"'":
            match = NAME_TOKEN.match(self._source, start)
            assert match is not None  # it matches the empty string too
            self._at = match.end()
            if self._here not in SPACE + ">":
                self._fail(f"Unexpected end of name token at byte offset {self._bytes(start)}")
            return self._source[start : self._at].lower()
        quote, value = self._here, ""
        self._at += 1
        while self._here not in (quote, END):
            value += self._read_character()
        if self._here == END:
            self._fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        self._at += 1
        return value

    def _read_end_tag(self, begin: int) -> None:
        place = self._bytes(begin)
        if not self._open:
            self._fail(f"Unexpected end tag at byte offset {place}")
        self._at += 1
        tag = self._until(SPACE + ">").lower()
        self._skip_space()
        if self._here != ">":
            self._fail(f"Unclosed end tag at byte offset {place}")
        self._at += 1
        opened = self._open.pop()
        if tag not in ("", opened.tag):
            self._fail(
                f'Unmatched end tag at byte offset {place}, expected "</{opened.tag}>", '
                f'found "</{tag}>"'
            )
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = utf16_length(self._text) - opened.offset
        found = _entity_of(opened, self._text[opened.start :]) if length else None
        if found is None:
            return
        kind, details = found
        entity = Entity(kind, opened.offset, length, tuple(details.items()))
        if self._entities and (block := _code_block(self._entities[-1], entity)):
            self._entities[-1] = block
        else:
            self._entities.append(entity)

    def _until(self, stops: str) -> str:
        start = self._at
        while self._here not in stops:
            self._at += 1
        return self._source[start : self._at]

    def _skip_space(self) -> None:
        while self._here in SPACE and self._here != END:
            self._at += 1

    def _bytes(self, place: int) -> int:
        return len(self._source[:place].encode("utf-8", "surrogatepass"))

    def _fail(self, message: str) -> None:
        raise bad_request(f"Can't parse entities: {message}")


def _referenced(match: re.Match[str]) -> str:
    """The character of a reference; empty if Telegram leaves the reference as it is."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    too_long = len(match[0].removesuffix(";")) > LONGEST_NUMBER
    if too_long or not 0 < code < LAST_CHARACTER:
        return ""
    return chr(code)


def _entity_of(opened: _Open, text: str) -> tuple[str, dict[str, str | int]] | None:
    """The type and details of the entity that a tag with this text makes; None if it makes none.

    A link to a user has the user's number for its details; a link that Telegram does not take is
    silently no link.
    """
    match opened.tag:
        case "a":
            url = opened.attributes.get("href") or text
            if (user := links.user_of(url)) is not None:
                return "text_mention", {"user": user}
            try:
                return "text_link", {"url": links.checked(url)}
            except links.WrongLink:
                return None
        case "pre":
            return "pre", {}
        case "code":
            name = opened.attributes.get("class", "")
            marked = name.startswith("language-")
            return "code", {"language": name.removeprefix("language-")} if marked else {}
        case "blockquote":
            expandable = "expandable" in opened.attributes
            return "expandable_blockquote" if expandable else "blockquote", {}
        case "tg-emoji":
            emoji = opened.attributes.get("emoji-id", "")
            if not emoji.isdecimal() or not 0 < int(emoji) < 1 << 63:
                raise bad_request("Can't parse entities: Invalid custom emoji identifier specified")
            return "custom_emoji", {"custom_emoji_id": emoji}
        case "tg-time":
            if not opened.attributes.get("unix", "").isdecimal():
                raise not_imitated("a tg-time tag without a time in digits")
            details: dict[str, str | int] = {"unix_time": int(opened.attributes["unix"])}
            if written := opened.attributes.get("format"):
                details["date_time_format"] = written
            return "date_time", details
    return TAGS[opened.tag], {}


def _code_block(inner: Entity, outer: Entity) -> Entity | None:
    """<pre> and <code class="language-…"> around the same text are one block with a language."""
    same_text = (inner.offset, inner.length) == (outer.offset, outer.length)
    languages = [e.details for e in (inner, outer) if e.type == "code" and e.details]
    if same_text and {inner.type, outer.type} == {"pre", "code"} and languages:
        return Entity("pre", inner.offset, inner.length, languages[0])
    return None


def _without_language(entity: Entity) -> Entity:
    if entity.type == "code":
        return Entity(entity.type, entity.offset, entity.length)
    return entity
