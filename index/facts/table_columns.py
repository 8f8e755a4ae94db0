"""Detects a figure from one column of a table that a claim gives for the time of another.

Nobody who says that there were 90 ships in 2023 is borne out by "Ships in 2022: 90; ships in 2023:
70", which is how a row of a table is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footnote.index.facts.dates import Date, dates
from footnote.index.facts.quantities import quantities
from footnote.index.facts.quantity import Quantity


@dataclass(frozen=True, slots=True)
class _Column:
    """The times that its header names, and the figures in its cell."""

    times: Sequence[Date]
    figures: Sequence[Quantity]

    def is_of(self, times: Sequence[Date]) -> bool:
        return any(
            one.borne_out_by(other) or other.borne_out_by(one)
            for one in self.times
            for other in times
        )


def figures_of_other_times(
    figures: Sequence[Quantity], times: Sequence[Date], evidence: str, language: str | None
) -> int:
    """How many of a claim's figures stand only in columns of other times than the claim names,
    though there is a column of such a time. `times` are those that the claim names."""
    if not figures or not times or evidence.count(":") < 2:
        return 0
    columns = list(_columns(evidence, language))
    if not any(column.is_of(times) for column in columns):
        return 0
    having = (
        [column for column in columns if any(figure.borne_out_by(q) for q in column.figures)]
        for figure in figures
    )
    return sum(
        bool(found) and all(column.times and not column.is_of(times) for column in found)
        for found in having
    )


def _columns(evidence: str, language: str | None) -> Iterator[_Column]:
    for part in evidence.split(";"):
        header, _, cell = part.partition(":")
        if cell:
            yield _Column(dates(header, language), quantities(cell, language))
