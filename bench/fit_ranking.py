"""`python -m bench.fit_ranking`: fits how passages and sentences are scored before any is read, and
how much of the question before a follow-up takes in.

`passages` and `follow-ups` each fit their groups of index/finding/coefficients.json on the even
half of every set, and tell what the shipped and the fitted weights give on both halves; with
`--write` the fitted ones are put into the file. The confidence rests on these scores: fit it anew
afterwards (`python -m bench.fit --write`).
"""

import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from bench.footnote import Subject
from bench.measures import Gold, Piece, recall
from bench.sets import Case, QuestionSet, SetFault, read_set
from footnote.index.finding.coefficients import COEFFICIENTS, FILE
from footnote.index.finding.quoting import SAID, rank
from footnote.index.finding.retrieval import Found, PassageRetriever

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
_errors = Console(stderr=True)

_COMPARED = 24
# Of 1e-3 to 1e-6 it comes nearest to what was rounded and shipped, and costs nothing: the first is
# right for .925 and .933 of 400 questions each of XQuAD and SQuAD 2.0, for .94 and .933 at 1e-5.
_RIDGE = 1e-4
_ROUNDS, _ENOUGH = 100, 1e-6
# In the mixes of follow-ups each weight is drawn from these.
_DRAWN: Mapping[str, tuple[float, ...]] = {
    "leaning": (0.15, 0.25, 0.4, 0.5, 0.6),
    "hardly_any_words": (0.4, 0.6, 0.8, 1.0),
    "tokens": (0.3, 0.5, 0.75, 1.0),
    "answer": (0.0, 0.3, 0.5, 0.7),
    "answer_tokens": (0.0, 2.0, 3.0, 4.0, 8.0),
    "sentence": (0.2, 0.4, 0.6, 0.8, 1.0),
}
_RECALLED = 5

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """What there was to choose from for a question: a row of values each, and which are right."""

    values: NDArray[np.float64]
    right: NDArray[np.bool_]
    is_even: bool


Fit = Annotated[list[Path], typer.Option("--fit", help="folders of sets to fit on")]
Limit = Annotated[int | None, typer.Option(min=1, help="so many questions of a set")]
Write = Annotated[bool, typer.Option(help="write index/finding/coefficients.json")]


@app.command()
def passages(fit: Fit, limit: Limit = None, write: Write = False) -> None:
    """The weights that passages are found by (`passage`) and sentences quoted by (`quote`)."""
    of_passages, of_sentences = list[Choice](), list[Choice]()
    for folder in fit:
        for question_set in read_set(folder)[:1]:
            for passage, sentence in _choices(question_set, limit):
                of_passages.append(passage)
                of_sentences.append(sentence)
    fitted = {
        "passage": _fitted(of_passages, COEFFICIENTS.passage, signs={}),
        "quote": _fitted(of_sentences, COEFFICIENTS.quote, signs={"other_kind": -1.0}),
    }
    console = Console()
    for group, choices in (("passage", of_passages), ("quote", of_sentences)):
        shipped: Weights = getattr(COEFFICIENTS, group)
        signs = {"other_kind": -1.0} if group == "quote" else {}
        for name, weights in (("shipped", shipped), ("fitted", fitted[group])):
            _tell(console, f"{group}, {name}", weights, _shares(choices, weights, signs))
    if write:
        _write(fitted, _made_from(fit, sum(choice.is_even for choice in of_passages)))


@app.command()
def follow_ups(
    fit: Fit,
    mixes: Annotated[int, typer.Option(min=1, help="so many random mixes")] = 75,
    write: Write = False,
) -> None:
    """How much of the question before, and of its answer, a follow-up takes in (`follow_up`)."""
    drawn = random.Random(0)
    candidates = [COEFFICIENTS.follow_up] + [
        {name: drawn.choice(values) for name, values in _DRAWN.items()} for _ in range(mixes)
    ]
    recalled = [(list[float](), list[float]()) for _ in candidates]
    for folder in fit:
        question_set = read_set(folder)[0]
        cases = [case for case in question_set.cases if case.answerable and case.question.history]
        if not cases:
            raise SetFault(f"{folder} has no follow-ups: questions with a history")
        with _subject(question_set) as subject:
            for number, case in enumerate(track(cases, question_set.name, console=_errors)):
                for weights, halves in zip(candidates, recalled, strict=True):
                    halves[number % 2].append(_recall(subject, case, weights))
    best = max(range(len(candidates)), key=lambda number: fmean(recalled[number][0]))
    console = Console()
    for name, number in (("shipped", 0), ("best of all on the even half", best)):
        shares = tuple(fmean(half) for half in recalled[number])
        _tell(console, f"follow_up, {name}, recall@{_RECALLED}", candidates[number], shares)
    if write:
        made_from = _made_from(fit, len(recalled[0][0]))
        _write({"follow_up": dict(candidates[best])}, made_from)


# The questions


@contextmanager
def _subject(question_set: QuestionSet) -> Iterator[Subject]:
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(question_set.articles, Path(place), aliases=question_set.aliases) as subject,
    ):
        yield subject


def _choices(question_set: QuestionSet, limit: int | None) -> Iterator[tuple[Choice, Choice]]:
    """The passages and the sentences of each answerable question; those of which none is right, or
    which no passage was found for, tell nothing."""
    cases = [case for case in question_set.cases if case.answerable]
    if limit and len(cases) > limit:
        cases = [cases[number * len(cases) // limit] for number in range(limit)]
    with _subject(question_set) as subject:
        retriever = PassageRetriever(subject.footnote.passage_index, limit=_COMPARED)
        for number, case in enumerate(track(cases, question_set.name, console=_errors)):
            gold, is_even = Gold(case.articles, case.evidence), number % 2 == 0
            query = next(retriever.queries(case.question))
            found = retriever.search(query)
            if not found:
                continue
            scores = {place.passage.key: place.score for place in found}
            is_said = max(place.words for place in found) >= SAID
            ranked = rank(query, found[:10])
            of_passages = Choice(
                np.array([_of_passage(place) for place in found]),
                np.array([_is_right(gold, p.passage.article, p.passage.text) for p in found]),
                is_even,
            )
            of_sentences = Choice(
                np.array(
                    [
                        [q.match, q.cosine, q.words * is_said, scores[q.passage.key], q.other_kind]
                        for q in ranked
                    ],
                    dtype=np.float64,
                ),
                np.array([_is_right(gold, q.passage.article, q.text) for q in ranked]),
                is_even,
            )
            yield of_passages, of_sentences


def _of_passage(place: Found) -> list[float]:
    """In the order of `passage` in the file: meaning, words, match, and the best sentence's."""
    match = max((sentence.match for sentence in place.sentences), default=0.0)
    cosine = max((sentence.cosine for sentence in place.sentences), default=0.0)
    values = (place.cosine, place.words, place.match, match, cosine)
    return [max(value, 0.0) for value in values]


def _is_right(gold: Gold, article: str, text: str) -> bool:
    return gold.held_by(Piece(article, text))


def _recall(subject: Subject, case: Case, weights: Weights) -> float:
    retriever = PassageRetriever(subject.footnote.passage_index, limit=_RECALLED, follow_up=weights)
    found = retriever.search(next(retriever.queries(case.question)))
    return recall([place.passage.article for place in found], case.articles)


# Fitting


def _fitted(choices: Sequence[Choice], shipped: Weights, signs: Weights) -> dict[str, float]:
    """A listwise logistic regression by Newton's method: how likely each is to be the right one.

    None is below 0; together they are as much as the shipped ones, so that they can be compared.
    """
    lists = [c for c in choices if c.is_even and c.right.any()]
    if not lists:
        raise SetFault("no question has a right passage among those found: nothing can be fitted")
    names = list(shipped)
    sign = np.array([signs.get(name, 1.0) for name in names])
    rows = [(choice.values * sign, choice.right) for choice in lists]
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        gradient, hessian = _RIDGE * weights, _RIDGE * np.eye(len(names))
        for values, right in rows:
            shares, right_shares = _softmax(values @ weights), np.zeros(len(values))
            right_shares[right] = _softmax(values[right] @ weights)
            gradient = gradient + (shares - right_shares) @ values / len(rows)
            centred = values - shares @ values
            hessian = hessian + (centred.T * shares) @ centred / len(rows)
        step, before = np.linalg.solve(hessian, gradient), _loss(rows, weights)
        while _loss(rows, weights - step) > before and np.abs(step).max() > _ENOUGH:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() <= _ENOUGH:
            break
    weights = np.maximum(weights, 0.0)
    scaled = weights * sum(shipped.values()) / weights.sum()
    return {name: round(float(weight), 2) for name, weight in zip(names, scaled, strict=True)}


def _loss(
    rows: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]], weights: NDArray[np.float64]
) -> float:
    """How unlikely the right ones are by these weights."""
    unlikely = [-np.log(_softmax(values @ weights)[right].sum() + 1e-300) for values, right in rows]
    return float(np.mean(unlikely) + _RIDGE * weights @ weights / 2)


def _softmax(values: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(values - values.max())
    shares: NDArray[np.float64] = powers / powers.sum()
    return shares


def _shares(choices: Sequence[Choice], weights: Weights, signs: Weights) -> tuple[float, float]:
    """The shares of the even and of the odd half whose first is right."""
    mix = np.array([weight * signs.get(name, 1.0) for name, weight in weights.items()])
    halves: tuple[list[bool], list[bool]] = ([], [])
    for choice in choices:
        first = int(np.argmax(choice.values @ mix))
        halves[0 if choice.is_even else 1].append(bool(choice.right[first]))
    even, odd = (fmean(half) if half else 0.0 for half in halves)
    return even, odd


# Telling


def _tell(console: Console, title: str, weights: Weights, shares: Sequence[float]) -> None:
    told = ", ".join(f"{name} {weight:g}" for name, weight in weights.items())
    halves = " and ".join(f"{share:.3f}" for share in shares)
    line = f"{title}: {halves} on the even and the odd half ({told})"
    console.print(line, highlight=False, markup=False, soft_wrap=True)


def _made_from(folders: Sequence[Path], questions: int) -> dict[str, Any]:
    digest = hashlib.sha256()
    for folder in folders:
        digest.update((folder / "questions.jsonl").read_bytes())
    return {
        "sets": [f"{folder.name}, even half" for folder in folders],
        "questions": questions,
        "sha256_of_questions": digest.hexdigest(),
    }


def _write(groups: Mapping[str, Weights], made_from: Mapping[str, Any]) -> None:
    file = Path(str(FILE))
    held = json.loads(file.read_text("utf-8"))
    for group, weights in groups.items():
        held[group] = weights
        held["made_from"][group] = made_from
    file.write_text(json.dumps(held, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    app()
