"""Text set in and tables, at any width and in a pipe."""

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

_UNLIMITED = 100_000


@dataclass(frozen=True, slots=True)
class Indented:
    """Text set in from the left: wrapped on a terminal, its own lines alone in a pipe.

    rich's Padding fills lines up with spaces, and cuts them off where nothing is to be wrapped.
    """

    text: Text
    by: int = 4

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.no_wrap:
            lines = self.text.split("\n", allow_blank=True)
        else:
            lines = self.text.wrap(console, max(options.max_width - self.by, 20))
        for line in lines:
            line.rstrip()
            yield Text(" " * self.by if line else "") + line


@dataclass(frozen=True, slots=True)
class FittedTable:
    """A table: folded into the width of a terminal, as wide as it needs to be in a pipe."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.no_wrap:
            widest = console.measure(self.table, options=options.update(max_width=_UNLIMITED))
            options = options.update(width=widest.maximum)
        yield from console.render(self.table, options)
