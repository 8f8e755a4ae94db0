"""Quantities: read from texts, and borne out by others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.index.facts.quantities import quantities


def read(text: str, language: str | None = None) -> list[float]:
    return [quantity.value for quantity in quantities(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("1,200, 1200 men and 1 200 people", None, [1200, 1200, 1200]),
        ("1.200 Menschen, 3,5 Prozent", "de", [1200, 3.5]),
        ("seventy-two people, twenty five men", None, [72, 25]),
        ("zweiundsiebzig Menschen", "de", [72]),
        ("setenta y dos personas", "es", [72]),
        ("two and a half million; 2.5 million", None, [2.5e6, 2.5e6]),
        ("a dozen, half a dozen, two dozen", None, [12, 6, 24]),
        ("the Twenty-first Amendment, the 21st", None, [21, 21]),
        ("a $23-million centre, a five-million-year-old bone", None, [23e6, 5e6]),
        ("5.6 and 3.1 million, $3 to 4 billion", None, [5.6e6, 3.1e6, 3e9, 4e9]),
        ("3 and, later, 4 million", None, [3, 4e6]),
        ("€5 bn, 10 million euros, $3,500", None, [5e9, 1e7, 3500]),
        ("a five-year-old and a 26-year-old", None, [5, 26]),
        ("one of them, no one", None, []),
        ("dozens, hundreds of thousands", None, []),
        ("GBU-43/B, F16, version 1.2.3", None, []),
        ("on 3 August 2016, in 2014–16", None, []),
    ],
)
def test_quantities_are_read(text: str, language: str | None, values: list[float]) -> None:
    assert read(text, language) == values


@pytest.mark.parametrize(
    ("claim", "evidence", "borne_out"),
    [
        ("seventy-two people", "72 people", True),
        ("73 people", "72 people", False),
        # A bound may be put to an exact figure not far from it, "at least" to one near it.
        ("over 70 people", "72 people", True),
        ("more than 70 people", "70 people", False),
        ("at least 70 people", "70 people", True),
        ("over 70 people", "130 people", True),
        ("over 70 people", "150 people", False),
        ("at least 70 people", "130 people", False),
        ("under 53 guests", "53 guests", False),
        ("12 or fewer guests", "11 guests", True),
        ("more than a total of 6 lions", "7 lions", True),
        ("over US $900", "$910", True),
        ("under GBP 10", "GBP 9.99", True),
        ("longer than 30 weeks", "28 weeks", False),
        ("over 5,000 visitors", "it surpassed 5,000 visitors", True),
        ("fewer than 80 people", "72 people", True),
        ("up to 80 people", "80 people", True),
        ("about 70 people", "72 people", True),
        ("about 70 people", "85 people", False),
        ("nearly 80 people", "78 people", True),
        ("nearly 80 people", "81 people", False),
        # It is never dropped, except "about": a round figure stands for itself.
        ("70 people", "at least 70 people", False),
        ("70 people", "more than 70 people", False),
        ("80 people", "nearly 80 people", False),
        ("30,000 soldiers", "up to 30,000 soldiers", False),
        ("one million people", "about one million people", True),
        # Nor is it changed for another, but for one that follows from it.
        ("over 70 people", "more than 70 people", True),
        ("at least 70 people", "more than 70 people", True),
        ("more than 70 people", "at least 70 people", False),
        ("more than 65 people", "at least 70 people", True),
        ("more than 65 people", "at least 65 people", False),
        ("more than 47 people", "more than 70 people", False),
        ("more than 65 people", "about 70 people", False),
        ("more than 65 people", "about 75 people", True),
        ("less than 18%", "about 15%", True),
        ("fewer than 75 people", "under 70 people", True),
        ("fewer than 75 people", "over 70 people", False),
        ("no fewer than 85 civilians", "85 civilians or more", True),
        # Units and kinds.
        ("35 percent", "35%", True),
        ("35 percent", "35 people", False),
        ("under 53%", "52 out of 100", True),
        ("over 59/100", "61 out of 100", True),
        ("a score of 61", "61 out of 100", True),
        ("$5m", "5 million dollars", True),
        ("€5 million", "$5 million", False),
        ("1,300 km", "1300 kilometres", True),
        ("1,300 miles", "1300 kilometres", False),
        ("the sixth conference", "the 6th conference", True),
        ("six conferences", "the 6th conference", False),
        ("season 3", "the third season", True),
        ("season 3", "the second season", False),
        ("ranked # 7", "the seventh", True),
        ("the fourth-highest honour", "the fourth honour", True),
        ("the fourth-highest honour", "the third-highest honour", False),
    ],
)
def test_what_bears_out_a_quantity(claim: str, evidence: str, borne_out: bool) -> None:
    [said], [there] = quantities(claim), quantities(evidence)
    assert said.borne_out_by(there) == borne_out


@given(st.text(alphabet="0123456789 .,-–$€%kmhundrseventytwo' \n", max_size=60))
def test_whatever_looks_like_a_quantity_is_within_the_text(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.borne_out_by(quantity)
