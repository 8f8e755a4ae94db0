"""Footnote opened for a command, on an index that is up to date with the folder."""

import getpass
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from footnote.bot.collection import find_collection
from footnote.bot.log import start_log
from footnote.bot.settings import PREFIX, Settings, read_settings, unknown_settings
from footnote.bot.terminal.console import errors, note, say
from footnote.corpus.errors import ArticlesAway
from footnote.index.errors import IndexAway, IndexLocked

if TYPE_CHECKING:
    from footnote.bot.composition import Footnote
    from footnote.index.keeping.reconcile import Progress as OnProgress
    from footnote.index.keeping.reconcile import SyncReport

_LINE_EVERY_SECONDS, _LOOK_AGAIN_SECONDS = 10.0, 1.0
T = TypeVar("T")


def settings_of(context: typer.Context) -> Settings:
    return read_settings(**(context.find_root().obj or {}))


@contextmanager
def opened(
    context: typer.Context,
    purpose: str,
    *,
    only_reads: bool = False,
    patience: float | None = None,
) -> "Iterator[Footnote]":
    """What `only_reads` goes on with a copy of a home folder that may not be written; `patience`
    is for how many seconds the server of a database is waited for, if not for the usual."""
    settings = settings_of(context)
    for name in unknown_settings():
        note(
            f"{name} is no setting of Footnote's; 'footnote doctor' names them all.", style="yellow"
        )
    start_log(settings, to_terminal=purpose == "bot")
    from footnote.bot.composition import composed
    from footnote.bot.copied_home import may_be_written, with_copied_home

    with ExitStack() as copied:
        if only_reads and not may_be_written(settings.home):
            note(f"{settings.home} cannot be written: this is done with a copy, and kept nowhere.")
            settings = copied.enter_context(with_copied_home(settings))
        waits = {} if patience is None else {"patience": patience}
        with composed(settings, purpose=f"footnote {purpose}", **waits) as footnote:
            yield footnote


def name_collection(context: typer.Context, doing: str = "Changing") -> None:
    """Say which collection is changed, where that is not plain: neither is its folder of articles
    named, nor does one stand in it."""
    named = (context.find_root().obj or {}).get("articles") or os.environ.get(f"{PREFIX}ARTICLES")
    collection = find_collection()
    if not named and not collection.holds_working_folder():
        note(f"{doing} the collection in {collection.folder}, {collection.found}.")


@contextmanager
def changing(context: typer.Context, purpose: str, *, named: bool = True) -> "Iterator[Footnote]":
    """Opened for a change: the index is synced before and after it, and the collection is `named`
    where it is not plain which one it is."""
    with opened(context, purpose) as footnote:
        if named:
            name_collection(context)
        kept = sync_index(footnote, quiet=True, changes=True)
        yield footnote
        if kept:
            sync_index(footnote, quiet=True)


def sync_index(
    footnote: "Footnote",
    *,
    quiet: bool = False,
    needed: bool = False,
    reads: bool = False,
    changes: bool = False,
    earlier: "SyncReport | None" = None,
) -> bool:
    """Bring the index up to date with the folder, or say who else sees to that; whether this did.

    What only `reads` need not be told who does: it goes by what that one has taken in. Before what
    `changes` articles, ArticlesAway is raised; all else goes by what is indexed.
    What is told of it includes what was done `earlier`.
    """
    from footnote.bot.terminal.running_view import faults_view, mended_view, sync_view

    try:
        with progress() as on_progress:
            report = footnote.library.sync(on_progress=on_progress)
    except IndexLocked as locked:
        if needed:
            raise
        if not reads:
            note(f"Another Footnote ({locked.holder}) keeps the index and takes changes in.")
        return False
    except ArticlesAway as away:
        if changes or footnote.passage_index.current_record() is None:
            raise
        note(f"{away}. Until it does, answers come from what was read before.")
        return footnote.passage_index.lock.held
    if earlier:
        report = report.after(earlier)
    if not report.did_nothing and not quiet:
        say(errors(), sync_view(report))
    else:
        say(errors(), *mended_view(report), *faults_view(report.faults))
    return True


def once_index_answers(act: Callable[[], T]) -> T:
    """What it returns, once all of the index, or of what it is made of, can be reached; that is
    waited for aloud."""
    told = False
    while True:
        try:
            return act()
        except (IndexAway, ArticlesAway) as away:
            if not told:
                note(f"{away}. Waiting until it does.")
            told = True
            time.sleep(_LOOK_AGAIN_SECONDS)


@contextmanager
def progress(doing: str = "Indexing") -> "Iterator[OnProgress]":
    """A bar on standard error while that goes on; a line now and then where that is no terminal."""
    columns = (TextColumn(doing), BarColumn(), TimeRemainingColumn())
    if not sys.stderr.isatty():  # rich ends even a bar that was never shown with an empty line
        yield _now_and_then(doing)
        return
    with Progress(*columns, console=errors(), transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def on_progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > 0)

        yield on_progress


def _now_and_then(doing: str) -> "OnProgress":
    told = time.monotonic()

    def on_progress(done: int, total: int) -> None:
        nonlocal told
        if total and time.monotonic() >= told + _LINE_EVERY_SECONDS:
            told = time.monotonic()
            note(f"{doing}: {done:,} of {total:,}")

    return on_progress


def who() -> str:
    try:
        return f"{getpass.getuser()} in the terminal"
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "the terminal"
