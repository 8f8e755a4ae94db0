"""What was asked and said where."""

import pytest

from footnote.bot.answers.exchanges import Exchange, Exchanges
from footnote.bot.state import State

ADA, BOB = 5_000_000_001, 5_000_000_002


@pytest.fixture
def exchanges(state: State) -> Exchanges:
    return Exchanges(state)


def test_an_exchange_is_found_by_its_question_in_its_own_chat(exchanges: Exchanges) -> None:
    exchanges.keep(ADA, 1, Exchange("Who?", "r1", [2, 3]))
    exchanges.keep(BOB, 1, Exchange("Hello", None, [2]))
    assert exchanges.find(ADA, 1) == Exchange("Who?", "r1", [2, 3])
    assert exchanges.find(BOB, 1) == Exchange("Hello", None, [2])
    assert exchanges.find(ADA, 2) is None


def test_question_and_answers_lead_to_the_receipt(exchanges: Exchanges) -> None:
    exchanges.keep(ADA, 1, Exchange("Who?", "r1", [2, 3]))
    exchanges.keep(BOB, 1, Exchange("Hello", None, [2]))
    assert [exchanges.receipt_of(ADA, number) for number in (1, 2, 3, 4)] == ["r1"] * 3 + [None]
    assert exchanges.receipt_of(BOB, 2) is None


def test_an_exchange_that_is_kept_again_takes_the_place_of_the_old_one(
    exchanges: Exchanges,
) -> None:
    exchanges.keep(ADA, 1, Exchange("Who?", "r1", [2, 3]))
    exchanges.keep(ADA, 1, Exchange("Why?", "r2", [2]))
    assert exchanges.find(ADA, 1) == Exchange("Why?", "r2", [2])
    assert exchanges.receipt_of(ADA, 3) is None


def test_of_opened_passages_the_one_before_is_told(exchanges: Exchanges) -> None:
    assert exchanges.open(ADA, 5, "r1") is None
    assert exchanges.open(ADA, 5, "r1") is None  # handled again
    assert exchanges.open(BOB, 6, "r2") is None
    assert exchanges.open(ADA, 7, "r2") == 5
    assert exchanges.receipt_of(ADA, 7) == "r2"
