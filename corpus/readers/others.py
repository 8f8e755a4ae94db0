"""What is known and not read: it is refused with what it is, and with what is read instead."""

import re

import filetype

from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault, ToldFault
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
    raise _refused(brought, _kind(brought))


def is_markup(brought: Brought) -> bool:
    """Markup that is no page."""
    return bool(_MARKUP.match(brought.text))


def refuse_markup(brought: Brought) -> Reading:
    """Raises Unreadable."""
    raise _refused(brought, Fault.ANOTHER_FORMAT.of(name=brought.name, kind="XML"))


def _kind(brought: Brought) -> ToldFault | None:
    if brought.archive is not None:
        return Fault.AN_ARCHIVE.of(name=brought.name)
    if brought.data.startswith(_OLE):
        return Fault.OLD_WORD.of(name=brought.name)
    kind = filetype.guess(brought.data)
    if kind is None or not (kind.mime in _FORMATS_OF_LETTERS or brought.is_binary):
        return None
    return Fault.ANOTHER_FORMAT.of(name=brought.name, kind=kind.mime)


def _refused(brought: Brought, what: ToldFault | None) -> Unreadable:
    what = what or Fault.NOT_TEXT.of(name=brought.name)
    return Unreadable(what, Fault.WHAT_IS_READ.of(formats=what_is_read()))
