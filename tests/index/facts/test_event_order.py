"""Which of two things was before the other."""

import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.event_order import Order, order_in
from footnote.index.words import stemmed

LIST = "The league has four members: Denmark, Norway, Poland and Sweden."
DATES = "The mill burnt down on 3 May 1901, and the bridge was opened on 9 June 1902."
TOLD = "Keller studied law in Ulm and moved to Bonn."


def order(claim: str, evidence: str) -> Order:
    def stem(word: str) -> str:
        return next(iter(stemmed(word, "en")), "")

    return order_in(Facts(claim, "en", stem), Facts(evidence, "en", stem))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Poland joined the league before Sweden.", LIST),
        ("Sweden joined the league later than Norway.", LIST),
        ("After Norway, Denmark joined the league.", LIST),
    ],
)
def test_of_two_that_are_merely_named_no_order_is_told(claim: str, evidence: str) -> None:
    assert order(claim, evidence) is Order.UNSAID


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bridge was opened before the mill burnt down.", DATES),
        ("The mill burnt down after the bridge was opened.", DATES),
        ("Keller moved to Bonn before he studied law in Ulm.", TOLD),
        ("The mill burnt down after the flood.", "The flood came after the mill had burnt down."),
        ("Norway joined before Poland.", "Norway joined in 1990, and Poland in 1985."),
        ("The mayor quit before the flood came.", "Only after the flood came did the mayor quit."),
    ],
)
def test_the_order_is_the_other_way_round(claim: str, evidence: str) -> None:
    assert order(claim, evidence) is Order.REVERSED


def test_where_one_alone_is_told_of_no_order_is_told() -> None:
    there = "On 8 June the mill burnt down."
    assert order("The bridge was opened before the mill burnt down.", there) is Order.UNSAID
    assert order("The bridge was opened after the mill burnt down.", there) is Order.UNSAID
    assert order("The mill burnt down after the bridge was opened.", there) is Order.UNSAID
    recent = "On 8 June, when the wind was strong, the mill burnt down."
    assert order("The bridge was opened before the mill burnt down.", recent) is Order.UNSAID
    told = "It was opened on 8 June, after the mill burnt down."
    assert order("The bridge was opened after the mill burnt down.", told) is Order.SAID


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The mill burnt down before the bridge was opened.", DATES),
        ("Keller studied law in Ulm before he moved to Bonn.", TOLD),
        ("Norway joined before Poland.", "Poland joined after Norway."),
        ("Norway joined before Poland.", "Norway was a member when Poland joined."),
        ("The mill burnt down before 1905.", DATES),
        ("The town was named after Keller.", "Keller and the town have one name."),
        ("It rained three days after that.", LIST),
        ("The mill burnt down after the flood.", "The mill burnt down after the flood."),
        ("Poland joined the league.", LIST),
        ("The Night Before has good reviews.", "On 8 June the film got good reviews."),
        ("The dam burst after heavy rain.", "The dam burst, caused by heavy rain."),
        ("He moved to Bonn after studying in Ulm.", "He moved to Bonn, having studied in Ulm."),
        ("The strike ended after the union signed.", "The strike ended and the union signed."),
        ("He fled after they searched the house.", "He fled: they had searched the house."),
    ],
)
def test_the_order_is_said_or_none_is_claimed(claim: str, evidence: str) -> None:
    assert order(claim, evidence) is Order.SAID
