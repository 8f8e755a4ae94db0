"""Who does what to whom: changed places are told from passives and other turns of a phrase."""

import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.roles import are_swapped
from footnote.index.words import stemmed


def stem(word: str) -> str:
    return next(iter(stemmed(word, "en")), "")


@pytest.mark.parametrize(
    ("claim", "evidence", "swapped"),
    [
        ("Gunmen attacked the army.", "The army attacked gunmen.", True),
        ("The army was attacked by gunmen.", "Gunmen attacked the army.", False),
        ("The army was attacked by gunmen.", "The army attacked gunmen.", True),
        ("All five were killed by commandos.", "Commandos killed all five.", False),
        ("The commandos were killed.", "The commandos killed all five attackers.", True),
        ("Ghani accused Pakistan of war.", "Pakistan was accused of war by Ghani.", False),
        ("Pakistan accused Ghani of war.", "The president, Ghani, accused Pakistan.", True),
        # With another verb, by the names around it.
        ("The United States banned the TTP.", "The TTP listed the United States.", True),
        ("The TTP was banned by the United States.", "The United States listed the TTP.", False),
        ("The bombing was revenge for his death.", "His death was revenge for the bombing.", True),
        # Where and when something was done is not to whom.
        ("In Tashkent the SCO opened an office.", "The SCO opened an office in Tashkent.", False),
        ("Khan was named governor in January.", "In January they named Khan governor.", False),
    ],
)
def test_changed_places_are_told(claim: str, evidence: str, swapped: bool) -> None:
    said, there = (Facts(text, "en", stem).words for text in (claim, evidence))
    assert are_swapped(said, there) == swapped
