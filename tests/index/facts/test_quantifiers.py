import pytest

from footnote.index.facts.clauses import Word, words
from footnote.index.facts.quantifiers import (
    claims_of_all,
    claims_of_all_unnamed,
    claims_of_them_only,
)
from footnote.index.words import stemmed


def read(text: str) -> list[Word]:
    return words(text, lambda word: next(iter(stemmed(word, "en")), ""))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("All of the villagers fled.", "Some of the villagers fled to the hills."),
        ("Every state held elections.", "All but three of the states held elections."),
        ("The whole harvest was lost.", "Most of the harvest was lost."),
        ("The whole prize was paid.", "It paid one-third of the prize."),
        ("All members voted for it.", "All but two voted for it."),
        ("All states signed it.", "Every state except Ulm signed it."),
        ("Every pair breeds.", "In each pack only one pair breeds."),
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
        ("All states except Ulm signed it.", "All states except Ulm signed it."),
        ("All members signed.", "All but two had doubts, and all signed."),
        ("All of the villagers fled.", "Some of the miners stayed."),
        ("Not all of the villagers fled.", "Some of the villagers fled."),
        ("Most, but not all, states signed.", "Most states signed."),
        ("All members signed.", "Several members had doubts, but all members signed."),
    ],
)
def test_no_more_is_claimed_than_is_said(claim: str, evidence: str) -> None:
    assert not claims_of_all(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("All bakeries in Lyon have raised prices.", "In Lyon prices for bread are being raised."),
        ("Every school in Ulm has reopened.", "Lessons resumed in Ulm on Monday."),
        ("All of the parties signed the pact.", "The pact was signed in parliament."),
    ],
)
def test_of_those_who_are_not_named_nothing_is_said_of_all(claim: str, evidence: str) -> None:
    assert claims_of_all_unnamed(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("All bakeries in Lyon have raised prices.", "Bakeries in Lyon have raised prices."),
        ("Every ticket was sold.", "There was not a ticket left."),
        ("All residents voted.", "The people of Ulm all voted."),
        ("The whole harbour was closed.", "The port was completely closed."),
        ("Each of the two winners got half.", "The money was shared by the two winners."),
        ("Not every school has reopened.", "Lessons resumed on Monday."),
    ],
)
def test_those_who_are_named_may_be_all(claim: str, evidence: str) -> None:
    assert not claims_of_all_unnamed(read(claim), read(evidence))


def test_those_whom_the_title_names_may_be_all() -> None:
    claim, evidence = read("Every school has reopened."), read("Lessons resumed on Monday.")
    assert claims_of_all_unnamed(claim, evidence)
    assert not claims_of_all_unnamed(claim, evidence, {word.stem for word in read("Schools open")})


@pytest.mark.parametrize(
    ("claim", "evidence", "told"),
    [
        ("Only members may borrow paintings.", "Members may borrow paintings.", True),
        ("It sells only bread.", "It sells bread and cheese.", True),
        ("Only adults may enter.", "It is open to adults only.", False),
        ("Only members may borrow paintings.", "Nobody but members may borrow any.", False),
        ("Only members may borrow paintings.", "Borrowing is restricted to members.", False),
        ("The only son of the king fled.", "The king's son fled.", False),
        ("Only 30 people came.", "30 people came.", False),
        ("The rescue took only two hours.", "The rescue took two hours.", False),
        ("Not only members came.", "Members and others came.", False),
    ],
)
def test_only_has_to_be_said(claim: str, evidence: str, told: bool) -> None:
    assert claims_of_them_only(read(claim), read(evidence)) is told
