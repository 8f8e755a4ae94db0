"""`footnote init`: a collection to begin with."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from footnote.bot.collection import Created, create_collection, find_collection
from footnote.bot.phrases import count, visible
from footnote.bot.settings import PREFIX
from footnote.bot.terminal.console import console, note, say

_SAMPLE_QUESTION = "Which states are members of the Shanghai Cooperation Organisation?"
_FOLDER_SETTINGS = (f"{PREFIX}ARTICLES", f"{PREFIX}ALIASES", f"{PREFIX}HOME")

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def init(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Where; your data folder without one.", show_default=False),
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="With twelve articles to try it on.")
    ] = False,
) -> None:
    """Make a collection: a folder for articles, settings and the index. Changes nothing in it."""
    created = create_collection(folder, sample=sample)
    lines = [*_told(created), "", "Next:", *(f"  {step}" for step in _next_steps(created))]
    say(console(), Text("\n".join(map(visible, lines))))
    if set_elsewhere := [name for name in _FOLDER_SETTINGS if os.environ.get(name)]:
        names = " and ".join(set_elsewhere)
        note(f"What {names} in the environment says comes before this collection.", style="yellow")


def _told(created: Created) -> Iterator[str]:
    collection = created.collection
    settings = collection.settings_file
    added = f" ({count(created.sample, 'article')} of the sample added)" if created.sample else ""
    kept = "" if settings.name in created.new else " (as it was)"
    yield f"The collection is {collection.folder}"
    yield f"  articles  {collection.articles}{added}"
    yield f"  settings  {settings}{kept}"
    yield f"  index     {collection.home}"


def _next_steps(created: Created) -> Iterator[str]:
    collection = created.collection
    if find_collection().folder.resolve() != collection.folder.resolve():
        yield f"cd {shlex.quote(str(collection.folder))}"
    yield "footnote add FILE|FOLDER|LINK…"
    yield f'footnote ask "{_SAMPLE_QUESTION}"' if created.sample else "footnote"
