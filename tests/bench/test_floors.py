"""The floors hold, on the articles and the model that come with Footnote; none falls unnoticed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench import floors as floors_of
from bench import gate
from bench.floors import ANSWERS, CLAIMS, MARGIN, RUNS, Floor, Floors, Run, app, digest
from bench.gate import LIAR, SUPPORT, Figure
from tests.shipped_model import shipped_model


def broken(reached: dict[str, Figure], *prefixes: str) -> dict[str, float | None]:
    """The floors that are missed, of those whose measures begin so."""
    missed = Floors.read().broken(reached)
    return {name: value for name, value in missed.items() if name.startswith(prefixes)}


@pytest.mark.slow
@pytest.mark.timeout(1200)  # everything is asked, on however busy a machine
def test_own_questions_are_answered_as_well_as_they_were() -> None:
    missed = Floors.read().broken(gate.questions(shipped_model()))
    assert {name: v for name, v in missed.items() if not name.startswith((SUPPORT, LIAR))} == {}


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_own_claims_are_judged_as_well_as_they_were() -> None:
    assert broken(gate.claims(shipped_model()), SUPPORT) == {}


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_model_that_lies_gets_no_more_past_the_check_than_it_did() -> None:
    assert broken(gate.lies(shipped_model()), LIAR) == {}


def test_floors_are_of_these_questions_and_were_not_moved_by_hand() -> None:
    floors = Floors.read()
    assert floors.precision == "float32"
    assert floors.questions == digest(), "the questions have changed: set the floors anew"
    assert floors.claims == digest(CLAIMS), "the claims have changed: set the floors anew"
    assert floors.answers == digest(ANSWERS), "the answers have changed: set the floors anew"
    assert floors.seal == floors.sealed(), "set the floors with 'python -m bench.floors'"


REACHED = {"fact.hit@1": Figure(0.9, 50), "fact.refused": Figure(0.05, 50)}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Floors two questions below what is reached."""
    file = tmp_path / "floors.json"
    floors = {
        "fact.hit@1": Floor.under(REACHED["fact.hit@1"], better="higher"),
        "fact.refused": Floor.under(REACHED["fact.refused"], better="lower"),
    }
    Floors(questions=digest(), floors=floors).write(file)
    monkeypatch.setattr(floors_of, "FILE", file)
    return file


Reach = Callable[..., None]


@pytest.fixture
def reach(monkeypatch: pytest.MonkeyPatch) -> Reach:
    """Have every run reach these figures, and bfloat16 some others."""

    def reach(figures: dict[str, Figure], bfloat16: dict[str, Figure] | None = None) -> None:
        def measured(run: Run) -> dict[str, Figure]:
            return figures | ((run.precision == "bfloat16" and bfloat16) or {})

        monkeypatch.setattr(Run, "measured", measured)

    return reach


def test_floor_lies_two_questions_below_what_was_measured_in_float32(
    file: Path, reach: Reach
) -> None:
    reach({"fact.hit@1": Figure(0.96, 50), "fact.refused": Figure(0.0, 50)})
    assert CliRunner().invoke(app, []).exit_code == 0
    floors = Floors.read(file).floors
    assert (floors["fact.hit@1"].at_least, floors["fact.refused"].at_most) == (0.92, 0.04)
    assert (floors["fact.hit@1"].measured, floors["fact.hit@1"].of) == (0.96, 50)


@pytest.mark.parametrize("bound", [{"at_least": 0.87}, {"at_most": 0.93}])
def test_floor_that_is_closer_than_two_questions_is_refused(bound: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="closer than 2 of 50"):
        Floor(measured=0.9, of=50, **bound)


def test_floor_that_nothing_can_miss_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        Floor.under(Figure(0.5, 3), better="higher")


def test_promise_has_no_margin() -> None:
    floor = Floor.under(Figure(0.0, 1), better="lower", promise=True)
    assert floor.holds(0.0)
    assert not floor.holds(1.0)


@pytest.mark.parametrize("worse", [{"fact.hit@1": 0.8}, {"fact.refused": 0.1}])
def test_floor_is_lowered_with_a_reason_or_not_at_all(
    file: Path, reach: Reach, worse: dict[str, float]
) -> None:
    [(measure, value)] = worse.items()
    reach(REACHED | {measure: Figure(value, 50)})
    before = file.read_bytes()
    refused = CliRunner().invoke(app, [])
    assert refused.exit_code != 0
    assert file.read_bytes() == before
    assert CliRunner().invoke(app, ["--because", "a smaller model"]).exit_code == 0
    lowered = Floors.read(file)
    assert lowered.seal == lowered.sealed()
    assert "a smaller model" in lowered.floors[measure].lowered_because[0]
    [other] = lowered.floors.keys() - {measure}
    assert lowered.floors[other].lowered_because == []


def test_floors_that_another_way_to_compute_misses_are_not_set(file: Path, reach: Reach) -> None:
    before = file.read_bytes()
    reach(REACHED, bfloat16={"fact.hit@1": Figure(0.84, 50)})
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 1
    assert "fact.hit@1 is 0.84 in bfloat16" in result.output
    assert file.read_bytes() == before


def test_floor_is_added_and_with_a_reason_dropped(file: Path, reach: Reach) -> None:
    reach(REACHED | {"list.hit@1": Figure(0.5, 20), "list.refused": Figure(0.1, 20)})
    command = ["--at-least", "list.hit@1", "--at-most", "list.refused", "--drop", "fact.hit@1"]
    assert CliRunner().invoke(app, command).exit_code != 0
    assert CliRunner().invoke(app, [*command, "--because", "asked no more"]).exit_code == 0
    floors = Floors.read(file)
    assert floors.floors.keys() == {"fact.refused", "list.hit@1", "list.refused"}
    assert floors.floors["list.hit@1"].at_least == 0.4
    assert floors.floors["list.refused"].at_most == 0.2
    assert floors.dropped == ["fact.hit@1: asked no more"]


def test_measure_that_is_made_no_more_stays_until_it_is_dropped(file: Path, reach: Reach) -> None:
    before = file.read_bytes()
    reach({"fact.hit@1": Figure(0.9, 50)})
    result = CliRunner().invoke(app, [])
    assert result.exit_code != 0
    assert "fact.refused" in result.output
    assert file.read_bytes() == before


def test_checking_changes_nothing(file: Path, reach: Reach) -> None:
    before = file.read_bytes()
    reach(REACHED | {"fact.hit@1": Figure(0.95, 50)})
    assert CliRunner().invoke(app, ["--check"]).exit_code == 0
    reach(REACHED | {"fact.hit@1": Figure(0.8, 50)})
    assert CliRunner().invoke(app, ["--check"]).exit_code == 1
    assert file.read_bytes() == before


def test_floors_are_measured_in_either_precision_and_where_threads_round_with_two() -> None:
    assert RUNS[0].precision == "float32"
    ways = {(run.precision, run.threads) for run in RUNS}
    assert ways == {("float32", 1), ("bfloat16", 1), ("bfloat16", 2)}


def test_floor_moved_by_hand_breaks_the_seal(file: Path) -> None:
    content = json.loads(file.read_text())
    content["floors"]["fact.hit@1"]["at_least"] = 0.1
    file.write_text(json.dumps(content))
    floors = Floors.read(file)
    assert floors.seal != floors.sealed()


def test_what_misses_its_floor_or_was_not_measured_is_named(file: Path) -> None:
    floors = Floors.read(file)
    assert floors.broken(REACHED) == {}
    two_fewer = {name: Figure(f.value - MARGIN / f.of, f.of) for name, f in REACHED.items()}
    assert floors.broken(two_fewer) == {}
    three_fewer = Figure(0.9 - 3 / 50, 50)
    assert floors.broken({"fact.hit@1": three_fewer}) == {
        "fact.hit@1": three_fewer.value,
        "fact.refused": None,
    }
