"""Reading texts of word processors: DOCX (Word) and ODT (LibreOffice)."""

import io
from xml.parsers.expat import ExpatError

import lxml.html
import mammoth
from lxml import etree

from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.readers.brought import Brought
from footnote.corpus.readers.markup_blocks import blocks, blocks_of_html
from footnote.corpus.readers.packed import BROKEN, Archive, first_text
from footnote.corpus.readers.reading import Reading, finish

_PARTS, _WORD = "[Content_Types].xml", b"wordprocessingml"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
_DAY_CHARACTERS = 10
# What mammoth lets through on archives that are no whole DOCX.
_BROKEN = (*BROKEN, ExpatError, AttributeError, LookupError, TypeError)
# ODT's own names, as markup_blocks.py has them; what is not named here is running text.
_TEI_OF_ODT = {"p": "p", "list": "list", "list-item": "item", "list-header": "item"}
_TEI_OF_ODT |= {"table": "table", "table-row": "row", "table-cell": "cell", "line-break": "lb"}
_TEI_OF_ODT |= {"text": "body", "section": "div", "h": "head", "text-box": "div", "frame": "div"}
_TEI_OF_ODT |= {"note": "div", "note-body": "div", "table-header-rows": "div"}
_UNREAD_OF_ODT = (
    *("tracked-changes", "annotation", "note-citation", "sequence-decls", "forms", "desc", "title"),
    *("table-of-content", "alphabetical-index", "image", "object"),
)


def is_docx(brought: Brought) -> bool:
    parts = brought.archive
    return parts is not None and _PARTS in parts and _WORD in parts.read(_PARTS)


def is_odt(brought: Brought) -> bool:
    parts = brought.archive
    return parts is not None and parts.kind.startswith(_OPEN_DOCUMENT)


def read_docx(data: bytes, archive: Archive, *, name: str) -> Reading:
    """A document of Word: what tracked changes took out is left out; footnotes come last."""
    try:
        page = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda image: {}),
            style_map="p[style-name='Title'] => h1.title:fresh\n"
            "p[style-name='Subtitle'] => p:fresh",
            external_file_access=False,
        ).value
    except _BROKEN as error:
        raise archive.broken(error) from error
    if not page.strip():
        raise Unreadable(Fault.ONLY_PICTURES.of(name=name))
    root = lxml.html.fragment_fromstring(page, create_parent="div")
    titles = [element.text_content() for element in root.find_class("title")]
    for back in root.xpath("//a[starts-with(@href, '#footnote-ref') and text()='↑']"):
        back.text = None
    core = archive.tree("docProps/core.xml") if "docProps/core.xml" in archive else None
    return finish(
        "\n\n".join(blocks_of_html(root)),
        name=name,
        title=(titles or [None])[0] or first_text(core, "title"),
        author=_names(first_text(core, "creator")),
        file_date=_day(first_text(core, "created")),
        language=None,
    )


def read_odt(archive: Archive, *, name: str) -> Reading:
    """A text of LibreOffice and other programs that write OpenDocument."""
    tree = archive.tree("content.xml")
    body = next(tree.iter("{*}text"), None)
    if body is None:
        raise Unreadable(Fault.NO_TEXT_IN_ODT.of(name=name))
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    etree.strip_elements(body, *(f"{{*}}{n}" for n in _UNREAD_OF_ODT), with_tail=False)
    title = None
    for element in body.iter():
        local = etree.QName(element).localname
        if local == "p" and _attribute(element, "style-name") == "Title" and title is None:
            title = "".join(map(str, element.itertext()))
        _rename(element, local)
    meta = archive.tree("meta.xml") if "meta.xml" in archive else None
    return finish(
        "\n\n".join(blocks(body)),
        name=name,
        title=title or first_text(meta, "title"),
        author=_names(first_text(meta, "initial-creator") or first_text(meta, "creator")),
        file_date=_day(first_text(meta, "creation-date")),
        language=None,
    )


def _rename(element: etree._Element, local: str) -> None:
    if local in ("s", "tab"):  # written-out spaces
        element.text = " "
    if local == "table-header-rows":
        element.set("role", "head")
    if local == "h":
        element.set("rend", f"h{_attribute(element, 'outline-level') or 2}"[:2])
    element.tag = _TEI_OF_ODT.get(local, "hi")


def _attribute(element: etree._Element, local_name: str) -> str:
    """An attribute of whatever namespace; nothing where there is none."""
    found = (v for key, v in element.items() if etree.QName(key).localname == local_name)
    return str(next(found, ""))


def _names(author: str | None) -> str | None:
    """Authors as one line; none where the program has put its own name."""
    if not author or author.casefold() in ("unknown", "user", "administrator", "python-docx"):
        return None
    return ", ".join(part.strip() for part in author.split(";") if part.strip())


def _day(moment: str | None) -> str | None:
    return moment[:_DAY_CHARACTERS] if moment else None
