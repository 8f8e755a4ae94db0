"""Sentences with their numbers, cut from text that is still being written."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footnote.corpus.span import Span
from footnote.index.sentences import sentence_spans
from footnote.index.writing.thoughts import Thoughts

_NUMBERS = r"\^?\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*"
_MARK = re.compile(
    rf"[\[【]\s*(?:(?:source|passage|evidence|article)s?\s+)?(?P<a>{_NUMBERS})\s*(?:†[^\]】\n]{{0,40}})?[\]】]"
    # As the passages are headed in what a model is given, and a small one says again.
    r"|<<<passage (?P<f>\d{1,3})\b(?:>>>|:[^<>\n]{0,400}(?:>>>|$))?"
    # (1) is a number only where a sentence ends: elsewhere it may be part of what is said.
    r"|\((?P<b>\d{1,2}(?:\s*,\s*\d{1,2})*)\)(?=\s*(?:[.!?…]|$|[\[(]))"
    r"|(?<=[.!?…] )\((?P<c>\d{1,2}(?:\s*,\s*\d{1,2})*)\)|(?<=[.!?…])\((?P<d>\d{1,2})\)"
    r"|(?P<e>[¹²³⁴⁵⁶⁷⁸⁹]+)",
    re.IGNORECASE,
)
# "Passage 3 states that …": what is said begins behind it.
_ATTRIBUTED = re.compile(
    r"\s*(?:according to |as (?:stated|mentioned|described) in )?(?:the )?passage (\d{1,3})"
    r"(?:,| (?:states|says|mentions|reports|notes|indicates|explains) that)\s+(?=\w)",
    re.IGNORECASE,
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RANGE = re.compile(r"(\d{1,3})\s*+[–-]\s*+(\d{1,3})")
_MAX_IN_RANGE = 20

# Markdown and HTML, which is no part of what is said; what it encloses is.
_MARKUP = re.compile(
    r"<<<|>>>|\*+|`+|~~|(?<!\w)_+|_+(?!\w)|</?[a-zA-Z][^<>\n]{0,200}>|!?\[(?=[^\[\]\n]*\]\()|\]\([^()\n]*\)"
)
_LEFT_OUT = re.compile(r"\s*(?:#{1,6}\s|\||```|~~~|[-*_=]{3,}\s*$)")
_ITEM = re.compile(r"\s*(?:[-*+•–]\s+|\d{1,3}[.)]\s+|>\s?)")
_MARKED_LINE = re.compile(r"\s*(?:[#|>•+]|[-–*]\s|```|~~~|\d{1,3}[.)](?:\s|$)|[-*_=]{2,})")
# A mark or a piece of markup that may still be going on where the text ends for now.
_OPEN = re.compile(
    r"(?:[\[【(<][^\]】)>\n]{0,200}|\]\([^)\n]{0,200}|(?<=[^\d\s])\]"
    r"|(?<![*_`¹²³⁴⁵⁶⁷⁸⁹])[*_`¹²³⁴⁵⁶⁷⁸⁹]++)\s*+$"
)
_WORD_AND_MORE = re.compile(r"\S+\s+\S")
_ENDED = re.compile(r"[.!?…。！？؟۔][\"”’»)\]*_]*$")
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_MIN_WORDS = 4
# A line that is longer is no line of prose, and a sentence no sentence: cutting and checking them
# takes more than their length.
_MAX_AT_ONCE, _MAX_IN_LINE, _MAX_IN_SENTENCE = 1000, 4000, 600
_MAX_FRAGMENTS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or the part of one up to its numbers."""

    text: str
    cited: Sequence[int]


@dataclass(frozen=True, slots=True)
class StreamedSentence:
    """Plain text without the numbers; `pieces` are its parts where they stand within it."""

    text: str
    pieces: Sequence[Piece]

    @property
    def cited(self) -> list[int]:
        return list(dict.fromkeys(n for piece in self.pieces for n in piece.cited))


class SentenceParser:
    """Takes text piece by piece, and gives each sentence once it is certain where it ends.

    What is no sentence (headings, tables, rules, two words and a number) is left out; `fragments`
    are the few words that stood where a sentence should, such as a name. The items of a list begin
    with what introduces it: alone they say nothing that could be checked.
    """

    def __init__(self, language: str | None = None) -> None:
        self.fragments: list[str] = []
        self._language = language
        self._thoughts = Thoughts()
        self._line = ""
        self._lead = ""
        self._overlong = False

    def feed(self, text: str) -> Iterator[StreamedSentence]:
        for said in self._thoughts.feed(text.replace("\r", "")):
            if said is None:
                self._line = self._lead = ""
                self._overlong = False
                continue
            *lines, rest = said.split("\n")
            for line in lines:
                yield from self._grown(line)
                line, self._line = self._line, ""
                yield from self._whole(line)
                self._overlong = False
            yield from self._grown(rest)

    def end(self, *, cut_off: bool) -> Iterator[StreamedSentence]:
        """What is left; where it was cut off, without what has no end."""
        yield from self._grown(self._thoughts.end())
        line, self._line = self._line, ""
        yield from self._whole(line, open_end=cut_off)

    def _grown(self, more: str) -> Iterator[StreamedSentence]:
        """What is certain once this follows, a part at a time; what grows too long is left out up
        to the next line."""
        for at in range(0, len(more), _MAX_AT_ONCE):
            if self._overlong:
                return
            self._line += more[at : at + _MAX_AT_ONCE]
            yield from self._ripe()
            if len(self._line) > _MAX_IN_LINE:
                self._overlong, self._line = True, ""

    def _ripe(self) -> Iterator[StreamedSentence]:
        """The sentences after which another one has begun, and is past its first word."""
        if _MARKED_LINE.match(self._line):
            return
        opened = _OPEN.search(self._line)
        spans = self._spans(self._line[: opened.start()] if opened else self._line)
        if len(spans) < 2 or not _WORD_AND_MORE.match(spans[-1].of(self._line)):
            return
        ready, self._line = self._line[: spans[-1].start], self._line[spans[-1].start :]
        self._lead = ""
        yield from self._cut(ready, spans[:-1])

    def _whole(self, line: str, *, open_end: bool = False) -> Iterator[StreamedSentence]:
        if not line.strip() or _LEFT_OUT.match(line):
            return
        item = _ITEM.match(line)
        line = line[item.end() :] if item else line
        lead, self._lead = self._lead, self._lead if item else ""
        spans = self._spans(line)
        if open_end and spans and not _ENDED.search(_masked(spans[-1].of(line)).strip()):
            spans.pop()
        if spans and _masked(line).rstrip().endswith((":", "：")):
            self._lead = _plain(spans.pop().of(line)).rstrip(":： ")
        yield from self._cut(line, spans, lead=f"{lead}: " if item and lead else "")

    def _cut(self, line: str, spans: Sequence[Span], lead: str = "") -> Iterator[StreamedSentence]:
        """With the numbers that follow each, up to where the next begins."""
        ends = [*(span.start for span in spans[1:]), len(line)][: len(spans)]
        for number, (span, end) in enumerate(zip(spans, ends, strict=True)):
            start = 0 if number == 0 else span.start
            sentence = _sentence(line[start:end], lead if number == 0 else "")
            if len(sentence.text) > _MAX_IN_SENTENCE:
                continue
            if _says_something(sentence.text, led=bool(lead)):
                yield sentence
            elif len(self.fragments) < _MAX_FRAGMENTS:
                self.fragments.append(sentence.text)

    def _spans(self, line: str) -> list[Span]:
        return list(sentence_spans(_masked(line), self._language))


def _masked(text: str) -> str:
    """Of the same length, with blanks for numbers and markup: so it is parted as if without."""
    for pattern in (_MARK, _MARKUP):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def _plain(text: str) -> str:
    text = " ".join(html.unescape(_masked(text)).split())
    text = re.sub(r" ([.,;:!?…])", r"\1", text)
    return re.sub(r"([(“]) | ([)”])", r"\1\2", text)


def _sentence(text: str, lead: str) -> StreamedSentence:
    attributed = _ATTRIBUTED.match(text)
    if attributed and not lead:
        text = text[attributed.end()].upper() + text[attributed.end() + 1 :]
        text = f"{text} [{attributed[1]}]"
    start, before = 0, lead
    pieces: list[Piece] = []
    for mark in _MARK.finditer(text):
        part = _plain(text[start : mark.start()])
        cited = _cited(mark)
        if not any(map(str.isalnum, part)) and pieces:
            pieces[-1] = Piece(pieces[-1].text, (*pieces[-1].cited, *cited))
        else:
            pieces.append(Piece(before + part, cited))
            before = ""
        start = mark.end()
    rest = _plain(text[start:])
    if any(map(str.isalnum, rest)):
        pieces.append(Piece(before + rest, ()))
    return StreamedSentence(lead + _plain(text), tuple(pieces))


def _cited(mark: re.Match[str]) -> tuple[int, ...]:
    told = next(group for group in mark.groups() if group).translate(_RAISED)
    numbers: list[int] = []
    for part in re.split(r"[,;]", told.replace("^", "")):
        if found := _RANGE.search(part):
            first, last = int(found[1]), int(found[2])
            numbers += range(first, min(last, first + _MAX_IN_RANGE) + 1)
        else:
            numbers.append(int(part))
    return tuple(numbers)


def _says_something(text: str, *, led: bool) -> bool:
    """Whether it is more than a name or a heading, which would be "supported" anywhere."""
    if _UNSPACED.search(text):
        return len(text) >= 2 * _MIN_WORDS
    words = len(_WORD.findall(text))
    return words >= _MIN_WORDS and (led or bool(_ENDED.search(text)) or words >= 2 * _MIN_WORDS)
