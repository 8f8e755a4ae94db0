import pytest

from footnote.index.facts.clauses import Word, words
from footnote.index.facts.quantifiers import claims_of_all
from footnote.index.words import stemmed


def read(text: str) -> list[Word]:
    return words(text, lambda word: next(iter(stemmed(word, "en")), ""))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("All of the villagers fled.", "Some of the villagers fled to the hills."),
        ("Every state held elections.", "All but three of the states held elections."),
        ("The whole harvest was lost.", "Most of the harvest was lost."),
    ],
)
def test_all_is_claimed_where_some_is_said(claim: str, evidence: str) -> None:
    assert claims_of_all(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("All of the villagers fled.", "The villagers fled."),
        (
            "All of the villagers fled.",
            "Some villagers left at once; in the end the villagers fled.",
        ),
        ("Some of the villagers fled.", "All of the villagers fled."),
        ("He wrote all but one of the songs.", "He wrote all but one of the songs."),
        ("All of the villagers fled.", "Some of the miners stayed."),
        ("Not all of the villagers fled.", "Some of the villagers fled."),
        ("Most, but not all, states signed.", "Most states signed."),
        ("All members signed.", "Several members had doubts, but all members signed."),
    ],
)
def test_no_more_is_claimed_than_is_said(claim: str, evidence: str) -> None:
    assert not claims_of_all(read(claim), read(evidence))
