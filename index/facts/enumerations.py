"""Enumerations of names, whose length a claim may state."""

import re

# Of eight words at most: an endless one would be read again from each of its words.
_A_NAME = r"(?:the )?[A-Z][\w’'-]*+(?: (?:of |and the )?[A-Z][\w’'-]*+){0,7}"
_LIST = re.compile(
    rf"(?<![\w’'-])(?:{_A_NAME}(?:, {_A_NAME})+,? and {_A_NAME}"
    rf"|{_A_NAME}, {_A_NAME}(?:, {_A_NAME})+)"
)
_BETWEEN_NAMES = re.compile(r",? and (?!the [A-Z]\w* [A-Z]\w*,)|, ")


def counted(text: str) -> list[int]:
    """The number of names in each enumeration of a text; a claim may state it."""
    return [len(row) for row in rows(text)]


def rows(text: str) -> list[list[str]]:
    """The names of each enumeration of three or more."""
    return [_BETWEEN_NAMES.split(match[0]) for match in _LIST.finditer(text)]
