"""Reading what people bring: bytes of some format in, an article's draft out."""

import re

import filetype
from charset_normalizer import from_bytes

from corpus.errors import Unreadable
from corpus.readers.html import read_html
from corpus.readers.markdown import read_markdown
from corpus.readers.reading import Reading
from corpus.readers.text import read_text

__all__ = ["Reading", "read"]

MOST_BYTES = 50 * 1024 * 1024
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n")
_BYTE_ORDER_MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32"}
_BYTE_ORDER_MARKS |= {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(data: bytes, *, name: str) -> Reading:
    """The article in `data`: an HTML page, Markdown or plain text in any common encoding.

    The format is told by the content; `name` only tells Markdown from plain text and serves as a
    title of last resort. Raises Unreadable, or FrontMatterFault for a Markdown head.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{name}: {len(data):,} bytes; the most that is read is {MOST_BYTES:,}")
    kind = filetype.guess(data)
    if kind is not None:
        raise Unreadable(
            f"{name}: this is {kind.mime}; Footnote reads plain text, Markdown and HTML"
        )
    if _HTML.match(data):
        return read_html(data, name=name)
    text = decode(data, name=name)
    if _FRONT_MATTER.match(text) or name.lower().endswith((".md", ".markdown")):
        return read_markdown(text, name=name)
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return read_html(text, name=name)
    return read_text(text, name=name)


def decode(data: bytes, *, name: str) -> str:
    """The text in its encoding: by the byte order mark, else UTF-8, else the likeliest one."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise Unreadable(f"{name}: not text in any encoding that is known here") from None
        text = str(best)
    if "\0" in text:
        raise Unreadable(f"{name}: not text but data of some program")
    return text
