"""What the floors are held against: the own figures, each with how many cases it is a share of.

`python -m bench.gate --precision bfloat16 --threads 2` measures them once.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import typer

from bench import liar
from bench.claims import read_claims
from bench.figures import figures
from bench.outcomes import Outcome
from bench.quality import measure
from bench.sets import OWN, read_set
from bench.support import Judged, judge, support_figures
from footnote.index.finding.confidence import SURE
from footnote.index.models.embedding import EmbeddingModel, Encoded, Precision
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel

SUPPORT, LIAR = "support.", "liar."


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is a share of `of` questions, claims or sentences; of 1 where it counts them."""

    value: float
    of: int


class Remembering:
    """The model that comes along, which reads the same passage or question once, and its sample."""

    def __init__(self, model: SentenceTransformerModel) -> None:
        self._model = model
        self._read: dict[str, Encoded] = {}
        self.name, self.fingerprint = model.name, model.fingerprint
        self.embed_query, self.embed_passages = model.embed_query, model.embed_passages
        self.encode_query = cache(model.encode_query)
        self.sample_tokens = cache(model.sample_tokens)

    @classmethod
    def shipped(cls, *, precision: Precision) -> "Remembering":
        return cls(SentenceTransformerModel.from_name(DEFAULT_MODEL, precision=precision))

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._read]
        for place, encoded in self._model.encode_passages(new):
            self._read[new[place]] = encoded
        yield from enumerate(self._read[text] for text in texts)


def measured(model: EmbeddingModel) -> dict[str, Figure]:
    """Everything that has a floor or might have one, in a minute or two."""
    return questions(model) | claims(model) | lies(model)


def questions(model: EmbeddingModel) -> dict[str, Figure]:
    """The project's own questions, by kind and measure."""
    [own] = read_set(OWN)
    outcomes = measure(own, quick=True, model=model)
    reached = figures(outcomes, threshold=SURE)
    return {name: Figure(value, _asked(outcomes, name)) for name, value in reached.items()}


def _asked(outcomes: list[Outcome], measure: str) -> int:
    """The questions of the kind that the measure begins with, else all that are answerable."""
    kind, _, _ = measure.rpartition(".")
    of_kind = sum(outcome.case.kind == kind for outcome in outcomes)
    return of_kind or sum(outcome.case.answerable for outcome in outcomes)


def claims(model: EmbeddingModel) -> dict[str, Figure]:
    """The project's own claims."""
    judged = judge(read_claims(), model=model)
    of = dict(_judged(judged))
    return {
        f"{SUPPORT}{name}": Figure(value, of[name])
        for name, value in support_figures(judged).items()
        if name in of
    }


def _judged(judged: list[Judged]) -> Iterator[tuple[str, int]]:
    """An area under the curve moves by no more than 1 / n for each of n claims that do."""
    judged = [one for one in judged if not one.claim.thin]
    right = [one for one in judged if one.claim.borne_out]
    wrong = Counter(one.claim.kind for one in judged if not one.claim.borne_out)
    fewer = min(len(right), wrong.total())
    yield from (("auroc", fewer), ("likeness.auroc", fewer), ("lost", len(right)))
    yield "gold", sum(one.accepted for one in right)
    for kind, count in {"": wrong.total(), **wrong}.items():
        for name in ("caught@5", "caught", "contradicted"):
            yield f"{kind}.{name}" if kind else name, count


def lies(model: EmbeddingModel) -> dict[str, Figure]:
    """What of a lying model's sentences is shown."""
    outcome = liar.measure(liar.read(), model=model)
    true = outcome.asked[liar.TRUE]
    facts = sum(outcome.asked[kind] for kind in liar.FACTS)
    of = {
        "facts_shown": 1,
        "rest_shown": outcome.asked.total() - true - facts,
        "true_lost": true,
    }
    reached = outcome.figures()
    return {f"{LIAR}{name}": Figure(reached[name], count) for name, count in of.items()}


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    precision: Annotated[str, typer.Option(help="float32 or bfloat16")] = "float32",
    threads: Annotated[int, typer.Option(min=1, help="threads of the embedding model")] = 1,
) -> None:
    """Measure, and write the figures to standard output as JSON: {measure: [value, of]}."""
    os.environ["OMP_NUM_THREADS"] = str(threads)  # before torch, which reads it, is imported
    reached = measured(
        Remembering.shipped(precision="bfloat16" if precision == "bfloat16" else "float32")
    )
    json.dump({name: (figure.value, figure.of) for name, figure in reached.items()}, sys.stdout)


if __name__ == "__main__":
    app()
