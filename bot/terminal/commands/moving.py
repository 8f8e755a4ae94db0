"""`footnote move-state`: from files to a server, and back."""

import sys
from contextlib import ExitStack, closing
from typing import Annotated

import typer

from footnote.bot.errors import BotError, SettingsFault
from footnote.bot.settings import PREFIX
from footnote.bot.terminal.commands.options import STANDARD_INPUT, Articles, Home
from footnote.bot.terminal.commands.startup import settings_of
from footnote.bot.terminal.console import note

_MAX_ADDRESS = 4096
_FORMS = ("postgres://", "postgresql://")

commands = typer.Typer(rich_markup_mode=None)


@commands.command(name="move-state")
def move_state(
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(help="The PostgreSQL database; - reads it from standard input.")
    ],
    back: Annotated[
        bool, typer.Option("--back", help="From there into the files of the home folder.")
    ] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Copy what the bot keeps from files to a database server, every row compared."""
    from footnote.bot.composition import storage_of
    from footnote.bot.database.moving import move
    from footnote.bot.database.opening import DatabaseServer, open_database
    from footnote.bot.database.tables import PARTS
    from footnote.bot.phrases import count
    from footnote.bot.settings import read_settings
    from footnote.index.keeping.lock import FileWriterLock, WriterLock

    settings = settings_of(context)
    given = sys.stdin.readline(_MAX_ADDRESS).strip() if url == STANDARD_INPUT else url
    if given and not given.startswith(_FORMS):
        raise SettingsFault("the state moves to a PostgreSQL database only: postgresql://…")
    theirs = read_settings(database_url=given, home=settings.home, articles=settings.articles)
    address = theirs.database_url
    if address is None:
        raise SettingsFault("name the database that it is to be moved to: postgresql://…")
    server = DatabaseServer(address.get_secret_value(), patience=0.0)
    files = {part: settings.home / f"{part.name}.sqlite" for part in PARTS}
    if not back and not any(file.exists() for file in files.values()):
        raise BotError(f"there is nothing in {settings.home} that could be moved")
    with ExitStack() as ending:
        # Who keeps the index, here or there, would go on with what was moved.
        locks: list[WriterLock] = [FileWriterLock(settings.home)]
        if back:
            storage = ending.enter_context(closing(storage_of(theirs, patience=0.0)))
            locks.append(storage.lock)
        for lock in locks:
            lock.acquire("footnote move-state")
            ending.callback(lock.release)
        local, remote = {}, []
        for part, file in files.items():
            # As its room opens it: a log beside the state alone.
            opened = open_database(file, part, log=part.name == "state")
            local[part] = ending.enter_context(closing(opened))
            remote.append(ending.enter_context(closing(open_database(server, part))))
        moved = move(local, remote[0], back=back)
    then = (
        f"Take {PREFIX}DATABASE_URL out of the settings, and Footnote goes on with the files."
        if back
        else f"Set {PREFIX}DATABASE_URL to it, and Footnote goes on there. The files are no longer"
        " used."
    )
    index = "The index stays where it is: 'footnote sync' makes another of the articles."
    note(f"{count(moved, 'row')} copied and compared. {then} {index}")
