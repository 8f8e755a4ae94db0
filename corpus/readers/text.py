"""Reading plain text: scraped, pasted or typed, wrapped at a width or not."""

from collections import Counter
from itertools import accumulate, groupby, pairwise

from footnote.corpus.normalise import normalise
from footnote.corpus.readers.markdown_table import table_of_lines
from footnote.corpus.readers.quoted_mail import without_mark
from footnote.corpus.readers.reading import Reading, finish

_WIDTHS = range(40, 121)
_MIN_BREAKS = 3
# Measured: the sample articles wrapped at 40 to 110 characters have 0.89 and more, their words in
# lines of the length of verse 0.45 and less, their sentences a line each none.
_SHARE_OF_FULL_LINES = 0.65
_LONGEST_WORD = 25
_MIN_COLUMNS = 2
_SENTENCE_ENDS = tuple(".!?:…。！？؟۔")
# "pre-" / "and post-war": the hyphen stands for a word and does not break one.
_AFTER_HANGING_HYPHEN = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o"}


def read_text(text: str, *, name: str) -> Reading:
    """A text; what is quoted in it as in an e-mail loses its marks, tabs between figures make a
    table."""
    return finish(unwrap(_unquoted(normalise(_with_tables(text)))), name=name)


def read_values(text: str, *, name: str) -> Reading:
    """A file of separated values (CSV, TSV); as a text where it is no table."""
    table = next(filter(None, (table_of_lines(text, mark) for mark in "\t,;")), None)
    return finish(table, name=name) if table else read_text(text, name=name)


def unwrap(text: str) -> str:
    """Lines made into paragraphs, one blank line apart.

    Lines that were broken to fit a width are joined: a break is of that kind when the first word
    of the next line would not have fitted. Otherwise every line is a paragraph.
    """
    blocks = [block.split("\n") for block in text.split("\n\n")]
    width = _width([pair for lines in blocks for pair in pairwise(lines)])
    return "\n\n".join(_joined(lines, width) for lines in blocks)


def _unquoted(text: str) -> str:
    """Quoted lines without their marks, in paragraphs of their own."""
    if not text.startswith(">") and "\n>" not in text:
        return text
    runs = groupby(text.split("\n"), key=lambda line: line.startswith(">"))
    return normalise(
        "\n".join(
            "\n".join(["", *map(without_mark, lines), ""] if quoted else lines)
            for quoted, lines in runs
        )
    )


def _with_tables(text: str) -> str:
    """Lines of cells with tabs between them as a table in Markdown."""
    if "\t" not in text:
        return text
    found = list[str]()
    for cells, lines in groupby(text.splitlines(), key=lambda line: line.count("\t")):
        run = list(lines)
        table = table_of_lines("\n".join(run), "\t") if cells and _has_cells(run) else None
        found += ["", table, ""] if table else run
    return "\n".join(found)


def _has_cells(lines: list[str]) -> bool:
    """Whether tabs part cells there, and not a name from what it says, or a margin from a line."""
    rows = [line.split("\t") for line in lines]
    figures = any(_is_figure(cell) for row in rows for cell in row[1:])
    return all(row[0].strip() for row in rows[1:]) and (figures or len(rows[0]) > _MIN_COLUMNS)


def _is_figure(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))


def _width(breaks: list[tuple[str, str]]) -> int | None:
    """The width that most lines were broken to fit; None where they were not."""
    begins_and_ends = Counter[int]()
    for line, after in breaks:
        if not line.endswith(_SENTENCE_ENDS):
            shortest, longest = _fitted(line, after)
            begins_and_ends[shortest] += 1
            begins_and_ends[longest + 1] -= 1
    fitting = list(accumulate(begins_and_ends[width] for width in range(_WIDTHS.stop)))
    best = max(_WIDTHS, key=lambda width: fitting[width])
    # Short lines tell nothing: lists, addresses and greetings stand in wrapped letters, too.
    telling = sum(len(line) > best // 2 for line, _ in breaks)
    enough = fitting[best] >= max(_MIN_BREAKS, _SHARE_OF_FULL_LINES * telling)
    return best if enough else None


def _fitted(line: str, after: str) -> tuple[int, int]:
    """The least and greatest width that the line would have been broken at, before that word."""
    return len(line), len(line) + min(len(after.split(" ", 1)[0]), _LONGEST_WORD)


def _joined(lines: list[str], width: int | None) -> str:
    if lines[0].startswith("| "):
        return "\n".join(lines)
    parts = lines[:1]
    for line, after in pairwise(lines):
        shortest, longest = _fitted(line, after)
        if width is None or not (shortest <= width <= longest or after[0].islower()):
            parts.append("\n\n")
        elif not _breaks_a_word(line, after):
            parts.append(" ")
        parts.append(after)
    return "".join(parts)


def _breaks_a_word(line: str, after: str) -> bool:
    hyphenated = line.endswith("-") and line[-2:-1].isalnum() and after[0].isalnum()
    return hyphenated and after.split(" ", 1)[0] not in _AFTER_HANGING_HYPHEN
