"""The conversation in the terminal, told apart from where it is typed."""

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NoReturn

import pytest
from rich.console import Console

from footnote.bot.composition import Footnote
from footnote.bot.terminal.chat import Chat
from footnote.index.answering import Answerer
from footnote.index.question import Question
from footnote.index.results import Result
from tests.bot.commands import Command

DANCE = "Who decoded the waggle dance of honeybees?"
LIGHTHOUSE = "Who built the lighthouse of Port Ellis?"
TRUE = "Karl von Frisch decoded the waggle dance of honeybees."
UNANSWERED = "Which languages are spoken in Peru and Bolivia today?"

Typing = Callable[..., str]
"""Holds a conversation of the lines given; what was said in it."""


class Talk:
    """A chat on a console that remembers what was printed since it was last asked."""

    def __init__(self, footnote: Footnote, *, colours: bool = False) -> None:
        self._file, self.footnote = io.StringIO(), footnote
        system: Literal["standard"] | None = "standard" if colours else None
        self.chat = Chat(
            footnote,
            Console(file=self._file, width=300, force_terminal=colours, color_system=system),
        )

    def say(self, line: str) -> str:
        self._file.seek(0)
        self._file.truncate()
        assert self.chat.take(line)
        return self._file.getvalue()


@pytest.fixture
def talk(footnote: Footnote) -> Talk:
    return Talk(footnote)


def test_a_question_is_answered_with_its_source(talk: Talk) -> None:
    said = talk.say(DANCE)
    assert said.startswith(
        "The waggle dance of honeybees was decoded by Karl von Frisch. [1] · 2016-08-03\n"
    )
    assert "[1] How honeybees dance 🐝 · Ada Winter" in said


def test_what_comes_nearest_is_shown_with_passages_and_nothing_leans_on_it(talk: Talk) -> None:
    footnote, asked = talk.footnote, list[Question]()

    class Unsure(Answerer):
        def answer(self, question: Question) -> Result:
            asked.append(question)
            return super().answer(question)

    vars(footnote)["answerer"] = Unsure(footnote.passage_index, sure=1.1, near=0)
    said = talk.say(DANCE)
    assert said.startswith("I'm not sure that this answers it. What comes nearest:\n\nThe waggle")
    assert "»The waggle dance of honeybees was decoded by Karl von Frisch.«" in talk.say("/1")
    assert talk.say("/sources").startswith("I'm not sure that this answers it.")
    talk.say("And who else?")
    assert [turn.role for turn in asked[-1].history] == ["user"]


def test_a_follow_up_leans_on_what_was_asked_before(talk: Talk) -> None:
    assert talk.say("Where did it burn?").startswith("What is it about?")
    talk.say("/new")
    talk.say(LIGHTHOUSE)
    assert talk.say("Where did it burn?").startswith("The lighthouse of Port Ellis was built by")


def test_after_a_new_beginning_nothing_is_leant_on(talk: Talk) -> None:
    talk.say(LIGHTHOUSE)
    assert talk.say("/new") == "A new conversation.\n"
    assert talk.say("/1") == "What was said last has no [1].\n"
    assert talk.say("Where did it burn?").startswith("What is it about?")


@pytest.mark.parametrize("line", ["/1", "1", "[1]", "/ 1"])
def test_a_number_shows_the_passage_with_the_sentence_marked(footnote: Footnote, line: str) -> None:
    talk = Talk(footnote, colours=True)
    talk.say(DANCE)
    shown = talk.say(line)
    assert re.findall(r"\x1b\[1;7m(.*?)\x1b\[0m", shown) == [
        "The waggle dance of honeybees was decoded by Karl von Frisch."
    ]
    assert "Each waggle tells how distant the nectar stands." in shown


@pytest.mark.parametrize("line", ["/2", "7", "/0", "[999]"])
def test_a_number_that_the_last_answer_has_not_is_told(talk: Talk, line: str) -> None:
    number = int(line.strip("/[]"))
    assert talk.say(line) == f"What was said last has no [{number}].\n"
    talk.say(DANCE)
    assert talk.say(line) == f"What was said last has no [{number}].\n"


def test_a_number_still_opens_the_answer_before_a_question_that_was_not_answered(
    talk: Talk,
) -> None:
    talk.say(DANCE)
    talk.say(UNANSWERED)
    assert "waggle" in talk.say("/1")


def test_a_year_is_a_question_and_no_number(talk: Talk) -> None:
    assert talk.say("1911").startswith("I found nothing on this in the articles.")


def test_the_sources_are_shown_again(talk: Talk) -> None:
    assert talk.say("/sources") == "There is no answer yet.\n"
    answer = talk.say(DANCE)
    talk.say(UNANSWERED)
    assert talk.say("/sources") == answer


def test_a_claim_is_checked_and_its_numbers_open_what_supports_it(talk: Talk) -> None:
    talk.say(LIGHTHOUSE)
    for line in (f"/check {TRUE}", "/sources"):
        assert talk.say(line).startswith(f"{TRUE}\n    supported: The waggle dance of honeybees")
    assert "How honeybees dance" in talk.say("/1")
    assert talk.say("Where did it burn?").startswith("The lighthouse of Port Ellis was built by")


@pytest.mark.parametrize("line", ["hello", "Thanks a lot!", "Good bye"])
def test_small_talk_is_no_question_to_the_articles(talk: Talk, line: str) -> None:
    talk.say(LIGHTHOUSE)
    assert "found nothing" not in talk.say(line)
    assert talk.say("Where did it burn?").startswith("The lighthouse of Port Ellis was built by")
    assert talk.say(f"Hello! {DANCE}").startswith("The waggle dance of honeybees was decoded by")


def test_a_wish_for_the_articles_or_for_help_gets_them(talk: Talk) -> None:
    assert talk.say("What articles do you have?") == talk.say("/articles")
    assert talk.say("What can you do?") == talk.say("/help")


def test_a_check_without_a_claim_is_told_and_the_conversation_goes_on(command: Command) -> None:
    ended = command("chat", typed=f"/check\n{DANCE}\n")
    assert "There is no claim in this." in ended.out
    assert "decoded by Karl von Frisch. [1]" in ended.out


def test_the_articles_are_listed(talk: Talk) -> None:
    assert talk.say("/articles").splitlines() == [
        "How honeybees dance 🐝  (honeybees)",
        "The lighthouse of Port Ellis  (lighthouse)",
        "[bold]Tea[/bold] <b>without</b> *sugar*  (tea)",
    ]


def test_the_articles_with_some_words_are_listed(talk: Talk) -> None:
    assert talk.say("/articles port Ellis") == "The lighthouse of Port Ellis  (lighthouse)\n"
    assert talk.say("/articles  zebra") == (
        "No article has 'zebra' in its title, name, author or site.\n"
    )


def test_help_names_every_command(talk: Talk) -> None:
    said = talk.say("/help")
    for name in ("/1", "/sources", "/articles", "/new", "/help", "/quit"):
        assert f"\n  {name} " in said
    assert talk.say("/") == talk.say("/?") == said


@pytest.mark.parametrize("line", ["/nonsense", "/new please", "/٣"])
def test_an_unknown_command_is_no_question_and_gets_the_help(talk: Talk, line: str) -> None:
    said = talk.say(line)
    assert said.startswith(f"There is no command {line}.\n")
    assert "/sources" in said


@pytest.mark.parametrize("line", ["/quit", "/exit", "/q", "/QUIT"])
def test_one_can_leave(talk: Talk, line: str) -> None:
    assert talk.chat.take(line) is False


def test_an_empty_line_says_nothing(talk: Talk) -> None:
    assert talk.say("") == ""


def test_an_article_that_came_meanwhile_is_answered_from(talk: Talk, articles: Path) -> None:
    asked = "Does the ferry cross the strait of Lorne twice a day?"
    assert talk.say(asked).startswith("I found nothing on this in the articles.")
    (articles / "ferry.md").write_text("The ferry crosses the strait of Lorne twice a day.\n")
    assert talk.say(asked).startswith("The ferry crosses the strait of Lorne twice a day. [1]")


def test_an_article_that_comes_while_nobody_writes_is_taken_in(
    footnote: Footnote, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    footnote.library.sync()
    there: list[str] = []

    def wait(_: bool) -> None:
        until = time.monotonic() + 120
        while "ferry" not in there and time.monotonic() < until:
            # Again and again, for what is written before the folder is watched goes unseen.
            file = articles / "ferry.md"
            file.write_text("The ferry crosses the strait of Lorne twice a day.\n")
            time.sleep(0.5)
            there[:] = footnote.passage_index.build().catalogue.ids()

    chat = Talk(footnote).chat
    monkeypatch.setattr(chat, "_next_line", wait)
    chat.run()
    assert "ferry" in there


def test_a_faulty_file_is_told_once_until_it_changes(talk: Talk, articles: Path) -> None:
    (articles / "faulty.md").write_text("---\ntitle: [\n---\nText.\n")
    assert "faulty.md" in talk.say(DANCE)
    assert "faulty.md" not in talk.say(DANCE)
    (articles / "faulty.md").write_text("---\ndate: yesterday\n---\nText.\n")
    assert "faulty.md" in talk.say(DANCE)


def test_a_passage_tells_that_its_article_has_changed_or_is_gone(
    talk: Talk, articles: Path
) -> None:
    talk.say(DANCE)
    text = (articles / "honeybees.md").read_text()
    (articles / "honeybees.md").write_text(text.replace("Frisch", "Fresh"))
    talk.say(UNANSWERED)
    shown = talk.say("/1")
    assert "This article has changed; this is what was quoted then." in shown
    assert "decoded by Karl von Frisch." in shown
    (articles / "honeybees.md").unlink()
    talk.say(UNANSWERED)
    assert "This article is gone; this is what was quoted from it." in talk.say("/1")


def test_what_an_article_says_is_never_markup(talk: Talk) -> None:
    shown = talk.say("Green tea italic steeps for two minutes?")
    assert "Green tea [italic]steeps[/italic] for two minutes. [1]" in shown
    assert "[1] [bold]Tea[/bold] <b>without</b> *sugar* · [red]Bo[/red]" in shown
    assert "Black tea [link=https://evil.example]steeps[/link] for" in talk.say("/1")


# Read from where somebody types, or from a pipe


def test_lines_in_a_pipe_are_answered_one_by_one_without_a_prompt(command: Command) -> None:
    ended = command("chat", typed=f"{LIGHTHOUSE}\nWhere did it burn?\n\n/1\n")
    assert ended.code == 0
    assert ended.out.count("The lighthouse of Port Ellis was built by the brothers Hale.") >= 3
    assert "›" not in ended.out


def test_a_line_that_is_no_text_does_not_lose_the_others(command: Command) -> None:
    ended = command("chat", typed=f"{DANCE}\n".encode() + b"caf\xe9\xff?\n" + LIGHTHOUSE.encode())
    assert ended.code == 0
    assert "was decoded by Karl von Frisch. [1]" in ended.out
    assert "was built by the brothers Hale. [1]" in ended.out


def test_quitting_leaves_the_rest_of_a_pipe_unread(command: Command) -> None:
    ended = command("chat", typed=f"/quit\n{DANCE}\n")
    assert (ended.code, ended.out) == (0, "")


def test_a_fault_in_one_question_does_not_end_the_conversation(
    footnote: Footnote, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = articles.with_name("away")

    class Typed(io.BytesIO):
        """Three questions; while the second is asked, the folder is away."""

        def readline(self, size: int = -1) -> bytes:
            at = self.tell()
            line = super().readline(size)
            if at and line:
                there, target = (away, articles) if away.exists() else (articles, away)
                there.rename(target)
            return line

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Typed(f"{DANCE}\n".encode() * 3)))
    file = io.StringIO()
    Chat(footnote, Console(file=file, width=300)).run()
    first, fault, third = re.split(r"(?m)^(.* is not a folder: .*)$", file.getvalue())
    assert first.count("[1]") == third.count("[1]") == 2
    assert fault.endswith("or begin with 'footnote init'")


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch, footnote: Footnote) -> Typing:
    """Somebody at a terminal: each thing typed is a line, or what a key raises in `input`."""

    def converse(*typed: str | BaseException) -> str:
        left = iter(typed)

        def read(prompt: str) -> str:
            assert prompt == "› "
            line = next(left)
            if isinstance(line, BaseException):
                raise line
            return line

        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("sys.stdin", Keyboard())
        monkeypatch.setattr("builtins.input", read)
        file = io.StringIO()
        Chat(footnote, Console(file=file, width=300)).run()
        assert list(left) == []
        return file.getvalue()

    return converse


@pytest.mark.parametrize("key", [EOFError(), KeyboardInterrupt()])
def test_ctrl_d_and_ctrl_c_leave_cleanly(
    typing: Typing, key: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    said = typing("/1", key)
    assert said == (
        "Footnote, with 3 articles. /help tells what you can do.\nWhat was said last has no [1].\n"
    )
    assert capsys.readouterr().out == "\n"  # what comes next begins on a line of its own


def test_ctrl_c_during_an_answer_stops_that_answer_only(typing: Typing, footnote: Footnote) -> None:
    class Stopped:
        def answer(self, question: Question) -> NoReturn:
            raise KeyboardInterrupt

    vars(footnote)["answerer"] = Stopped()
    assert "Stopped.\nWhat was said last has no [1].\n" in typing(DANCE, "/1", EOFError())


def test_a_line_of_other_bytes_is_told_and_passed_over(typing: Typing) -> None:
    wrong = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    assert "That line is not UTF-8 text.\n" in typing(wrong, EOFError())


def test_nothing_in_a_pipe_is_answered_with_nothing(command: Command) -> None:
    assert command("chat").out == ""


def test_a_pipe_leaves_no_history_of_lines(command: Command, home: Path) -> None:
    command("chat", typed=f"{DANCE}\n")
    assert not (home / "history").exists()
