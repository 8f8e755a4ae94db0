"""Denials: told from paraphrases that deny in other words."""

import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.polarity import denies, says_not
from footnote.index.words import stemmed


def stem(word: str) -> str:
    return next(iter(stemmed(word, "en")), "")


@pytest.mark.parametrize(
    ("claim", "evidence", "denied"),
    [
        ("The SCO is a military alliance.", "The SCO is not a military alliance.", True),
        ("The SCO isn't a military alliance.", "The SCO is a military alliance.", True),
        ("The SCO is no military alliance.", "The SCO is not a military alliance.", False),
        ("RATS has troops.", "RATS has neither troops nor powers of arrest.", True),
        ("RATS is a body of coordination.", "RATS is a body of coordination, not of war.", False),
        ("The police used the evidence.", "The police made no use of the evidence.", True),
        ("The government accepted the claim.", "The government rejected the claim.", True),
        ("The government did not accept the claim.", "The government rejected the claim.", False),
        ("The Taliban took part.", "The Taliban refused to take part.", True),
        ("They declined to join the talks.", "They refused to take part in the talks.", False),
        # A refusal that is itself denied says the contrary of one.
        ("The Taliban did not refuse to take part.", "The Taliban refused to take part.", True),
        ("The government did not reject the claim.", "The government rejected the claim.", True),
        ("The Taliban refused to take part.", "The Taliban didn't refuse to take part.", True),
        ("They did not refuse to take part.", "They did not decline to take part.", False),
        # What is denied is another act than the one that is said outright.
        ("Nobody was injured.", "Nobody was killed, but eleven workers were injured.", True),
        ("Nobody was killed.", "Nobody was killed, but eleven workers were injured.", False),
        ("No miner was injured.", "No miner, the ministry said, was injured.", False),
        ("No state signed it.", "Of the states, none signed it, which was amended.", False),
        # What was not done until then was done, and what is not without it is with it.
        ("It was completed in 1683.", "It was not completed until 1683.", False),
        ("It is changed without notice.", "It is changed, and not without notice.", True),
        # These deny nothing.
        ("At least 85 civilians were killed.", "No fewer than 85 civilians were killed.", False),
        ("It was claimed by both groups.", "Not only one group claimed it.", False),
        ("The number was 84.", "The number was 84, not 100.", False),
        ("The forests shrank by a tenth.", "The forests declined by a tenth.", False),
    ],
)
def test_a_denial_is_told(claim: str, evidence: str, denied: bool) -> None:
    said, there = (Facts(text, "en", stem).words for text in (claim, evidence))
    assert denies(said, there) == denied


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Which state did not sign it?", True),
        ("Who wasn’t there?", True),
        ("Never mind who signed it.", True),
        ("Was it signed without Iran?", True),
        ("Who signed not only this one?", False),
        ("Who signed no fewer than three?", False),
        ("Is Nottingham a knot of roads?", False),
    ],
)
def test_a_not_is_told_from_what_denies_nothing(text: str, said: bool) -> None:
    assert says_not(text) == said
