"""Where commands write: results to standard output, all else to standard error."""

import sys

from rich.console import Console, RenderableType
from rich.text import Text

from footnote.bot.log import without_secret
from footnote.bot.phrases import visible


def console() -> Console:
    return Console(soft_wrap=not sys.stdout.isatty())


def errors() -> Console:
    return Console(stderr=True, soft_wrap=not sys.stderr.isatty())


def note(message: str, style: str = "") -> None:
    told = without_secret(message)
    errors().print(Text("\n".join(map(visible, told.split("\n"))), style=style))


def say(console: Console, *views: RenderableType) -> None:
    for view in views:
        console.print(view, highlight=False)
