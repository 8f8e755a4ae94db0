"""Reading a web page or a saved one: its article, without what stands around it."""

from collections.abc import Iterator

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from corpus.errors import Unreadable
from corpus.readers.reading import Reading, finish

_INLINE_BREAK = "lb"


def read_html(data: bytes | str, *, name: str) -> Reading:
    """The article of a page; Unreadable where there is none to be found.

    trafilatura finds the article and what the page says of it (title, author, date, site,
    canonical address); the paragraphs and headings are taken from the tree that it leaves.
    """
    page = trafilatura.load_html(data)
    found = (
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
        if page is not None
        else None
    )
    if page is None or not isinstance(found, Document) or found.body is None:
        raise Unreadable(f"{name}: no article in this page (it may be a list of links or a script)")
    return finish(
        "\n\n".join(_blocks(found.body)),
        name=name,
        title=found.title,
        author=found.author.replace("; ", ", ") if found.author else None,
        date=found.date,
        source=found.sitename,
        url=found.url if found.url and found.url.startswith(("http://", "https://")) else None,
        language=_language(page),
    )


def _blocks(body: etree._Element) -> Iterator[str]:
    """The text of each paragraph, heading, list item, table row and quotation, in order."""
    for element in body:
        match element.tag:
            case "head":
                level = str(element.get("rend", "h2"))[-1]
                yield "#" * (int(level) if level.isdigit() else 2) + " " + _line(element)
            case "list":
                yield from (f"- {_line(item)}" for item in element.iter("item"))
            case "table":
                for row in element.iter("row"):
                    yield " | ".join(_line(cell) for cell in row.iter("cell"))
            case "quote" | "div" if any(child.tag in ("p", "head", "list") for child in element):
                yield from _blocks(element)
            case _:
                yield _line(element)


def _line(element: etree._Element) -> str:
    for line_break in element.iter(_INLINE_BREAK):
        line_break.tail = " " + (line_break.tail or "")
    return " ".join("".join(map(str, element.itertext())).split())


def _language(page: etree._Element) -> str | None:
    declared = str(page.getroottree().getroot().get("lang") or "").split("-")[0].lower()
    return declared if len(declared) == 2 and declared.isalpha() else None
