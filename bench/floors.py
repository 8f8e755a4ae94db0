"""Floors: what the project's own questions must reach, and the one way to move one of them.

`python -m bench.floors MEASURE VALUE` raises a floor; to lower one takes `--because`, which is
written down beside it. Moved by hand, the file no longer fits its seal, and the tests say so.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from bench.sets import OWN

FILE = OWN / "floors.json"
QUESTIONS = OWN / "questions.jsonl"
CLAIMS = OWN / "claims.jsonl"
ANSWERS = OWN / "liar.jsonl"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Floor(BaseModel):
    """The least that a measure may be or, if it is better lower, the most; never both."""

    at_least: float | None = None
    at_most: float | None = None
    lowered_because: list[str] = []

    def holds(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )

    def moved(self, value: float, because: str | None) -> "Floor":
        """Raises ValueError where it is being lowered and no reason is given."""
        if self.at_most is None:
            lowered, moved = value < (self.at_least or 0.0), {"at_least": value}
        else:
            lowered, moved = value > self.at_most, {"at_most": value}
        if lowered and not (because or "").strip():
            raise ValueError("lowering a floor takes a reason: --because '…'")
        reasons = [*self.lowered_because, f"to {value:g}: {because}"] if lowered else []
        return self.model_copy(update={**moved, "lowered_because": reasons or self.lowered_because})


class Floors(BaseModel):
    """By measure; the SHA-256 of the files that they were measured with: `claims` for those that
    begin with "support.", `answers` for "liar.", `questions` for all others."""

    questions: str
    claims: str = ""
    answers: str = ""
    floors: dict[str, Floor]
    seal: str = ""

    @classmethod
    def read(cls, file: Path | None = None) -> "Floors":
        return cls.model_validate_json((file or FILE).read_text(encoding="utf-8"))

    def write(self, file: Path | None = None) -> None:
        content = self.model_dump(mode="json", exclude_defaults=True) | {"seal": self.sealed()}
        text = json.dumps(content, indent=2, ensure_ascii=False)
        (file or FILE).write_text(text + "\n", encoding="utf-8")

    def sealed(self) -> str:
        """What the seal is to be: a digest of everything else."""
        content: Any = self.model_dump(mode="json", exclude={"seal"}, exclude_defaults=True)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    def broken(self, figures: Mapping[str, float]) -> dict[str, float | None]:
        """The measures that miss their floors, with what they are; None where not measured."""
        return {
            measure: figures.get(measure)
            for measure, floor in self.floors.items()
            if measure not in figures or not floor.holds(figures[measure])
        }


def digest(file: Path = QUESTIONS) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@app.command()
def main(
    measure: str,
    value: float,
    because: Annotated[str | None, typer.Option(help="why it must be lowered")] = None,
) -> None:
    """Move a floor and seal the file anew."""
    floors = Floors.read()
    try:
        moved = floors.floors.get(measure, Floor()).moved(value, because)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    floors.model_copy(
        update={
            "floors": floors.floors | {measure: moved},
            "questions": digest(),
            "claims": digest(CLAIMS),
            "answers": digest(ANSWERS),
        }
    ).write()


if __name__ == "__main__":
    app()
