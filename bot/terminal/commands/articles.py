"""`footnote add`, `list`, `show`, `rename`, `replace`, `remove` and `undo`."""

import logging
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from footnote.bot.errors import BotError, SettingsFault
from footnote.bot.settings import PREFIX
from footnote.bot.terminal.commands.options import (
    ANSWERED,
    FAILED,
    STANDARD_INPUT,
    Articles,
    Home,
    Ray,
    Since,
    Until,
    days_of,
)
from footnote.bot.terminal.commands.startup import (
    changing,
    name_collection,
    opened,
    progress,
    sync_index,
    who,
)
from footnote.bot.terminal.console import console, note, say
from footnote.corpus.article_files import ArticlesPlace

if TYPE_CHECKING:
    from footnote.bot.articles.adding import Adder, Outcome, Source
    from footnote.bot.composition import Footnote
    from footnote.index.keeping.reconcile import SyncReport

logger = logging.getLogger(__name__)

_INDEXED_EVERY_SECONDS = 15.0
"""What is read of many is made searchable so often, while the rest is read."""

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask first.")]
Name = Annotated[str, typer.Argument(metavar="ARTICLE", help="Its name, as 'list' shows it.")]

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def add(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, links; - reads one.")
    ],
    copies: Annotated[
        bool, typer.Option("--copies", help="Add near copies of what is there, too.")
    ] = False,
    ray: Ray = None,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Add articles from files, folders, links and feeds. Copies go into the folder of articles."""
    from footnote.bot.terminal.articles_view import outcomes_view

    with opened(context, "add") as footnote, footnote.reading_with_ray(ray):
        _make_folder(footnote.settings.articles)
        name_collection(context, "Adding to")
        kept = sync_index(footnote, quiet=True, changes=True)
        outcomes, earlier = _add(footnote, sources, copies=copies, index=kept)
        say(console(), outcomes_view(outcomes))
        if kept:
            sync_index(footnote, earlier=earlier)
        raise typer.Exit(FAILED if any(outcome.fault for outcome in outcomes) else ANSWERED)


@commands.command(name="list")
def list_articles(
    context: typer.Context,
    search: Annotated[
        str, typer.Option("--search", "-s", metavar="WORDS", help="Only those with these words.")
    ] = "",
    since: Since = None,
    until: Until = None,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """List the articles, the newest first; --search looks in titles, names, authors and sites."""
    from footnote.bot.articles.article_list import matching, newest_first, of_days
    from footnote.bot.phrases import count
    from footnote.bot.terminal.articles_view import list_view, none_listed

    days = days_of(since, until)
    with opened(context, "list", only_reads=True) as footnote:
        sync_index(footnote, quiet=True, reads=True)
        listed = footnote.passage_index.build().catalogue.listing()
        found = newest_first(
            of_days(matching(listed, search), days), footnote.library.changes.arrivals()
        )
        if found:
            say(console(), list_view(found))
            if followed := footnote.feeds.followed():
                feeds = count(len(followed), "feed")
                note(f"New articles come from {feeds}; 'footnote follow' lists what is followed.")
        else:
            note(none_listed(search if listed else "", days if listed else None))


@commands.command()
def show(
    context: typer.Context,
    article: Name,
    text: Annotated[
        bool, typer.Option("--text", help="Only the stored text, to the character.")
    ] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Show an article: what is known of it, and its text with the numbers of its passages."""
    from footnote.bot.articles.card import Card
    from footnote.bot.terminal.articles_view import card_view

    with opened(context, "show", only_reads=True) as footnote:
        sync_index(footnote, quiet=True, reads=True)
        name = footnote.library.find(article)
        card = Card.of(footnote.library, footnote.receipts, name)
        if text:
            sys.stdout.buffer.write(card.article.text.encode())
            sys.stdout.buffer.flush()
        else:
            say(console(), card_view(card, footnote.store.files.told(name)))


@commands.command()
def rename(
    context: typer.Context,
    article: Name,
    title: Annotated[str, typer.Argument(help="The new title.")],
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Give an article another title. Its file keeps its name."""
    with changing(context, "rename") as footnote:
        name = footnote.library.find(article)
        renamed = footnote.library.rename(name, title, who=who())
        note(f"{name} is now called {renamed.title!r}.")


@commands.command()
def replace(
    context: typer.Context,
    article: Name,
    source: Annotated[str, typer.Argument(help="A file or a link; - reads standard input.")],
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Give an article another text, from a file or a link. Earlier answers keep what they quote."""
    from footnote.bot.articles.adding import Outcome
    from footnote.bot.terminal.articles_view import outcomes_view

    with changing(context, "replace") as footnote:
        name = footnote.library.find(article)
        found = list(_sources(footnote.adder, [source]))
        reading = found[0].load() if len(found) == 1 else found
        if isinstance(reading, list):
            raise BotError(f"{source} is not one article but {len(reading):,}")
        taken = footnote.library.replace(name, reading, who=who())
        say(console(), outcomes_view([Outcome(source, taken, reading)]))


@commands.command()
def remove(
    context: typer.Context,
    article: Name,
    yes: Yes = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Remove an article. For a day 'footnote undo' brings it back; then it is erased."""
    with changing(context, "remove") as footnote:
        # Where nobody is asked, the beginning of a name might be that of another article.
        name = footnote.library.find(article, exactly=yes)
        path = footnote.store.files.told(name)
        if not yes:
            _confirm(f"Remove {path}?")
        footnote.library.remove(name, who=who())
        note(f"Removed {path}. For a day, 'footnote undo' brings it back.")


@commands.command()
def undo(
    context: typer.Context, yes: Yes = False, articles: Articles = None, home: Home = None
) -> None:
    """Take back the last change of the articles: all that one 'footnote add' brought, or what was
    replaced, renamed or removed."""
    from footnote.bot.articles.undo import NothingToUndo
    from footnote.bot.terminal.articles_view import last_changes_view, undone_view

    with changing(context, "undo") as footnote:
        last = footnote.library.last_changes()
        if not yes:
            say(console(), *last_changes_view(last))
            _confirm("Take it back?" if len(last) == 1 else "Take them back?")
        told = footnote.library.undo_together(last[0].number)
        say(console(), *undone_view(told))
    if any(isinstance(one, NothingToUndo) for one in told):
        raise typer.Exit(FAILED)


def _confirm(question: str) -> None:
    """Goes on where the answer is yes; else the command ends here."""
    try:
        if not sys.stdin:
            raise typer.Abort
        if typer.confirm(question):
            return
        note("Nothing was changed.")
    except typer.Abort:
        if sys.stdin and sys.stdin.isatty():
            raise
        typer.echo()  # after the question
        note("Nothing was changed, for nobody answered. Without a terminal, --yes confirms it.")
    raise typer.Exit(FAILED)


def _add(
    footnote: "Footnote", names: list[str], *, copies: bool, index: bool
) -> "tuple[list[Outcome], SyncReport | None]":
    """What became of each, and of the index, if that is to follow as it goes."""
    adder, library = footnote.adder, footnote.library
    outcomes: list[Outcome] = []
    new: list[str] = []
    report, at = None, time.monotonic()
    with progress("Reading") as on_progress:
        for outcome in adder.add_all(
            _sources(adder, names), who=who(), copies=copies, on_progress=on_progress
        ):
            outcomes.append(outcome)
            if outcome.fault:
                logger.info("not added: %s: %s", outcome.source, outcome.fault)
            elif outcome.taken and outcome.taken.is_in:
                new.append(outcome.taken.article.id)
            if index and new and time.monotonic() >= at + _INDEXED_EVERY_SECONDS:
                done = library.sync(among=new)
                report, at = done.after(report) if report else done, time.monotonic()
                new.clear()
    return outcomes, report


def _sources(adder: "Adder", names: list[str]) -> "Iterator[Source]":
    """Standard input where a dash stands, else what the names name."""
    for name in names:
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(adder.max_bytes + 1)
            yield adder.data(data, name="standard input")
        else:
            yield from adder.sources([name])


def _make_folder(folder: ArticlesPlace) -> None:
    if isinstance(folder, str):
        return  # there are no folders in a store
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsFault(
            f"the folder of articles, {folder}, cannot be made ({error.strerror}):"
            f" set {PREFIX}ARTICLES to one that can"
        ) from error
