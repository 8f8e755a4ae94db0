"""Query expansion: a question as asked, and with the names and spellings that the articles use."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from footnote.corpus.aliases import Aliases, Named
from footnote.corpus.span import Span
from footnote.index.budget import look_at_budget
from footnote.index.finding.kind import word_defined
from footnote.index.keeping.build import Build
from footnote.index.models.embedding import Encoded

_WORD = re.compile(r"[^\W\d_]+")
# With the names that most passages have, then those that have the second most. Each costs a search.
_MAX_OTHERS = 2
_MIN_LETTERS, _LETTERS_FOR_TWO_EDITS = 4, 6
_LIKE_ENOUGH = 0.7
_LOOKED_AT = 20
_MAX_LOOKED_UP = 8


def other_variants(
    text: str,
    words: Sequence[Span],
    encoded: Encoded,
    fields: Collection[str],
    build: Build,
    aliases: Aliases,
) -> list[str]:
    """The text with alternative names, and with probable misspellings corrected.

    None where there is nothing of the kind in the articles. `words` are those that mean something,
    `fields` those of the lexical index that are in use.
    """
    named = aliases.named(text)
    unread = _perhaps_misspelt(text, words, named, encoded)
    likest = [(span, _likest(span.of(text), fields, build)) for span in unread[:_MAX_LOOKED_UP]]
    if word_defined(text):  # "What is a fatwa?" is not about FATA, nor about a plain word
        likest = [(span, other) for span, other in likest if other and other.istitle()]
    corrected = _replaced(text, [(span, other) for span, other in likest if other])
    if corrected != text:
        named = aliases.named(corrected)
    of_each = [
        (name.span, _used(name, name.span.of(corrected), fields, build))
        for name in named[:_MAX_LOOKED_UP]
    ]
    others = [corrected]
    for place in range(_MAX_OTHERS):
        swaps = [(span, names[place]) for span, names in of_each if place < len(names)]
        others.append(_replaced(corrected, swaps))
    return [other for other in dict.fromkeys(others) if other != text]


def _used(named: Named, asked: str, fields: Collection[str], build: Build) -> list[str]:
    """Other names of it that more passages have, those that most have first, spellings apart.

    One that fewer have says less of what is asked than the name that was used.
    """
    held: dict[frozenset[str], tuple[int, str]] = {}
    lexical = build.lexical
    as_asked = {frozenset(lexical.terms(asked, field)) for field in fields}
    by_asked = max(
        (lexical.holding(lexical.terms(asked, field), field) for field in fields), default=0
    )
    for name in named.names:
        for field in fields:
            terms = frozenset(lexical.terms(name, field))
            if terms not in as_asked and terms not in held:
                held[terms] = (lexical.holding(terms, field), name)
    ordered = sorted(held.values(), key=lambda one: -one[0])
    return list(dict.fromkeys(name for count, name in ordered if count > by_asked))


def _perhaps_misspelt(
    text: str, words: Sequence[Span], named: Sequence[Named], encoded: Encoded
) -> list[Span]:
    """Words of some length, no aliases, that the model has no piece for.

    It has one for every usual word.
    """
    pieces = {(int(start), int(end)) for start, end in encoded.spans}
    return [
        span
        for span in words
        if len(span) >= _MIN_LETTERS
        and _WORD.fullmatch(span.of(text))
        and (span.start, span.end) not in pieces
        and not any(n.span.start <= span.start and span.end <= n.span.end for n in named)
    ]


def _likest(word: str, fields: Collection[str], build: Build) -> str | None:
    """The word of the articles that is most like this one; None where they have it, or none is."""
    lexical, edits = build.lexical, 2 if len(word) >= _LETTERS_FOR_TWO_EDITS else 1
    near = Counter[str]()
    for field in fields:
        terms = lexical.terms(word, field)
        if len(terms) != 1 or lexical.holds(terms[0], field):
            return None
        keys = lexical.near(terms[0], field, edits=edits, limit=_LOOKED_AT)
        passages = build.catalogue.passages(keys).values()
        said = [set(_WORD.findall(f"{p.title} {p.heading or ''} {p.text}")) for p in passages]
        alike = _like(word, dict.fromkeys(chain.from_iterable(said)), edits)
        near.update({other: sum(other in words for words in said) for other in alike})
    return max(near, key=lambda other: (_likeness(word, other), near[other]), default=None)


def _like(word: str, others: Iterable[str], edits: int) -> Iterator[str]:
    for other in others:
        if abs(len(other) - len(word)) <= edits:
            look_at_budget()
            if _likeness(word, other) >= _LIKE_ENOUGH:
                yield other


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; 0 where too few letters are the same, in whatever order they stand.

    The letters that are in one only tell of most words, in a tenth of the time.
    """
    one, other = one.casefold(), other.casefold()
    most_shared = len(one) - len(set(one).difference(other))
    if 2 * most_shared / (len(one) + len(other)) < _LIKE_ENOUGH:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE_ENOUGH else 0.0


def _replaced(text: str, swaps: Sequence[tuple[Span, str]]) -> str:
    for span, other in sorted(swaps, key=lambda swap: -swap[0].start):
        text = text[: span.start] + other + text[span.end :]
    return text
