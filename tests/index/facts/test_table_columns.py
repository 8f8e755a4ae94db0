"""Figures of a claim, held against a row of a table that is read with its header."""

import pytest

from footnote.index.facts.comparison import Comparison, Facts, compare
from footnote.index.words import stemmed

ROW = (
    "Crossing: Old stone bridge; opened: 1788; length in metres: 210; vehicles a day in 2023:"
    " 9,400; vehicles a day in 2024: 6,100"
)


def held(claim: str, evidence: str = ROW, language: str = "en") -> Comparison:
    def stem(word: str) -> str:
        return next(iter(stemmed(word, language)), "")

    return compare(Facts(claim, language, stem), Facts(evidence, language, stem))


@pytest.mark.parametrize(
    "claim",
    [
        "The Old stone bridge carried 9,400 vehicles a day in 2023.",
        "The Old stone bridge carried 6,100 vehicles a day in 2024.",
        "Traffic over the Old stone bridge fell from 9,400 in 2023 to 6,100 in 2024.",
        "The Old stone bridge carries 6,100 vehicles a day.",
        "In 2023 the Old stone bridge was 210 metres long.",
    ],
)
def test_figure_of_its_time_is_borne_out(claim: str) -> None:
    assert held(claim).missing == 0


@pytest.mark.parametrize(
    "claim",
    [
        "The Old stone bridge carried 6,100 vehicles a day in 2023.",
        "The Old stone bridge carried 9,400 vehicles a day in March 2024.",
    ],
)
def test_figure_of_another_column_is_not_borne_out_and_contradicts_nothing(claim: str) -> None:
    compared = held(claim)
    assert compared.missing >= 1
    assert not compared.contradicts


def test_months_are_times_too() -> None:
    row = "Hafen: Lund; Schiffe im Mai 2023: 70; Schiffe im Juni 2023: 90"
    assert held("Im Juni 2023 kamen 90 Schiffe nach Lund.", row, "de").missing == 0
    assert held("Im Juni 2023 kamen 70 Schiffe nach Lund.", row, "de").missing == 1


def test_what_is_no_table_is_read_as_before() -> None:
    said = "The report said this: in 2023 there were 90 ships; in 2024 there were 70."
    assert held("In 2024 there were 70 ships.", said).missing == 0
