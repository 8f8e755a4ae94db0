"""Tables as Markdown writes them, whatever they were read from."""

import csv
import io
from collections.abc import Sequence

_MIN_COLUMNS, _MAX_COLUMNS = 2, 60
_BAR = "/"  # what a bar within a cell becomes


def markdown_table(rows: Sequence[Sequence[str]], *, headed: bool) -> str:
    """The rows, a line each, between bars; the first is the header if the table is `headed`.

    Cells are made one line each. A table in GitHub Flavored Markdown must have a header: where this
    has none, an empty one stands there.
    """
    width = max(map(len, rows))
    header = list(rows[0]) if headed else []
    below = rows[1:] if headed else rows
    lines = [_line(header, width), "| " + " | ".join(["---"] * width) + " |"]
    return "\n".join([*lines, *(_line(row, width) for row in below)])


def looks_headed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names what stands below it: all of it words, and figures below."""
    first, *others = rows
    named = [cell for cell in first if cell.strip()]
    return (
        len(named) == len(first)
        and len(set(named)) == len(named)
        and not any(_has_digit(cell) for cell in named)
        and any(_has_digit(cell) for row in others for cell in row)
    )


def table_of_lines(text: str, delimiter: str) -> str | None:
    """The table that lines of separated values are (RFC 4180); None where they are none."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error:
        return None
    widths = set(map(len, rows))
    if len(rows) < 2 or len(widths) != 1 or not _MIN_COLUMNS <= min(widths) <= _MAX_COLUMNS:
        return None
    return markdown_table(rows, headed=looks_headed(rows))


def _line(cells: Sequence[str], width: int) -> str:
    padded = [*cells, *[""] * (width - len(cells))]
    return "| " + " | ".join(" ".join(cell.replace("|", _BAR).split()) for cell in padded) + " |"


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))
