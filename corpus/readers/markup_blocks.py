"""The blocks of a tree of markup: its paragraphs, headings, list items and tables, in order."""

import re
from collections.abc import Iterator
from html import escape
from html.entities import html5
from itertools import takewhile

import lxml.html
from lxml import etree

from footnote.corpus.readers.markdown_table import looks_headed, markdown_table

_BREAK = "lb"
# trafilatura's names of what stands on lines of its own (the elements of TEI, roughly).
_BLOCKS = {"body", "div", "head", "item", "list", "p", "quote", "row", "table"}
_UNREAD = "unread"
_MIN_ROWS, _MIN_COLUMNS = 2, 2
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS_OF_HTML = {"body", "div", "p", "table"}
_TEI = dict.fromkeys(_HEADINGS, "head")
_TEI |= {"li": "item", "ul": "list", "ol": "list", "blockquote": "quote", "tr": "row"}
_TEI |= {"td": "cell", "th": "cell", "br": "lb", "hr": "lb"}
_TEI |= dict.fromkeys(
    (
        *("address", "article", "aside", "caption", "center", "dd", "details", "dl", "dt", "pre"),
        *("fieldset", "figcaption", "figure", "footer", "form", "header", "html", "legend", "main"),
        *("nav", "option", "section", "select", "summary", "tbody", "tfoot", "thead"),
    ),
    "div",
)
_TEI |= dict.fromkeys(
    ("head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template"), _UNREAD
)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*;)")
_UTF8_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")


def blocks(element: etree._Element) -> Iterator[str]:
    """The text of each block of a tree in trafilatura's names, headings and items marked."""
    if element.tag == "table" and (table := _table(element)):
        yield from table
        return
    mark = _mark(element)
    for block in _unmarked(element):
        yield mark + block
        mark = ""


def blocks_of_html(root: etree._Element) -> Iterator[str]:
    """The same of a tree in HTML's names, all of it; the tree is changed."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    for element in root.iter():
        local = str(element.tag).rpartition("}")[2].lower()  # broken pages have names that are none
        if local in _HEADINGS:
            element.set("rend", local)
        if local in ("th", "thead"):
            element.set("role", "head")
        element.tag = _TEI.get(local, local if local in _BLOCKS_OF_HTML else "hi")
    etree.strip_elements(root, _UNREAD, with_tail=False)
    for element in root.iter(*_BLOCKS, "cell"):
        parent = element.getparent()
        while parent is not None and parent.tag not in _BLOCKS and parent.tag != "cell":
            parent.tag = "div"  # a link or a span around whole paragraphs
            parent = parent.getparent()
    return blocks(root)


def parse_xhtml(text: str) -> etree._Element:
    """A page that should be XML and often is not; ValueError where it is nothing at all.

    Read as HTML, an empty <title/> would take in the whole page.
    """
    text = _UTF8_DECLARED.sub("", text, count=1)
    named = _ENTITY.sub(lambda match: _character(match[1]), text)
    try:
        return etree.fromstring(named.encode(), parser=xml_parser())
    except etree.XMLSyntaxError:
        root: etree._Element = lxml.html.document_fromstring(text.encode(), parser=_html_parser())
        return root


def xml_parser(*, recover: bool = False) -> etree.XMLParser:
    """One that fetches nothing and expands nothing."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=recover
    )


def line(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _html_parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)


def _character(name: str) -> str:
    return escape(html5.get(name, ""))


def _unmarked(element: etree._Element) -> Iterator[str]:
    words = [element.text or ""]
    for child in element:
        inner = list(blocks(child)) if child.tag in _BLOCKS or child.tag == "cell" else []
        if child.tag == "cell" and len(inner) <= 1:
            words += [" | " if line(words) else "", *inner]
        elif child.tag in _BLOCKS or inner:  # or a cell of a table that only sets the page
            yield from _line_if_any(words)
            yield from inner
            words = []
        else:
            words += [" "] if child.tag == _BREAK else map(str, child.itertext())
        words.append(child.tail or "")
    yield from _line_if_any(words)


def _table(table: etree._Element) -> list[str]:
    """Its caption and the table in Markdown; nothing where it has one row or column, or only sets
    out paragraphs on a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    cells = [row for r in table.iterdescendants("row") if (row := list(r.iterchildren("cell")))]
    if any(len(list(blocks(cell))) > 1 for row in cells for cell in row):
        return []
    words = [[" ".join(blocks(cell)).removeprefix("- ") for cell in row] for row in cells]
    # trafilatura makes a row of a caption.
    captions = list(takewhile(lambda row: row[0] and not any(row[1:]), words))
    rows = words[len(captions) :]
    if len(rows) < _MIN_ROWS or max(map(len, rows)) < _MIN_COLUMNS:
        return []
    headed = _is_head(cells[len(captions)]) or looks_headed(rows)
    above = [line([str(text) for text in part.itertext()]) for part in _beside_rows(table)]
    above += [cell for caption in captions for cell in caption]
    return [*filter(None, above), markdown_table(rows, headed=headed)]


def _beside_rows(table: etree._Element) -> Iterator[etree._Element]:
    for part in table:
        if part.tag != "row" and next(part.iter("row"), None) is None:
            yield part


def _is_head(cells: list[etree._Element]) -> bool:
    row = cells[0].getparent()
    part = row.getparent() if row is not None else None
    within = part is not None and part.get("role") == "head"
    return within or all(cell.get("role") == "head" for cell in cells)


def _line_if_any(words: list[str]) -> list[str]:
    return [found] if (found := line(words)) else []


def _mark(element: etree._Element) -> str:
    if element.tag == "item":
        return "- "
    if element.tag == "head":
        level = str(element.get("rend", "h2"))[-1]
        return "#" * (int(level) if level.isdigit() else 2) + " "
    return ""
