"""Marks of direction, for texts that run from right to left and have commands in them."""

import re

_TO_THE_RIGHT, _TO_THE_LEFT, _JOINER = "\u200e", "\u200f", "\u200c"
# What begins with a command, a name or another word in Latin letters, and goes on in Arabic ones.
_LATIN_HEAD = re.compile(r"^(?=[^A-Za-z\u0620-\u06ff\n]*[A-Za-z].*[\u0620-\u06ff])", re.MULTILINE)
_COMMAND = re.compile(r"(?=/[a-z])")


def mark_directions(text: str) -> str:
    """The same text, each line from right to left and each command from left to right.

    A line takes its direction from its first letter, and a slash that of its surroundings (Unicode
    Bidirectional Algorithm, P2 and N1). Of marks side by side Telegram leaves only the last (TDLib,
    replace_offending_characters), so something invisible parts them.
    """
    return _COMMAND.sub(_TO_THE_RIGHT, _LATIN_HEAD.sub(_TO_THE_LEFT + _JOINER, text))
