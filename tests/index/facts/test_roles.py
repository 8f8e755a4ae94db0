"""Who does what to whom: changed places are told from passives and other turns of a phrase."""

import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.roles import (
    are_swapped,
    are_turned_round,
    has_another_doer,
    has_exchanged_places,
    is_done_to_another_aside,
)
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
        # A verb in the present, of which the evidence has a participle.
        ("Drought causes famine.", "It ended the drought caused by famine and made worse.", True),
        # What may be passive without an "is".
        ("The club was disbanded in 1967.", "The club disbanded in 1967.", False),
        ("The club disbanded in 1967.", "The club was disbanded in 1967.", False),
        ("The game was made for children.", "It is a game made for children.", False),
        ("The isle is landlocked.", "The isle is the second biggest landlocked state.", False),
        ("Berg was harshly criticised for it.", "Berg was also widely criticised for it.", False),
        ("The club was disbanded.", "The club disbanded its youth team.", True),
        ("Kasi attacked Brekka.", "Kasi was ill, then attacked Brekka.", False),
        # Of each other, and what is said of what is received.
        ("Frei and Ek married in May.", "Holm, a poet, married Frei in May.", False),
        ("Frei married Ek in May.", "Ek married Frei and Holm.", True),
        ("The film was received well by critics.", "The film received praise.", False),
        ("It grossed less than 3 million.", "Ulm grossed 2 million, for a gross of less.", False),
        # What is said of the noun before it.
        ("Most bikes sold in May were sold in Ulm.", "Bikes were sold in May, most in Ulm.", False),
        ("The novel is set in Ulm.", "The novel, set in 1958 in Ulm, is a story.", False),
        (
            "Young was cast and fell in May.",
            "Young, who was cast, fell in May from what was ice.",
            False,
        ),
        # Nobody spends, and it is not the firm that was tested.
        (
            "Demand rose because money is spent online.",
            "As spending takes place, demand rose.",
            False,
        ),
        ("The firm tested 80 boys.", "The firm invited 80 boys. All were tested.", False),
    ],
)
def test_changed_places_are_told(claim: str, evidence: str, swapped: bool) -> None:
    said, there = (Facts(text, "en", stem).words for text in (claim, evidence))
    assert (are_swapped(said, there) or are_turned_round(said, there)) == swapped


@pytest.mark.parametrize(
    ("claim", "evidence", "exchanged"),
    [
        ("Chile sold the ship to Peru.", "It was sold to Chile in 1961.", True),
        ("The Stoa was a reaction to Epicurus.", "It was partly a reaction to the Stoa.", True),
        (
            "Several other men made Frei unhappy.",
            "This verdict made Frei and several other men unhappy.",
            True,
        ),
        ("Chile sold the ship to Peru.", "The ship was sold to Peru by Chile.", False),
        ("Chile sold the ship to Peru.", "Chile had it sold to Peru.", False),
        ("Chile lost to Peru.", "The win of Peru against Chile was its third.", False),
        ("Frei made several men unhappy.", "This Frei made several men unhappy.", False),
        ("It is a man-made lake.", "It is a man-made lake by volume.", False),
        ("Prices rose.", "The firm raised prices.", False),
    ],
)
def test_who_does_it_is_whom_it_is_done_to(claim: str, evidence: str, exchanged: bool) -> None:
    said, there = (Facts(text, "en", stem).words for text in (claim, evidence))
    assert has_exchanged_places(said, there) == exchanged


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("It was coined by the French historian Jules Michelet.", "Here Jules Michelet coined it."),
        ("Dr. Schick led it.", "It was led by Dr. Schick."),
    ],
)
def test_a_title_before_a_name_is_nobody_else(claim: str, evidence: str) -> None:
    said, there = (Facts(text, "en", stem).words for text in (claim, evidence))
    assert not has_another_doer(said, there)


def test_whom_it_is_sent_to_is_not_who_sends_it() -> None:
    said, there = (
        Facts(text, "en", stem).words
        for text in ("It was sent by Ada to Jo.", "It was sent by Jo to Ada.")
    )
    assert has_another_doer(said, there)


@pytest.mark.parametrize(
    ("claim", "evidence", "aside"),
    [
        ("The Guard was founded in 1990.", "The Guard is like the League, founded in 1990.", True),
        (
            "The Guard was founded in 1990.",
            "The Guard works like the League of Ulm (LU), founded in 1990 by Ada.",
            True,
        ),
        ("The League was founded in 1990.", "Of the League (LU), founded in 1990, Ada.", False),
        (
            "LU was founded in 1990.",
            "The Guard is like the League of Ulm (LU), founded in 1990.",
            False,
        ),
        (
            "The Guard was founded in 1990.",
            "The Guard was founded like LU, founded in 1990.",
            False,
        ),
        ("The Fleet was founded in 1990.", "The Guard is like the League, founded in 1990.", False),
        ("The Guard was founded in 1990.", "The Guard of Ulm, founded in 1990, is small.", False),
        ("The Guard was founded in 1990.", "The Guard is a firm in Ulm, founded in 1990.", False),
        ("The Guard was founded in 1990.", "The Guard, led by Bo Ek, founded in 1990, is.", False),
        ("Dune is based on a novel.", "Dune is a film by Ada Holm, based on a novel.", False),
        ("Dune is based on a novel.", "Dune has Ada Holm and Bo Ek, based on a novel.", False),
        (
            "The Guard was founded in 1990.",
            "The Guard is a body of sailors, founded in 1990.",
            False,
        ),
    ],
)
def test_what_an_aside_says_of_the_name_before_it_is_said_of_no_other(
    claim: str, evidence: str, aside: bool
) -> None:
    said, there = (Facts(text, "en", stem).words for text in (claim, evidence))
    assert is_done_to_another_aside(said, there) == aside
