"""`footnote ask` and `check`: a question, one a line, JSON Lines for other programs, a claim."""

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any, BinaryIO, Literal

from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.text import Text

from footnote.bot.answers.respondent import TERMINAL
from footnote.bot.composition import Footnote
from footnote.bot.errors import BotError
from footnote.bot.terminal.answer_view import checked_view, claim_view, result_view, under_claims
from footnote.bot.terminal.commands.options import ABSTAINED, ANSWERED, UNSURE
from footnote.bot.terminal.console import errors, say
from footnote.corpus.timespan import Timespan
from footnote.index.checking import OnSentence
from footnote.index.question import Question, Turn
from footnote.index.result_json import to_json
from footnote.index.results import Abstention, Answer, Checked, Claim, Listing, Nearest, Result


class AskedTurn(BaseModel):
    role: Literal["user", "assistant"]
    text: str


class AskRequest(BaseModel):
    """A line of the JSON that other programs send."""

    question: str
    history: list[AskedTurn] | None = None
    cited: list[str] | None = None

    def whole(self) -> Question:
        turns = tuple(Turn(t.role, t.text) for t in self.history or ())
        return Question(self.question, turns, tuple(self.cited or ()))


def one(
    footnote: Footnote,
    question: str,
    console: Console,
    *,
    as_json: bool,
    days: Timespan | None = None,
) -> Result:
    """Answer and print; from the articles of some days only, if they are given."""
    asked = Question(typed(question), days=days)
    if as_json:
        result = footnote.respondent.answer(asked, person=TERMINAL)
        _write(to_json(result), sys.stdout.buffer)
    else:
        result = print_answer(footnote, asked, console)
    return result


def code_of(result: Result) -> int:
    """What the program ends with after this result."""
    match result:
        case Answer() | Listing():
            return ANSWERED
        case Nearest():
            return UNSURE
        case Abstention():
            return ABSTAINED


def print_answer(footnote: Footnote, question: Question, console: Console) -> Result:
    """Answer and print, a written answer sentence by sentence as each has been checked."""
    shown: list[Claim] = []

    def show(claim: Claim) -> None:
        shown.append(claim)
        say(console, claim_view(claim))

    result = footnote.respondent.answer(question, person=TERMINAL, on_claim=show)
    place = footnote.store.place
    if shown and isinstance(result, Answer):
        say(console, *under_claims(result, place))
    else:
        say(console, result_view(result, place))
    return result


def check(footnote: Footnote, claim: str, console: Console, *, as_json: bool) -> bool:
    """Check and print; whether all of it is supported. Raises BotError where there is no claim."""
    with checking() as on_sentence:
        checked = checked_claim(footnote, claim, on_sentence)
    place = footnote.store.place
    if isinstance(checked, Abstention):
        written, view = to_json(checked), result_view(checked, place)
    else:
        written, view = to_json(checked), checked_view(checked, place)
    if as_json:
        _write(written, sys.stdout.buffer)
    else:
        say(console, view)
    return isinstance(checked, Checked) and checked.supported


def checked_claim(
    footnote: Footnote, claim: str, on_sentence: OnSentence | None = None
) -> Checked | Abstention:
    """Raises BotError where there is no claim."""
    try:
        return footnote.checker.check(typed(claim), on_sentence)
    except ValueError as error:
        raise BotError("There is no claim in this. Write one, in words.") from error


@contextmanager
def checking() -> Iterator[OnSentence]:
    """Tells on a line of its own how many sentences have been checked, where somebody looks on."""
    status = errors().status("Checking …")
    counted = count(1)
    with status:
        yield lambda _: status.update(f"Checked {next(counted)} …")


def lines(
    footnote: Footnote, source: BinaryIO, console: Console, *, days: Timespan | None = None
) -> None:
    """Answer the question on each line, apart from the others."""
    for line in source:
        question = line.decode(errors="replace").strip()
        if question:
            say(console, Text(question, style="bold"))
            one(footnote, question, console, as_json=False, days=days)
            say(console, Text())


def json_lines(
    footnote: Footnote, source: BinaryIO, target: BinaryIO, *, days: Timespan | None = None
) -> bool:
    """A result for each line that has something on it, in order; whether all were understood.

    A line that is not of the form gets {"kind": "error", "line", "error"} in its place.
    """
    understood = True
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            question = AskRequest.model_validate_json(line.removeprefix(BOM_UTF8)).whole()
        except ValidationError as error:
            understood = False
            written: dict[str, Any] = {"kind": "error", "line": number, "error": _reason(error)}
        else:
            asked = replace(question, days=days)
            written = to_json(footnote.respondent.answer(asked, person=TERMINAL))
        _write(written, target)
    return understood


def typed(text: str) -> str:
    """What somebody typed, with the bytes that are no text in their encoding made visible.

    Python hands such bytes on as lone surrogates, which no model and no database takes.
    """
    return text.encode(errors="surrogateescape").decode(errors="replace")


def _write(value: dict[str, Any], target: BinaryIO) -> None:
    """A line of JSON: UTF-8 whatever the locale, and whole when this returns."""
    target.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    target.flush()


def _reason(error: ValidationError) -> str:
    faults = [f"{'.'.join(map(str, f['loc'])) or 'the line'}: {f['msg']}" for f in error.errors()]
    return (
        "; ".join(faults)
        + '; a line has the form {"question": "…", "history": [{"role": "user", "text": "…"}]}'
    )
