"""Judging claims: what bears them out, what contradicts them, and where it stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.passage_index import PassageIndex
from index.passages import Passage
from index.support import Judge, Judgement, Verdict
from tests.index.home import Home

BEES = (
    "The waggle dance of honeybees was decoded by Karl Frisch in 1927. "
    "Each waggle tells how distant the nectar stands.\n\n"
    "The lighthouse keeper counted 300 ships before breakfast. He was not paid for the counting."
)


@pytest.fixture(scope="module")
def passage_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    home = Home(Path(tmp_path_factory.mktemp("home")))
    home.write("bees", BEES, title="Bees")
    made = PassageIndex(home.place / "home", home.store, home.model)
    made.lock.acquire("a test")
    made.sync()
    yield made
    made.close()


@pytest.fixture
def passages(passage_index: PassageIndex) -> list[Passage]:
    return list(passage_index.build().catalogue.passages(range(1, 100)).values())


def quoted(judgement: Judgement) -> str:
    assert judgement.span
    return judgement.span.of(BEES)


def test_a_claim_that_is_borne_out_gets_its_sentence(
    passage_index: PassageIndex, passages: list[Passage]
) -> None:
    judged = Judge(passage_index).judge("Karl Frisch decoded the waggle dance in 1927.", passages)
    assert judged.verdict is Verdict.SUPPORTED
    assert quoted(judged).startswith("The waggle dance of honeybees")
    assert quoted(judged).endswith("in 1927.")


@pytest.mark.parametrize(
    "claim",
    [
        "The waggle dance of honeybees was decoded by Karl Frisch in 1928.",
        "The lighthouse keeper counted 30 ships before breakfast.",
        "The waggle dance of honeybees was not decoded by Karl Frisch.",
        "The waggle dance of honeybees decoded Karl Frisch in 1927.",
    ],
)
def test_another_figure_a_denial_and_a_swap_are_contradicted(
    passage_index: PassageIndex, passages: list[Passage], claim: str
) -> None:
    judged = Judge(passage_index).judge(claim, passages)
    assert judged.verdict is Verdict.CONTRADICTED
    assert judged.score < 0.5
    assert quoted(judged) in BEES


@pytest.mark.parametrize("claim", ["Elephants paint ceilings.", "", "?!", "🐝"])
def test_what_the_passages_do_not_speak_of_is_not_found(
    passage_index: PassageIndex, passages: list[Passage], claim: str
) -> None:
    judged = Judge(passage_index).judge(claim, passages)
    assert (judged.verdict, judged.passage, judged.span) == (Verdict.UNFOUND, None, None)


def test_without_passages_nothing_is_found(passage_index: PassageIndex) -> None:
    assert Judge(passage_index).judge("Bees dance.", []).verdict is Verdict.UNFOUND


def test_a_passage_that_is_no_longer_indexed_is_read_anew(
    passage_index: PassageIndex, passages: list[Passage]
) -> None:
    from dataclasses import replace

    gone = [replace(passage, key=10_000 + passage.key) for passage in passages]
    claim = "Karl Frisch decoded the waggle dance in 1927."
    judge = Judge(passage_index)
    there, again = judge.judge(claim, passages), judge.judge(claim, gone)
    assert again.score == pytest.approx(there.score)
    assert again.span == there.span
