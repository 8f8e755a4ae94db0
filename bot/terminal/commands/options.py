"""What the commands have in common: the options that each of them takes, and how it may end."""

from pathlib import Path
from typing import Annotated, Any

import typer

from footnote.corpus.timespan import FIRST, LAST, Timespan

STANDARD_INPUT = "-"
ANSWERED, FAILED, MISUSED, ABSTAINED, UNSURE = 0, 1, 2, 3, 4
"""What the program ends with: 3 where nothing was found, 4 for what is only nearest."""


def _remember(context: typer.Context, parameter: typer.CallbackParam, value: Any) -> Any:
    """Keep an option wherever on the line it stands: before the command's name or after it."""
    if value is not None:
        context.find_root().ensure_object(dict)[parameter.name] = value
    return value


def _day(value: str | None) -> Timespan | None:
    try:
        return None if value is None else Timespan.of(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value} is no year, month or day, as 2016-08-20 is") from error


Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DATE",
        help="Only articles from this year, month or day on.",
        show_default=False,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="DATE",
        help="Only articles up to this year, month or day.",
        show_default=False,
    ),
]


def days_of(since: str | None, until: str | None) -> Timespan | None:
    """The days from one to the other, both with all their days; None where neither is given."""
    first, last = _day(since), _day(until)
    if first is None and last is None:
        return None
    begins, ends = first.first if first else FIRST, last.last if last else LAST
    if begins > ends:
        raise typer.BadParameter(f"{since} is after {until}")
    return Timespan(begins, ends)


Ray = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="Have Ray's workers at this address read what is new; local starts some here.",
        show_default=False,
    ),
]
Articles = Annotated[
    str | None,  # a path would lose a slash of an address
    typer.Option(
        "--articles",
        metavar="FOLDER",
        help="The folder of articles, or its address (FOOTNOTE_ARTICLES).",
        callback=_remember,
        show_default=False,
    ),
]
Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="FOLDER",
        help="The folder for the index and the state (FOOTNOTE_HOME).",
        callback=_remember,
        show_default=False,
    ),
]
