"""`python -m bench.moving`: whether what changes is told as the newest report has it.

The questions of `own/moving` are about reports that we made up, of things that move: a stranded
ship, an outbreak, a strike, a trial, prices. One half, `held`, was kept aside while the rules were
made; `more`, in a folder of its own, are further ones that they were made on. bench/README.md has
the figures of each.
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Annotated, Literal

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from bench.footnote import Subject
from bench.sets import OWN, articles_of, rows
from footnote.index.question import Question
from footnote.index.results import Answer, Nearest, Result

MOVING = OWN / "moving"
Half = Literal["open", "held", "more"]


class Asked(BaseModel):
    """A question on the day `asked`. `evidence` are the sentences that answer it first, any of
    them; `earlier` what older reports say instead, the newest of them first."""

    id: str
    kind: Literal["newest", "at", "uncovered"]
    half: Half
    asked: date
    question: str
    evidence: list[str]
    earlier: list[str] = []


@dataclass(frozen=True, slots=True)
class Told:
    """A question with what was answered."""

    asked: Asked
    result: Result

    @property
    def first(self) -> str | None:
        return self._texts[0] if self._texts else None

    @property
    def right(self) -> bool:
        """Whether what is given first is right, surely or not; for what no report covers, whether
        nothing is given for sure."""
        if self.asked.kind == "uncovered":
            return not isinstance(self.result, Answer)
        return self.first in self.asked.evidence

    @property
    def shows_change(self) -> bool:
        """Whether what an older report says stands below what the newest says, with its date."""
        if not self.right or not isinstance(self.result, Answer | Nearest):
            return False
        later = self.result.claims[1:]
        return any(
            claim.text in self.asked.earlier and claim.citations[0].reference.day for claim in later
        )

    @property
    def _texts(self) -> list[str]:
        if not isinstance(self.result, Answer | Nearest):
            return []
        return [claim.text for claim in self.result.claims]


def read_questions(file: Path = MOVING / "questions.jsonl") -> list[Asked]:
    return list(rows(file, Asked))


def ask_all(questions: Iterable[Asked], folder: Path = MOVING) -> Iterator[Told]:
    """Each question, put to the answerer that comes without settings."""
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(articles_of(folder / "articles.jsonl"), Path(place)) as subject,
    ):
        for asked in questions:
            question = Question(asked.question, asked=asked.asked)
            yield Told(asked, subject.footnote.answerer.answer(question))


def figures(told: Sequence[Told]) -> dict[str, float]:
    """By kind the share that is right, and given for sure; of what changed how often that shows."""
    kinds = defaultdict[str, list[Told]](list)
    for one in told:
        kinds[one.asked.kind].append(one)
    found = {kind: fmean(one.right for one in those) for kind, those in kinds.items()}
    found |= {
        f"{kind}.sure": fmean(isinstance(one.result, Answer) for one in those)
        for kind, those in kinds.items()
    }
    changed = [one for one in told if one.asked.earlier]
    if changed:
        found["change_shown"] = fmean(one.shows_change for one in changed)
    return found


def main(
    half: Annotated[Half | None, typer.Option(help="one half alone")] = None,
    folder: Annotated[Path, typer.Option(help="other reports and questions")] = MOVING,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
    failures: Annotated[bool, typer.Option(help="show what went wrong")] = False,
) -> None:
    """Ask the questions on made-up reports of things that move."""
    console = Console()
    questions = read_questions(folder / "questions.jsonl")
    told = list(ask_all((one for one in questions if half in (None, one.half)), folder))
    halves = {
        name: figures([one for one in told if one.asked.half == name])
        for name in dict.fromkeys(one.asked.half for one in told)
    }
    table = Table("moving", *halves, title_justify="left")
    for measure in next(iter(halves.values())):
        table.add_row(measure, *(f"{row.get(measure, 0):.3f}" for row in halves.values()))
    console.print(table)
    if json_file:
        json_file.write_text(json.dumps(halves, indent=2) + "\n")
    for one in told if failures else ():
        if not one.right or (one.asked.earlier and not one.shows_change):
            claims = getattr(one.result, "claims", ())
            said = "\n  ".join(f"{c.citations[0].reference.day} {c.text}" for c in claims)
            told_kind = type(one.result).__name__
            console.print(
                f"\n{one.asked.id} {one.asked.question} [{told_kind}]\n  {said}", markup=False
            )


if __name__ == "__main__":
    typer.run(main)
