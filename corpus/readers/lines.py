"""Lines of print, put together into paragraphs and headings again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

PAGE = "\ufdd0"
"""Stands before the first word of each page but the first until the text is finished: a code point
that is no character and never will be (Unicode, section 23.7), so that no text has it."""

HYPHEN = "\xad"
"""Stands where a line ended with a hyphen, until it is known whether the word has one."""

_HYPHENS = "-\u2010\xad"
_BROKEN_WORD = re.compile(f"\\b(\\w++){HYPHEN}({PAGE}*)(\\w+)")
_SENTENCE_ENDS = tuple('.!?:;…。！？؟۔”"»)')
_PAGE_NUMBER = re.compile(
    r"(?i)\W*+(?:(?:page|seite|p\.|стр\.)\W*+)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\W++(?:(?:of|von|из)\W*+)?\d{1,4})?\W*+"
)
_DIGITS = re.compile(r"\d+")
# Lines at the top and the bottom of a page that are looked at as its header and footer.
_EDGE_LINES = 3
_MAX_EDGE_CHARACTERS = 80
_MIN_REPEATS = 2
# As multiples of the size of the letters or of the usual distance of two lines.
_HEADING, _GAP, _INDENT, _SHORT = 1.15, 1.35, 0.8, 0.85
_MAX_HEADING_CHARACTERS = 200
# A line is full that reaches as far to the right as seven in ten do.
_FULL = 0.7


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its place in points from the page's lower left, the size of its letters.

    PDFium puts two lines together where a hyphen parts a word: it begins on `first_bottom` then.
    """

    text: str
    page: int
    left: float
    right: float
    first_bottom: float
    bottom: float
    size: float


def without_edges(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """The pages without running headers, footers and page numbers.

    Those stand outermost, are short, and come again, but for their numbers, on at least half of the
    left-hand or right-hand pages.
    """
    edges = [_edges(page) for page in pages]
    seen = Counter(_shape(line.text) for page in edges for line in page)
    enough = max(_MIN_REPEATS, len(pages) / 4)
    for page, its_edges in zip(pages, edges, strict=True):
        outermost = {id(line) for line in its_edges if _PAGE_NUMBER.fullmatch(line.text)}
        outermost |= {id(line) for line in its_edges if seen[_shape(line.text)] >= enough}
        yield [line for line in page if id(line) not in outermost]


def _edges(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.bottom)
    outermost = by_height[:_EDGE_LINES] + by_height[_EDGE_LINES:][-_EDGE_LINES:]
    return [line for line in outermost if len(line.text) <= _MAX_EDGE_CHARACTERS]


def _shape(text: str) -> str:
    return _DIGITS.sub("0", text.casefold())


def body_size(lines: Sequence[Line]) -> float:
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def title_of(lines: list[Line], body: float) -> tuple[str | None, list[Line]]:
    """The largest letters of the first page, if they are larger than the text's."""
    first = [line for line in lines if line.page == lines[0].page] if lines else []
    largest = max((line.size for line in first), default=0.0)
    start = next((n for n, line in enumerate(first) if line.size == largest), 0)
    found = list(takewhile(lambda line: line.size == largest, first[start:]))
    title = " ".join(line.text for line in found)
    if largest < _HEADING * body or len(title) > _MAX_HEADING_CHARACTERS:
        return None, lines
    return title, [line for line in lines if line not in found]


def without_title(title: str, lines: list[Line]) -> list[Line]:
    """The lines but for the title, which is said already, where it stands on the first page."""
    wanted = title.casefold().split()
    first = [line for line in lines if line.page == lines[0].page]
    for start in range(len(first)):
        words: list[str] = []
        for end, line in enumerate(first[start:], start=start + 1):
            words += line.text.casefold().split()
            if words == wanted:
                return lines[:start] + lines[end:]
            if len(words) >= len(wanted):
                break
    return lines


def _words(lines: Sequence[Line]) -> Counter[str]:
    return Counter(word.casefold() for line in lines for word in re.findall(r"[\w-]+", line.text))


def paragraphs(lines: Sequence[Line], body: float) -> Iterator[str]:
    """Headings marked as in Markdown, PAGE before the first word of a page; `body`: its size."""
    words = _words(lines)
    gaps = [
        a.bottom - b.first_bottom for a, b in pairwise(lines) if a.page == b.page and a.size == body
    ]
    pitch = median([gap for gap in gaps if 0 < gap < 3 * body] or [body])
    rights = [line.right for line in lines if line.size == body] or [0.0]
    full = sorted(rights)[int(len(rights) * _FULL)]
    paragraph, before = "", None
    for line in lines:
        # A page without text has a mark as well, so that they can be counted.
        mark = PAGE * (line.page - (before.page if before else 0))
        if before is None or _begins(before, line, pitch, full):
            if paragraph:
                yield _mended(paragraph, words)
            heading = line.size >= _HEADING * body and len(line.text) <= _MAX_HEADING_CHARACTERS
            paragraph = ("## " if heading else "") + mark + line.text
        else:
            paragraph = _joined(paragraph, line.text, mark)
        before = line
    if paragraph:
        yield _mended(paragraph, words)


def _begins(before: Line, line: Line, pitch: float, full: float) -> bool:
    """Whether the line begins a paragraph after the line before it."""
    if abs(line.size - before.size) > 0.1 * before.size:
        return True
    ended = before.text.endswith(_SENTENCE_ENDS)
    drop = before.bottom - line.first_bottom
    if line.page != before.page or drop <= 0:  # the next page or column
        return ended and not line.text[:1].islower()
    if drop > _GAP * pitch:
        return True
    indented = _INDENT * line.size < line.left - before.left < 6 * line.size
    short = before.right - before.left < _SHORT * (full - before.left)
    return (ended and (indented or short)) or _is_item(line.text)


def _is_item(text: str) -> bool:
    return text.startswith(("• ", "▪ ", "– ", "‣ ", "◦ ", "● "))


def _joined(paragraph: str, text: str, mark: str) -> str:
    if paragraph[-1] in _HYPHENS and paragraph[-2:-1].isalpha() and text[:1].isalpha():
        return f"{paragraph[:-1]}{HYPHEN}{mark}{text}"
    return f"{paragraph} {mark}{text}"


def _mended(paragraph: str, words: Counter[str]) -> str:
    """Broken words whole again; with their hyphen where the text has it so elsewhere."""

    def mend(broken: re.Match[str]) -> str:
        first, mark, second = broken.groups()
        compound, whole = f"{first}-{second}".casefold(), f"{first}{second}".casefold()
        has_hyphen = words[compound] > words[whole] or not second[0].islower()
        return f"{first}{'-' if has_hyphen else ''}{mark}{second}"

    return _BROKEN_WORD.sub(mend, paragraph)
