"""`python -m bench.joined`: long questions, of several things at once, made of a set's own.

Three questions about different articles are put as one. Its best passages are held against the
evidence of all three, as Footnote orders them and by their words alone.
"""

import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bench.footnote import Subject
from bench.measures import Gold, Piece, hit, place
from bench.sets import Case, read_set
from footnote.index.finding.retrieval import Found, PassageRetriever
from footnote.index.question import Question

_TOGETHER, _LOOKED_AT, _SEED = 3, 24, 5
_FIRST = 4

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """Questions put as one, and what is found for it, as Footnote orders it."""

    cases: Sequence[Case]
    found: Sequence[Found]

    def places(self, by: Callable[[Found], float]) -> list[int | None]:
        """Of each of the questions the place of the first passage that has its evidence, from 1."""
        ordered = sorted(self.found, key=lambda found: -by(found))
        pieces = [Piece(found.passage.article, found.passage.text) for found in ordered]
        return [place(pieces, Gold(case.articles, case.evidence)) for case in self.cases]


def joined(folder: Path, *, limit: int) -> Iterator[Joined]:
    """So many of the English questions of a set, each of three that have different articles."""
    one = read_set(folder)[0]
    cases = [case for case in one.cases if case.answerable and not case.question.history]
    random.Random(_SEED).shuffle(cases)
    runs = list(zip(*(cases[start::_TOGETHER] for start in range(_TOGETHER)), strict=False))
    runs = [run for run in runs if len({case.articles for case in run}) == _TOGETHER][:limit]
    with tempfile.TemporaryDirectory() as home, Subject.over(one.articles, Path(home)) as subject:
        retriever = PassageRetriever(subject.footnote.passage_index, limit=_LOOKED_AT)
        for run in track(runs, one.name, console=Console(stderr=True)):
            query = next(retriever.queries(Question(_as_one(run))))
            yield Joined(run, retriever.search(query))


def _as_one(cases: Sequence[Case]) -> str:
    texts = [case.question.text.strip(" ?") for case in cases]
    return f"{', and '.join([texts[0], *(text[0].lower() + text[1:] for text in texts[1:])])}?"


def figures(asked: Sequence[Joined]) -> dict[str, float]:
    """`hit@1`: the first passage has the evidence of one of the questions; `parts@4`: the share of
    the questions whose evidence one of the first four has; `words.…`: ordered by words alone."""
    result = {"questions": float(len(asked))}
    for name, by in (("", attrgetter("score")), ("words.", attrgetter("words"))):
        places = [one.places(by) for one in asked]
        result[f"{name}hit@1"] = fmean(1 in of_each for of_each in places)
        result[f"{name}parts@4"] = hit([at for of_each in places for at in of_each], _FIRST)
    return result


@app.command()
def main(
    data: Annotated[list[Path], typer.Option(help="folders of question sets")],
    limit: Annotated[int, typer.Option(min=1, help="so many long questions of each set")] = 100,
) -> None:
    """Ask long questions, and tell where their evidence is found."""
    result = {folder.name: figures(list(joined(folder, limit=limit))) for folder in data}
    Console().print_json(json.dumps(result))


if __name__ == "__main__":
    app()
