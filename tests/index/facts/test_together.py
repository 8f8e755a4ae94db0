"""Facts that are all there, and are told of something else."""

import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.together import unrelated
from footnote.index.words import stemmed


def facts(text: str) -> Facts:
    return Facts(text, "en", lambda word: next(iter(stemmed(word, "en")), ""))


def strays(claim: str, *sentences: str) -> int:
    """The last sentence is the one that has most of the claim's words."""
    return unrelated(facts(claim), [facts(text) for text in sentences], len(sentences) - 1)


@pytest.mark.parametrize(
    ("claim", "sentence", "gone"),
    [
        ("Ulm has 40 cranes.", "Ulm and Bonn have 40 and 25 cranes.", 0),
        ("Bonn has 40 cranes.", "Ulm and Bonn have 40 and 25 cranes.", 1),
        ("Bonn shipped 3.1 million tonnes.", "Ulm and Bonn shipped 5.6 and 3.1 million tonnes.", 0),
        ("Ulm shipped 3.1 million tonnes.", "Ulm and Bonn shipped 5.6 and 3.1 million tonnes.", 1),
        ("Ulm has 25 cranes.", "Ulm and Bonn have 40 cranes, of which 25 are new.", 0),
        ("Nurses got 9 percent more.", "Nurses asked for 9 percent more and got 6 percent.", 1),
        ("Nurses got 6 percent more.", "Nurses asked for 9 percent more and got 6 percent.", 0),
        ("Nurses wanted 9 percent.", "Nurses wanted 9 percent more and got 6 percent.", 0),
        ("Nurses got 9 percent more.", "Nurses got the 9 percent that they had demanded.", 0),
    ],
)
def test_a_figure_is_of_the_one_in_its_place_and_not_what_was_asked_for(
    claim: str, sentence: str, gone: int
) -> None:
    assert strays(claim, sentence) == gone


@pytest.mark.parametrize(
    ("claim", "gone"),
    [
        ("The court in Lima jailed nine men.", 1),
        ("The court in Lima jailed four men.", 0),
        ("The court in Lima jailed men.", 0),
    ],
)
def test_a_figure_of_the_neighbouring_sentence_does_not_replace_the_own_one(
    claim: str, gone: int
) -> None:
    tried, jailed = "Nine men were tried.", "The court in Lima jailed four of them."
    assert strays(claim, tried, jailed) == gone


def test_a_figure_that_the_main_sentence_does_not_replace_is_taken_from_the_other() -> None:
    assert strays("The court in Lima jailed nine men.", "Nine men came.", "Lima jailed them.") == 0
    both = "Of nine men tried in Lima the court jailed four."
    assert strays(both, "Nine men were tried.", "The court in Lima jailed four of them.") == 0


@pytest.mark.parametrize(
    ("claim", "gone"),
    [
        ("Anna Berg has led the museum since May 2019.", 1),
        ("Erik Lund has led the museum since May 2019.", 0),
        ("Anna Berg was the first to lead the museum.", 0),
        ("The museum has had a leader since May 2019.", 0),
    ],
)
def test_a_date_belongs_to_the_name_that_its_part_of_the_sentence_begins_with(
    claim: str, gone: int
) -> None:
    sentence = (
        "Anna Berg was the first to lead the museum, and Erik Lund has led it since May 2019."
    )
    assert strays(claim, sentence) == gone


@pytest.mark.parametrize(
    ("rest", "gone"),
    [
        ("and a day later a fire in Bergen closed the museum", 0),
        ("and a fire in Bergen closed the museum in 2018", 1),
    ],
)
def test_a_date_goes_on_into_the_next_part_of_the_sentence(rest: str, gone: int) -> None:
    claim = "A fire in Bergen closed the museum in May 2016."
    assert strays(claim, f"In May 2016 Oslo pledged money, {rest}.") == gone


@pytest.mark.parametrize(
    ("claim", "gone"),
    [
        ("The seat of the court is in Porto.", 1),
        ("The seat of the court is in Faro.", 0),
        ("Porto was named as the seat of the court.", 0),
    ],
)
def test_what_was_so_before_a_but_is_not_told_as_being_so(claim: str, gone: int) -> None:
    moved = "The treaty named Porto as the seat of the court, but it was moved to Faro."
    assert strays(claim, moved) == gone
    assert strays(claim, "The seat of the court is in Porto, but it meets in Faro.") == 0


@pytest.mark.parametrize(
    ("claim", "gone"),
    [
        ("Norway, Peru and Ghana left.", 1),
        ("Chile, Peru and Ghana left.", 0),
        ("Norway, Oman and Spain signed.", 0),
        ("Norway, Oman and Italy signed.", 0),
    ],
)
def test_a_row_of_names_comes_from_one_row(claim: str, gone: int) -> None:
    signed, left = "Norway, Oman, Qatar and Spain signed.", "Chile, Peru and Ghana left."
    assert strays(claim, signed, left) == gone
    assert strays(claim, "Norway and Peru met.", "Ghana joined Oman.") == 0


@pytest.mark.parametrize(
    ("claim", "gone"),
    [
        ("The attack in Skarvik was in May 2016.", 1),
        ("The attack in Skarvik was in June 2016.", 0),
        ("The attack in Brekka was on 2 May 2016.", 0),
        ("The attack in Brekka was on 9 June 2016.", 1),
        ("The Orlen League claimed the attacks of 2 May 2016.", 0),
    ],
)
def test_of_several_dates_each_is_that_of_the_name_it_stands_with(claim: str, gone: int) -> None:
    text = (
        "It was followed by the Brekka bombing of 2 May 2016 and the Skarvik hospital attack of"
        " 9 June 2016, both of which the Orlen League claimed."
    )
    assert strays(claim, text) == gone


def test_a_figure_is_not_taken_from_a_sentence_about_something_else() -> None:
    coal = "Coal gave way to gas, and its use fell."
    assert strays("The use of coal fell by 6 percent.", "Wind power grew 6 percent.", coal) == 1
    assert strays("The use of coal fell by 6 percent.", "Coal shrank by 6 percent.", coal) == 0
    assert strays("The use of coal fell by 6 percent.", "They sold 6 percent less.", coal) == 0
