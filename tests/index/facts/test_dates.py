"""Dates: read from texts, and borne out by others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.index.facts.dates import dates


def read(text: str, language: str | None = None) -> list[tuple[int | None, ...]]:
    return [(date.year, date.month, date.day) for date in dates(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("on 3 August 2016", None, [(2016, 8, 3)]),
        ("Aug. 3", None, [(None, 8, 3)]),
        ("August 3rd, 2016,", None, [(2016, 8, 3)]),
        ("2016-08-03 and 2016-08", None, [(2016, 8, 3), (2016, 8, None)]),
        ("the 14th of May 2002", None, [(2002, 5, 14)]),
        ("am 3. August 2016, dem 2. Mai", "de", [(2016, 8, 3), (None, 5, 2)]),
        ("el 3 de agosto de 2016", "es", [(2016, 8, 3)]),
        ("3 августа 2016 г.", "ru", [(2016, 8, 3)]),
        ("3.8.2016", "de", [(2016, 8, 3)]),
        ("8 to 10 November 2016", None, [(2016, 11, 8), (2016, 11, 10)]),
        ("in 2014–16 and 1998-2001", None, [(2014,), (2016,), (1998,), (2001,)]),
        ("the season of 2000-01, in 2000-02", None, [(2000,), (2001,), (2000, 2)]),
        ("in August", None, [(None, 8, None)]),
        ("He may march in May.", None, [(None, 5, None)]),
        ("March for peace", None, []),
        ("2000 soldiers left in 2000", None, [(2000,)]),
        ("more than 2000 people", None, []),
        ("1,300 kilometres, 3.2016, GBU-1943", None, []),
        ("its 2016 report", None, [(2016,)]),
    ],
)
def test_dates_are_read(
    text: str, language: str | None, found: list[tuple[int | None, ...]]
) -> None:
    whole = [(*one, None, None)[:3] for one in found]
    assert read(text, language) == whole


@pytest.mark.parametrize(
    ("claim", "evidence", "borne_out"),
    [
        ("3 August", "Aug. 3", True),
        ("3 August", "2016-08-03", True),
        ("2016", "3 August 2016", True),
        ("August 2016", "3 August 2016", True),
        ("3 August 2016", "August 2016", False),
        ("3 August 2016", "4 August 2016", False),
        ("3 August", "3 September", False),
        ("in 2015", "in 2014–16", False),
        ("the 1990s", "in 1996", True),
        ("the 1990s", "in 2001", False),
        ("on Monday", "on Monday", True),
        ("on Monday", "on Friday", False),
        # It would take a calendar, and the day on which the article was written.
        ("on Monday", "8 August 2016", False),
        ("after 2016", "3 August 2017", True),
        ("after 2016", "3 August 2016", False),
        ("after 2016", "after 2016", True),
        ("before April 2018", "March 2018", True),
        ("before April 2018", "2018", False),
        ("before 5 November", "4 November 1987", True),
        ("before 5 November", "5 November 1987", False),
        ("before 2016", "after 2014", False),
        ("before the 1990s", "in 1985", False),
        ("in 2016", "before 2016", False),
        ("no later than 2016", "in 2018", False),
        ("not later than 3 May 2016", "on 3 May 2016", True),
        # Of a day, so many before it, nothing is told; nor of what is named by its year.
        ("two days before 3 August", "1 August", False),
        ("before the 2016 vote", "2016", True),
    ],
)
def test_a_date_is_borne_out_by_one_that_says_as_much(
    claim: str, evidence: str, borne_out: bool
) -> None:
    [said], there = dates(claim), dates(evidence)
    assert any(said.borne_out_by(date) for date in there) == borne_out


def test_only_a_year_may_be_had_from_elsewhere() -> None:
    [said], [there] = dates("3 August 2016"), dates("Aug. 3")
    assert not said.borne_out_by(there)
    assert said.borne_out_by(there, years={2016})
    assert not said.borne_out_by(there, years={2015})
    [month] = dates("in August")
    assert not said.borne_out_by(month, years={2016})


def test_dates_differ_where_they_cannot_be_the_same() -> None:
    [whole], [day], [year] = dates("3 August 2016"), dates("4 August"), dates("in 2016")
    assert whole.differs_from(day)
    assert not whole.differs_from(year)
    assert not day.differs_from(year)


@given(st.text(alphabet="0123456789 .,-/–AugustMayof:s'\n", max_size=60))
def test_whatever_looks_like_a_date_is_within_the_text(text: str) -> None:
    for date in dates(text):
        assert 0 <= date.span.start < date.span.end <= len(text)
        assert date.month is None or 1 <= date.month <= 12
        assert date.day is None or 1 <= date.day <= 31
