"""The file of fitted numbers: read whole, and refused where it is not of its form."""

import inspect
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from footnote.index.finding.coefficients import (
    COEFFICIENTS,
    FILE,
    NAMES,
    WrongCoefficients,
    read_coefficients,
)
from footnote.index.finding.confidence import features

SHIPPED = json.loads(FILE.read_text("utf-8"))


def test_every_group_tells_what_it_was_made_from() -> None:
    groups = {*NAMES, "confidence_read", "confidence_unread", "confidence_foreign"}
    assert set(SHIPPED) == groups | {"sure", "near", "made_from"}
    assert set(COEFFICIENTS.made_from) == groups
    for made_from in COEFFICIENTS.made_from.values():
        assert made_from["sets"]
        assert made_from["questions"] > 0
        assert re.fullmatch("[0-9a-f]{64}", made_from["sha256_of_questions"])


def test_the_confidence_weighs_nothing_that_is_no_feature() -> None:
    told = inspect.getsource(features)
    for weights in (
        COEFFICIENTS.confidence_read,
        COEFFICIENTS.confidence_unread,
        COEFFICIENTS.confidence_foreign,
    ):
        assert all(f'"{name}":' in told for name in weights if name != "intercept")


def _without(held: dict[str, Any]) -> None:
    del held["passage"]["words"]


def _misnamed(held: dict[str, Any]) -> None:
    held["quote"]["colour"] = 1.0


def _no_number(held: dict[str, Any]) -> None:
    held["follow_up"]["tokens"] = "much"


def _endless(held: dict[str, Any]) -> None:
    held["confidence_read"]["passage"] = float("inf")


def _unordered(held: dict[str, Any]) -> None:
    held["near"] = 0.6


def _ungrouped(held: dict[str, Any]) -> None:
    del held["sentence"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_without, r"passage .*\['words'\]"),
        (_misnamed, r"quote .*\['colour'\]"),
        (_no_number, "follow_up.tokens is 'much', no number"),
        (_endless, "confidence_read.passage is inf"),
        (_unordered, r"near \(0.6\) must be above 0, and below sure \(0.45\)"),
        (_ungrouped, "sentence"),
    ],
)
def test_a_file_of_another_form_is_refused(
    spoil: Callable[[dict[str, Any]], None], told: str
) -> None:
    held = json.loads(json.dumps(SHIPPED))
    spoil(held)
    with pytest.raises(WrongCoefficients, match=told):
        read_coefficients(json.dumps(held))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(WrongCoefficients, match=r"coefficients\.json"):
        read_coefficients("{")
