"""What was done to the index and what the language model has cost, for the terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from footnote.bot.answers.usage import Day
from footnote.bot.phrases import count, visible
from footnote.bot.terminal.layout import FittedTable
from footnote.corpus.errors import CorpusError, FaultsInLines
from footnote.index.keeping.reconcile import SyncReport


def sync_view(report: SyncReport) -> RenderableType:
    """What was done, in a line; and each fault with the file, the line and the way out."""
    if report.did_nothing:
        unchanged = f"{count(report.unchanged, 'article')}, all up to date."
        done = f"Nothing to do: {unchanged}" if not report.faults else "Nothing else to do."
    else:
        changes = {"added": report.added, "changed": report.changed, "removed": report.removed}
        told = ", ".join(f"{len(ids)} {verb}" for verb, ids in changes.items() if ids)
        total = len(report.added) + len(report.changed) + report.unchanged
        done = (
            f"{told}; {count(report.passages, 'passage')} embedded."
            f" {count(total, 'article')} in all."
        )
    return Group(Text(done), *mended_view(report), *faults_view(report.faults))


def mended_view(report: SyncReport) -> list[RenderableType]:
    """What an earlier process had left in the middle."""
    return [Text(f"Mended: {visible(told)}.", style="dim") for told in report.mended]


def faults_view(faults: Iterable[CorpusError]) -> list[RenderableType]:
    """Each fault of a file; what was read of it before, if it was, still answers questions."""
    told = [line for fault in faults for line in _faults(fault)]
    return [
        Text(f"Not taken in until it is mended: {visible(line)}", style="yellow") for line in told
    ]


def usage_view(days: Sequence[Day]) -> RenderableType:
    """A line for each day, and the sum."""
    table = Table(box=None, pad_edge=False)
    table.add_column("day")
    for name in ("questions", "tokens in", "tokens out", "sentences", "dropped"):
        table.add_column(name, justify="right")
    rows = [(d.questions, d.tokens_in, d.tokens_out, d.kept, d.dropped) for d in days]
    for day, row in zip(days, rows, strict=True):
        table.add_row(day.day, *(f"{value:,}" for value in row))
    table.add_row("in all", *(f"{sum(column):,}" for column in zip(*rows, strict=True)))
    return FittedTable(table)


def _faults(fault: CorpusError) -> list[str]:
    if isinstance(fault, FaultsInLines):
        return [f"{fault.path}, line {line}: {reason}" for line, reason in fault.faults]
    return [str(fault)]
