"""The floors hold, on the articles and the model that come with Footnote; none falls unnoticed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from bench import floors as floors_of
from bench import liar
from bench.claims import read_claims
from bench.figures import figures
from bench.floors import ANSWERS, CLAIMS, Floor, Floors, app, digest
from bench.quality import measure
from bench.sets import OWN, read_set
from bench.support import judge, support_figures
from index.finding.confidence import SURE

SUPPORT, LIAR = "support.", "liar."


@pytest.fixture
def _one_thread() -> Iterator[None]:
    """On a busy machine two of torch's threads wait for each other: 185 s of work for 37 s."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.timeout(600)  # everything is asked, on however busy a machine
@pytest.mark.usefixtures("_one_thread")
def test_own_questions_are_answered_as_well_as_they_were() -> None:
    [own] = read_set(OWN)
    reached = figures(measure(own, quick=True), threshold=SURE)
    broken = Floors.read().broken(reached)
    assert {name for name in broken if not name.startswith((SUPPORT, LIAR))} == set()


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("_one_thread")
def test_own_claims_are_judged_as_well_as_they_were() -> None:
    judged = support_figures(judge(read_claims()))
    reached = {f"{SUPPORT}{name}": value for name, value in judged.items()}
    broken = Floors.read().broken(reached)
    assert {name: value for name, value in broken.items() if name.startswith(SUPPORT)} == {}


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("_one_thread")
def test_a_model_that_lies_gets_no_more_past_the_check_than_it_did() -> None:
    reached = {
        f"{LIAR}{name}": value for name, value in liar.measure(liar.read()).figures().items()
    }
    broken = Floors.read().broken(reached)
    assert {name: value for name, value in broken.items() if name.startswith(LIAR)} == {}


def test_floors_are_of_these_questions_and_were_not_moved_by_hand() -> None:
    floors = Floors.read()
    assert floors.questions == digest(), "the questions have changed: set the floors anew"
    assert floors.claims == digest(CLAIMS), "the claims have changed: set the floors anew"
    assert floors.answers == digest(ANSWERS), "the answers have changed: set the floors anew"
    assert floors.seal == floors.sealed(), "move a floor with 'python -m bench.floors'"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "floors.json"
    one = {"fact.hit@1": Floor(at_least=0.9), "refused": Floor(at_most=0.05)}
    Floors(questions=digest(), floors=one).write(file)
    monkeypatch.setattr(floors_of, "FILE", file)
    return file


@pytest.mark.parametrize("move", [["fact.hit@1", "0.8"], ["refused", "0.1"]])
def test_floor_is_lowered_with_a_reason_or_not_at_all(file: Path, move: list[str]) -> None:
    before = file.read_bytes()
    refused = CliRunner().invoke(app, move)
    assert refused.exit_code != 0
    assert file.read_bytes() == before
    assert CliRunner().invoke(app, [*move, "--because", "a smaller model"]).exit_code == 0
    lowered = Floors.read(file)
    assert lowered.seal == lowered.sealed()
    assert "a smaller model" in lowered.floors[move[0]].lowered_because[0]


def test_floor_is_raised_and_added_without_one(file: Path) -> None:
    for move in (["fact.hit@1", "0.95"], ["refused", "0.01"], ["list.hit@1", "0.5"]):
        assert CliRunner().invoke(app, move).exit_code == 0
    raised = Floors.read(file)
    assert raised.floors["fact.hit@1"] == Floor(at_least=0.95)
    assert raised.floors["refused"] == Floor(at_most=0.01)
    assert raised.floors["list.hit@1"] == Floor(at_least=0.5)


def test_floor_moved_by_hand_breaks_the_seal(file: Path) -> None:
    content = json.loads(file.read_text())
    content["floors"]["fact.hit@1"]["at_least"] = 0.1
    file.write_text(json.dumps(content))
    floors = Floors.read(file)
    assert floors.seal != floors.sealed()


def test_what_misses_its_floor_or_was_not_measured_is_named(file: Path) -> None:
    floors = Floors.read(file)
    assert floors.broken({"fact.hit@1": 0.9, "refused": 0.05}) == {}
    assert floors.broken({"fact.hit@1": 0.89}) == {"fact.hit@1": 0.89, "refused": None}
