"""`python -m bench.fetch_sets SET FILE… --to FOLDER`: brings a public question set into the form
that the benchmarks read.

It downloads nothing: get the files of a set from where `--help` says, and give them as arguments.
What it tells at the end, the digests of what it has read and written, belongs to every figure that
is made from it.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bench import raw_sets
from bench.claims import read_claims
from bench.raw_sets import Rows, written
from bench.sets import SetFault, read_set

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
_errors = Console(stderr=True)

To = Annotated[Path, typer.Option("--to", help="the folder that the set is written to")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)]


@app.command()
def squad(
    dev: File,
    to: To,
    distractors: Annotated[
        Path | None, typer.Option(help="a further file, for its articles only")
    ] = None,
) -> None:
    """SQuAD 2.0 (CC BY-SA 4.0), a file of its form, or one of SQuADShifts (CC BY 4.0).

    The half of the dev set that figures are given for is data/dev-v2.0.json of
    github.com/chrischute/squad, with data/test-v2.0.json for its articles. The New York Times of
    SQuADShifts is benchmark_tasks/squad_shifts/nyt_v1.0.json of BIG-bench, also in the package
    bigbench 1.0.0; to measure only, as vitaminc.
    """
    files = [dev, *([distractors] if distractors else [])]
    _write(to, {"": raw_sets.squad(dev, prefix="sq_", distractors=distractors)}, files)


@app.command()
def xquad(files: Files, to: To) -> None:
    """XQuAD (CC BY-SA 4.0): xquad.en.json and others of github.com/google-deepmind/xquad."""
    sets = {}
    for file in files:
        language = file.name.removeprefix("xquad.").removesuffix(".json")
        if not (language.isalpha() and len(language) == 2):
            raise SetFault(f"{file}: the name does not tell the language, as xquad.de.json does")
        rows = raw_sets.squad(file, prefix=f"xq_{language}_", language=language)
        sets["" if language == "en" else f".{language}"] = rows
    _write(to, sets, files)


@app.command()
def clapnq(answerable: File, unanswerable: File, to: To) -> None:
    """ClapNQ, dev (Apache 2.0): clapnq_dev_answerable.jsonl and clapnq_dev_unanswerable.jsonl in
    annotated_data/dev of github.com/primeqa/clapnq."""
    _write(to, {"": raw_sets.clapnq(answerable, unanswerable)}, [answerable, unanswerable])


@app.command()
def qed(file: File, to: To) -> None:
    """QED, dev (CC BY-SA 3.0): qed-dev.jsonlines of github.com/google-research-datasets/QED."""
    _write(to, {"": raw_sets.qed(file)}, [file])


@app.command()
def onestop(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)], to: To) -> None:
    """OneStopQA (CC BY-SA 4.0): the folder annotations/annotated_articles of
    github.com/berzak/onestop-qa."""
    _write(to, {"": raw_sets.onestop(folder)}, sorted(folder.glob("*.txt")))


@app.command()
def mtrag(
    tasks: File,
    to: To,
    rewrites: Annotated[
        list[Path] | None, typer.Option(help="retrieval_tasks/*/*_rewrite.jsonl")
    ] = None,
) -> None:
    """MTRAG, human (Apache 2.0): mtrag-human/generation_tasks/reference.jsonl of
    github.com/IBM/mt-rag-benchmark."""
    _write(to, {"": raw_sets.mtrag(tasks, rewrites or [])}, [tasks, *(rewrites or [])])


@app.command()
def vitaminc(
    file: File,
    to: To,
    every: Annotated[int, typer.Option(min=1, help="one of so many")] = 18,
    first: Annotated[int, typer.Option(min=0, help="from this one on")] = 0,
) -> None:
    """Claims of VitaminC (CC BY-SA 3.0): benchmark_tasks/vitaminc_fact_verification/task.json of
    BIG-bench (Apache 2.0), also in the package bigbench 1.0.0. To measure only: whoever made
    BIG-bench asks that nothing be trained on it."""
    to.mkdir(parents=True, exist_ok=True)
    console = Console()
    claims = raw_sets.vitaminc(file, every=every, first=first)
    data = written(claims)
    (to / "claims.jsonl").write_bytes(data)
    for digest, name in ((_digest(file.read_bytes()), file), (_digest(data), to / "claims.jsonl")):
        console.print(f"{digest}  {escape(str(name))}", soft_wrap=True)
    console.print(f"{len(read_claims(to).claims):,} claims")


def _write(to: Path, sets: dict[str, Rows], files: Sequence[Path]) -> None:
    """And read it once more, as a benchmark would."""
    console = Console()
    for file in files:
        console.print(f"{_digest(file.read_bytes())}  {escape(str(file))}", soft_wrap=True)
    to.mkdir(parents=True, exist_ok=True)
    for ending, rows in sets.items():
        for name, of in (("articles", rows.articles), ("questions", rows.questions)):
            file, data = to / f"{name}{ending}.jsonl", written(of)
            file.write_bytes(data)
            told = f"{_digest(data)}  {escape(str(file))}  ({len(of):,} {name})"
            console.print(told, soft_wrap=True)
    for question_set in read_set(to):
        texts = {article.id: article.text for article in question_set.articles}
        lost = sum(
            any(not any(piece in texts[of] for of in case.articles) for piece in case.evidence)
            for case in question_set.cases
        )
        if lost:
            console.print(
                f"{question_set.name}: the evidence of {lost:,} questions is in no article"
            )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    try:
        app()
    except SetFault as fault:
        _errors.print(f"[red]{escape(str(fault))}[/red]", soft_wrap=True)
        raise SystemExit(1) from fault


if __name__ == "__main__":
    main()
