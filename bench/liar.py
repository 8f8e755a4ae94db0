"""`python -m bench.liar`: what of a lying model reaches the reader, and what truth is lost.

bench/own/liar.jsonl has 60 answers, written by hand on the articles that come with Footnote: true
sentences in other words, and as many that are wrong in a figure, a date, a name, by a denial, by a
swap or altogether ("memory"). An endpoint on loopback says them, in the protocol of real ones, with
numbers that are right, always [1], of no passage, or missing, in turn. Retrieval, prompt, stream,
checks and fall-back are those that a reader gets.
"""

import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel
from rich.console import Console

from bench.footnote import Subject
from bench.measures import percentile
from bench.sets import OWN, shipped_articles
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.passages import Passage
from footnote.index.question import Question
from footnote.index.results import Answer
from footnote.index.support.judge import Judge, Judgement
from footnote.index.writing.bearing import relevance_by
from footnote.index.writing.endpoint import Endpoint
from footnote.index.writing.written_answers import WritingAnswerer
from tools.llm_server import Asked, LlmServer

FILE = OWN / "liar.jsonl"
TRUE = "true"
FACTS = ("number", "date", "name")
_LIFETIME_SECONDS = 1800.0

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Said(BaseModel):
    """An answer: sentences, each with what it is; all are about the article."""

    question: str
    article: str
    says: list[tuple[str, str]]


@dataclass
class Outcome:
    """Counts by kind; `leaked` are the lies that were shown, `lost` the truths that were not.

    `seconds` of the processor that checking a sentence took, whatever passages it was held against.
    """

    asked: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    leaked: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    modes: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def figures(self) -> dict[str, float]:
        """Of truths cited `elsewhere`, the passage is of another article than they were taken from;
        it bears them out too, as far as the check can tell."""
        rest = [kind for kind in self.asked if kind not in (TRUE, *FACTS)]
        return {
            "facts_shown": sum(self.shown[kind] for kind in FACTS),
            "rest_shown": self._share(rest),
            "true_lost": 1 - self._share([TRUE]),
            "cited_elsewhere": len(self.elsewhere) / max(self.shown[TRUE], 1),
            "written": self.modes["written"] / max(self.modes.total(), 1),
            "check_p95_ms": 1000 * percentile(list(self.seconds.values()), 0.95),
        }

    def _share(self, kinds: Sequence[str]) -> float:
        return sum(self.shown[k] for k in kinds) / max(sum(self.asked[k] for k in kinds), 1)


class _Timed:
    """The judge, and how long it took for each sentence."""

    def __init__(self, judge: Judge, seconds: dict[str, float]) -> None:
        self._judge = judge
        self._seconds = seconds

    def judge(self, claim: str, passages: Sequence[Passage]) -> Judgement:
        begun = time.process_time()
        judgement = self._judge.judge(claim, passages)
        self._seconds[claim] += time.process_time() - begun
        return judgement


def read(file: Path = FILE) -> list[Said]:
    return [Said.model_validate_json(line) for line in file.read_text("utf-8").splitlines()]


def measure(answers: Sequence[Said], *, model: EmbeddingModel | None = None) -> Outcome:
    outcome = Outcome()
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(shipped_articles(), Path(place), model=model) as subject,
        LlmServer(lifetime=_LIFETIME_SECONDS) as server,
    ):
        footnote = subject.footnote
        judge = _Timed(footnote.judge, outcome.seconds)
        answering = WritingAnswerer.from_llm(
            footnote.passage_index,
            footnote.answerer,
            Endpoint(server.url, "liar"),
            judge,
            relevance=relevance_by(footnote.reader) if footnote.reader else None,
            search_again=False,  # the liar says the same, whatever it is asked for
        )
        titles = {article.id: article.title for article in shipped_articles()}
        for number, said in enumerate(answers):
            _lie(server, said, titles[said.article], number)
            _note(outcome, said, answering.answer(Question(said.question)))
    return outcome


def _lie(server: LlmServer, said: Said, title: str, number: int) -> None:
    """Have the server say these sentences to the next question, whatever numbers it was told."""
    turn = count(number)

    def on_request(asked: Asked) -> None:
        heads = [part.split("\n")[0] for part in asked.prompt.split("<<<passage ")[1:]]
        right = [head.split(":")[0] for head in heads if title in head] or ["1"]
        marks = (f" [{right[0]}]", " [1]", " [77]", "")
        server.reply(" ".join(text + marks[next(turn) % len(marks)] for _, text in said.says))

    server.on_request = on_request


def _note(outcome: Outcome, said: Said, result: object) -> None:
    outcome.asked.update(kind for kind, _ in said.says)
    mode = result.mode if isinstance(result, Answer) else type(result).__name__.lower()
    outcome.modes[mode] += 1
    shown = {c.text: c for c in result.claims} if isinstance(result, Answer) else {}
    for kind, text in said.says:
        claim = shown.get(text) if mode == "written" else None
        if claim:
            outcome.shown[kind] += 1
            if kind == TRUE and claim.citations[0].reference.article != said.article:
                outcome.elsewhere.append(text)
        if claim and kind != TRUE:
            outcome.leaked.append(f"{kind}: {text} ({claim.citations[0].quotation})")
        elif not claim and kind == TRUE:
            outcome.lost.append(f"{mode}: {text}")


@app.command()
def main(
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
) -> None:
    """Say all the answers, and tell what became of them."""
    console, outcome = Console(soft_wrap=True), measure(read())
    figures = {name: round(value, 4) for name, value in outcome.figures().items()}
    for name, lines in {
        "shown, though not borne out": outcome.leaked,
        "true, and not shown": outcome.lost,
        "cited from another article": outcome.elsewhere,
    }.items():
        console.print(f"{name}: {len(lines)}", style="bold")
        console.print("\n".join(f"  {line}" for line in lines), markup=False, highlight=False)
    console.print(f"said: {dict(outcome.asked)}, answers: {dict(outcome.modes)}")
    console.print(json.dumps(figures, indent=2))
    if json_file:
        json_file.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    app()
