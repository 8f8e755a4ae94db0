"""The element of a web page that holds its article, where the page does not mark one.

Without such an element trafilatura takes the paragraphs of the whole page, and drops headings,
lists and what introduces them.
"""

from collections import Counter, deque
from collections.abc import Sequence

from lxml import etree
from trafilatura.xpaths import BODY_XPATH

from footnote.corpus.readers.headline import letters
from footnote.corpus.readers.markup_blocks import line

_CONTAINERS = ("article", "div", "main", "section")
_MIN_SHARE = 0.9
# Shorter ones come twice on a page.
_KNOWN_FROM = 20


def frame_article(page: etree._Element) -> bool:
    """Mark the innermost element that has nine tenths of the text of the paragraphs, for
    trafilatura; False where it finds one itself, or where there are no paragraphs."""
    body = page.find(".//body")
    if body is None or any(expression(page) for expression in BODY_XPATH):
        return False
    held = Counter[etree._Element]()
    for paragraph in body.iter("p"):
        own = _characters(paragraph) - sum(map(_characters, paragraph.iter("a")))
        held.update(dict.fromkeys(paragraph.iterancestors(), max(own, 0)))
    inner = body
    while more := [one for one in inner if held[one] > _MIN_SHARE * held[body]]:
        inner = more[0]
    while inner is not body and inner.tag not in _CONTAINERS:
        inner = next(inner.iterancestors(*_CONTAINERS, "body"))
    if not held[body]:
        return False
    (_put_in_one(body) if inner is body else inner).set("role", "article")
    return True


def with_blocks_between(paragraphs: Sequence[str], framed: Sequence[str]) -> list[str]:
    """The paragraphs, and between them what stands there in the element: headings, items, tables.

    A heading directly before the first of them is taken too; what stands before and after is not.
    """
    places: dict[str, deque[int]] = {}
    for n, paragraph in enumerate(paragraphs):
        places.setdefault(letters(paragraph), deque()).append(n)
    merged, new, upto = list[str](), list[str](), 0
    for block in framed:
        found = places.get(said := letters(block)) or deque()
        while found and found[0] < upto:
            found.popleft()
        if found and (found[0] == upto or len(said) >= _KNOWN_FROM):
            between = "".join(map(letters, new))
            missing = [one for one in paragraphs[upto : found[0]] if letters(one) not in between]
            started = any(len(letters(one)) >= _KNOWN_FROM for one in merged)
            merged += [*missing, *(new if started else new[-1:] if _is_heading(new) else []), block]
            new, upto = [], found[0] + 1
        elif said not in places:
            new.append(block)
    return [*merged, *paragraphs[upto:]]


def _is_heading(new: Sequence[str]) -> bool:
    return bool(new) and new[-1].startswith("##")


def _put_in_one(body: etree._Element) -> etree._Element:
    whole = etree.Element("div")
    whole.text, body.text = body.text, None
    whole.extend(list(body))
    body.append(whole)
    return whole


def _characters(element: etree._Element) -> int:
    return len(line(list(map(str, element.itertext()))))
