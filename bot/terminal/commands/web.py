"""`footnote web`: the pages on this machine; `footnote token` and `mcp`: for other programs."""

import logging
import math
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from footnote.bot.terminal.commands.options import ANSWERED, Articles, Home
from footnote.bot.terminal.commands.startup import (
    once_index_answers,
    opened,
    settings_of,
    sync_index,
)
from footnote.bot.terminal.console import console, note

if TYPE_CHECKING:
    from footnote.bot.people.tokens import Tokens

commands = typer.Typer(rich_markup_mode=None)
token = typer.Typer(
    help="Tokens with which other programs ask.", rich_markup_mode=None, no_args_is_help=True
)
commands.add_typer(token, name="token")


class TokenRole(StrEnum):
    """What a program with a token may do."""

    READER = "reader"
    EDITOR = "editor"


@commands.command()
def web(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="The port.", min=1, max=65535)] = 8000,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Serve the pages on this machine, and show a link that opens them once."""
    from footnote.bot.web.running import run_site

    def tell(link: str) -> None:
        note(f"Open this within a quarter of an hour; it is good once:\n{link}")

    with opened(context, "web", patience=math.inf) as footnote:
        _ = footnote.state  # waited for here, where Ctrl-C ends it
        follows = once_index_answers(lambda: sync_index(footnote))
        run_site(footnote, port, on_ready=tell, follows=follows)
    # Python would wait for threads that still answer somebody who has gone.
    logging.shutdown()
    os._exit(ANSWERED)


@commands.command()
def mcp(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Be a tool of a language model: speak MCP over standard input and output."""
    from footnote.bot.web.mcp.over_stdio import serve

    with opened(context, "mcp", only_reads=True) as footnote:
        serve(footnote, sync=lambda: sync_index(footnote, reads=True))
    # Python would wait for threads that still answer somebody who has gone.
    logging.shutdown()
    os._exit(ANSWERED)


@token.command()
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What it is for, in a word.")],
    role: Annotated[TokenRole, typer.Option(help="What it may do.")] = TokenRole.READER,
    home: Home = None,
) -> None:
    """Make a token. It is shown once."""
    from footnote.bot.people.people import Role

    with _tokens(context) as tokens:
        secret = tokens.new(name, Role[role.name])
    note(f"Keep this; it will not be shown again. 'footnote token revoke {name}' makes it void.")
    typer.echo(secret)


@token.command(name="list")
def list_tokens(context: typer.Context, home: Home = None) -> None:
    """List the tokens, without their secrets."""
    with _tokens(context) as tokens:
        listed = tokens.listed()
    if not listed:
        note("There is no token yet. 'footnote token new NAME' makes one.")
    for one in listed:
        day = f"{datetime.fromtimestamp(one.since, UTC):%Y-%m-%d}"
        console().print(f"{one.name} · {one.role.name.lower()} · since {day}", markup=False)


@token.command()
def revoke(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The token's name.")],
    home: Home = None,
) -> None:
    """Make a token void."""
    with _tokens(context) as tokens:
        tokens.revoke(name)
    note(f"The token {name} is void.")


@contextmanager
def _tokens(context: typer.Context) -> "Iterator[Tokens]":
    from footnote.bot.people.tokens import Tokens
    from footnote.bot.state import State

    with closing(State.of(settings_of(context))) as state:
        yield Tokens(state)
