import pytest

from footnote.index.facts.clauses import Word, words
from footnote.index.facts.obligations import is_obligation_unsaid


def read(text: str) -> list[Word]:
    return words(text, str.casefold)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Members must vote.", "Members may vote by post."),
        ("Helmets are compulsory.", "Many riders wear helmets."),
    ],
)
def test_nothing_is_said_to_be_a_duty(claim: str, evidence: str) -> None:
    assert is_obligation_unsaid(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Members must vote.", "Members have to vote."),
        ("Members must vote.", "Members are then to vote."),
        ("Members must vote.", "Voting is required."),
        ("Members must not smoke.", "Smoking is prohibited."),
        ("You must press the button.", "Press the button if you want to leave."),
        ("Members vote.", "Members may vote."),
    ],
)
def test_a_duty_is_said_in_some_way_or_not_claimed(claim: str, evidence: str) -> None:
    assert not is_obligation_unsaid(read(claim), read(evidence))
