"""Floors: what the project's own questions must reach, and the one way to move them.

`python -m bench.floors` measures everything again and sets each floor two questions below what was
measured; where that lowers one it takes `--because`, which is written down beside it. Moved by
hand, the file no longer fits its seal, and the tests say so.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel, model_validator
from rich.console import Console
from rich.table import Table

from bench.gate import Figure
from bench.sets import OWN
from footnote.index.models.embedding import Precision

FILE = OWN / "floors.json"
QUESTIONS = OWN / "questions.jsonl"
CLAIMS = OWN / "claims.jsonl"
ANSWERS = OWN / "liar.jsonl"

MARGIN = 2
"""How many questions a floor lies below what was measured, or more. Processors round differently:
between them, precisions and one thread or two, single questions at some edge tip over."""

PROMISES = frozenset({"liar.facts_shown"})
"""Measures that have no margin. They count what must not happen, and rest on figures, dates and
names in texts, which no rounding moves."""

_DIGITS = 6
_ROUNDING = 10 ** (1 - _DIGITS)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Floor(BaseModel):
    """The least that a measure may be or, if it is better lower, the most; never both.

    `measured` is what it was when the floor was set, a share of `of` questions (or claims, or
    sentences). Raises ValueError where the floor is closer to that than MARGIN of them.
    """

    measured: float
    of: int
    at_least: float | None = None
    at_most: float | None = None
    promise: bool = False
    lowered_because: list[str] = []

    @model_validator(mode="after")
    def _has_its_margin(self) -> "Floor":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a floor has a least value or a greatest one")
        if not self.promise and self.distance + _ROUNDING < MARGIN / self.of:
            raise ValueError(
                f"a floor of {self.bound:g} is closer than {MARGIN} of {self.of} to the"
                f" {self.measured:g} that was measured"
            )
        if not 0 <= self.bound <= 1 and not self.promise:
            raise ValueError(f"nothing can miss a floor of {self.bound:g}: {self.of} are too few")
        return self

    @property
    def bound(self) -> float:
        return next(bound for bound in (self.at_least, self.at_most) if bound is not None)

    @property
    def distance(self) -> float:
        """How far it lies on the worse side of what was measured."""
        return self.measured - self.bound if self.at_most is None else self.bound - self.measured

    @classmethod
    def under(
        cls, figure: Figure, *, better: Literal["higher", "lower"], promise: bool = False
    ) -> "Floor":
        """At the distance that is asked of a floor."""
        margin = 0.0 if promise else MARGIN / figure.of
        side, bound = (
            ("at_least", figure.value - margin)
            if better == "higher"
            else ("at_most", figure.value + margin)
        )
        return cls.model_validate(
            {
                "measured": round(figure.value, _DIGITS),
                "of": figure.of,
                side: round(bound, _DIGITS),
                "promise": promise,
            }
        )

    def holds(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least - _ROUNDING) and (
            self.at_most is None or value <= self.at_most + _ROUNDING
        )

    def moved(self, figure: Figure, because: str | None) -> "Floor":
        """Raises ValueError where it is being lowered and no reason is given."""
        better: Literal["higher", "lower"] = "lower" if self.at_least is None else "higher"
        moved = Floor.under(figure, better=better, promise=self.promise)
        lowered = not self.holds(moved.bound)
        if lowered and not (because or "").strip():
            raise ValueError(
                f"from {self.bound:.4g} to {moved.bound:.4g}: lowering a floor takes a reason,"
                " --because '…'"
            )
        reasons = [f"to {moved.bound:.4g}: {because}"] if lowered else []
        return moved.model_copy(update={"lowered_because": [*self.lowered_because, *reasons]})


class Floors(BaseModel):
    """By measure; the `precision` that they were measured in; the SHA-256 of the files that they
    were measured with: `claims` for those that begin with "support.", `answers` for "liar.",
    `questions` for all others; what was `dropped`, and why."""

    questions: str
    claims: str = ""
    answers: str = ""
    precision: Precision = "float32"
    floors: dict[str, Floor]
    dropped: list[str] = []
    seal: str = ""

    @classmethod
    def read(cls, file: Path | None = None) -> "Floors":
        return cls.model_validate_json((file or FILE).read_text(encoding="utf-8"))

    def write(self, file: Path | None = None) -> None:
        content = self._content() | {"seal": self.sealed()}
        text = json.dumps(content, indent=2, ensure_ascii=False)
        (file or FILE).write_text(text + "\n", encoding="utf-8")

    def sealed(self) -> str:
        """What the seal is to be: a digest of everything else."""
        return hashlib.sha256(json.dumps(self._content(), sort_keys=True).encode()).hexdigest()[:16]

    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = self.model_dump(
            mode="json", exclude={"seal", "precision"}, exclude_defaults=True
        )
        return content | {"precision": self.precision}

    def broken(self, figures: Mapping[str, Figure]) -> dict[str, float | None]:
        """The measures that miss their floors, with what they are; None where not measured."""
        return {
            measure: figures[measure].value if measure in figures else None
            for measure, floor in self.floors.items()
            if measure not in figures or not floor.holds(figures[measure].value)
        }

    def moved(self, figures: Mapping[str, Figure], because: str | None) -> "Floors":
        """Every floor at its distance from these figures, measured with the files as they are.

        Raises ValueError, which names all that can't be moved so.
        """
        moved, faults = dict[str, Floor](), list[str]()
        for measure, floor in self.floors.items():
            try:
                moved[measure] = floor.moved(figures[measure], because)
            except KeyError:
                faults.append(f"{measure} is measured no more: --drop {measure}")
            except ValueError as error:
                faults.append(f"{measure}: {error}")
        if faults:
            raise ValueError("\n".join(faults))
        digests = {"questions": digest(), "claims": digest(CLAIMS), "answers": digest(ANSWERS)}
        return self.model_copy(update={**digests, "floors": moved})


def digest(file: Path = QUESTIONS) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Run:
    """A way to compute that may round differently. The first one sets the floors.

    `processor` holds instructions back from torch and the libraries under it, by variables of the
    environment that they read.
    """

    name: str
    precision: Precision
    threads: int = 1
    processor: Mapping[str, str] = field(default_factory=dict)

    def measured(self) -> dict[str, Figure]:
        """In a process of its own, whose threads do not spin while they wait for each other."""
        threads = str(self.threads)
        command = ["-m", "bench.gate", "--precision", self.precision, "--threads", threads]
        told = subprocess.run(
            [sys.executable, *command],
            env={**os.environ, "OMP_NUM_THREADS": threads, **_PASSIVE, **self.processor},
            stdout=subprocess.PIPE,
            check=True,
        )
        return {name: Figure(*figure) for name, figure in json.loads(told.stdout).items()}


_PASSIVE = {"OMP_WAIT_POLICY": "PASSIVE"}
_WITHOUT_AMX = {"ONEDNN_MAX_CPU_ISA": "AVX512_CORE_BF16"}

# In float32 the number of threads makes no difference, and no variable tells onnxruntime to do with
# fewer instructions: what other processors round otherwise in the last digits is far less than what
# bfloat16 does.
RUNS = (
    Run("float32", "float32"),
    Run("bfloat16", "bfloat16"),
    Run("2 threads", "bfloat16", threads=2),
    Run("no AMX", "bfloat16", processor=_WITHOUT_AMX),
)


@app.command()
def main(
    because: Annotated[str | None, typer.Option(help="why floors are lowered")] = None,
    at_least: Annotated[list[str] | None, typer.Option(help="a measure to give a floor")] = None,
    at_most: Annotated[list[str] | None, typer.Option(help="one that is better lower")] = None,
    drop: Annotated[list[str] | None, typer.Option(help="a measure to hold to none")] = None,
    check: Annotated[bool, typer.Option(help="only see whether the floors hold")] = False,
) -> None:
    """Measure everything in float32, set every floor two questions below, and see it hold in
    bfloat16, with two threads and with fewer instructions too. Takes four minutes."""
    floors, console = Floors.read(), Console()
    if drop and not (because or "").strip():
        raise typer.BadParameter("dropping a floor takes a reason: --because '…'")
    dropped = [*floors.dropped, *(f"{measure}: {because}" for measure in drop or ())]
    first, *others = RUNS
    figures = [(first, first.measured())]
    if not check:
        try:
            wanted = dict(_wanted(floors, figures[0][1], at_least or (), at_most or (), drop or ()))
            floors = floors.model_copy(update={"floors": wanted, "dropped": dropped})
            floors = floors.moved(figures[0][1], because)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
    figures += [(run, run.measured()) for run in others]
    console.print(_table(floors, figures))
    broken = [
        f"{measure} is {value} in {run.precision}, {run.name}"
        for run, reached in figures
        for measure, value in floors.broken(reached).items()
    ]
    if broken:
        console.print("\n".join(["These miss their floors:", *broken]), style="red")
        raise typer.Exit(1)
    if not check:
        floors.write()


def _wanted(
    floors: Floors,
    figures: Mapping[str, Figure],
    at_least: Collection[str],
    at_most: Collection[str],
    drop: Collection[str],
) -> Iterator[tuple[str, Floor]]:
    """The floors that there are to be, the new ones where these figures put them."""
    if unknown := {*at_least, *at_most} - figures.keys() | ({*drop} - floors.floors.keys()):
        raise ValueError(f"not measured, or without a floor: {', '.join(sorted(unknown))}")
    for measure, floor in floors.floors.items():
        if measure not in drop:
            yield measure, floor
    for measure in at_least:
        yield measure, Floor.under(figures[measure], better="higher")
    for measure in at_most:
        promise = measure in PROMISES
        yield measure, Floor.under(figures[measure], better="lower", promise=promise)


def _table(floors: Floors, figures: Sequence[tuple[Run, Mapping[str, Figure]]]) -> Table:
    table = Table("measure", "of", *(run.name for run, _ in figures), "floor")
    for measure, floor in floors.floors.items():
        reached = [known.get(measure) for _, known in figures]
        shown = ("" if figure is None else f"{figure.value:.3f}" for figure in reached)
        table.add_row(measure, str(floor.of), *shown, f"{floor.bound:.3f}")
    return table


if __name__ == "__main__":
    app()
