"""`python -m bench.quality`: how well Footnote finds, quotes and abstains on question sets."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.claims import read_claims
from bench.figures import figures, rounded
from bench.footnote import Subject
from bench.outcomes import Bar, Outcome, taken_out
from bench.sets import OWN, Case, QuestionSet, SetFault, read_set
from bench.support import Judged, judge, support_figures
from footnote.index.finding.confidence import SURE
from footnote.index.models.embedding import EmbeddingModel

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_errors = Console(stderr=True)
_T = TypeVar("_T")


@app.command()
def main(
    data: Annotated[list[Path] | None, typer.Option(help="folders of question sets")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
    plots: Annotated[Path | None, typer.Option(help="a folder for the diagrams")] = None,
    against: Annotated[Literal["stock"] | None, typer.Option(help="stock pipelines too")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="so many questions of a set")] = None,
    half: Annotated[Literal["even", "odd"] | None, typer.Option(help="one half of each")] = None,
    held_out: Annotated[
        bool, typer.Option(help="no questions on articles that the reader was trained on")
    ] = False,
    quick: Annotated[bool, typer.Option(help="less exact and four times as fast")] = False,
    support: Annotated[
        Path | None, typer.Option(help="claims to judge instead, beside the project's own")
    ] = None,
    failures: Annotated[int, typer.Option(min=0, help="show so many of each kind")] = 0,
) -> None:
    """Measure on the folders given, or on the project's own questions."""
    if support:
        _judge_claims(support, json_file, failures)
        return
    try:
        sets = [one for folder in data or [OWN] for one in read_set(folder)]
    except SetFault as fault:
        _errors.print(str(fault), style="red", highlight=False)
        raise typer.Exit(2) from fault
    console, everything = Console(), dict[str, float]()
    for question_set in sets:
        chosen = question_set.held_out() if held_out else question_set
        chosen = _spread(chosen.half(half) if half else chosen, limit)
        outcomes = measure(chosen, quick=quick, on_progress=_bar(chosen.name))
        rows = {"footnote": rounded(figures(outcomes, threshold=SURE))}
        if against:
            from bench.stock import SYSTEMS, measure_stock

            for name in SYSTEMS:
                theirs = measure_stock(name, chosen, on_progress=_bar(f"{chosen.name}, {name}"))
                rows[name] = rounded(figures(theirs, threshold=None))
        everything |= _flat(chosen.name, rows)
        console.print(_table(chosen.name, rows))
        if json_file:  # after each set, so that a long run leaves what it has, and before drawing
            json_file.write_text(json.dumps(everything, indent=2) + "\n")
        if failures:
            _show_failures(console, outcomes, failures)
        if plots:
            from bench.plots import reliability_diagram, risk_against_coverage

            plots.mkdir(parents=True, exist_ok=True)
            reliability_diagram(outcomes, plots / f"{chosen.name}.reliability.svg")
            risk_against_coverage(outcomes, plots / f"{chosen.name}.risk.svg")


def _judge_claims(folder: Path, json_file: Path | None, failures: int) -> None:
    """The claims of the folder and the project's own; those alone where it is theirs."""
    console, everything = Console(), dict[str, float]()
    try:
        sets = [read_claims(one) for one in dict.fromkeys((OWN, folder.resolve()))]
    except SetFault as fault:
        _errors.print(str(fault), style="red", highlight=False)
        raise typer.Exit(2) from fault
    for claims in sets:
        judged = judge(claims, on_progress=_bar(claims.name))
        row = rounded(support_figures(judged, left_out=claims.left_out))
        everything |= {f"{claims.name}.{measure}": value for measure, value in row.items()}
        console.print(_table(claims.name, {"footnote": row}))
        if failures:
            _show_misjudged(console, judged, failures)
        if json_file:
            json_file.write_text(json.dumps(everything, indent=2) + "\n")


def measure(
    question_set: QuestionSet,
    *,
    quick: bool = False,
    model: EmbeddingModel | None = None,
    on_progress: Bar = iter,
) -> list[Outcome]:
    """Ask everything, then again, article by article, what is answerable without its articles.

    If `quick`, nothing is taken out, and the passages are those that the answer was made from,
    fewer than ten.
    """
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(
            question_set.articles,
            Path(place),
            aliases=question_set.aliases,
            model=model,
        ) as subject,
    ):
        outcomes = [
            replace(_asked(case, subject, quick=quick), by_article=question_set.by_article(case))
            for case in on_progress(question_set.cases)
        ]
        return outcomes if quick else list(taken_out(outcomes, subject, on_progress))


def _asked(case: Case, subject: Subject, *, quick: bool) -> Outcome:
    asked = subject.ask(case.question)
    return Outcome(
        case,
        asked.found if quick else subject.returned(case.question),
        asked.confidence,
        asked=asked,
        whole=subject.returned(case.whole) if case.whole else None,
    )


def _spread(question_set: QuestionSet, limit: int | None) -> QuestionSet:
    """So many of the cases, evenly from all over the set."""
    count = len(question_set.cases)
    if limit is None or limit >= count:
        return question_set
    kept = tuple(question_set.cases[number * count // limit] for number in range(limit))
    return replace(question_set, cases=kept)


def _bar(name: str) -> Callable[[Sequence[_T]], Iterator[_T]]:
    return lambda cases: iter(track(cases, name, console=_errors))


def _flat(name: str, rows: dict[str, dict[str, float]]) -> dict[str, float]:
    """Footnote's figures by set and measure, others' by set, system and measure."""
    return {
        f"{name}.{measure}" if system == "footnote" else f"{name}.{system}.{measure}": value
        for system, values in rows.items()
        for measure, value in values.items()
    }


def _table(name: str, rows: dict[str, dict[str, float]]) -> Table:
    table = Table(name, *rows, title_justify="left")
    for measure in rows["footnote"]:
        values = [row.get(measure) for row in rows.values()]
        table.add_row(measure, *("" if value is None else f"{value:g}" for value in values))
    return table


def _show_failures(console: Console, outcomes: Sequence[Outcome], most: int) -> None:
    """The surest of the wrong answers of each kind."""
    kinds = defaultdict[str, list[Outcome]](list)
    for outcome in outcomes:
        if outcome.asked and _wrong(outcome):
            kinds[outcome.case.kind].append(outcome)
    for kind, wrong in kinds.items():
        console.print(f"\n{kind or 'questions'}: {len(wrong)} wrong", style="bold")
        for outcome in sorted(wrong, key=lambda one: -one.confidence)[:most]:
            said = "; ".join(piece.text for piece in outcome.asked.quoted) if outcome.asked else ""
            console.print(
                f"{outcome.confidence:.2f} {outcome.case.question.text}\n  said: {said}\n"
                f"  gold: {'; '.join(outcome.case.evidence) or 'no answer'}",
                markup=False,
                highlight=False,
            )


def _show_misjudged(console: Console, judged: Sequence[Judged], most: int) -> None:
    kinds = defaultdict[str, list[Judged]](list)
    for one in judged:
        if one.accepted != one.claim.borne_out:
            kinds[one.claim.kind or f"borne out: {one.claim.borne_out}"].append(one)
    for kind, wrong in kinds.items():
        console.print(f"\n{kind}: {len(wrong)} misjudged", style="bold")
        for one in wrong[:most]:
            console.print(
                f"{one.judgement.verdict}, {one.judgement.score:.2f} {one.claim.text}\n"
                f"  gold: {' '.join(one.claim.evidence)}",
                markup=False,
                highlight=False,
            )


def _wrong(outcome: Outcome) -> bool:
    asked, case = outcome.asked, outcome.case
    if asked is None or not case.answerable:
        return asked is not None and asked.answered
    return not asked.answered or figures([outcome], threshold=None).get("answer@quoted", 1) < 1


if __name__ == "__main__":
    app()
