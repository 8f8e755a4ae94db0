"""The sentences of an article's text, as exact spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import sentencex

from corpus.span import Span

VERSION = 1
"""Raise it when the same text gives other sentences: every index is then rebuilt."""

MOST_CHARACTERS = 1000
"""A longer "sentence" is a table, a list or a text without full stops: it is cut at spaces."""

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_HEADING = re.compile(r"#{1,6} ++(?P<words>[^ ]++(?: ++(?!#+ *$)[^ ]++)*+)(?: ++#++)? *+")
# What begins a line that stands for itself: a list item, a table row, a quoted line.
_MARKER = re.compile(r"[-*+•–] |(?P<number>\d{1,3})[.)] |\| ?|> ?")
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Febr)uary\b|(?:March|April|May|June|July)\b"
    r"|August\b|(?:Septem|Octo|Novem|Decem)ber\b"
)
# Where sentencex 1.0.32 ends a sentence that goes on: the languages that this is for (none: all),
# what it takes for the end, and what follows it.
_GOES_ON = (
    ("", re.compile(r"\b[ap]\.m\.$"), _DAY),  # at 5 p.m. Monday
    ("", re.compile(r"[»”\"]$"), re.compile(r"[—–] ?[a-zß-öø-ÿа-яё]")),  # «Кто там?» — спросил он
    ("ja", re.compile(r"[」』]$"), re.compile("と")),  # 「行かない。」と言った
    ("fr", re.compile(r"\b(?:M|Mme|Mlle|Mgr|Dr)\.$"), re.compile(r"\w")),
    # Ordinals, im 19. Jahrhundert: more frequent than sentences that end in a number below 100.
    (
        "cs da de et fi hr hu is lv nb nn no pl sk sl sr tr",
        re.compile(r"(?<![\d.,:])\d{1,2}\.$"),
        re.compile(r"[^\W\d_]"),
    ),
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (or a line that stands for itself) and the heading that it is under.

    `section` counts the headings so far, for two of them may have the same words. `sentences` are
    spans of the whole text, in order, without the white space between them.
    """

    section: int
    heading: str | None
    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return Span(self.sentences[0].start, self.sentences[-1].end)


def blocks(text: str, language: str | None = None) -> Iterator[Block]:
    """The blocks of a normalised text; headings are no block of their own and never quoted.

    `language` (BCP 47) decides which abbreviations end no sentence; English where it is not given.
    """
    section, heading = 0, None
    for start, end, words in _pieces(text):
        if words is not None:
            section, heading = section + 1, words
        elif spans := tuple(sentence_spans(text[start:end], language)):
            yield Block(section, heading, tuple(span.shifted(start) for span in spans))


def sentence_spans(text: str, language: str | None = None) -> Iterator[Span]:
    """Where each sentence of `text` stands; what has no letter or digit is no sentence.

    sentencex was chosen over Punkt and pysbd. Of 45 texts that are hard to part, in 11 languages
    (tests/index/sentences.txt), this parts 43 rightly, at 17 MB/s; sentencex without `_GOES_ON`,
    which was written with them in view, 38 at 95 MB/s; pysbd 38 at 0.26 MB/s; Punkt as LlamaIndex
    has it, untrained, 15 at 6.7 MB/s.
    """
    code = (language or "en").replace("_", "-").split("-")[0].lower()
    start = 0
    bounds = [b["end_index"] for b in sentencex.get_sentence_boundaries(code, text)]
    for end, after in pairwise([*bounds, len(text)]):
        if _goes_on(text[start:end].rstrip(), text[end:after], code):
            continue
        yield from _cut(text, start, end)
        start = end
    yield from _cut(text, start, len(text))


def _goes_on(sentence: str, following: str, language: str) -> bool:
    return any(
        end.search(sentence) and beginning.match(following)
        for languages, end, beginning in _GOES_ON
        if not languages or language in languages.split()
    )


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The piece without the white space around it; in several, at spaces, where it is too long."""
    while start < end:
        stop = end
        if end - start > MOST_CHARACTERS:
            space = text.rfind(" ", start + 1, start + MOST_CHARACTERS)
            stop = space if space > 0 else start + MOST_CHARACTERS
        if _LETTER_OR_DIGIT.search(text, start, stop):
            piece = text[start:stop]
            begin = start + len(piece) - len(piece.lstrip())
            yield Span(begin, begin + len(piece.strip()))
        start = stop


def _pieces(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Each paragraph, in pieces where a line of it stands for itself, without the lines' markers.

    For a heading, its words come third.
    """
    number = 0
    for paragraph in _PARAGRAPH.finditer(text):
        begin = position = paragraph.start()
        words: str | None = None
        for line in paragraph[0].split("\n"):
            heading, marker = _HEADING.fullmatch(line), _marker(line, number)
            if position > paragraph.start() and (heading or marker or words is not None):
                yield begin, position - 1, words
                begin = position
            if marker:
                begin = position + marker.end()
                number = int(marker["number"] or number)
            words = heading["words"] if heading else None
            number = 0 if heading else number
            position += len(line) + 1
        yield begin, paragraph.end(), words


def _marker(line: str, number: int) -> re.Match[str] | None:
    """The marker of a line after an item of this number (0: after none).

    A number begins an item in its turn only: "am\\n3. August" is one sentence, wrapped.
    """
    marker = _MARKER.match(line)
    in_turn = not marker or int(marker["number"] or 1) in (1, number + 1)
    return marker if in_turn else None
