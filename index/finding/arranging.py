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

    Where several things are asked for, those of before it that more likely answer than not, too:
    a list is told in the order of its article.
    """
    first = _first_of_parts(ranked)
    return [
        quotable
        for quotable in ranked
        if not _stands_before(quotable, first[quotable.part])
        or (several and (quotable.reading is None or quotable.score >= _LIKELY))
    ]


def before_the_best(ranked: Sequence[Quotable]) -> list[Quotable]:
    """The sentences that can stand below the best one, though in its article they stand before it,
    where that is said of them.

    Not with a "he" that nothing shown identifies, nor without the list that it introduces. What the
    best one leans on is shown with that already. In the order of the article instead, those with
    half of its odds would leave a right sentence first for .787, .791 and .897 of the answers on
    OneStopQA, ClapNQ and SQuAD 2.0, where it is for .818, .830 and .924.
    """
    first = _first_of_parts(ranked)
    return [
        quotable
        for quotable in ranked
        if _stands_before(quotable, best := first[quotable.part])
        and context_of(quotable.passage, quotable.span).complete
        and not quotable.text.rstrip().endswith(_INTRODUCES)
        and not _leans(best, quotable)
    ]


def further_up(picked: Sequence[Quotable]) -> list[Quotable]:
    """Those of the picked sentences, best first, that stand before the best one of their part in
    its article; in the order of the article."""
    first = _first_of_parts(picked)
    above = [quotable for quotable in picked if _stands_before(quotable, first[quotable.part])]
    return sorted(above, key=lambda quotable: (quotable.part, quotable.span))


def put_below(quoted: Sequence[Quotable], above: Sequence[Quotable]) -> list[Quotable]:
    """The quoted sentences with those that stand further up in the best one's article behind what
    is quoted of that article, so that it is plain which one they are further up in."""
    told = list(quoted)
    for quotable in above:
        of_article = [
            n
            for n, one in enumerate(told, start=1)
            if one.part == quotable.part and one.passage.article == quotable.passage.article
        ]
        told.insert(max(of_article, default=len(told)), quotable)
    return told


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


def _first_of_parts(ranked: Sequence[Quotable]) -> dict[int, Quotable]:
    first: dict[int, Quotable] = {}
    for quotable in ranked:
        first.setdefault(quotable.part, quotable)
    return first


def _stands_before(quotable: Quotable, best: Quotable) -> bool:
    return quotable.passage.article == best.passage.article and quotable.span < best.span


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
