"""Facts of a claim, held against those of its evidence."""

import pytest

from footnote.index.facts.comparison import Comparison, Facts, compare
from footnote.index.facts.names import with_usual_names
from footnote.index.words import stemmed


def stem(word: str) -> str:
    return next(iter(stemmed(word, "en")), "")


def held(claim: str, evidence: str, around: str = "", also: str = "") -> Comparison:
    said, there = Facts(claim, "en", stem), Facts(evidence, "en", stem, also)
    return compare(said, there, [Facts(around, "en", stem)])


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("Seventy-two people died.", "It killed 72 people.", 0),
        ("Seventy people died.", "It killed 72 people.", 1),
        # The same figure, for something else.
        ("Thirteen people died.", "It killed 22 people and 13 horses.", 1),
        ("490 militants were killed.", "3,500 militants and 490 soldiers were killed.", 1),
        ("More than 30 people died there.", "80 people fell ill, and it killed more than 30.", 0),
        ("About 90 nurses were hurt.", "Another 700 nurses fell ill, while 90 were hurt.", 0),
        # Names in a row have a number.
        ("Three states signed it.", "China, Iran and Russia signed it.", 0),
        ("It was signed in 2016 on 3 August.", "It was signed on Aug. 3, 2016.", 0),
        ("It was signed on 3 August 2016.", "It was signed on 4 August 2016.", 1),
    ],
)
def test_figures_and_dates_have_to_be_there(claim: str, evidence: str, missing: int) -> None:
    compared = held(claim, evidence)
    assert compared.missing == missing
    assert compared.contradicts == bool(missing)


def test_a_figure_without_its_like_contradicts_nothing() -> None:
    for claim, evidence in (
        ("Seventy people died.", "Many people died."),
        ("Four states signed it.", "China, Iran and Russia signed it."),
    ):
        compared = held(claim, evidence)
        assert (compared.missing, compared.contradicts) == (1, False)


def test_years_and_names_may_stand_around_the_sentence() -> None:
    claim = "Kasi was shot on 8 August 2016."
    compared = held(claim, "He was shot on Aug. 8.", around="The killing of Kasi in 2016")
    assert (compared.missing, compared.strange) == (0, ())
    assert held(claim, "He was shot on Aug. 8.").missing == 1
    assert held("They met Kasi.", "They met.").strange == ("Kasi",)


def test_a_unit_that_is_written_together_with_its_figure_is_no_name() -> None:
    claim = "The firm cut it from 5GiB to 50MiB."
    assert held(claim, "The firm brought it down from 5GiB to 50MiB.").strange == ()


def test_a_part_of_what_an_acronym_stands_for_is_no_name_that_was_said() -> None:
    also = "Shanghai Cooperation Organisation"
    claim = "It met the Shanghai Cooperation Organisation."
    assert held(claim, "It met the SCO.", also=also).strange == ()
    assert held("It met in Shanghai.", "It met the SCO.", also=also).strange == ("Shanghai",)


@pytest.mark.parametrize(
    ("evidence", "contradicts"),
    [
        ("The attack in Brekka was in August 2016.", True),
        ("The court took up the attack in Brekka in October 2016.", False),
    ],
)
def test_when_something_was_is_not_contradicted_by_the_date_of_what_was_done_about_it(
    evidence: str, contradicts: bool
) -> None:
    assert held("The attack in Brekka was in July 2016.", evidence).contradicts is contradicts


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("The bridge was opened after 2017.", "The bridge was opened on 14 March 2018.", 0),
        ("The bridge was opened before 2017.", "The bridge was opened on 14 March 2018.", 1),
        ("It was signed before 1990.", "It was drafted in 1985, and signed in 1995.", 1),
        ("Brekka joined it after 2020.", "As of 2024 Brekka and Ulm are members of it.", 1),
        ("It rose to no higher than 300 metres.", "It rose to 250 metres.", 0),
        ("It sold more than 200 tonnes of salt.", "It sold more than 300 tonnes of salt.", 1),
        ("It sold more than 280 tonnes of salt.", "It sold more than 300 tonnes of salt.", 0),
        # The nearest figure decides: a score above 60 of 52 reviews is none above 50.
        ("It has more than 50 reviews.", "It has a score of 63 from 49 critics.", 1),
        ("It has more than 50 reviews.", "It has a score of 93 from 52 critics.", 0),
        # How many there were by then.
        ("After 4 May Ulm had over 20 cases.", "As of 5 May there are 22 cases in Ulm.", 0),
        ("After 6 May Ulm had over 20 cases.", "As of 5 May there are 22 cases in Ulm.", 1),
        ("It sold fewer than 400 tonnes of salt.", "It sold 350 tonnes of salt.", 0),
        ("It sold salt for over $ 20 million.", "It sold salt for USD 24 million.", 0),
        ("It sold salt for over $20 million.", "It sold salt for €24 million.", 1),
        ("It has lent more than 20 crores.", "It has lent 22 crore.", 0),
    ],
)
def test_what_lies_within_a_bound_is_no_contradiction(
    claim: str, evidence: str, missing: int
) -> None:
    compared = held(claim, evidence)
    assert (compared.missing, compared.contradicts) == (missing, False)


def test_what_lies_beyond_a_bound_is_one() -> None:
    assert held("It sold over 200 tonnes of salt.", "It sold 150 tonnes of salt.").contradicts


def test_a_figure_may_be_a_part_of_what_the_title_names() -> None:
    claim = "Harbour Watch 3 was filmed in Ulm."
    assert held(claim, "It was filmed in Ulm.", around="Harbour Watch 3: Low Tide").missing == 0
    assert held(claim, "It was filmed in Ulm.", around="Harbour Watch 2, in 3 parts").missing == 1
    assert held("It ran for 3 weeks.", "It ran.", around="Harbour Watch 3").missing == 1
    said = "It was filmed in 40 days."
    assert held(claim, said, around="Harbour Watch 3").missing == 0
    around = "The 2020 flood in Ulm"
    assert held("Ulm had 9 dead by the 2020 flood.", "It had 9.", around).missing == 0
    assert held("Ulm had 9 dead in 2020.", "It had 9.", around).missing == 1


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("Ada Holm was born before 1860.", 0),
        ("Ada Holm was born before 1840.", 1),
        ("Ada Holm died after 1900.", 0),
        ("Ada Holm died in 1850.", 1),
        ("Ada Holm was born in 1921.", 1),
        ("Ada Holm was born in the 19th century.", 0),
        ("Ada Holm was born in the 18th century.", 1),
    ],
)
def test_of_the_two_dates_of_a_life_the_first_is_of_birth(claim: str, missing: int) -> None:
    for life in ("3 May 1850 – 9 June 1921", "born Ada Lind; 3 May 1850 to 9 June 1921"):
        assert held(claim, f"Ada Holm ({life}) was a painter.").missing == missing


def test_how_many_are_in_a_place_may_be_said_of_what_is_counted_before() -> None:
    evidence = "There are 125 cases, 90 in Ulm and 35 in Bonn."
    assert held("There are 90 cases in Ulm.", evidence).missing == 0
    assert held("There are 35 cases in Ulm.", evidence).missing == 1


def test_countries_and_television_are_known_by_their_letters() -> None:
    for claim, evidence in (
        ("The U.K has banned it.", "The United Kingdom has banned it."),
        ("The U.S state of Ohio has it.", "Ohio, a state of the United States, has it."),
        ("It was a TV series.", "It was a television series."),
        ("Ulm has cases of COVID-19.", "Ulm has cases of the coronavirus."),
    ):
        said, there = (Facts(with_usual_names(text), "en", stem) for text in (claim, evidence))
        assert compare(said, there).strange == ()


def test_a_denial_of_the_opposite_says_the_same() -> None:
    for evidence in ("Nobody died in the crash.", "None of the passengers died in the crash."):
        compared = held("All passengers survived the crash.", evidence)
        assert (compared.denied, compared.outright, compared.unsaid) == (False, False, False)
    assert held("All passengers survived the crash.", "Nobody survived the crash.").denied


@pytest.mark.parametrize(
    ("claim", "evidence", "out_of_bounds"),
    [
        ("It has fewer than eight member states.", "It has ten member states.", True),
        ("It has at most nine states.", "It has ten states.", True),
        ("It has more than ten states.", "It has ten states.", True),
        ("It has at least twelve states.", "It has ten states.", True),
        ("Only six states are members.", "It has ten states.", True),
        ("It has at least ten states.", "It has ten states.", False),
        ("It has fewer than eight states.", "It has ten posters.", False),
        ("It has more than eight states.", "The six founding states of it met.", False),
        ("It has fewer than eight states.", "It had six states, and has ten states.", False),
        ("It has eight states.", "It has ten states.", False),
    ],
)
def test_a_count_lies_beyond_the_bound_of_a_claim(
    claim: str, evidence: str, out_of_bounds: bool
) -> None:
    assert held(claim, evidence).out_of_bounds == out_of_bounds


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Peru beat Chile.", "Chile lost to Peru."),
        ("Peru gave Arvik the mark.", "Arvik filed to register the Peru mark, and was given it."),
        ("It is the largest port.", "No other port handles as much cargo."),
    ],
)
def test_what_is_said_the_other_way_round_is_no_contradiction(claim: str, evidence: str) -> None:
    assert not held(claim, evidence).contradicts


def test_of_two_names_the_other_one_does_it_by_whatever_verb() -> None:
    for claim, evidence in (
        ("Chile attacked Peru.", "Peru invaded Chile."),
        ("Chile beat Peru.", "Chile lost to Peru."),
    ):
        compared = held(claim, evidence)
        assert (compared.anothers, compared.contradicts) == (True, False)
