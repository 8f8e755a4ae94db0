"""Extractive summaries: the most central sentences of an article, or one of each entry."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from footnote.corpus.span import Span
from footnote.index.blocks import passage_sentences
from footnote.index.finding.leaning import context_of
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.models.embedding import Vector
from footnote.index.passages import Passage

_MIN_SENTENCES, _MAX_SENTENCES = 2, 5
_SENTENCES_FOR_ONE = 5
_MAX_ENTRIES = 20
# A heading that gives a time of day, as those of a live blog do: 14:05, 2.05 pm, 11:40 GMT.
_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?!\d)\s*(?P<half>[ap]\.?m)?", re.I
)
_MAX_HEADING_CHARACTERS = 60
_MIN_ENTRIES = 3
# Shorter is a caption or a cry; longer is no sentence to sum anything up.
_MIN_WORDS, _MAX_CHARACTERS = 5, 420
# What opens a section says most often what that is about.
_OPENS_SECTION, _NEEDS_ANOTHER = 0.05, 0.05
_SENTENCE_ENDS, _CLOSING_MARKS = (".", "!", "…", "。", "！", "۔", "।"), "\"'”’»“)]* "
# Two sentences whose vectors are so near say nearly the same.
_REPEATS = 0.93


@dataclass(frozen=True, slots=True)
class _SummarySentence:
    """A sentence of an article, with what is before it if it leans on that, and its vector."""

    passage: Passage
    span: Span
    before: Span | None
    complete: bool
    vector: Vector

    @property
    def text(self) -> str:
        return self.span.shifted(-self.passage.span.start).of(self.passage.text)

    @property
    def fit(self) -> bool:
        """Whether it can stand in a summary: as an item of a list of things and a row of a table
        cannot, nor what asks or introduces something."""
        text = self.text
        return (
            self.complete
            and len(text) <= _MAX_CHARACTERS
            and len(text.split()) >= _MIN_WORDS
            and text.rstrip(_CLOSING_MARKS).endswith(_SENTENCE_ENDS)
        )


def summary(
    passages: Sequence[Passage], tokens: Mapping[int, TokenCodes], coder: TokenCoder
) -> list[tuple[Passage, Span]]:
    """The sentences that summarise the article with these passages, in article order.

    A few of the most central ones: near to the mean of all in the model's space (Radev et al.,
    Centroid-based summarization, 2000), those that open a section first. The first that stands
    alone begins it, for what opens an article says most often what that is about. Where the
    headings are times of day, as in a live blog, one sentence of each entry, the newest last.
    """
    sections = [
        [sentence for passage in group for sentence in _sentences(passage, tokens, coder)]
        for _, group in groupby(passages, key=lambda passage: passage.heading)
    ]
    headings = [heading for heading, _ in groupby(passage.heading for passage in passages)]
    entries = [
        (heading, section)
        for heading, section in zip(headings, sections, strict=True)
        if section and _minutes(heading) is not None
    ]
    if len(entries) >= _MIN_ENTRIES and 2 * len(entries) >= len(sections):
        return [(s.passage, s.span) for s in _of_each_entry(entries)]
    return [(s.passage, s.span) for s in _most_central([s for s in sections if s])]


def _sentences(
    passage: Passage, tokens: Mapping[int, TokenCodes], coder: TokenCoder
) -> Iterator[_SummarySentence]:
    codes = tokens.get(passage.key)
    spans = list(passage_sentences(passage.text, passage.language))
    if codes is None or len(codes.sentences) != len(spans):
        return
    means = coder.means(codes.sentences)
    vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    for span, vector in zip(spans, vectors, strict=True):
        whole = span.shifted(passage.span.start)
        context = context_of(passage, whole)
        yield _SummarySentence(passage, whole, context.before, context.complete, vector)


def _of_each_entry(
    entries: Sequence[tuple[str | None, Sequence[_SummarySentence]]],
) -> list[_SummarySentence]:
    """The first sentence of each that stands alone, in order of time; the newest where many are."""
    first, last = (_minutes(entries[place][0]) or 0 for place in (0, -1))
    in_time = list(reversed(entries)) if first > last else list(entries)
    picked = [next((s for s in section if s.fit), section[0]) for _, section in in_time]
    return picked[-_MAX_ENTRIES:]


def _most_central(sections: Sequence[Sequence[_SummarySentence]]) -> list[_SummarySentence]:
    sentences = [sentence for section in sections for sentence in section]
    if not sentences:
        return []
    opening = {section[0].span.start for section in sections}
    vectors = np.stack([sentence.vector for sentence in sentences])
    mean = vectors.mean(axis=0)
    central = vectors @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    scores = {
        place: float(central[place])
        + _OPENS_SECTION * (sentence.span.start in opening)
        - _NEEDS_ANOTHER * (sentence.before is not None)
        for place, sentence in enumerate(sentences)
    }
    fit = [place for place in scores if sentences[place].fit] or [0]
    opens = next((place for place in fit if sentences[place].before is None), fit[0])
    wanted = min(max(len(sentences) // _SENTENCES_FOR_ONE, _MIN_SENTENCES), _MAX_SENTENCES)
    chosen = [opens]
    for place in sorted(fit, key=lambda place: -scores[place]):
        if len(chosen) == wanted:
            break
        if all(float(vectors[place] @ vectors[other]) < _REPEATS for other in chosen):
            chosen.append(place)
    return [sentences[place] for place in sorted(chosen)]


def _minutes(heading: str | None) -> int | None:
    """The time of day that a heading gives, in minutes after midnight; None where it gives none."""
    if not heading or len(heading) > _MAX_HEADING_CHARACTERS or not (time := _TIME.search(heading)):
        return None
    hour, half = int(time["hour"]), (time["half"] or "").lower()
    if half:
        hour = hour % 12 + 12 * half.startswith("p")
    return 60 * hour + int(time["minute"])
