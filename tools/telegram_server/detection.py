"""What Telegram finds in a text itself: commands, mentions, hashtags, cashtags, links, addresses.

After TDLib's find_entities (td/telegram/MessageEntity.cpp), with two simplifications: a link
without a scheme is found only under a few top-level domains, and bank cards are not looked for.
"""

import re
from collections.abc import Iterator

from .entities import Entity, fix, utf16_length

COMMAND = re.compile(
    r"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>@])", re.ASCII
)
MENTION = re.compile(r"(?<![\w@])@[a-zA-Z0-9_]{4,32}(?!\w)")
HASHTAG = re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")
CASHTAG = re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+[a-zA-Z]{2,}(?![\w-])")
LINK = re.compile(
    r"(?<![\w@./:-])(?:(?P<scheme>https?|ftp)://)?"
    r"(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}|(?:\d{1,3}\.){3}\d{1,3})"
    r"(?P<rest>(?::\d{1,5})?(?:[/?#][^\s<>\"«»]*)?)(?![\w@-])",
    re.IGNORECASE,
)
BARE_DOMAINS = frozenset(
    {"com", "org", "net", "edu", "gov", "int", "info", "io", "ai", "app", "dev", "co", "me", "tv"}
    | {"uk", "us", "de", "fr", "es", "it", "nl", "pl", "ru", "ua", "ch", "at", "be", "eu", "se"}
    | {"no", "dk", "fi", "ie", "pt", "cz", "gr", "tr", "in", "jp", "cn", "br", "mx", "au", "ca"}
)
BRACKETS = {")": "(", "]": "[", "}": "{"}
NOT_AT_THE_END = ".:;,('?!`"


def found_in(text: str) -> list[Entity]:
    """The entities, without overlaps, in order."""
    places = [
        *(("mention", m.start(), m.end()) for m in MENTION.finditer(text)),
        *(("bot_command", m.start(), m.end()) for m in COMMAND.finditer(text)),
        *(("hashtag", m.start(), m.end()) for m in HASHTAG.finditer(text)),
        *(("cashtag", m.start(), m.end()) for m in CASHTAG.finditer(text)),
        *(("email", m.start(), m.end()) for m in EMAIL.finditer(text)),
        *_links(text),
    ]
    return fix(
        Entity(kind, utf16_length(text[:start]), utf16_length(text[start:end]))
        for kind, start, end in places
    )


def _links(text: str) -> Iterator[tuple[str, int, int]]:
    for match in LINK.finditer(text):
        domain = match["host"].rpartition(".")[2].lower()
        if match["scheme"] or domain in BARE_DOMAINS or domain.isdecimal():
            rest = match["rest"]
            yield "url", match.start(), match.end() - len(rest) + _path_length(rest)


def _path_length(path: str) -> int:
    """How much of a path belongs to the link: as far as brackets are balanced, and without the
    punctuation that ends a sentence (fix_url)."""
    open_brackets = dict.fromkeys(BRACKETS.values(), 0)
    length = 0
    for character in path:
        if character in open_brackets:
            open_brackets[character] += 1
        elif opening := BRACKETS.get(character):
            open_brackets[opening] -= 1
            if open_brackets[opening] < 0:
                break
        length += 1
    return len(path[:length].rstrip(NOT_AT_THE_END))
