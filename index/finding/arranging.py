"""Arranging: orders quoted sentences so that exact quotations never add up to a false statement,
and completes lists.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from footnote.index.finding.leaning import context_of
from footnote.index.finding.quoting import Quotable

_LIKELY = 0.5
MAX_ITEMS = 6
_INTRODUCES = (":", "：")
_MARKER = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)]) ")


def after_the_best(ranked: Sequence[Quotable], *, several: bool = False) -> list[Quotable]:
    """The sentences that can follow the best one without breaking the order of its article.

    Where several things are asked for, those of before it that more likely answer than not, too.
    On questions of OneStopQA, QED, ClapNQ and SQuAD 2.0 a right sentence is shown for .847, .876,
    .94 and .916, and is the first of .818, .810, .830 and .924 of the answers. With those before
    the best one that have half of its odds and more it is shown for .875, .912, .96 and .92, and
    first for .787, .824, .791 and .897; with all, for .886, .932, .973 and .916, and first for
    .688, .756, .767 and .679: as much is lost as is won.
    """
    first: dict[int, Quotable] = {}
    for quotable in ranked:
        first.setdefault(quotable.part, quotable)
    return [
        quotable
        for quotable in ranked
        if quotable.passage.article != (best := first[quotable.part]).passage.article
        or quotable.span >= best.span
        or (several and (quotable.reading is None or quotable.score >= _LIKELY))
    ]


def arranged(quoted: Sequence[Quotable]) -> list[Quotable]:
    """The sentences grouped by article and in the order of each, separately for each part of the
    question.

    A sentence with a "he" or a "both groups" that neither it nor those before it in its paragraph
    name is left out after a sentence about another thing: "He was the first leader who …" would be
    about whoever the other one names. The one that is quoted first stays.
    """
    placed: list[Quotable] = []
    for _, of_part in groupby(quoted, key=lambda quotable: quotable.part):
        group = list(of_part)
        best, articles = group[0], list(dict.fromkeys(q.passage.article for q in group))
        for quotable in sorted(group, key=lambda q: (articles.index(q.passage.article), q.span)):
            named = context_of(quotable.passage, quotable.span).complete
            if named or quotable is best or (placed and _follows(placed[-1], quotable)):
                placed.append(quotable)
    return placed


def apart(quoted: Sequence[Quotable]) -> list[Quotable]:
    """Sentences that can each be read alone, best first; drops those with a "he" that nothing shown
    identifies, except the first."""
    return [
        quotable
        for n, quotable in enumerate(quoted)
        if n == 0 or context_of(quotable.passage, quotable.span).complete
    ]


def led_up_to(quoted: Sequence[Quotable]) -> list[Quotable]:
    """Those that lean on one another side by side, in the order of their article.

    What a sentence leans on is shown before it: where that is quoted too, it is shown as that.
    """
    chains: list[list[Quotable]] = []
    for quotable in quoted:
        near = [c for c in chains if any(_leans(quotable, o) or _leans(o, quotable) for o in c)]
        chain = [*(one for c in near for one in c), quotable]
        place = chains.index(near[0]) if near else len(chains)
        chains = [c for c in chains if c not in near]
        chains.insert(place, sorted(chain, key=lambda one: one.span))
    return [quotable for chain in chains for quotable in chain]


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


def _leans(one: Quotable, other: Quotable) -> bool:
    """Whether the other stands in what is to be shown before the one."""
    if one.passage.article != other.passage.article or one.span <= other.span:
        return False
    before = context_of(one.passage, one.span).before
    return before is not None and before.overlaps(other.span)


def _follows(one: Quotable, other: Quotable) -> bool:
    """Whether the other is the next sentence of the same passage."""
    if one.passage.key != other.passage.key or one.span.end > other.span.start:
        return False
    start = one.passage.span.start
    return not one.passage.text[one.span.end - start : other.span.start - start].strip()


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
