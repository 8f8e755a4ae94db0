"""Paragraphs of a page that stand in no element of their own."""

from collections.abc import Sequence

from lxml import etree

# What text can stand in beside paragraphs.
_CONTAINERS = ("div", "section", "article", "main", "td", "blockquote", "body")
_BLOCKS = frozenset(("p", "div", "ul", "ol", "table", "section", "h1", "h2", "h3", "h4"))
_INLINE_TEXT = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small"
    " span strike strong sub sup time tt u var"
)
_INLINE = frozenset(_INLINE_TEXT.split())
# Shorter text is mostly a caption or a label. Of 97 pages of newspapers, blogs and companies two
# have longer text outside of paragraphs; it is the opening of the report in both.
_MIN_CHARACTERS = 80


def wrap_loose_text(page: etree._Element) -> None:
    """Put text that stands between the blocks of a page into a `<p>`, where it is long enough.

    An HTML parser leaves it there when a page has a block within a paragraph: in
    `<p><div>Related</div>The mayor …</p>` the block ends the paragraph, and the mayor stands in
    none. trafilatura drops such text. Text beside a `<br>` is left, since that divides paragraphs.
    """
    for container in list(page.iter(*_CONTAINERS)):
        if any(child.tag in _BLOCKS for child in container):
            _wrap_in(container)


def _wrap_in(container: etree._Element) -> None:
    before: etree._Element | None = None
    run: list[etree._Element] = []
    for child in [*container, None]:
        if child is not None and _is_inline(child):
            run.append(child)
            continue
        beside_break = any(one is not None and one.tag == "br" for one in (before, child))
        if not beside_break:
            _wrap(container, before, run)
        before, run = child, []


def _wrap(
    container: etree._Element, before: etree._Element | None, run: Sequence[etree._Element]
) -> None:
    """What stands after the block `before`, or first in the container where that is None."""
    text = (container.text if before is None else before.tail) or ""
    own = [text, *((element.tail or "") for element in run)]
    if sum(len(piece.strip()) for piece in own) < _MIN_CHARACTERS:
        return
    paragraph = etree.Element("p")
    paragraph.text = text
    if before is None:
        container.text = None
        container.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    for element in run:
        paragraph.append(element)


def _is_inline(element: etree._Element) -> bool:
    return all(one.tag in _INLINE or isinstance(one, etree._Comment) for one in element.iter())
