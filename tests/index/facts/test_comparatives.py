import pytest

from footnote.index.facts.clauses import Word, words
from footnote.index.facts.comparatives import compares_the_other_way
from footnote.index.words import stemmed

HARVEST = "This harvest exceeds those of two years, and falls just short of the 2011 record."
TOWER = "The tower is higher than the church, but lower than the old lighthouse."
SALES = "Sales surpassed those of 2015, but remained below those of 2008."


def read(text: str) -> list[Word]:
    return words(text, lambda word: next(iter(stemmed(word, "en")), ""))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("This harvest exceeds the 2011 record.", HARVEST),
        ("The tower is higher than the old lighthouse.", TOWER),
        ("Sales surpassed those of 2008.", SALES),
        ("Sales remained below those of 2015.", SALES),
        ("Ulm has more shops than Bonn.", "Ulm has 800, the second largest after Bonn."),
        ("Rent in Lund costs more than in Malmö.", "Rent in Lund costs less than in Malmö."),
    ],
)
def test_the_same_is_compared_the_other_way(claim: str, evidence: str) -> None:
    assert compares_the_other_way(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("This harvest falls short of the 2011 record.", HARVEST),
        ("The tower is higher than the church.", TOWER),
        ("Sales surpassed those of 2015.", SALES),
        ("Rent is lower in Malmö than in Lund.", "Rent is higher in Lund than in Malmö."),
        ("The tower exceeds the plans.", "The short tower stands below the church."),
        ("It is higher than", "It is lower than"),
    ],
)
def test_something_else_is_compared_or_the_same_way(claim: str, evidence: str) -> None:
    assert not compares_the_other_way(read(claim), read(evidence))
