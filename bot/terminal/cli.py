"""The command line: `footnote ask`, `chat`, `add`, `list`, `show`, `remove`, `sync`, `bot`, …"""

import logging
import os
import sys
from io import TextIOWrapper

import typer

from footnote.bot.errors import BotError, KeptByIndexer, SettingsFault
from footnote.bot.log import where_logged
from footnote.bot.settings import PREFIX
from footnote.bot.terminal.commands import (
    answers,
    articles,
    bot,
    collection,
    feeds,
    moving,
    web,
)
from footnote.bot.terminal.commands.options import FAILED, MISUSED, Articles, Home
from footnote.bot.terminal.commands.startup import settings_of
from footnote.bot.terminal.console import note
from footnote.corpus.errors import CorpusError
from footnote.index.errors import IndexFault, IndexLocked, IndexUnreadable

logger = logging.getLogger(__name__)

app = typer.Typer(
    help="Answers from your articles, with a footnote behind every sentence.",
    no_args_is_help=False,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for subject in (collection, answers, articles, feeds, web, bot, moving):
    app.add_typer(subject.commands)


@app.callback(invoke_without_command=True)
def start(context: typer.Context, articles: Articles = None, home: Home = None) -> None:
    """Answers from your articles, with a footnote behind every sentence.

    Without a command it opens the conversation: the Telegram bot where TELEGRAM_BOT_TOKEN is set,
    else one in the terminal.
    """
    if context.invoked_subcommand is None:
        if settings_of(context).telegram_bot_token:
            bot.bot(context)
        else:
            answers.chat(context)


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
        note(str(error), style="red")
        sys.exit(MISUSED)
    except KeptByIndexer:
        note(
            f"This process is a replica ({PREFIX}PROCESS): run it where the indexer is.",
            style="red",
        )
        sys.exit(FAILED)
    except IndexLocked as locked:
        note(
            f"Another Footnote ({locked.holder}) keeps the index and takes changes in: stop it"
            f" first, or set {PREFIX}HOME to another folder.",
            style="red",
        )
        sys.exit(FAILED)
    except (BotError, CorpusError, IndexFault) as error:
        logger.debug("ended with a fault", exc_info=True)
        told = str(error)
        if isinstance(error, IndexUnreadable) and "footnote sync" not in told:
            told += ": 'footnote sync' makes a new index from the articles"
        note(told, style="red")
        sys.exit(FAILED)
    except OSError as error:
        logger.exception("the system refused")
        where = f"{error.filename}: " if error.filename else ""
        note(
            f"{where}{error.strerror or error}. Make room on the disk, or mend the rights of the"
            f" folder; {where_logged()}",
            style="red",
        )
        sys.exit(FAILED)
    except Exception:  # the last handler: whatever it is, a person gets a sentence
        logger.exception("ended unexpectedly")
        note(f"Something went wrong that should not have; {where_logged()}", style="red")
        sys.exit(FAILED)


if __name__ == "__main__":
    # The program is program.py; watchdogs and units begun by an earlier version name this module.
    from footnote.bot.terminal.program import main as program

    program()
