"""Fitting the weights of ranking, on choices made by hand."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bench import fit_ranking
from bench.fit_ranking import Choice, _fitted, _shares, _write
from bench.sets import SetFault
from footnote.index.finding.coefficients import FILE, read_coefficients

SHIPPED = {"good": 1.0, "noise": 1.0, "bad": 1.0}


def choices(count: int) -> list[Choice]:
    """The right one has more of what is good and less of what is bad; the rest is chance."""
    random = np.random.default_rng(1)
    made = []
    for number in range(count):
        values = random.random((6, 3))
        right = np.arange(6) == number % 6
        values[right, 0] += 0.6
        values[right, 2] -= 0.6
        made.append(Choice(values, right, number % 2 == 0))
    return made


def test_what_tells_the_right_one_gets_the_weight() -> None:
    made = choices(200)
    fitted = _fitted(made, SHIPPED, {"bad": -1.0})
    assert sum(fitted.values()) == pytest.approx(3.0, abs=0.02)
    assert fitted["good"] > 1 > fitted["noise"]
    assert fitted["bad"] > 1
    even, odd = _shares(made, fitted, {"bad": -1.0})
    assert odd > _shares(made, SHIPPED, {"bad": -1.0})[1]
    assert even > 0.8


def test_no_weight_is_below_nothing() -> None:
    fitted = _fitted(choices(200), SHIPPED, {})
    assert fitted["bad"] == 0.0


def test_questions_without_a_right_passage_cannot_be_fitted_on() -> None:
    choice = Choice(np.ones((2, 3)), np.zeros(2, dtype=bool), True)
    with pytest.raises(SetFault, match="nothing can be fitted"):
        _fitted([choice], SHIPPED, {})


def test_a_written_group_leaves_the_others_and_the_file_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "coefficients.json"
    shutil.copy(str(FILE), file)
    monkeypatch.setattr(fit_ranking, "FILE", file)
    before = json.loads(file.read_text("utf-8"))
    weights = dict.fromkeys(before["follow_up"], 0.5)
    made_from = {"sets": ["x"], "questions": 3, "sha256_of_questions": "0" * 64}
    _write({"follow_up": weights}, made_from)
    read = read_coefficients(file.read_text("utf-8"))
    assert read.follow_up == weights
    assert read.made_from["follow_up"] == made_from
    assert read.passage == before["passage"]
    assert read.made_from["passage"] == before["made_from"]["passage"]
