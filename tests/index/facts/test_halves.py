"""What is said of another on the other side of a semicolon."""

import pytest

from footnote.index.facts.clauses import words
from footnote.index.facts.halves import is_of_other_half
from footnote.index.words import stemmed


def _stem(word: str) -> str:
    return next(iter(stemmed(word, "en")), "")


_PLAN = "Its chair, Edna Moor, supports the plan; the rowers' club opposes it."


def _is_of_other_half(claim: str, evidence: str) -> bool:
    halves = [words(half, _stem) for half in evidence.split(";")]
    return is_of_other_half(words(claim, _stem), halves)


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (_PLAN, "Edna Moor opposes the plan."),
        (_PLAN, "The rowers' club supports the plan."),
        ("The bakers welcomed the tax; the millers rejected it.", "The bakers rejected the tax."),
    ],
)
def test_what_the_other_half_says_of_another_is_theirs(evidence: str, claim: str) -> None:
    assert _is_of_other_half(claim, evidence)


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (_PLAN, "Edna Moor supports the plan."),
        (_PLAN, "The rowers' club opposes the plan."),
        ("Moor leads the board; she opposes the plan.", "Moor opposes the plan."),
        ("The bakers welcomed the tax; they paid it in May.", "The bakers paid the tax."),
        ("Moor opposes the plan and leads the board.", "Moor leads the board."),
        ("Three rowers; two sculls.", "The rowers won two sculls."),
    ],
)
def test_what_they_do_themselves_is_told(evidence: str, claim: str) -> None:
    assert not _is_of_other_half(claim, evidence)
