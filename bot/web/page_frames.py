"""Pages and parts of them that are laid out once, by a template, with places to be filled in.

A template takes longer to lay a page out than an article takes to be read, and nearly all of the
page is the same each time.
"""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

_SLOT = re.compile("\0([a-z_]+)\0")


def slot(name: str) -> Markup:
    """What a template gets in the place of a value that is filled in later. It must not go through
    a filter; `name` has small letters and underscores."""
    return Markup(f"\0{name}\0")


class Frame:
    """`written` is what a template made of slots. No value can ask for another one: what is filled
    in is not looked at again."""

    def __init__(self, written: str) -> None:
        self._pieces = _SLOT.split(written)
        self._encoded = [piece.encode() for piece in self._pieces]
        self._names = self._pieces[1::2]

    def fill(self, values: Mapping[str, str]) -> Markup:
        """With a value for each slot, escaped unless it is markup; KeyError where one lacks."""
        pieces = self._pieces.copy()
        pieces[1::2] = [escape(values[name]) for name in self._names]
        return Markup("".join(pieces))

    def fill_encoded(self, values: Mapping[str, str | bytes]) -> bytes:
        """The same in UTF-8; bytes are markup that is encoded already."""
        pieces = self._encoded.copy()
        pieces[1::2] = [_encoded(values[name]) for name in self._names]
        return b"".join(pieces)


def _encoded(value: str | bytes) -> bytes:
    if isinstance(value, bytes):
        return value
    return (value if type(value) is Markup else escape(value)).encode()
