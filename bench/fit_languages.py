"""`python -m bench.fit_languages`: fits the confidence of what the reader does not know to read.

It knows English. Of articles in other languages the right sentence is first about as often, but
what is found is less like the question, for the embedding model knows them less: with the weights
of English most answers would be called unsure. The weights are fitted on sets in other languages
together with an English one that was not read, which alone has questions that look answered: they
share all weights but the intercept and that of the cosine. Of each set a quarter of the articles is
fitted on and a quarter reported; some languages are only reported.

A question whose articles are gone is easily told from one that is answered. On a page that is about
what is asked, and does not answer it, nearly all looks like an answer: so each question is also
seen as it would be without the sentences that answer it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from bench.fit import (
    Example,
    Part,
    Variant,
    examples,
    logistic_regression,
    report,
    sizes_of,
)
from bench.sets import read_set
from footnote.index.finding.coefficients import COEFFICIENTS, FILE
from footnote.index.finding.confidence import features
from footnote.index.finding.quoting import Quotable

GROUP = "confidence_foreign"
# With how far the best passage stands out from others, too, more of what the articles do not answer
# was answered (.075 instead of .040 in Spanish), and no more of what they do.
NAMES = ("passage", "cosine", "words", "other_kind", "missing", "terms", "not_denied")
# More of what nothing on the page answers than in English, where the reader tells. Without it .79
# of XQuAD's German questions are answered, .81 of these rightly, and .22 without the sentence that
# answers; with these .69, .84 and .15; with .5, .1 and .4 .54, .87 and .09.
SHARES: Mapping[Variant, float] = {"in": 0.6, "out": 0.1, "unanswerable": 0.3}
_RECORDED_DIGITS = 4

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    fit: Annotated[Path, typer.Option(help="the folder of a set in several languages")],
    english: Annotated[Path, typer.Option(help="the folder of an English set")],
    only_report: Annotated[
        list[str] | None, typer.Option(help="a language that is reported only")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="so many questions of a set")] = None,
    write: Annotated[bool, typer.Option(help="write index/finding/coefficients.json")] = False,
) -> None:
    """Fit on all languages of a set but English and those that are only reported."""
    held_out, console = {f"{fit.name}.{code}" for code in only_report or ()}, Console()
    foreign = list[Example]()
    for question_set in read_set(fit)[1:]:
        parts: tuple[Part, ...] | None = ("fit", "report")
        if question_set.name in held_out:
            parts = None
        foreign += examples(question_set, parts=parts, limit=limit, read=False)
    read_too = examples(read_set(english)[0], parts=("fit",), limit=limit, read=False)
    fitted_on = [
        *rows([one for one in foreign if one.part == "fit"], is_foreign=True),
        *rows(list(read_too), is_foreign=False),
    ]
    weights = fitted(fitted_on)
    for name in dict.fromkeys(one.set for one in foreign):
        of_set = [one for one in foreign if one.set == name and one.part == "report"]
        for called, of in (("English weights", COEFFICIENTS.confidence_unread), (GROUP, weights)):
            figures = report(of_set, of, None, sure=COEFFICIENTS.sure, near=COEFFICIENTS.near)
            told = " ".join(f"{measure} {value:.3f}" for measure, value in figures.items())
            console.print(f"{name}, {called}: {told}", highlight=False, soft_wrap=True)
    console.print_json(json.dumps(weights))
    if write:
        digest = hashlib.sha256((fit / "questions.jsonl").read_bytes())
        digest.update((english / "questions.jsonl").read_bytes())
        held = json.loads(FILE.read_text("utf-8"))
        made_from = {
            "sets": [*dict.fromkeys(row.set for row in fitted_on)],
            "questions": len(fitted_on),
            "sha256_of_questions": digest.hexdigest(),
        }
        held[GROUP] = {name: round(weight, _RECORDED_DIGITS) for name, weight in weights.items()}
        held["made_from"][GROUP] = made_from
        Path(str(FILE)).write_text(json.dumps(held, indent=2) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the regression sees it; `values` are its features, `is_right` says whether the
    first sentence answers."""

    set: str
    variant: Variant
    values: Mapping[str, float]
    is_right: bool
    is_foreign: bool


def rows(of: Sequence[Example], *, is_foreign: bool) -> list[Row]:
    """The foreign ones that are answered also without what answers them."""
    found = [_row(one, one.variant, one.ranked, is_foreign=is_foreign) for one in of]
    if is_foreign:
        found += [
            _row(
                one, "unanswerable", [q for q in one.ranked if not one.is_right(q)], is_foreign=True
            )
            for one in of
            if one.variant == "in"
        ]
    return [row for row in found if row]


def _others(one: Example) -> list[Quotable]:
    return [quotable for quotable in one.ranked if not one.is_right(quotable)]


def _row(
    one: Example, variant: Variant, ranked: Sequence[Quotable], *, is_foreign: bool
) -> Row | None:
    if not ranked:
        return None
    values = features(one.query, one.found, ranked)
    return Row(one.set, variant, values, one.is_right(ranked[0]), is_foreign)


def fitted(of: Sequence[Row], names: Sequence[str] = NAMES) -> dict[str, float]:
    """The weights as they are for the foreign ones."""
    values = np.array([_values(row, names) for row in of])
    right = np.array([row.is_right for row in of])
    sizes = sizes_of([(row.set, row.variant) for row in of], SHARES)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    intercept, *scaled = logistic_regression((values - mean) / spread, right, sizes)
    plain = np.array(scaled) / spread
    *shared, of_foreign, cosine_of_foreign = map(float, plain)
    weights = dict(zip(names, shared, strict=True))
    weights["cosine"] += cosine_of_foreign
    return {"intercept": float(intercept - plain @ mean) + of_foreign, **weights}


def _values(row: Row, names: Sequence[str]) -> list[float]:
    """Of the features, then whether it is foreign, and the cosine if it is."""
    foreign = float(row.is_foreign)
    return [*(row.values[name] for name in names), foreign, foreign * row.values["cosine"]]


if __name__ == "__main__":
    app()
