"""Passages: runs of whole sentences, exact slices of an article, made findable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from footnote.corpus.span import Span
from footnote.index.blocks import Block, blocks

VERSION = 5
"""Raise it when the same text gives other passages: every index is then rebuilt."""

MAX_CHARACTERS = 1230
"""A passage is no longer than this, unless a single sentence is.

Most paragraphs are then passages of their own: of XQuAD and SQuAD 2.0 those returned have 770 and
780 characters on average, and the right one is first for .970 and .875 of the questions. At 1,000
they had 680 and 694, and it was first for .949 and .862; at 1,250 the gold sentence lies beyond the
first 1,000 characters more often than longer passages gain."""

FAIR_CHARACTERS = 400
"""A paragraph of this length is left to itself; shorter neighbours under one heading are joined."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact slice of an article: `text` is `article.text[span.start:span.end]`.

    `key` names it within one index; `date` and `added` are those of the article.
    """

    key: int
    article: str
    revision: str
    title: str
    language: str | None
    span: Span
    text: str
    heading: str | None = None
    date: str | None = None
    added: str | None = None


def split(text: str, language: str | None = None) -> Iterator[tuple[Span, str | None]]:
    """The passages of a normalised text, in order and apart, each with its heading.

    They cover every sentence once. None reaches over a heading; paragraphs are kept whole where
    they fit (passages over the borders of paragraphs found less, on SQuAD 2.0).
    """
    sections = groupby(blocks(text, language), key=lambda block: (block.section, block.heading))
    for (_, heading), section in sections:
        run: list[Span] = []
        for piece in _pieces(section):
            if run and not _belong_together(run, piece):
                yield Span(run[0].start, run[-1].end), heading
                run = []
            run.append(piece)
        yield Span(run[0].start, run[-1].end), heading


def _belong_together(run: list[Span], piece: Span) -> bool:
    start, end = run[0].start, run[-1].end
    return piece.end - start <= MAX_CHARACTERS and (
        end - start < FAIR_CHARACTERS or len(piece) < FAIR_CHARACTERS // 4
    )


def _pieces(section: Iterator[Block]) -> Iterator[Span]:
    """The blocks' spans; a long block in the fewest runs of sentences, of about equal length."""
    for block in section:
        count = -(-len(block.span) // MAX_CHARACTERS)
        yield from _runs(block.sentences, -(-len(block.span) // count))


def _runs(sentences: Sequence[Span], target: int) -> Iterator[Span]:
    start = sentences[0].start
    for sentence, after in pairwise(sentences):
        # Cut where that comes nearer to the target than going on would, and before the limit.
        now, then = sentence.end - start, after.end - start
        if then > MAX_CHARACTERS or abs(now - target) <= abs(then - target):
            yield Span(start, sentence.end)
            start = after.start
    yield Span(start, sentences[-1].end)


def embedded(text: str, title: str, heading: str | None) -> str:
    """What is embedded of a passage: title and heading, a line each, then the text itself."""
    return "\n".join(part for part in (title, heading, text) if part)
