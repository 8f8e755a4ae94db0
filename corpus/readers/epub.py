"""Reading EPUB books: their chapters in the order in which they are read."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.readers.brought import Brought
from footnote.corpus.readers.encoding import decode
from footnote.corpus.readers.markup_blocks import blocks_of_html, parse_xhtml
from footnote.corpus.readers.packed import Archive, first_text
from footnote.corpus.readers.reading import Reading, finish

_CONTAINER = "META-INF/container.xml"
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
# Fonts may be scrambled without harm to the text; a book that is sold with protection has a list of
# its encrypted chapters here.
_DAY_CHARACTERS = 10
_UNKNOWN = "0101-01-01"  # what calibre writes of a book whose date it does not know
_ENCRYPTION = "META-INF/encryption.xml"


def is_epub(brought: Brought) -> bool:
    parts = brought.archive
    return parts is not None and (parts.kind == b"application/epub+zip" or _CONTAINER in parts)


def read_epub(archive: Archive, *, name: str) -> Reading:
    """The whole book as one article; Unreadable where its chapters are encrypted or missing."""
    root_file = next(
        (element.get("full-path", "") for element in archive.tree(_CONTAINER).iter("{*}rootfile")),
        "",
    )
    book = archive.tree(root_file)
    locked = _locked(archive)
    chapters = [part for part in _spine(book, posixpath.dirname(root_file)) if part in archive]
    if any(chapter in locked for chapter in chapters):
        raise Unreadable(Fault.PROTECTED.of(name=name))
    found = [block for chapter in chapters for block in _blocks(archive, chapter, name)]
    if not found:
        raise Unreadable(Fault.NO_CHAPTERS.of(name=name))
    creators = [
        "".join(map(str, element.itertext())).strip() for element in book.iter("{*}creator")
    ]
    return finish(
        "\n\n".join(found),
        name=name,
        title=first_text(book, "title"),
        author=", ".join(filter(None, creators)) or None,
        date=_published(book),
        language=first_text(book, "language"),
        source=first_text(book, "publisher"),
    )


def _published(book: etree._Element) -> str | None:
    """When it was published; EPUB 2 also has dates on which the file was made or changed."""
    dates = list(book.iter("{*}date"))
    events = [
        next((str(v) for k, v in d.items() if str(k).endswith("event")), "publication")
        for d in dates
    ]
    for date, event in zip(dates, events, strict=True):
        if "publication" in event:
            day = "".join(map(str, date.itertext())).strip()[:_DAY_CHARACTERS]
            return None if day == _UNKNOWN else day
    return None


def _spine(book: etree._Element, folder: str) -> Iterator[str]:
    """The parts that are the chapters, in their order."""
    pages = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in book.iter("{*}item")
        if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split()
    }
    for reference in book.iter("{*}itemref"):
        if reference.get("linear") != "no" and reference.get("idref") in pages:
            yield pages[reference.get("idref")]


def _blocks(archive: Archive, chapter: str, name: str) -> Iterator[str]:
    try:
        root = parse_xhtml(decode(archive.read(chapter), name=name).text)
    except (etree.LxmlError, ValueError):
        return  # a chapter of nothing
    yield from blocks_of_html(root)


def _locked(archive: Archive) -> set[str]:
    if _ENCRYPTION not in archive:
        return set()
    references = archive.tree(_ENCRYPTION).iter("{*}CipherReference")
    return {unquote(reference.get("URI", "")) for reference in references}
