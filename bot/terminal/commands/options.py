"""What the commands have in common: the options that each of them takes, and how it may end."""

from pathlib import Path
from typing import Annotated, Any

import typer

STANDARD_INPUT = "-"
ANSWERED, FAILED, MISUSED, ABSTAINED, UNSURE = 0, 1, 2, 3, 4
"""What the program ends with: 3 where nothing was found, 4 for what is only nearest."""


def _remember(context: typer.Context, parameter: typer.CallbackParam, value: Any) -> Any:
    """Keep an option wherever on the line it stands: before the command's name or after it."""
    if value is not None:
        context.find_root().ensure_object(dict)[parameter.name] = value
    return value


Articles = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        metavar="FOLDER",
        help="The folder of articles (FOOTNOTE_ARTICLES).",
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
