"""`footnote sync`, `bot`, `usage`, `replay` and `doctor`: what keeps it going, and how it fares."""

import logging
import math
import os
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from footnote.bot.collection import find_collection
from footnote.bot.errors import SettingsFault
from footnote.bot.settings import Process
from footnote.bot.terminal.commands.options import ANSWERED, FAILED, Articles, Home, Ray
from footnote.bot.terminal.commands.startup import (
    name_collection,
    once_index_answers,
    opened,
    progress,
    settings_of,
    sync_index,
)
from footnote.bot.terminal.console import console, note, say
from footnote.bot.watchdog import end_with_the_guard, guarded_again, is_guarded
from footnote.index.errors import IndexFault, IndexLocked

_USAGE_DAYS = 30
_LOOK_AGAIN_SECONDS = 0.5

if TYPE_CHECKING:
    from footnote.bot.composition import Footnote

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def sync(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build the index anew, beside the one that is there.")
    ] = False,
    take_over: Annotated[
        bool,
        typer.Option(
            "--take-over",
            help="In a copy of a database that is gone: go on with the vectors and words of that.",
        ),
    ] = False,
    ray: Ray = None,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Make the index equal to the folder of articles."""
    from footnote.bot.terminal.running_view import sync_view

    with (
        opened(context, "sync") as footnote,
        footnote.reading_with_ray(ray),
        progress() as on_progress,
    ):
        name_collection(context, "Syncing")
        report = footnote.library.sync(
            rebuild=rebuild, take_over=take_over, on_progress=on_progress
        )
        say(console(), sync_view(report))
        raise typer.Exit(FAILED if report.faults else ANSWERED)


@commands.command()
def bot(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Run the Telegram bot until it is stopped."""
    settings = settings_of(context)
    if settings.telegram_bot_token is None:
        raise SettingsFault(
            "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather in Telegram and put"
            f" TELEGRAM_BOT_TOKEN=… into {find_collection().settings_file}"
        )
    if not is_guarded():
        guarded_again(sys.argv[1:])
    end_with_the_guard()
    from footnote.bot.telegram.running import run_bot

    with opened(context, "bot", patience=math.inf) as footnote:
        _ = footnote.state  # waited for here, where whoever stops the bot can end it
        if settings.process is Process.REPLICA:
            _wait_for_index(footnote)
        else:
            _keep_index(footnote)
        run_bot(footnote)
    # Python would wait for a thread that still takes in articles, a batch of which can take longer
    # than whoever stops the bot has patience. The index goes on from wherever it was left.
    logging.shutdown()
    os._exit(ANSWERED)


def _keep_index(footnote: "Footnote") -> None:
    """Sync the index and keep it in sync, once no other process does."""
    told = None
    while True:
        try:
            once_index_answers(lambda: sync_index(footnote, needed=True))
        except IndexLocked as locked:
            if locked.holder != told:
                told = locked.holder
                note(f"Another Footnote ({told}) keeps the index: waiting until it has ended.")
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return


def _wait_for_index(footnote: "Footnote") -> None:
    """Until there is one that another process has made and this one can read."""
    told = None
    while True:
        try:
            footnote.passage_index.build()
        except IndexFault as missing:
            if str(missing) != told:
                told = str(missing)
                note(f"Waiting for the index ({told}).")
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return


@commands.command()
def usage(context: typer.Context, home: Home = None) -> None:
    """What the language model has cost: questions, tokens and dropped sentences, by day."""
    from footnote.bot.answers.usage import Usage
    from footnote.bot.state import State
    from footnote.bot.terminal.running_view import usage_view

    settings = settings_of(context)
    if not State.is_there(settings):
        note("No answer has been written yet.")
        return
    with closing(State.of(settings)) as state:
        days = Usage(state).days(_USAGE_DAYS)
    if days:
        say(console(), usage_view(days))
    else:
        note("No answer has been written yet.")


@commands.command()
def replay(
    context: typer.Context,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="NUMBER…", help="As 'doctor' shows them; all without one."),
    ] = None,
    home: Home = None,
) -> None:
    """Retry the updates that failed for good."""
    from footnote.bot.phrases import count
    from footnote.bot.state import State
    from footnote.bot.telegram.receiving.inbox import Inbox

    settings = settings_of(context)
    if not State.is_there(settings):
        note("Nothing has been set aside.")
        return
    with closing(State.of(settings)) as state:
        replayed = Inbox(state).replay(numbers or None)
    told = "The bot handles them within a minute, or when it starts." if replayed else ""
    note(f"{count(replayed, 'update')} to be handled again. {told}".strip())
    raise typer.Exit(ANSWERED if replayed or not numbers else FAILED)


@commands.command()
def doctor(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Check everything that Footnote needs. Says what to do about what is wrong."""
    from footnote.bot.doctor import examine

    findings = examine(settings_of(context))
    say(console(), *(finding.view() for finding in findings))
    raise typer.Exit(ANSWERED if all(finding.well for finding in findings) else FAILED)
