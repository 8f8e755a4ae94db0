"""The paragraphs, list items and table rows of an article's text, under their headings."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import groupby, zip_longest

from footnote.corpus.span import Span
from footnote.index.facts.dates import dates
from footnote.index.formalities import (
    is_byline,
    is_closing,
    is_credit,
    is_dateline,
    is_salutation,
    length_of_dateline,
    may_sign,
)
from footnote.index.sentences import MAX_CHARACTERS, sentence_spans

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_HEADING = re.compile(r"#{1,6} ++(?P<words>[^ ]++(?: ++(?!#+ *$)[^ ]++)*+)(?: ++#++)? *+")
# What begins a line that stands for itself: a quoted line, perhaps a callout of Obsidian, or a list
# item, perhaps a task.
_MARKER = re.compile(
    r"(?:(?:> ?)+(?:\[!\w{1,20}\][+-]? ?)?)?"
    r"(?:(?:[-*+•–] |(?P<number>\d{1,3})[.)] )(?:\[[ xX]\] )?)?"
)
_NUMBER = re.compile(r"^(\d{1,3})[.)] ", re.MULTILINE)
# The line below the header of a table in GitHub Flavored Markdown (section 4.10).
_DELIMITER = re.compile(r"\|?(?: ?:?-+:? ?\|)+(?: ?:?-+:?)?")

_MAX_HEADING_CHARACTERS = 80
_MAX_HEADING_WORDS = 10
_ENDS_NO_HEADING = tuple(".!…,;–—-")
_SENTENCE_ENDS, _CLOSING_MARKS = tuple(".!?…:;,。！？؟۔।"), "\"'”’»“)]* "
_GIVES_WHAT_IT_NAMES = re.compile(r"(?:[^\s:]+ ){0,2}[^\s:]+: ?\S")
# Around a label there is a paragraph of so many words, and so many of all are sentences.
_MIN_RUNNING_WORDS, _MIN_RUNNING_SHARE = 8, 0.6
# So many lines in capitals in a row are no headings, but a list of names or somebody who shouts;
# nor are they where so much of the text is in capitals.
_MAX_IN_A_ROW = 2
# Each step of answering asks for the sentences of the same passages: up to 30 of a question.
_KEPT_PASSAGES = 2048
_MAX_IN_CAPITALS = 0.5

_BAR = " | "
_EMPTY_CELL = re.compile(r"vacant|none|nobody|nil|n/a|[-–—]", re.IGNORECASE)

_TIME = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d){1,2}\b(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?", re.I
)
_WORD = re.compile(r"\w+")
_BESIDE_A_MOMENT = {
    *("on", "at", "the", "of", "last", "updated", "update", "published", "posted", "am", "pm"),
    *("gmt", "utc", "bst", "est", "edt", "pst", "pdt", "cet", "cest", "ist", "et", "msk"),
    *("um", "uhr", "am", "den", "de", "del", "el", "a", "las", "le", "à", "h", "г", "года", "в"),
}
_MAX_DAY_CHARACTERS = 30
# So many lines below a closing say who signs.
_MAX_SIGNING = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (or a line that stands for itself) and the heading that it is under.

    `section` counts the headings so far, for two of them may have the same words. The heading of a
    table's row has the table's header as its last line. `sentences` are spans of the whole text, in
    order, without the white space between them.
    """

    section: int
    heading: str | None
    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return Span(self.sentences[0].start, self.sentences[-1].end)


class _BlockKind(Enum):
    TEXT, HEADING, CAPITALS, ROW, LEFT_OUT = range(5)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or several that are one text; `words` are those of a heading or a table's header."""

    start: int
    end: int
    kind: _BlockKind
    words: str | None = None


def blocks(text: str, language: str | None = None) -> Iterator[Block]:
    """The blocks of a normalised text; headings are no block of their own and never quoted.

    Headings are marked as in Markdown, or stand in capitals, or are no more than a date or a time,
    on a line of their own. Bylines, credits, datelines, what opens and closes a letter, and the
    headers of tables are never quoted either; a sentence behind a dateline begins after it.
    `language` (BCP 47) decides which abbreviations end no sentence; English where it is not given.
    """
    section, heading = 0, None
    for piece in _headed(list(_pieces(text, language))):
        if piece.kind is _BlockKind.HEADING:
            section, heading = section + 1, piece.words
        elif sentences := tuple(_sentences(piece, text, language)):
            header = piece.words if piece.kind is _BlockKind.ROW else None
            above = "\n".join(words for words in (heading, header) if words)
            yield Block(section, above or None, sentences)


@lru_cache(maxsize=_KEPT_PASSAGES)
def passage_sentences(text: str, language: str | None = None) -> tuple[Span, ...]:
    """The sentences of a passage, as `blocks` has them: without what marks and separates them."""
    pieces = _pieces(text, language, of_passage=True)
    found = tuple(span for piece in pieces for span in _sentences(piece, text, language))
    return found or tuple(sentence_spans(text, language))


def is_label(text: str, sentence: Span) -> bool:
    """Whether a sentence of a passage is a short line among paragraphs, as a heading is that is not
    marked as one, or a link to another article: "Illinois and drones".

    Where the other paragraphs do not end as sentences do, as in notes, no line is a label; nor is
    one that has a figure, or gives what it names: "Contact: Ada Winter".
    """
    if (
        len(sentence) > _MAX_HEADING_CHARACTERS
        or (sentence.start and not text.endswith("\n\n", 0, sentence.start))
        or (sentence.end < len(text) and not text.startswith("\n\n", sentence.end))
    ):
        return False
    line = sentence.of(text)
    if (
        len(line.split()) > _MAX_HEADING_WORDS
        or any(map(str.isdigit, line))
        or _GIVES_WHAT_IT_NAMES.match(line)
        or (_has_an_end(line) and not line.endswith(("?", "...", "…")))
    ):
        return False
    others = [words for start, words in _paragraphs(text) if start != sentence.start]
    return max(others, default=0) >= _MIN_RUNNING_WORDS and (
        sum(map(bool, others)) >= _MIN_RUNNING_SHARE * len(others)
    )


@lru_cache(maxsize=16)  # asked for each of the lines of a text in turn
def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Where each begins, and how many words it has; none where it does not end as sentences do."""
    return tuple(
        (paragraph.start(), len(paragraph[0].split()) if _has_an_end(paragraph[0]) else 0)
        for paragraph in _PARAGRAPH.finditer(text)
    )


def _has_an_end(text: str) -> bool:
    return text.rstrip(_CLOSING_MARKS).endswith(_SENTENCE_ENDS)


def table_header(text: str, row: Span) -> Span | None:
    """The header of the table that has this row; None where it is no row, or has no header."""
    end = text.rfind("\n", 0, row.start)
    if not _is_row(text[end + 1 : row.end].strip()):
        return None
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if _DELIMITER.fullmatch(line):
            begin = text.rfind("\n", 0, start - 1) + 1 if start else 0
            return _row(text, begin, start - 1) if start else None
        if not _is_row(line):
            return None
        end = start - 1
    return None


def in_words(sentence: str, heading: str | None) -> str:
    """A table's row with what its header calls each cell, and any other sentence as it is.

    "2023 | 998" under "Traffic\\nYear | Ships" is read as "Year: 2023; Ships: 998"; "Lund | vacant"
    under "Port | Master" as "Port: Lund; no master".
    """
    header = header_in(heading)
    if header is None or "|" not in sentence:
        return sentence
    names, cells = _cells(header), _cells(sentence)
    if len(names) < len(cells):
        return sentence
    named = zip(names, cells, strict=False)
    return "; ".join(_called(name, cell) for name, cell in named if cell)


def _called(name: str, cell: str) -> str:
    if not name:
        return cell
    return f"no {name.lower()}" if _EMPTY_CELL.fullmatch(cell) else f"{name}: {cell}"


def header_in(heading: str | None) -> str | None:
    """The header of the table that stands under a heading, as a block has it."""
    header = (heading or "").rpartition("\n")[2]
    return header if _BAR in header else None


def _sentences(piece: _Piece, text: str, language: str | None) -> Iterator[Span]:
    row = _row(text, piece.start, piece.end) if piece.kind is _BlockKind.ROW else None
    if row and len(row) <= MAX_CHARACTERS:
        if any(map(str.isalnum, row.of(text))):
            yield row
    elif row:
        yield from (span.shifted(row.start) for span in sentence_spans(row.of(text), language))
    elif piece.kind in (_BlockKind.TEXT, _BlockKind.CAPITALS):
        found = sentence_spans(text[piece.start : piece.end], language)
        yield from (span.shifted(piece.start) for span in found)


def _headed(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """The same pieces, those in capitals made headings where they head something."""
    length = sum(piece.end - piece.start for piece in pieces)
    capitals = sum(piece.end - piece.start for piece in pieces if piece.kind is _BlockKind.CAPITALS)
    runs = [list(run) for _, run in groupby(pieces, key=lambda p: p.kind is _BlockKind.CAPITALS)]
    for run, following in zip_longest(runs, runs[1:]):
        heads = (
            following is not None
            and following[0].kind is not _BlockKind.HEADING
            and len(run) <= _MAX_IN_A_ROW
            and capitals <= _MAX_IN_CAPITALS * length
        )
        for piece in run:
            is_heading = heads and piece.kind is _BlockKind.CAPITALS
            yield replace(piece, kind=_BlockKind.HEADING) if is_heading else piece


def _pieces(text: str, language: str | None, *, of_passage: bool = False) -> Iterator[_Piece]:
    """The pieces of a text, without the markers of their lines.

    A passage begins where a sentence does, and which number the list's item before it has is not
    known.
    """
    numbers = frozenset(map(int, _NUMBER.findall(text))) if of_passage else None
    number = signing = 0
    for paragraph in _PARAGRAPH.finditer(text):
        lines = paragraph[0].split("\n")
        position = paragraph.start()
        begun: int | None = None  # where the text began that goes on from line to line
        header: str | None = None
        in_table = False
        for line, below in zip_longest(lines, lines[1:], fillvalue=""):
            start, end = position, position + len(line)
            position = end + 1
            piece = None
            if signing:
                signing = signing - 1 if may_sign(line) else 0
            if is_closing(line):
                signing = _MAX_SIGNING + 1
            if signing or (begun is None and (is_salutation(line) or is_credit(line))):
                piece = _Piece(start, end, _BlockKind.LEFT_OUT)
            elif heading := _HEADING.fullmatch(line):
                piece, number = _Piece(start, end, _BlockKind.HEADING, heading["words"]), 0
            elif "|" in line and _DELIMITER.fullmatch(below):
                header, in_table = _header(line), True
                piece = _Piece(start, end, _BlockKind.LEFT_OUT)
            elif _is_row(line) or (in_table and "|" in line):
                piece = _Piece(start, end, _BlockKind.ROW, header)
            elif marker := _marker(line, start, number, numbers, language):
                if begun is not None:
                    yield _Piece(begun, start - 1, _BlockKind.TEXT)
                begun, number = start + marker.end(), int(marker["number"] or number)
            elif begun is None and not below[:1].islower():
                kind = _kind(line, language)
                piece = _Piece(start, end, kind, line) if kind else None
            if piece:
                if begun is not None:
                    yield _Piece(begun, start - 1, _BlockKind.TEXT)
                yield piece
                begun = None
            elif begun is None:
                begun = start
                if start or not of_passage:
                    begun += length_of_dateline(line)
        if begun is not None:
            yield _Piece(begun, paragraph.end(), _BlockKind.TEXT)


def _marker(
    line: str, start: int, number: int, numbers: Set[int] | None, language: str | None
) -> re.Match[str] | None:
    """The marker of a line after an item of this number (0: after none).

    A number begins an item in its turn only: "am\n3. August" is one sentence, wrapped. In a passage
    there must be one before or after it among the `numbers` of its lines.
    """
    marker = _MARKER.match(line)
    if not marker or not marker.end() or (numbers is not None and not start):
        return None
    if not marker["number"]:
        return marker
    item = int(marker["number"])
    in_turn = item in (1, number + 1) or (numbers is not None and {item - 1, item + 1} & numbers)
    day = _begins_with_a_day(" ".join(line[:_MAX_DAY_CHARACTERS].split()[:2]), language)
    return marker if in_turn and not day else None


@lru_cache(10_000)
def _begins_with_a_day(words: str, language: str | None) -> bool:
    return any(date.span.start == 0 and date.month for date in dates(words, language))


def _kind(line: str, language: str | None) -> _BlockKind | None:
    """What a line is that stands alone; None where it is text."""
    if len(line) > _MAX_HEADING_CHARACTERS:
        return None
    if _is_moment(line, language):
        return _BlockKind.HEADING
    if is_byline(line) or is_dateline(line):
        return _BlockKind.LEFT_OUT
    return _BlockKind.CAPITALS if _is_in_capitals(line) else None


def _is_in_capitals(line: str) -> bool:
    letters = line.replace("ß", "")
    return (
        letters.isupper()
        and sum(map(str.isalpha, letters)) > 1
        and len(line.split()) <= _MAX_HEADING_WORDS
        and not line.endswith(_ENDS_NO_HEADING)
    )


def _is_moment(line: str, language: str | None) -> bool:
    """Whether it is a date or a time of day and nothing else."""
    if not any(map(str.isdigit, line)):
        return False
    rest, times = _TIME.subn(" ", line)
    found = dates(rest, language)
    for date in found:
        rest = rest[: date.span.start] + " " * len(date.span) + rest[date.span.end :]
    words = _WORD.findall(rest)
    return bool(times or found) and all(w.casefold() in _BESIDE_A_MOMENT for w in words)


def _is_row(line: str) -> bool:
    """Whether it is surely a table's: the outer bars may be missing, at the ends of a passage."""
    return line.startswith("|") or line.endswith(" |") or line.count(" | ") > 1


def _header(line: str) -> str | None:
    header = _row(line, 0, len(line))
    if header is None or not any(map(str.isalnum, line)):
        return None
    return _BAR.join(_cells(header.of(line)))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def _row(text: str, start: int, end: int) -> Span | None:
    """The row without its outer bars; None where nothing is left."""
    if text.startswith("|", start):
        start += 1
    if end > start and text[end - 1] == "|":
        end -= 1
    line = text[start:end]
    start, end = start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())
    return Span(start, end) if start < end else None
