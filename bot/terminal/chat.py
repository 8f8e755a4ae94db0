"""The conversation in the terminal: questions, follow-ups, and the passages behind them."""

import contextlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from footnote.bot.articles.article_list import matching, newest_first
from footnote.bot.articles.following import following_folder
from footnote.bot.composition import Footnote
from footnote.bot.errors import BotError
from footnote.bot.phrases import count, visible
from footnote.bot.small_talk import Talk, question_of, talk_of
from footnote.bot.telegram.texts import ENGLISH
from footnote.bot.terminal.answer_view import checked_view, passage_view, result_view
from footnote.bot.terminal.articles_view import none_listed
from footnote.bot.terminal.ask import checked_claim, checking, print_answer, typed
from footnote.bot.terminal.console import say
from footnote.bot.terminal.running_view import faults_view
from footnote.corpus.errors import CorpusError
from footnote.index.errors import IndexFault, IndexLocked
from footnote.index.question import Question, Turn
from footnote.index.results import (
    Abstention,
    Answer,
    Checked,
    Listing,
    Nearest,
    Result,
    answered_by,
    articles_of,
)

_PROMPT = "› "
_NUMBER = re.compile(r"\[?(\d{1,3})\]?")
_MAX_HISTORY_LINES = 1000
# What is nothing but signs, or very long, goes the way of a question, which tells what is wrong.
_TALKED = (Talk.GREETING, Talk.THANKS, Talk.PRAISE, Talk.FAREWELL, Talk.ACKNOWLEDGED)
_HELP = """\
Ask a question in your own words; the answer is made of the articles' own sentences.
  /1         the passage behind [1], with the sentence marked
  /sources   the sources of the last answer again
  /check …   what in the articles supports or contradicts a claim
  /articles  the list of articles; with words after it, those that have them
  /new       forget what was said and begin afresh
  /help      this
  /quit      leave (so do Ctrl-D and Ctrl-C)"""


class Chat:
    """One person's conversation: keeps what was said and the last answer's citations."""

    def __init__(self, footnote: Footnote, console: Console) -> None:
        self._footnote = footnote
        self._console = console
        self._place = footnote.store.place
        self._turns: list[Turn] = []
        self._shown: Answer | Nearest | Listing | Checked | None = None
        self._last: Result | None = None
        self._faults: set[str] = set()

    def ask(self, text: str) -> Result:
        """Answer as the next turn of the conversation, say it and remember it."""
        cited = articles_of(self._last) if self._last else ()
        question = Question(text, tuple(self._turns), cited)
        self._last = result = print_answer(self._footnote, question, self._console)
        self._turns.append(Turn("user", text))
        if not isinstance(result, Abstention):
            self._shown = result
        if answered := answered_by(result):
            self._turns.append(Turn("assistant", answered))
        return result

    def obey(self, command: str) -> bool:
        """Carry out a line that starts with a slash; False when it means to leave."""
        name = command[1:].strip().lower()
        word, *rest = name.split(maxsplit=1) or [""]
        if name in ("quit", "exit", "q"):
            return False
        if name.isascii() and name.isdigit():
            self._show_passage(int(name))
        elif name == "sources":
            self._show_sources()
        elif word == "check":
            self._check(command.strip("/ \t")[len("check") :])
        elif word == "articles":
            self._list(" ".join(rest))
        elif name == "new":
            self._turns, self._shown, self._last = [], None, None
            self._say(Text("A new conversation."))
        else:
            if name not in ("help", "?", ""):
                self._say(Text(f"There is no command /{name}."))
            self._say(Text(_HELP))
        return True

    def run(self) -> None:
        """Read lines until the end of input: with a prompt and arrow keys on a terminal."""
        interactive = sys.stdin.isatty()
        if interactive:
            articles, _ = self._footnote.passage_index.build().catalogue.counts()
            there = count(articles, "article")
            self._say(Text(f"Footnote, with {there}. /help tells what you can do."))
        with (
            following_folder(self._footnote.library, self._footnote.settings),
            _line_history(self._footnote.settings.home / "history", wanted=interactive),
        ):
            while (line := self._next_line(interactive)) is not None:
                try:
                    if not self.take(line.strip()):
                        return
                except (BotError, CorpusError, IndexFault) as error:
                    self._say(Text(str(error), style="red"))
                except KeyboardInterrupt:
                    self._say(Text("Stopped."))

    def take(self, line: str) -> bool:
        if not line:
            return True
        if line.startswith("/"):
            return self.obey(line)
        if number := _NUMBER.fullmatch(line):
            return self.obey(f"/{number[1]}")
        if self._talks(line):
            return True
        with contextlib.suppress(IndexLocked):
            faults = self._footnote.library.sync().faults
            self._say(*faults_view(fault for fault in faults if str(fault) not in self._faults))
            self._faults = {str(fault) for fault in faults}  # each is told once
        self.ask(question_of(line))
        self._say(Text())
        return True

    def _talks(self, line: str) -> bool:
        """Whether it was a greeting, thanks or the like, and is answered."""
        talk = talk_of(line)
        if talk is Talk.ARTICLES:
            self.obey("/articles")
        elif talk is Talk.ABOUT_BOT:
            self.obey("/help")
        elif talk in _TALKED:
            self._say(Text(getattr(ENGLISH, talk.value)), Text())
        else:
            return False
        return True

    def _next_line(self, interactive: bool) -> str | None:
        if not interactive:
            line = sys.stdin.buffer.readline()
            return line.decode(errors="replace") if line else None
        try:
            return typed(input(_PROMPT))
        except (EOFError, KeyboardInterrupt):
            print()
            return None
        except UnicodeDecodeError:
            self._say(Text("That line is not UTF-8 text.", style="red"))
            return ""

    def _show_passage(self, number: int) -> None:
        citation = self._shown.citations.get(number) if self._shown else None
        if citation is None:
            self._say(Text(f"What was said last has no [{number}]."))
            return
        current = self._footnote.passage_index.build().catalogue.article(citation.reference.article)
        self._say(passage_view(citation, current, self._place), Text())

    def _show_sources(self) -> None:
        match self._shown:
            case None:
                self._say(Text("There is no answer yet."))
            case Checked() as checked:
                self._say(checked_view(checked, self._place), Text())
            case result:
                self._say(result_view(result, self._place), Text())

    def _list(self, words: str) -> None:
        listed = self._footnote.passage_index.build().catalogue.listing()
        found = matching(listed, words)
        for line in newest_first(found, self._footnote.library.changes.arrivals()):
            self._say(Text(f"{line.title}  ({visible(line.article)})"))
        if not found:
            self._say(Text(none_listed(words if listed else "")))

    def _check(self, claim: str) -> None:
        """It is no part of the conversation, but the numbers are its own from here on."""
        with checking() as on_sentence:
            checked = checked_claim(self._footnote, claim, on_sentence)
        match checked:
            case Checked() as checked:
                self._shown = checked
                self._show_sources()
            case Abstention() as abstention:
                self._say(result_view(abstention, self._place), Text())

    def _say(self, *views: RenderableType) -> None:
        say(self._console, *views)


@contextlib.contextmanager
def _line_history(file: Path, *, wanted: bool) -> Iterator[None]:
    """Arrow keys and the lines of earlier conversations, where Python has readline."""
    try:
        import readline
    except ImportError:
        wanted = False
    if not wanted:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(_MAX_HISTORY_LINES)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            readline.write_history_file(file)
            file.chmod(0o600)
