"""`footnote ask`, `check` and `chat`."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from footnote.bot.errors import BotError
from footnote.bot.terminal.commands.options import (
    ABSTAINED,
    ANSWERED,
    FAILED,
    STANDARD_INPUT,
    Articles,
    Home,
    Since,
    Until,
    days_of,
)
from footnote.bot.terminal.commands.startup import opened, sync_index
from footnote.bot.terminal.console import console
from footnote.index.errors import IndexUnreadable

if TYPE_CHECKING:
    from footnote.bot.composition import Footnote

T = TypeVar("T")

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def ask(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(help="The question; - reads one from each line, and ends with 0.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; with -, read and write JSON Lines.")
    ] = False,
    since: Since = None,
    until: Until = None,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Answer a question, from the articles of some days only if --since or --until is given.

    Ends with 0 after an answer or a list of articles, with 4 after what only comes nearest, and
    with 3 where nothing was found.
    """
    from footnote.bot.terminal import ask

    days = days_of(since, until)
    with opened(context, "ask", only_reads=True) as footnote:
        sync_index(footnote, reads=True)
        if question != "-":
            result = _mended_once(
                footnote,
                lambda: ask.one(footnote, question, console(), as_json=as_json, days=days),
            )
            raise typer.Exit(ask.code_of(result))
        if as_json:
            understood = ask.json_lines(footnote, sys.stdin.buffer, sys.stdout.buffer, days=days)
        else:
            ask.lines(footnote, sys.stdin.buffer, console(), days=days)
            understood = True
        raise typer.Exit(ANSWERED if understood else FAILED)


@commands.command()
def check(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(help="The claim; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Check a claim. Ends with 0 where the articles support all of it, else with 3."""
    from footnote.bot.terminal import ask

    with opened(context, "check", only_reads=True) as footnote:
        sync_index(footnote, reads=True)
        text = sys.stdin.read() if claim == STANDARD_INPUT else claim
        supported = _mended_once(
            footnote, lambda: ask.check(footnote, text, console(), as_json=as_json)
        )
        raise typer.Exit(ANSWERED if supported else ABSTAINED)


@commands.command()
def chat(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Talk with the articles. It knows follow-ups, /1 for the passage behind [1], and /help."""
    from footnote.bot.terminal.chat import Chat

    with opened(context, "chat", only_reads=True) as footnote:
        sync_index(footnote, reads=True)
        Chat(footnote, console()).run()


def _mended_once(footnote: "Footnote", action: Callable[[], T]) -> T:
    """What it gives; where the index fails meanwhile it is looked at, and the act done again."""
    try:
        return action()
    except IndexUnreadable as error:
        if not footnote.passage_index.lock.held:
            raise BotError(
                f"{error}. The Footnote that keeps the index makes it anew within a minute: ask"
                " again then"
            ) from error
        footnote.passage_index.suspected = True
        sync_index(footnote)
        return action()
