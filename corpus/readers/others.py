"""What is known and not read: it is refused with what it is, and with what is read instead."""

import re

import filetype

from footnote.corpus.errors import Unreadable
from footnote.corpus.readers.brought import Brought
from footnote.corpus.readers.reading import Reading
from footnote.corpus.readers.registry import what_is_read

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKUP = re.compile(r"\s*<(?:\?xml|rss|feed|svg|!doctype)\b", re.DOTALL | re.IGNORECASE)
# Formats whose bytes may all be letters. The marks of others ("BM" of a bitmap, "MZ" of a program)
# begin words too ("BMW"): those are believed only if there are control characters as well.
_FORMATS_OF_LETTERS = {"application/pdf", "application/rtf", "application/postscript"}


def is_no_text(brought: Brought) -> bool:
    """An archive, or what another program wrote."""
    return _kind(brought) is not None


def refuse_bytes(brought: Brought) -> Reading:
    """Raises Unreadable."""
    raise _refused(brought, _kind(brought) or "no text")


def is_markup(brought: Brought) -> bool:
    """Markup that is no page."""
    return bool(_MARKUP.match(brought.text))


def refuse_markup(brought: Brought) -> Reading:
    """Raises Unreadable."""
    raise _refused(brought, "XML")


def _kind(brought: Brought) -> str | None:
    if brought.archive is not None:
        return "an archive (ZIP) or a file of another program"
    if brought.data.startswith(_OLE):
        return "an old document of Word or another program (save it as .docx)"
    kind = filetype.guess(brought.data)
    if kind is None or not (kind.mime in _FORMATS_OF_LETTERS or brought.is_binary):
        return None
    mime: str = kind.mime
    return mime


def _refused(brought: Brought, what: str) -> Unreadable:
    return Unreadable(f"{brought.name}: this is {what}; {what_is_read()}")
