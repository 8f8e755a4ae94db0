"""The items of a list, quoted after the sentence that introduces it."""

import re
from collections.abc import Iterator, Sequence

from footnote.index.finding.quoting import Quotable

MAX_ITEMS = 6
_INTRODUCES = (":", "：")
_MARKER = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)]) ")


def with_items(quoted: Sequence[Quotable], ranked: Sequence[Quotable]) -> list[Quotable]:
    """The quoted sentences, each that ends in a colon followed by the items of the list below it.

    "Page wrote down his rules:" answers nothing alone. At most `MAX_ITEMS` sentences of a list, as
    far as it stands in the same passage, of which all sentences are among the `ranked`.
    """
    told: list[Quotable] = []
    for quotable in quoted:
        told.append(quotable)
        if quotable.text.rstrip().endswith(_INTRODUCES):
            told += [item for item in _items(quotable, ranked) if item not in quoted]
    return told


def _items(introduction: Quotable, ranked: Sequence[Quotable]) -> list[Quotable]:
    of_passage = (q for q in ranked if q.passage.key == introduction.passage.key)
    following = [q for q in of_passage if q.span.start > introduction.span.end]
    return list(_of_one_list(sorted(following, key=lambda q: q.span)))[:MAX_ITEMS]


def _of_one_list(following: Sequence[Quotable]) -> Iterator[Quotable]:
    for quotable in following:
        if not _is_of_an_item(quotable):
            return
        yield quotable


def _is_of_an_item(quotable: Quotable) -> bool:
    """Whether its line begins with the marker of a list's item."""
    text, start = quotable.passage.text, quotable.span.start - quotable.passage.span.start
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return _MARKER.match(line) is not None
