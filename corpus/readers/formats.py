"""Which reader reads what somebody brought, told by its content."""

import re
from dataclasses import replace

import filetype

from footnote.corpus.address import plain_address
from footnote.corpus.errors import Unreadable
from footnote.corpus.readers import MAX_BYTES, too_large
from footnote.corpus.readers.encoding import decode
from footnote.corpus.readers.epub import read_epub
from footnote.corpus.readers.html import read_html
from footnote.corpus.readers.mail import is_mail, read_mail
from footnote.corpus.readers.markdown import read_markdown
from footnote.corpus.readers.office import read_docx, read_odt
from footnote.corpus.readers.packed import Archive
from footnote.corpus.readers.pdf import read_pdf
from footnote.corpus.readers.reading import Reading
from footnote.corpus.readers.text import read_text, read_values

WHAT_IS_READ = "Footnote reads PDF, DOCX, ODT, EPUB, HTML, MHTML, .eml, Markdown and plain text"
_LOOSELY = re.DOTALL | re.IGNORECASE
_BEFORE_MARKUP = r"\s*(?><\?xml[^>]*>\s*|<!--.*?-->\s*)*"
_HTML_PAGE = re.compile(rf"{_BEFORE_MARKUP}<(?:!doctype\s+html|html|head|body)\b", _LOOSELY)
_HTML_PIECE = re.compile(
    rf"{_BEFORE_MARKUP}<(?:article|div|h[1-6]|main|meta|ol|p|section|span|table|title|ul)\b[^>]*>",
    _LOOSELY,
)
_OTHER_MARKUP = re.compile(r"\s*<(?:\?xml|rss|feed|svg|!doctype)\b", _LOOSELY)
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n")
# Formats whose bytes may all be letters. The marks of others ("BM" of a bitmap, "MZ" of a program)
# begin words too ("BMW"): those are believed only if there are control characters as well.
_FORMATS_OF_LETTERS = {"application/pdf", "application/rtf", "application/postscript"}
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BYTES_LOOKED_AT = 4096
_PDF = b"%PDF-"
_BYTES_BEFORE_PDF = 1024  # as much as Acrobat passes over
_WORD = b"wordprocessingml"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read(data: bytes, *, name: str, url: str | None = None, max_bytes: int = MAX_BYTES) -> Reading:
    """The article in `data`, whatever format its content shows it to be in.

    Text in any common encoding, Markdown, HTML, MHTML, .eml, PDF, DOCX, ODT and EPUB. `name` only
    tells Markdown from plain text and serves as a title of last resort; `url` is where the data
    was fetched from. Raises Unreadable, or FrontMatterFault for a Markdown head.
    """
    if len(data) > max_bytes:
        raise too_large(name, len(data), max_bytes)
    try:
        reading = _reading(data, name, url)
    except RecursionError as error:
        raise Unreadable(f"{name} is broken: what is in it is nested too deeply") from error
    if url and not reading.draft.url:
        reading = replace(reading, draft=replace(reading.draft, url=plain_address(url)))
    return reading


def _reading(data: bytes, name: str, url: str | None) -> Reading:
    if data.lstrip().startswith(_PDF) or (
        _PDF in data[:_BYTES_BEFORE_PDF] and _NOT_IN_TEXT.search(data, 0, _BYTES_LOOKED_AT)
    ):
        return read_pdf(data, name=name)
    if data.startswith(b"PK\x03\x04"):
        return _read_packed(data, name)
    if data.startswith(_OLE):
        raise _refused(name, "an old document of Word or another program (save it as .docx)")
    kind = filetype.guess(data)
    if kind is not None and (
        kind.mime in _FORMATS_OF_LETTERS or _NOT_IN_TEXT.search(data, 0, _BYTES_LOOKED_AT)
    ):
        raise _refused(name, kind.mime)
    if is_mail(data):
        return read_mail(data, name=name)
    decoded = decode(data, name=name)
    return replace(_read_text(decoded.text, name, url), guessed=decoded.guessed)


def _read_text(text: str, name: str, url: str | None) -> Reading:
    ending = name.lower().rpartition(".")[2]
    if _HTML_PAGE.match(text):
        return read_html(text, name=name, url=url)
    if _FRONT_MATTER.match(text) or ending in ("md", "markdown"):
        return read_markdown(text, name=name)
    if ending in ("html", "htm", "xhtml") or _HTML_PIECE.match(text):
        return read_html(text, name=name, url=url)
    if _OTHER_MARKUP.match(text):
        raise _refused(name, "XML")
    if ending in ("csv", "tsv"):
        return read_values(text, name=name)
    return read_text(text, name=name)


def _read_packed(data: bytes, name: str) -> Reading:
    archive = Archive(data, name=name)
    kind = archive.read("mimetype").strip() if "mimetype" in archive else b""
    if kind == b"application/epub+zip" or "META-INF/container.xml" in archive:
        return read_epub(archive, name=name)
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return read_odt(archive, name=name)
    if "[Content_Types].xml" in archive and _WORD in archive.read("[Content_Types].xml"):
        return read_docx(data, archive, name=name)
    raise _refused(name, "an archive (ZIP) or a file of another program")


def _refused(name: str, what: str) -> Unreadable:
    return Unreadable(f"{name}: this is {what}; {WHAT_IS_READ}")
