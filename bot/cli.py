"""The command line: `footnote ask`, `chat`, `add`, `list`, `show`, `remove`, `sync`, `bot`, …"""

import getpass
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.errors import BotError, SettingsFault
from bot.log import start_log, where_logged, without_secret
from bot.settings import PREFIX, Settings, base_folder, read_settings, unknown_settings
from bot.wording import visible
from corpus.errors import CorpusError
from index.errors import IndexFault, IndexLocked, IndexUnreadable

if TYPE_CHECKING:
    from bot.adding import Adder, Source
    from bot.composition import Footnote
    from index.keeping.reconcile import Progress as OnProgress

logger = logging.getLogger(__name__)

_USAGE_DAYS = 30
STANDARD_INPUT = "-"
ANSWERED, FAILED, MISUSED, ABSTAINED = 0, 1, 2, 3
"""What the program ends with: 3 where the articles did not answer, 2 for a wrong setting."""

app = typer.Typer(
    help="Answers from your articles, with a footnote behind every sentence.",
    no_args_is_help=False,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
Name = Annotated[str, typer.Argument(metavar="ARTICLE", help="Its name, as 'list' shows it.")]


@app.callback(invoke_without_command=True)
def start(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Answers from your articles, with a footnote behind every sentence.

    Without a command it opens the conversation: the Telegram bot where TELEGRAM_BOT_TOKEN is set,
    else one in the terminal.
    """
    if context.invoked_subcommand is None:
        if _settings(context).telegram_bot_token:
            bot(context)
        else:
            chat(context)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(help="The question; - reads one from each line, and ends with 0.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; with -, read and write JSON Lines.")
    ] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Answer a question. Ends with 0 after an answer, with 3 where the articles don't answer."""
    from bot import asking

    with _opened(context, "ask") as footnote:
        _level(footnote)
        if question != "-":
            answered = asking.one(footnote, question, _console(), as_json=as_json)
            raise typer.Exit(ANSWERED if answered else ABSTAINED)
        if as_json:
            understood = asking.json_lines(footnote, sys.stdin.buffer, sys.stdout.buffer)
        else:
            asking.lines(footnote, sys.stdin.buffer, _console())
            understood = True
        raise typer.Exit(ANSWERED if understood else FAILED)


@app.command()
def check(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(help="The claim; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Check a claim. Ends with 0 where the articles support all of it, else with 3."""
    from bot import asking

    with _opened(context, "check") as footnote:
        _level(footnote)
        text = sys.stdin.read() if claim == STANDARD_INPUT else claim
        supported = asking.check(footnote, text, _console(), as_json=as_json)
        raise typer.Exit(ANSWERED if supported else ABSTAINED)


@app.command()
def chat(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Talk with the articles. It knows follow-ups, /1 for the passage behind [1], and /help."""
    from bot.chat import Chat

    with _opened(context, "chat") as footnote:
        _level(footnote)
        Chat(footnote, _console()).run()


@app.command()
def add(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, links; - reads one.")
    ],
    copies: Annotated[
        bool, typer.Option("--copies", help="Add near copies of what is there, too.")
    ] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Add articles from files, folders, links and feeds. Copies go into the folder of articles."""
    from bot.shelf_view import outcomes_view
    from bot.terminal import say

    with _opened(context, "add") as footnote:
        _make_folder(footnote.settings.articles)
        kept = _level(footnote, quiet=True)
        adder = footnote.adder
        with _progress("Reading") as on_progress:
            outcomes = list(
                adder.add_all(
                    _sources(adder, sources), who=_who(), copies=copies, on_progress=on_progress
                )
            )
        say(_console(), outcomes_view(outcomes))
        if kept:
            _level(footnote)
        raise typer.Exit(FAILED if any(outcome.fault for outcome in outcomes) else ANSWERED)


@app.command(name="list")
def list_articles(
    context: typer.Context,
    search: Annotated[
        str, typer.Option("--search", "-s", metavar="WORDS", help="Only those with these words.")
    ] = "",
    articles: Articles = None,
    home: Home = None,
) -> None:
    """List the articles, the newest first; --search looks in titles, names, authors and sites."""
    from bot.listing import matching, newest_first
    from bot.shelf_view import list_view
    from bot.terminal import say
    from bot.wording import count

    with _opened(context, "list") as footnote:
        _level(footnote, quiet=True)
        listed = footnote.passage_index.build().catalogue.listing()
        found = newest_first(matching(listed, search), footnote.library.changes.arrivals())
        if found:
            say(_console(), list_view(found))
            if followed := footnote.feeds.followed():
                feeds = count(len(followed), "feed")
                _note(f"New articles come from {feeds}; 'footnote follow' lists what is followed.")
        elif listed:
            _note(f"No article has {search!r} in its title, name, author or site.")
        else:
            _note("There are no articles yet. Add some with: footnote add FILE")


@app.command()
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
    from bot.card import Card
    from bot.shelf_view import card_view
    from bot.terminal import say

    with _opened(context, "show") as footnote:
        _level(footnote, quiet=True)
        name = footnote.library.find(article)
        card = Card.of(footnote, name)
        if text:
            sys.stdout.buffer.write(card.article.text.encode())
            sys.stdout.buffer.flush()
        else:
            say(_console(), card_view(card, footnote.store.path(name)))


@app.command()
def rename(
    context: typer.Context,
    article: Name,
    title: Annotated[str, typer.Argument(help="The new title.")],
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Give an article another title. Its file keeps its name."""
    with _changing(context, "rename") as footnote:
        name = footnote.library.find(article)
        renamed = footnote.library.rename(name, title, who=_who())
        _note(f"{name} is now called {renamed.title!r}.")


@app.command()
def replace(
    context: typer.Context,
    article: Name,
    source: Annotated[str, typer.Argument(help="A file or a link; - reads standard input.")],
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Give an article another text, from a file or a link. Earlier answers keep what they quote."""
    from bot.adding import Outcome
    from bot.shelf_view import outcomes_view
    from bot.terminal import say

    with _changing(context, "replace") as footnote:
        name = footnote.library.find(article)
        found = list(_sources(footnote.adder, [source]))
        reading = found[0].load() if len(found) == 1 else found
        if isinstance(reading, list):
            raise BotError(f"{source} is not one article but {len(reading):,}")
        taken = footnote.library.replace(name, reading, who=_who())
        say(_console(), outcomes_view([Outcome(source, taken, reading)]))


@app.command()
def remove(
    context: typer.Context,
    article: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask first.")] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Remove an article. For a day 'footnote undo' brings it back; then it is erased."""
    with _changing(context, "remove") as footnote:
        # Where nobody is asked, the beginning of a name might be that of another article.
        name = footnote.library.find(article, exactly=yes)
        path = footnote.store.path(name)
        if not yes:
            typer.confirm(f"Remove {path}?", abort=True)
        footnote.library.remove(name, who=_who())
        _note(f"Removed {path}. For a day, 'footnote undo' brings it back.")


@app.command()
def undo(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Take back the last change of the articles: what was added, replaced, renamed or removed."""
    from bot.shelf_view import undone_view
    from bot.terminal import say

    with _changing(context, "undo") as footnote:
        say(_console(), undone_view(footnote.library.undo()))


@app.command()
def follow(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(help="Its address; without one: what is followed.")] = "",
    look: Annotated[
        bool, typer.Option("--look", help="Look into the feeds whose time has come.")
    ] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Follow an RSS or Atom feed: the running bot adds what is new in it, as does --look."""
    from bot.shelf_view import feeds_view, outcomes_view
    from bot.terminal import say

    with _changing(context, "follow") as footnote:
        if feed:
            followed = footnote.feeds.follow(feed, footnote.adder, who=_who())
            _note(f"Following {followed.title}; 'footnote add {feed}' takes what is there now.")
        elif look:
            outcomes = list(footnote.feeds.look(footnote.adder))
            say(_console(), *([outcomes_view(outcomes)] if outcomes else []))
        else:
            say(_console(), feeds_view(footnote.feeds.followed()))


@app.command()
def unfollow(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(help="Its address or its title.")],
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Follow a feed no longer. What came from it stays."""
    with _opened(context, "unfollow") as footnote:
        _note(f"Following {footnote.feeds.unfollow(feed).title} no longer.")


@app.command()
def sync(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build the index anew, beside the one that is there.")
    ] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Make the index equal to the folder of articles."""
    from bot.terminal import say, sync_view

    with _opened(context, "sync") as footnote, _progress() as on_progress:
        report = footnote.library.level(rebuild=rebuild, on_progress=on_progress)
        say(_console(), sync_view(report))
        raise typer.Exit(FAILED if report.faults else ANSWERED)


@app.command()
def bot(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Run the Telegram bot until it is stopped."""
    from bot.telegram.running import run_bot

    settings = _settings(context)
    if settings.telegram_bot_token is None:
        raise SettingsFault(
            "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather in Telegram and put"
            f" TELEGRAM_BOT_TOKEN=… into {base_folder() / '.env'}"
        )
    with _opened(context, "bot") as footnote:
        _level(footnote, needed=True)
        run_bot(footnote)
    # Python would wait for a thread that still takes in articles, a batch of which can take longer
    # than whoever stops the bot has patience. The index goes on from wherever it was left.
    logging.shutdown()
    os._exit(ANSWERED)


@app.command()
def usage(context: typer.Context, home: Home = None) -> None:
    """What the language model has cost: questions, tokens and dropped sentences, by day."""
    from bot.composition import STATE
    from bot.state import State
    from bot.terminal import say, usage_view
    from bot.usage import Usage

    file = _settings(context).home / STATE
    if not file.exists():
        _note("No answer has been written yet.")
        return
    with closing(State(file)) as state:
        days = Usage(state).days(_USAGE_DAYS)
    if days:
        say(_console(), usage_view(days))
    else:
        _note("No answer has been written yet.")


@app.command()
def replay(
    context: typer.Context,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="NUMBER…", help="As 'doctor' shows them; all without one."),
    ] = None,
    home: Home = None,
) -> None:
    """Let what the Telegram bot had to set aside be handled again."""
    from bot.composition import STATE
    from bot.state import State
    from bot.telegram.inbox import Inbox
    from bot.wording import count

    file = _settings(context).home / STATE
    if not file.exists():
        _note("Nothing has been set aside.")
        return
    with closing(State(file)) as state:
        replayed = Inbox(state).replay(numbers or None)
    told = "The bot handles them within a minute, or when it starts." if replayed else ""
    _note(f"{count(replayed, 'update')} to be handled again. {told}".strip())
    raise typer.Exit(ANSWERED if replayed or not numbers else FAILED)


@app.command()
def doctor(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Check everything that Footnote needs. Says what to do about what is wrong."""
    from bot.doctor import examine
    from bot.terminal import say

    findings = examine(_settings(context))
    say(_console(), *(finding.view() for finding in findings))
    raise typer.Exit(ANSWERED if all(finding.well for finding in findings) else FAILED)


def main() -> None:
    """The `footnote` command: every fault ends in a plain sentence, its traceback in the log."""
    # Two pools of threads on the same cores slow each other down: after a product in numpy the
    # next query took 25 to 110 ms to embed instead of 7. Read when numpy is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Durations as python-telegram-bot will have them; of the other form it warns at every use.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    if isinstance(sys.stdout, TextIOWrapper):
        # Names of files need not be text, nor every locale able to write what an article says.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="footnote")
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain again when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except SettingsFault as error:
        _note(str(error), style="red")
        sys.exit(MISUSED)
    except IndexLocked as locked:
        _note(
            f"Another Footnote ({locked.holder}) keeps the index and takes changes in: stop it"
            f" first, or set {PREFIX}HOME to another folder.",
            style="red",
        )
        sys.exit(FAILED)
    except (BotError, CorpusError, IndexFault) as error:
        logger.debug("ended with a fault", exc_info=True)
        told = str(error)
        if isinstance(error, IndexUnreadable) and "footnote sync" not in told:
            told += ": 'footnote sync --rebuild' makes a new index from the articles"
        _note(told, style="red")
        sys.exit(FAILED)
    except OSError as error:
        logger.exception("the system refused")
        where = f"{error.filename}: " if error.filename else ""
        _note(
            f"{where}{error.strerror or error}. Make room on the disk, or mend the rights of the"
            f" folder; {where_logged()}",
            style="red",
        )
        sys.exit(FAILED)
    except Exception:  # the last handler: whatever it is, a person gets a sentence
        logger.exception("ended unexpectedly")
        _note(f"Something went wrong that should not have; {where_logged()}", style="red")
        sys.exit(FAILED)


def _settings(context: typer.Context) -> Settings:
    return read_settings(**(context.find_root().obj or {}))


@contextmanager
def _opened(context: typer.Context, purpose: str) -> "Iterator[Footnote]":
    settings = _settings(context)
    for name in unknown_settings():
        _note(
            f"{name} is no setting of Footnote's; 'footnote doctor' names them all.", style="yellow"
        )
    start_log(settings, to_terminal=purpose == "bot")
    from bot.composition import composed

    with composed(settings, purpose=f"footnote {purpose}") as footnote:
        yield footnote


@contextmanager
def _changing(context: typer.Context, purpose: str) -> "Iterator[Footnote]":
    """Opened for a change: the index is made level before and after it."""
    with _opened(context, purpose) as footnote:
        kept = _level(footnote, quiet=True)
        yield footnote
        if kept:
            _level(footnote, quiet=True)


def _sources(adder: "Adder", names: list[str]) -> "Iterator[Source]":
    """Standard input where a dash stands, else what the names name."""
    for name in names:
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(adder.most_bytes + 1)
            yield adder.data(data, name="standard input")
        else:
            yield from adder.sources([name])


def _who() -> str:
    try:
        return f"{getpass.getuser()} in the terminal"
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "the terminal"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsFault(
            f"the folder of articles, {folder}, cannot be made ({error.strerror}):"
            f" set {PREFIX}ARTICLES to one that can"
        ) from error


def _level(footnote: "Footnote", *, quiet: bool = False, needed: bool = False) -> bool:
    """Bring the index level with the folder, or say who else sees to that; whether this did."""
    from bot.terminal import faults_view, mended_view, say, sync_view

    try:
        with _progress() as on_progress:
            report = footnote.library.level(on_progress=on_progress)
    except IndexLocked as locked:
        if needed:
            raise
        _note(f"Another Footnote ({locked.holder}) keeps the index and takes changes in.")
        return False
    if not report.did_nothing and not quiet:
        say(_errors(), sync_view(report))
    else:
        say(_errors(), *mended_view(report), *faults_view(report.faults))
    return True


@contextmanager
def _progress(doing: str = "Indexing") -> "Iterator[OnProgress]":
    """A bar on standard error while that goes on; nothing where that is no terminal."""
    columns = (TextColumn(doing), BarColumn(), TimeRemainingColumn())
    if not sys.stderr.isatty():  # rich ends even a bar that was never shown with an empty line
        yield lambda done, total: None
        return
    with Progress(*columns, console=_errors(), transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def on_progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > 0)

        yield on_progress


def _console() -> Console:
    return Console(soft_wrap=not sys.stdout.isatty())


def _errors() -> Console:
    return Console(stderr=True, soft_wrap=not sys.stderr.isatty())


def _note(message: str, style: str = "") -> None:
    told = without_secret(message)
    _errors().print(Text("\n".join(map(visible, told.split("\n"))), style=style))


if __name__ == "__main__":
    main()
