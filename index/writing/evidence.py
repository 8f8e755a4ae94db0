"""Evidence: the passages that a language model is given, numbered, and fenced off as material."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from footnote.corpus.normalise import one_line
from footnote.corpus.span import Span
from footnote.index.blocks import header_in
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.passages import Passage
from footnote.index.results import Citation, Head
from footnote.index.writing.speech import tokens_of

_OPEN, _CLOSE = "<<<", ">>>"
_MAX_TITLE_CHARACTERS = 200
# More than fit into the evidence of any usual model.
_MAX_SPREAD = 64
# What a passage could imitate: our fence, our numbers, and the signs by which chat templates part
# one speaker from another (<|im_start|>, [INST], <start_of_turn>, </s>).
_LIKE_A_FENCE = re.compile(r"<{2,}|>{2,}|<\||\|>|</?(?=\w+>)|(?<=\w)>")
_LIKE_A_NUMBER = re.compile(r"\[(/?\w+)\]")
# A sentence that is meant for a language model and not for readers bears nothing out, though what
# it wants to be said stands in it word for word.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|prompts?|rules|guidelines"
    r"|everything (?:above|before))\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|^\W*(?:system|assistant|user)\s*:"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|language model|chat ?bot)\b"
    r"|\b(?:reveal|print|repeat|show)\b.{0,30}\b(?:your|the) (?:prompt|instructions)\b"
    r"|\b(?:answer|reply|respond|say|tell|state)\b(?: \w+){0,4} (?:that|with|only|exactly)\b"
    r".{0,200}\b(?:instructions?|prompt|assistant|language model)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One numbered passage, and the article that it is of, as it was when it was found."""

    n: int
    passage: Passage
    head: Head

    @property
    def article(self) -> str:
        """Its id."""
        return self.passage.article

    def text(self, span: Span) -> str:
        """What stands at a span of the article, which lies in the passage."""
        return span.shifted(-self.passage.span.start).of(self.passage.text)

    def fenced(self) -> str:
        reference = self.head.reference
        title = _defanged(one_line(reference.title))[:_MAX_TITLE_CHARACTERS]
        added = f"added on {reference.added}" if reference.added else ""
        day = _defanged(reference.date or added)
        dated = f" ({day})" if day else ""
        header = header_in(self.passage.heading)
        text = f"{header}\n{self.passage.text}" if header else self.passage.text
        return f"{_OPEN}passage {self.n}: {title}{dated}\n{_defanged(text)}\n{_CLOSE}"

    def citation(self, n: int, span: Span) -> Citation:
        return Citation.within(n, self.head, span, self.passage.span, self.passage.text)


def gather(
    passages: Iterable[Passage], catalogue: Catalogue, *, max_tokens: int, in_order: bool = False
) -> list[Evidence]:
    """As many of the passages as fit, from the first on; the first in any case.

    `in_order`: they are numbered as they stand in their articles.
    """
    chosen = list(_fitting(_current(passages, catalogue), max_tokens))
    if in_order:
        places = {one.article: place for place, one in reversed(list(enumerate(chosen)))}
        chosen.sort(key=lambda one: (places[one.article], one.passage.span.start))
    return [replace(one, n=n) for n, one in enumerate(chosen, 1)]


def in_turn(runs: Iterable[Iterable[Passage]]) -> Iterator[Passage]:
    """The first of each run, then the second of each, and so on; each passage once."""
    seen: set[int] = set()
    for turn in zip_longest(*runs):
        for passage in turn:
            if passage is not None and passage.key not in seen:
                seen.add(passage.key)
                yield passage


def by_article(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The first of each article, then the second of each, the articles in their order."""
    runs: dict[str, list[Passage]] = {}
    for passage in passages:
        runs.setdefault(passage.article, []).append(passage)
    return in_turn(runs.values())


def spread_over(article: str, catalogue: Catalogue) -> list[Passage]:
    """Passages from all parts of an article, in such an order that the first few are, too."""
    keys = catalogue.keys_of_article(article)
    count = min(len(keys), _MAX_SPREAD)
    evenly = [keys[place * len(keys) // count] for place in range(count)]
    places = sorted(range(count), key=_halving)
    passages = catalogue.passages(evenly)
    return [passages[evenly[place]] for place in places if evenly[place] in passages]


def _halving(place: int) -> float:
    """Orders 0, 1, 2, … as 0, half, a quarter, three quarters, …: van der Corput's sequence."""
    value, share = 0.0, 0.5
    while place:
        value += share * (place & 1)
        place, share = place >> 1, share / 2
    return value


def is_order(text: str) -> bool:
    """Whether a sentence speaks to a language model."""
    return bool(_ORDER.search(text))


def _current(passages: Iterable[Passage], catalogue: Catalogue) -> Iterator[Evidence]:
    heads: dict[str, Head | None] = {}
    for passage in passages:
        if passage.article not in heads:
            heads[passage.article] = catalogue.head(passage.article)
        head = heads[passage.article]
        if head is not None and head.reference.revision == passage.revision:
            yield Evidence(0, passage, head)


def _fitting(evidence: Iterator[Evidence], max_tokens: int) -> Iterator[Evidence]:
    tokens = 0
    for place, one in enumerate(evidence):
        tokens += tokens_of(one.fenced())
        if tokens > max_tokens and place:
            return
        yield one


def _defanged(text: str) -> str:
    text = _LIKE_A_FENCE.sub(lambda found: found[0].replace("<", "‹").replace(">", "›"), text)
    return _LIKE_A_NUMBER.sub(r"(\1)", text)
