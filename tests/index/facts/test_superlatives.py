import pytest

from footnote.index.facts.clauses import Word, words
from footnote.index.facts.superlatives import is_superlative_unsaid
from footnote.index.words import stemmed


def read(text: str) -> list[Word]:
    return words(text, lambda word: next(iter(stemmed(word, "en")), ""))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Norway is the newest member.", "The members are Denmark, Norway and Poland."),
        ("It is the most popular dish of Ulm.", "It is a dish from Ulm."),
        ("Ulm is the largest city of the region.", "Ulm is the second-largest city of the region."),
        ("It is the largest port.", "It is one of the largest ports."),
        ("Frei was the first doctor to see it.", "Frei was among the first doctors to see it."),
        ("Ulm is the largest city.", "Ulm is the third largest city and the largest port."),
    ],
)
def test_a_superlative_is_not_said(claim: str, evidence: str) -> None:
    assert is_superlative_unsaid(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Norway is the newest member.", "Norway was the last to join."),
        ("Ulm is the largest city.", "No city is larger than Ulm."),
        ("Ulm is the second largest city.", "Ulm is the second largest city."),
        ("Ulm is one of the largest cities.", "Ulm is the third largest city."),
        ("It is the largest port.", "It is the largest port, and one of the largest cities."),
        ("It is not the largest port.", "It is the second largest port."),
        ("It is a first-line treatment.", "It is what patients are given."),
        ("Most people like it.", "It is liked by two thirds."),
        ("The forest is of interest.", "People care for the woods."),
        ("It is the best known dish.", "Its main dish is known to everybody."),
    ],
)
def test_a_superlative_is_said_in_some_way_or_not_claimed(claim: str, evidence: str) -> None:
    assert not is_superlative_unsaid(read(claim), read(evidence))
