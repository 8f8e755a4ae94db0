"""Reading a web page or a saved one: its article, without what stands around it."""

from collections.abc import Iterator

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from corpus.errors import Unreadable
from corpus.readers.reading import Reading, finish

# Only dates that the page declares, in its head, address or a marked place: looked for everywhere,
# htmldate takes the year of a copyright line, or one of the text, for the date of the article.
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1600-01-01"}
# Where these do not say so, trafilatura takes a piece of a page for something else than HTML.
_CHARACTERS_THAT_SAY_HTML = 50
_DOCTYPE = "<!DOCTYPE html>"
# What trafilatura, htmldate and lxml let through on pages that are broken, such as "<svg><p><p>".
_BROKEN = (
    *(AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    etree.LxmlError,
)
_INLINE_BREAK = "lb"
# trafilatura's names of what stands on lines of its own (the elements of TEI, roughly).
_BLOCKS = {"body", "div", "head", "item", "list", "p", "quote", "row", "table"}
# Measured: 0.97 of a page that lists links, 0.2 of an article with two of them in every sentence.
_MOST_LINKED = 0.8
# What is longer is a paragraph, taken in by a link that was never closed.
_LONGEST_LINK = 200


def read_html(page_text: str, *, name: str) -> Reading:
    """The article of a page; Unreadable where there is none to be found.

    trafilatura finds the article and what the page says of it (title, author, date, site,
    canonical address); the paragraphs and headings are taken from the tree that it leaves.
    """
    said_to_be_html = "html" in page_text[:_CHARACTERS_THAT_SAY_HTML].lower()
    page = trafilatura.load_html(page_text if said_to_be_html else _DOCTYPE + page_text)
    links = _links(page) if page is not None else set()
    found = _extracted(page) if page is not None else None
    if page is None or found is None or found.body is None:
        raise Unreadable(f"{name}: no article in this page (it may be a list of links or a script)")
    blocks = list(_blocks(found.body))
    if _share_linked(blocks, links) > _MOST_LINKED:
        raise Unreadable(f"{name}: no article in this page, only links to others")
    return finish(
        "\n\n".join(blocks),
        name=name,
        title=found.title,
        author=found.author.replace("; ", ", ") if found.author else None,
        date=found.date,
        source=found.sitename,
        url=found.url,
        language=_language(page),
    )


def _extracted(page: etree._Element) -> Document | None:
    try:
        found = trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, date_extraction_params=_DATES
        )
    except _BROKEN:
        return None
    return found if isinstance(found, Document) else None


def _blocks(element: etree._Element) -> Iterator[str]:
    """The text of each paragraph, heading, list item, table row and quotation, in order."""
    mark = _mark(element)
    for block in _unmarked_blocks(element):
        yield mark + block
        mark = ""


def _unmarked_blocks(element: etree._Element) -> Iterator[str]:
    words = [element.text or ""]
    for child in element:
        inner = list(_blocks(child)) if child.tag in _BLOCKS or child.tag == "cell" else []
        if child.tag == "cell" and len(inner) <= 1:
            words += [" | " if _line(words) else "", *inner]
        elif child.tag in _BLOCKS or inner:  # or a cell of a table that only sets the page
            yield from _line_if_any(words)
            yield from inner
            words = []
        else:
            words += [" "] if child.tag == _INLINE_BREAK else map(str, child.itertext())
        words.append(child.tail or "")
    yield from _line_if_any(words)


def _line_if_any(words: list[str]) -> list[str]:
    return [line] if (line := _line(words)) else []


def _mark(element: etree._Element) -> str:
    if element.tag == "item":
        return "- "
    if element.tag == "head":
        level = str(element.get("rend", "h2"))[-1]
        return "#" * (int(level) if level.isdigit() else 2) + " "
    return ""


def _line(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _links(page: etree._Element) -> set[str]:
    links = (_line(list(map(str, link.itertext()))) for link in page.iter("a"))
    return {link for link in links if len(link) <= _LONGEST_LINK}


def _share_linked(blocks: list[str], links: set[str]) -> float:
    text = " ".join(blocks)
    linked = sum(len(link) for link in links if link in text)
    return linked / len(text) if text else 0.0


def _language(page: etree._Element) -> str | None:
    declared = str(page.getroottree().getroot().get("lang") or "")
    primary = declared.replace("_", "-").split("-")[0].lower()
    return primary if len(primary) == 2 and primary.isalpha() else None
