"""What somebody was, and is no longer."""

from functools import partial

import pytest

from footnote.index.facts.clauses import words
from footnote.index.facts.former import is_no_longer
from footnote.index.words import stemmed


def _stem(word: str) -> str:
    return next(iter(stemmed(word, "en")), "")


read = partial(words, stem=_stem)
_LEFT = "Edna Moor resigned as head of the water office in May; her successor is Tom Pell."


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (_LEFT, "Edna Moor is the head of the water office."),
        ("Moor was dismissed as captain after the defeat.", "Moor is the captain."),
        ("Moor is a former captain of the team.", "Moor is the captain of the team."),
        ("The former captain, Edna Moor, coaches the team.", "Edna Moor is the captain."),
        ("The captain, Edna Moor, resigned on 13 March.", "Edna Moor is the captain."),
        ("Ulm's captain Moor resigned.", "Moor is the captain of Ulm."),
    ],
)
def test_who_left_is_so_no_longer(evidence: str, claim: str) -> None:
    assert is_no_longer(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (_LEFT, "Edna Moor was the head of the water office."),
        (_LEFT, "Tom Pell is her successor."),
        ("The captain, Edna Moor, dismissed Tom Pell.", "Edna Moor is the captain."),
        ("The captain said that Edna Moor resigned.", "Tom Pell is the captain."),
        ("The captain, Edna Moor, resigned.", "Edna Moor is a teacher."),
        (_LEFT, "The head of the water office resigned in May."),
        ("Moor is a former captain of the team.", "Moor is a former captain."),
        ("Pell played with the former captain, Edna Moor.", "Pell is a captain."),
        ("Moor resigned as captain and became head coach.", "Moor is the head coach."),
        ("Moor, the captain, retired from the navy.", "Moor is the captain."),
    ],
)
def test_what_else_is_said_of_them_still_is(evidence: str, claim: str) -> None:
    assert not is_no_longer(read(claim), read(evidence))
