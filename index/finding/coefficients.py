"""The fitted numbers of finding: `coefficients.json`, which `python -m bench.fit` writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

FILE = files(__package__) / "coefficients.json"


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Weights of logistic regressions by the names of their features, `intercept` among them.

    `sentence` are those of a sentence that was read, `confidence_read` and `confidence_unread`
    those of the confidence with and without a reader. `sure` and `near` are thresholds of either.
    `made_from` tells what they were fitted on, and what that gave.
    """

    sentence: Mapping[str, float]
    confidence_read: Mapping[str, float]
    confidence_unread: Mapping[str, float]
    sure: float
    near: float
    made_from: Mapping[str, Any]


def read_coefficients(text: str) -> Coefficients:
    return Coefficients(**json.loads(text))


COEFFICIENTS = read_coefficients(FILE.read_text("utf-8"))
