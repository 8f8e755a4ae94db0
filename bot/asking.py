"""`footnote ask`: one question, a question a line, or JSON Lines for other programs."""

import json
from typing import IO, Any, BinaryIO

from pydantic import BaseModel, Field, ValidationError
from rich.console import Console
from rich.text import Text

from bot.composition import Footnote
from bot.terminal import result_view, say
from index.citation import Answer, to_json
from index.question import Question, Turn


class AskedTurn(BaseModel):
    role: str = Field(pattern="^(user|assistant)$")
    text: str


class Asked(BaseModel):
    """A line of the JSON that other programs send."""

    question: str
    history: list[AskedTurn] = []

    def whole(self) -> Question:
        history = [Turn("user" if t.role == "user" else "assistant", t.text) for t in self.history]
        return Question(self.question, tuple(history))


def one(footnote: Footnote, question: str, console: Console, *, as_json: bool) -> bool:
    """Answer and print; whether there was an answer."""
    result = footnote.answerer.answer(Question(question))
    if as_json:
        print(json.dumps(to_json(result), ensure_ascii=False))
    else:
        say(console, result_view(result, footnote.settings.articles))
    return isinstance(result, Answer)


def lines(footnote: Footnote, source: BinaryIO, console: Console) -> bool:
    """Answer the question on each line, apart from the others; whether all could be read."""
    for line in source:
        question = line.decode(errors="replace").strip()
        if question:
            say(console, Text(question, style="bold"))
            one(footnote, question, console, as_json=False)
            say(console, Text())
    return True


def json_lines(footnote: Footnote, source: BinaryIO, target: IO[str]) -> bool:
    """A result for each line that has something on it, in order; whether all were understood.

    A line that is not of the form gets {"kind": "error", "line", "error"} in its place.
    """
    understood = True
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            question = Asked.model_validate_json(line).whole()
        except ValidationError as error:
            understood = False
            written: dict[str, Any] = {"kind": "error", "line": number, "error": _reason(error)}
        else:
            written = to_json(footnote.answerer.answer(question))
        target.write(json.dumps(written, ensure_ascii=False) + "\n")
        target.flush()
    return understood


def _reason(error: ValidationError) -> str:
    faults = [f"{'.'.join(map(str, f['loc'])) or 'the line'}: {f['msg']}" for f in error.errors()]
    return "; ".join(faults) + '; a line has the form {"question": "…", "history": []}'
