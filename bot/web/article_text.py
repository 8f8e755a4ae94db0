"""The text of an article as a page shows it: exact to the character, with what is cited marked.

Nothing of the text is taken for markup but what Footnote itself takes for headings, lists, quoted
lines and tables; whatever else an article has in it shows as it was written.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from footnote.bot.web.direction import direction_of, is_mixed
from footnote.corpus.span import Span

_HEADING = re.compile(r"(#{1,6}) +(?=\S)")
_HEADINGS = re.compile(r"^(#{1,6}) +(?=\S)", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*•] |\d{1,3}[.)] )")
_QUOTE = re.compile(r"> ?")
_DELIMITER = re.compile(r"\|? ?:?-+:? ?(?:\| ?:?-+:? ?)+\|?|\| ?:?-+:? ?\|")
_MAYBE_MARKED = frozenset("#>|-*•0123456789")
"""What a heading, a quoted line, a row or an item begins with."""
_BETWEEN = '</p>\n<p dir="ltr">'


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence that is cited as [n], and the passage that it stands in; `link` leads from its
    number to what cites it, if anything does."""

    n: int
    sentence: Span
    passage: Span
    link: str = ""


@dataclass(frozen=True, slots=True)
class _TextLine:
    """`start` is where its words begin, behind what marks it."""

    kind: str
    start: int
    end: int
    level: int = 0


def article_html(text: str, marks: Sequence[Mark] = ()) -> Markup:
    """The whole text; each mark has the element `n1` (its number) before it, to be scrolled to."""
    if not marks and (paragraphs := _plain(text)):
        # Most articles are that, and it takes a quarter of the time.
        return Markup(f'<p dir="ltr">{_BETWEEN.join(paragraphs)}</p>\n')
    shown = _Shown(text, marks)
    return Markup("".join(shown.blocks()))


def _plain(text: str) -> list[str] | None:
    """The paragraphs, escaped, of a text that has nothing but paragraphs of one line each, all of
    which run from left to right; None of any other."""
    paragraphs = text.split("\n\n")
    for paragraph in paragraphs:
        if not paragraph or paragraph[0] in _MAYBE_MARKED or "\n" in paragraph:
            return None
    return None if is_mixed(text) else str(escape(text)).split("\n\n")


def passage_html(text: str, offset: int, marks: Sequence[Mark]) -> Markup:
    """A part of an article, which begins at the character `offset` of it."""
    moved = [
        Mark(m.n, m.sentence.shifted(-offset), m.passage.shifted(-offset), m.link) for m in marks
    ]
    return article_html(text, moved)


class _Shown:
    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._text = text
        self._marks = sorted(marks, key=lambda mark: (mark.sentence, mark.n))
        spans = [span for mark in marks for span in (mark.sentence, mark.passage)]
        self._spotted: set[int] = set()
        # Looking for lines is what takes longest here, and most articles have no heading.
        found = _HEADINGS.finditer(text) if "#" in text else iter(())
        self._top = min((len(heading[1]) for heading in found), default=1)
        self._is_mixed = is_mixed(text)
        self._cuts = sorted({edge for span in spans for edge in (span.start, span.end)})

    def blocks(self) -> Iterator[str]:
        for start, end in self._stretches():
            if self._text[start] not in _MAYBE_MARKED and self._text.find("\n", start, end) < 0:
                yield self._paragraph(_TextLine("text", start, end))
                continue
            lines = self._lines(start, end)
            if len(lines) == 1 and lines[0].kind == "text":
                yield self._paragraph(lines[0])
                continue
            if len(lines) > 1 and _DELIMITER.fullmatch(self._text, lines[1].start, lines[1].end):
                yield from self._table(lines)
                continue
            for kind, group in groupby(lines, key=lambda line: line.kind):
                yield from self._block(kind, list(group))

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Where what stands between two blank lines begins and ends."""
        text, start = self._text, 0
        while start < len(text):
            if text[start] == "\n":
                start += 1
                continue
            end = text.find("\n\n", start)
            if end < 0:
                end = len(text) - text.endswith("\n")
            yield start, end
            start = end + 2

    def _lines(self, start: int, end: int) -> list[_TextLine]:
        """What follows an item on a line of its own is the item's."""
        lines = list[_TextLine]()
        while start < end:
            border = self._text.find("\n", start, end)
            border = end if border < 0 else border
            line = self._line(start, border)
            if lines and line.kind == "text" and lines[-1].kind in ("item", "text"):
                last = lines.pop()
                line = _TextLine(last.kind, last.start, border)
            lines.append(line)
            start = border + 1
        return lines

    def _line(self, start: int, end: int) -> _TextLine:
        first = self._text[start]
        if first == "#" and (heading := _HEADING.match(self._text, start, end)):
            return _TextLine("heading", heading.end(), end, len(heading[1]))
        if first == ">" and (quoted := _QUOTE.match(self._text, start, end)):
            return _TextLine("quote", quoted.end(), end)
        if first == "|":
            return _TextLine("row", start, end)
        if item := _ITEM.match(self._text, start, end):
            return _TextLine("item", item.start(), end)
        return _TextLine("text", start, end)

    def _block(self, kind: str, lines: Sequence[_TextLine]) -> Iterator[str]:
        match kind:
            case "heading":
                for line in lines:
                    level = min(line.level - self._top + 2, 6)
                    words = self._run(line.start, line.end)
                    yield f"<h{level}{self._dir(line)}>{words}</h{level}>\n"
            case "item":
                # The mark of an item is a part of the text, so no other is shown.
                items = "".join(
                    f"<li{self._dir(line)}>{self._run(line.start, line.end)}</li>\n"
                    for line in lines
                )
                yield f"<ul>\n{items}</ul>\n"
            case "quote":
                inner = "\n".join(self._run(line.start, line.end) for line in lines)
                yield f"<blockquote{self._dir(*lines)}><p>{inner}</p></blockquote>\n"
            case _:
                yield from map(self._paragraph, lines)

    def _paragraph(self, line: _TextLine) -> str:
        return f"<p{self._dir(line)}>{self._run(line.start, line.end)}</p>\n"

    def _table(self, lines: Sequence[_TextLine]) -> Iterator[str]:
        yield '<div class="wide"><table>\n'
        for number, line in enumerate(lines):
            if number == 1:
                continue
            tag = "th" if number == 0 else "td"
            cells = "".join(
                f"<{tag}{self._dir(_TextLine('cell', start, end))}>{self._run(start, end)}</{tag}>"
                for start, end in self._cells(line)
            )
            yield f"<tr>{cells}</tr>\n"
        yield "</table></div>\n"

    def _cells(self, line: _TextLine) -> Iterator[tuple[int, int]]:
        start, end = line.start, line.end
        start += self._text.startswith("|", start, end)
        end -= end > start and self._text[end - 1] == "|"
        while start <= end:
            border = self._text.find("|", start, end)
            border = end if border < 0 else border
            yield start, border
            start = border + 1

    def _dir(self, *lines: _TextLine) -> str:
        """The attribute that says in which direction they run."""
        if not self._is_mixed:
            return ' dir="ltr"'
        return f' dir="{direction_of(self._text[lines[0].start : lines[-1].end])}"'

    def _run(self, start: int, end: int) -> str:
        """What stands between two places, escaped, with the marks that meet it."""
        first = bisect_left(self._cuts, start) if self._marks else len(self._cuts)
        if first == len(self._cuts):
            return str(escape(self._text[start:end]))
        inner = [cut for cut in self._cuts[first:] if start < cut < end]
        edges = [start, *inner, end]
        return "".join(self._piece(a, b) for a, b in pairwise(edges))

    def _piece(self, start: int, end: int) -> str:
        """A run within which no mark begins or ends."""
        written = str(escape(self._text[start:end]))
        cited = [m for m in self._marks if m.sentence.start < end and start < m.sentence.end]
        if cited:
            spots = "".join(self._spot(m.n) for m in cited)
            numbers = "".join(_number(m) for m in cited if m.sentence.end <= end)
            named = " ".join(str(m.n) for m in cited)
            return f'{spots}<mark data-n="{named}">{written}</mark>{numbers}'
        if any(m.passage.start < end and start < m.passage.end for m in self._marks):
            return f'<span class="passage">{written}</span>'
        return written

    def _spot(self, n: int) -> str:
        """What a link to the sentence leads to: once, where the sentence begins."""
        if n in self._spotted:
            return ""
        self._spotted.add(n)
        return f'<span class="spot" id="n{n}"></span>'


def _number(mark: Mark) -> str:
    if not mark.link:
        return ""
    return f'<sup class="n"><a href="{escape(mark.link)}">{mark.n}</a></sup>'
