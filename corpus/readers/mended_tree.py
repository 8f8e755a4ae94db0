"""Mending what trafilatura misreads in the tree of a web page."""

from collections.abc import Iterator

from lxml import etree

_ROW_PARTS = ("caption", "tbody", "thead", "tfoot", "tr", "td", "th")
_PLACE = "place"
_MAX_HEAD_CHARACTERS = 80


def mend_tree(page: etree._Element) -> None:
    """Take away programs, places that links lead to, and what sets out tables."""
    _empty_scripts(page)
    _drop_places(page)
    _free_tables(page)


def _empty_scripts(page: etree._Element) -> None:
    """Programs: a date in a comment of theirs would be taken for the article's. Data stay."""
    for script in page.iter("script"):
        if "json" not in script.get("type", "").lower():
            script.text = None


def _drop_places(page: etree._Element) -> None:
    """Without `<a id="here"></a>`: what has no other link would be taken for a list of links, and
    go, for all of them are empty."""
    for place in page.iter("a"):
        if not place.get("href") and not len(place) and not (place.text or "").strip():
            place.tag = _PLACE
    etree.strip_tags(page, _PLACE)


def _free_tables(page: etree._Element) -> None:
    """Make `<div>` of a quotation around a table, and of a table that has tables side by side and
    nothing else but heads: all rows would become one line."""
    for quotation in page.iter("blockquote"):
        if quotation.find("table") is not None:
            quotation.tag = "div"
    outer = {around for table in page.iter("table") if (around := _table_around(table)) is not None}
    for table in [table for table in outer if all(map(_holds_table_or_head, _cells(table)))]:
        for part in [table, *_own(table, _ROW_PARTS)]:
            part.tag = "div"


def _table_around(table: etree._Element) -> etree._Element | None:
    return next(table.iterancestors("table"), None)


def _holds_table_or_head(cell: etree._Element) -> bool:
    beside = [cell.text, *(child.tail for child in cell)]
    if cell.find("table") is not None:
        return all(child.tag == "table" for child in cell) and not any(
            (text or "").strip() for text in beside
        )
    return len("".join(map(str, cell.itertext())).strip()) <= _MAX_HEAD_CHARACTERS


def _cells(table: etree._Element) -> Iterator[etree._Element]:
    return _own(table, ("td", "th"))


def _own(table: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Its parts, without those of tables in it."""
    return (part for part in table.iterdescendants(*tags) if _table_around(part) is table)
