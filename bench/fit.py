"""`python -m bench.fit`: fits what index/finding/coefficients.json holds, and tells what it gives.

Each set is split by article: a quarter of them is fitted on, a quarter reported, and the half that
the reader was trained on is left out. Sets that are only reported are measured as a whole.
"""

import hashlib
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Annotated, Literal

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from bench.footnote import Subject
from bench.measures import Gold, Piece, auroc, calibration_error
from bench.sets import OWN, Case, QuestionSet, read_set
from footnote.index.finding.coefficients import COEFFICIENTS, FILE
from footnote.index.finding.confidence import features, is_far_off, logistic
from footnote.index.finding.query import Query
from footnote.index.finding.quoting import Quotable, rank
from footnote.index.finding.reader_scores import judged, readings
from footnote.index.finding.retrieval import Found, PassageRetriever

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_errors = Console(stderr=True)

Part = Literal["reader", "fit", "report"]
Variant = Literal["in", "out", "unanswerable"]
_PARTS: tuple[Part, ...] = ("reader", "fit", "reader", "report")
SENTENCE = ("reading", "score")
# So that both vary alike.
_UNITS = np.array([1.0, 0.05])
WITH_READER = ("reading", "margin", "above_others", "common", "missing", "lacks", "not_denied")
WITHOUT_READER = (
    "passage", "above_others", "cosine", "words", "other_kind", "missing", "terms", "not_denied",
)  # fmt: skip
# What is seldom lacking in the sets and decides where it is: kept from growing to what chance says.
_RIDGE = 0.02
_RECORDED_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A question as it was searched for; `right` says of each ranked sentence whether it answers.

    `variant`: the articles answer it (`in`), they did until these were taken out (`out`), or it is
    on their subject and they do not (`unanswerable`).
    """

    set: str
    part: Part
    variant: Variant
    kind: str
    query: Query
    found: Sequence[Found]
    ranked: Sequence[Quotable]
    readings: Mapping[tuple[int, int], float]
    right: Mapping[tuple[int, int], bool]

    def reranked(self, weights: Mapping[str, float] | None) -> list[Quotable]:
        """In the order of the reader and these weights; None for the order without a reader."""
        return judged(self.ranked, self.readings, weights) if weights else list(self.ranked)

    def is_right(self, quotable: Quotable) -> bool:
        return self.right[quotable.passage.key, quotable.span.start]


def part_of(case: Case) -> Part:
    """By the number at the end of the name of the article that the question is about."""
    digits = re.findall(r"\d+", " ".join(case.about[:1]))
    number = int(digits[-1]) if digits else int(hashlib.sha256(case.id.encode()).hexdigest(), 16)
    return _PARTS[number % 4]


def examples(
    question_set: QuestionSet,
    *,
    parts: Iterable[Part] | None,
    limit: int | None,
    read: bool = True,
) -> Iterator[Example]:
    """What becomes of the questions of these parts (None: all count as reported).

    `limit`: so many of each part, from all over the set. With `read` off the reader reads nothing,
    which takes most of the time.
    """
    chosen = [
        (part_of(case) if parts else "report", case)
        for case in question_set.cases
        if parts is None or part_of(case) in parts
    ]
    if limit:
        of_part = ([pair for pair in chosen if pair[0] == part] for part in parts or ("report",))
        chosen = [pair for pairs in of_part for pair in _spread(pairs, limit)]
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(question_set.articles, Path(place), aliases=question_set.aliases) as subject,
    ):
        name = question_set.name
        for part, case in track(chosen, name, console=_errors):
            variant: Variant = "in" if case.answerable else "unanswerable"
            yield _example(subject, name, part, case, variant, read=read)
        groups = defaultdict[tuple[str, ...], list[tuple[Part, Case]]](list)
        for part, case in chosen:
            if case.answerable:
                groups[case.articles].append((part, case))
        for articles, cases in track(groups.items(), f"{name}, taken out", console=_errors):
            with subject.without(articles):
                for part, case in cases:
                    yield _example(subject, name, part, case, "out", read=read)


def _spread(pairs: Sequence[tuple[Part, Case]], limit: int) -> Sequence[tuple[Part, Case]]:
    if len(pairs) <= limit:
        return pairs
    return [pairs[number * len(pairs) // limit] for number in range(limit)]


def _example(
    subject: Subject,
    name: str,
    part: Part,
    case: Case,
    variant: Variant,
    *,
    read: bool,
) -> Example:
    reader = subject.footnote.reader
    assert reader, "there is nothing to fit without the reader"
    retriever = PassageRetriever(subject.footnote.passage_index)
    lexical = subject.footnote.passage_index.build().lexical
    query = next(retriever.queries(case.question))
    found = retriever.search(query)
    ranked = rank(query, found)
    gold = Gold(case.articles, case.evidence)
    right = {
        (q.passage.key, q.span.start): variant == "in"
        and gold.held_by(Piece(q.passage.article, q.text))
        for q in ranked
    }
    said = readings(query, found, ranked, reader, lexical) if read else {}
    return Example(name, part, variant, case.kind, query, found, ranked, said, right)


def fit_sentence(fitted: Sequence[Example]) -> dict[str, float]:
    """A listwise logistic regression; its intercept makes the score the share that is right."""
    lists = []
    for one in fitted:
        if one.variant == "in" and any(one.right.values()):
            values, right = _sentence_values(one)
            lists.append((values / _UNITS, right))
    weights = np.zeros(len(SENTENCE))
    for _ in range(60):  # Newton's method
        gradient, hessian = _RIDGE * weights, _RIDGE * np.eye(len(weights))
        for values, right in lists:
            all_shares, right_shares = _softmax(values @ weights), np.zeros(len(values))
            right_shares[right] = _softmax(values[right] @ weights)
            gradient = gradient + (all_shares - right_shares) @ values / len(lists)
            centred = values - all_shares @ values
            hessian = hessian + (centred.T * all_shares) @ centred / len(lists)
        weights = weights - np.linalg.solve(hessian, gradient)
    logits, hits = [], []
    for one in fitted:
        values, right = _sentence_values(one)
        if len(values):
            logit = values / _UNITS @ weights
            best = int(np.argmax(logit))
            logits.append(float(logit[best]))
            hits.append(bool(right[best]))
    intercept, slope = logistic_regression(
        np.array(logits)[:, np.newaxis], np.array(hits), np.ones(len(hits))
    )
    scaled = weights / _UNITS * slope
    return {"intercept": float(intercept), **dict(zip(SENTENCE, map(float, scaled), strict=True))}


def _sentence_values(one: Example) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    unweighted = judged(one.ranked, one.readings, {"intercept": 0.0, "reading": 1.0, "score": 0.0})
    bounded = {(q.passage.key, q.span.start): np.log(q.score / (1 - q.score)) for q in unweighted}
    values = [[bounded[q.passage.key, q.span.start], q.score] for q in one.ranked]
    return np.array(values).reshape(-1, 2), np.array([one.is_right(q) for q in one.ranked])


def fit_confidence(
    fitted: Sequence[Example], names: Sequence[str], sentence: Mapping[str, float] | None
) -> dict[str, float]:
    """Every set and variant weighs the same in all, whatever the number of its questions."""
    rows, right = list[list[float]](), list[bool]()
    groups = list[tuple[str, Variant]]()
    for one in fitted:
        ranked = one.reranked(sentence)
        if ranked:
            values = features(one.query, one.found, ranked)
            rows.append([values[name] for name in names])
            right.append(one.is_right(ranked[0]))
            groups.append((one.set, one.variant))
    sizes = sizes_of(groups, _SHARES if sentence is None else _SHARES_OF_READ)
    matrix = np.array(rows)
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    intercept, *weights = logistic_regression((matrix - mean) / spread, np.array(right), sizes)
    plain = np.array(weights) / spread
    fitted_weights = {"intercept": float(intercept - plain @ mean)}
    return fitted_weights | dict(zip(names, map(float, plain), strict=True))


def sizes_of(
    groups: Sequence[tuple[str, Variant]], shares: Mapping[Variant, float]
) -> NDArray[np.float64]:
    """What each example weighs, by its set and variant: of these each the same in all."""
    counts = Counter(groups)
    return np.array([shares[variant] / counts[name, variant] for name, variant in groups])


# How often somebody asks what the articles answer, what is beside them, and what looks answered. Of
# what was read more is taken to be answered: of our own facts .87 are then, with .6 only .83.
_SHARES: Mapping[Variant, float] = {"in": 0.6, "out": 0.15, "unanswerable": 0.25}
_SHARES_OF_READ: Mapping[Variant, float] = {"in": 0.75, "out": 0.1, "unanswerable": 0.15}


def logistic_regression(
    values: NDArray[np.float64], right: NDArray[np.bool_], sizes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Intercept and weights, by Newton's method with a ridge on the weights."""
    design = np.hstack([np.ones((len(values), 1)), values])
    shares = sizes / sizes.sum()
    ridge = _RIDGE * np.diag([0.0] + [1.0] * values.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(60):
        probability = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (shares * (probability - right)) + ridge @ weights
        hessian = (design.T * (shares * probability * (1 - probability))) @ design + ridge
        weights = weights - np.linalg.solve(hessian + 1e-9 * np.eye(len(hessian)), gradient)
    return weights


def _softmax(values: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(values - values.max())
    shares: NDArray[np.float64] = powers / powers.sum()
    return shares


def report(
    chosen: Sequence[Example],
    weights: Mapping[str, float],
    sentence: Mapping[str, float] | None,
    *,
    sure: float,
    near: float,
) -> dict[str, float]:
    """The figures of some examples; shares are of the variant that their names begin with."""
    confidences = defaultdict[str, list[float]](list)
    nothing = defaultdict[str, list[bool]](list)
    first, three, shown, pairs = [], [], [], []
    for one in chosen:
        ranked = one.reranked(sentence)
        value = logistic(weights, features(one.query, one.found, ranked)) if ranked else 0.0
        right = bool(ranked) and one.is_right(ranked[0])
        is_near = value >= near and not is_far_off(one.found)
        confidences[one.variant].append(value)
        nothing[one.variant].append(not is_near and value < sure)
        pairs.append((value, right))
        if one.variant == "in":
            among = any(one.is_right(q) for q in ranked[:3])
            first.append(right)
            three.append(among)
            shown.append(among and is_near)
    figures = {"questions": float(len(chosen)), "calibration_error": calibration_error(pairs)}
    if first:
        figures |= {"gold@1": fmean(first), "gold@3": fmean(three), "right_shown": fmean(shown)}
        at_80 = sorted(confidences["in"])[int(0.2 * len(confidences["in"]))]
    for variant, values in confidences.items():
        figures[f"{variant}.answer"] = fmean(value >= sure for value in values)
        figures[f"{variant}.abstention"] = fmean(nothing[variant])
        if variant != "in" and first:
            figures[f"{variant}.auroc"] = auroc(confidences["in"], values)
            figures[f"{variant}.answer_at_80%"] = fmean(value >= at_80 for value in values)
    return figures


@app.command()
def main(
    fit_on: Annotated[list[Path], typer.Option("--fit", help="folders of sets to fit on")],
    report_on: Annotated[
        list[Path] | None, typer.Option("--report", help="folders of sets to report only")
    ] = None,
    sure: Annotated[float, typer.Option(help="the threshold of an answer")] = 0.45,
    near: Annotated[float, typer.Option(help="the threshold of what comes nearest")] = 0.01,
    limit: Annotated[
        int | None, typer.Option(min=1, help="so many questions of each part of a set")
    ] = None,
    keep_order: Annotated[
        bool, typer.Option(help="leave the order of sentences as it is shipped")
    ] = False,
    write: Annotated[bool, typer.Option(help="write index/finding/coefficients.json")] = False,
) -> None:
    """Fit on a quarter of the articles of some sets, report on another quarter and other sets."""
    console, everything, digest = Console(), list[Example](), hashlib.sha256()
    for folder in fit_on:
        question_set = read_set(folder)[0]
        digest.update((folder / "questions.jsonl").read_bytes())
        everything += examples(question_set, parts=("fit", "report"), limit=limit)
    for folder in report_on or [OWN]:
        everything += examples(read_set(folder)[0], parts=None, limit=limit)
    fitted = [one for one in everything if one.part == "fit"]
    sentence = dict(COEFFICIENTS.sentence) if keep_order else fit_sentence(fitted)
    with_reader = fit_confidence(fitted, WITH_READER, sentence)
    without = fit_confidence(fitted, WITHOUT_READER, None)
    figures = dict[str, dict[str, float]]()
    for name in dict.fromkeys(one.set for one in everything):
        of_set = [one for one in everything if one.set == name and one.part == "report"]
        kinds = sorted({one.kind for one in of_set})
        for kind in ["", *kinds] if len(kinds) > 1 else [""]:
            of_kind = [one for one in of_set if kind in ("", one.kind)]
            title = f"{name}.{kind}" if kind else name
            figures[title] = report(of_kind, with_reader, sentence, sure=sure, near=near)
            figures[f"{title}, no reader"] = report(of_kind, without, None, sure=sure, near=near)
    for title, values in figures.items():
        told = " ".join(f"{measure} {value:.3f}" for measure, value in values.items())
        console.print(f"{title}: {told}", highlight=False, markup=False, soft_wrap=True)
    made_from = {
        "sets": [folder.name for folder in fit_on],
        "questions": len(fitted),
        "sha256_of_questions": digest.hexdigest(),
    }
    groups = {
        "confidence_read": _rounded(with_reader),
        "confidence_unread": _rounded(without),
    }
    if not keep_order:
        groups["sentence"] = _rounded(sentence)
    held = json.loads(FILE.read_text("utf-8"))
    held |= groups | {"sure": sure, "near": near}
    held["made_from"] |= dict.fromkeys(groups, made_from)
    _tell_changes(console, groups)
    if write:
        Path(str(FILE)).write_text(json.dumps(held, indent=2) + "\n", "utf-8")


def _tell_changes(console: Console, groups: Mapping[str, Mapping[str, float]]) -> None:
    """Each weight beside the one that is shipped."""
    for group, weights in groups.items():
        shipped: Mapping[str, float] = getattr(COEFFICIENTS, group)
        told = ", ".join(
            f"{name} {weight:g} ({shipped[name]:g})" if name in shipped else f"{name} {weight:g}"
            for name, weight in weights.items()
        )
        line = f"{group}, fitted (shipped): {told}"
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(weight, _RECORDED_DIGITS) for name, weight in weights.items()}


if __name__ == "__main__":
    app()
