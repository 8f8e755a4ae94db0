"""The fitted coefficients of retrieval and confidence: `coefficients.json`, with the data each was
fitted on.

`python -m bench.fit` makes those of sentences and of the confidence, `python -m
bench.fit_languages` those of the confidence in other languages than English, `python -m
bench.fit_ranking` those of passages, of quoting and of follow-ups. They are read once, and refused
where a name is missing or too many, or a value no number.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

FILE = files(__package__) / "coefficients.json"

NAMES: Mapping[str, frozenset[str]] = {
    "passage": frozenset({"meaning", "words", "match", "sentence_match", "sentence_cosine"}),
    "quote": frozenset({"match", "cosine", "words", "passage", "other_kind"}),
    "follow_up": frozenset(
        {"leaning", "hardly_any_words", "tokens", "answer", "answer_tokens", "sentence"}
    ),
    "sentence": frozenset({"intercept", "reading", "score"}),
}
"""What weighs in each group. The confidence has some of the features of `confidence.features`."""


class WrongCoefficients(ValueError):
    """The coefficients file is malformed; the message says where."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Weights by feature name.

    `passage` mixes the score of a passage, `quote` that of a sentence in it, and `follow_up` says
    how much of what was asked before counts; its `sentence` is the share that the best sentence of
    a passage keeps there of its weight, and the passage as a whole gets the rest, for what was
    asked before and what is asked now seldom stand in one. The others are of logistic regressions,
    `intercept` among them: `sentence` of a sentence that was read, `confidence_read` and
    `confidence_unread` of the confidence with and without a reader, `confidence_foreign` of it in
    languages that the reader does not know. `sure` and `near` are thresholds of each.

    `made_from` tells for each group what it was fitted on, with the SHA-256 of the questions.
    """

    passage: Mapping[str, float]
    quote: Mapping[str, float]
    follow_up: Mapping[str, float]
    sentence: Mapping[str, float]
    confidence_read: Mapping[str, float]
    confidence_unread: Mapping[str, float]
    confidence_foreign: Mapping[str, float]
    sure: float
    near: float
    made_from: Mapping[str, Any]


def read_coefficients(text: str) -> Coefficients:
    """Parse and validate the file; raises WrongCoefficients."""
    try:
        read = Coefficients(**json.loads(text))
    except (TypeError, ValueError) as error:
        raise WrongCoefficients(f"coefficients.json: {error}") from error
    for group in (*NAMES, "confidence_read", "confidence_unread", "confidence_foreign"):
        _check(group, getattr(read, group))
    if not 0 < read.near < read.sure < 1:
        raise WrongCoefficients(
            f"coefficients.json: near ({read.near}) must be above 0, and below sure ({read.sure}),"
            " which must be below 1"
        )
    return read


def _check(group: str, weights: Mapping[str, float]) -> None:
    names = NAMES.get(group, weights.keys() | {"intercept"})
    if odd := sorted(names ^ weights.keys()):
        raise WrongCoefficients(f"coefficients.json: {group} lacks, or has too many: {odd}")
    for name, weight in weights.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise WrongCoefficients(f"coefficients.json: {group}.{name} is {weight!r}, no number")
        if not math.isfinite(weight):
            raise WrongCoefficients(f"coefficients.json: {group}.{name} is {weight}")


COEFFICIENTS = read_coefficients(FILE.read_text("utf-8"))
