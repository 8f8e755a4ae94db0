"""Spans of days, as dates of ISO 8601 name them."""

from datetime import date

import pytest

from footnote.corpus.timespan import Timespan


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        (" 2016-08-03 ", date(2016, 8, 3), date(2016, 8, 3)),
    ],
)
def test_date_is_all_the_days_that_it_leaves_open(written, first, last):
    assert Timespan.of(written) == Timespan(first, last)


@pytest.mark.parametrize("written", ["", "16", "2016-13", "2016-02-30", "March", "2016-08-03-01"])
def test_what_is_no_date_is_refused_with_the_form_that_is_right(written):
    with pytest.raises(ValueError, match="2016, 2016-08 or 2016-08-03"):
        Timespan.of(written)


def test_spans_that_have_a_day_in_common_meet():
    august = Timespan.of("2016-08")
    assert august.meets(Timespan.of("2016"))
    assert august.meets(Timespan(first=date(2016, 8, 31)))
    assert not august.meets(Timespan(last=date(2016, 7, 31)))
    assert august.within(Timespan(first=date(2016, 8, 30))) == Timespan(
        date(2016, 8, 30), date(2016, 8, 31)
    )
    assert august.within(Timespan.of("2015")) is None
    assert august.days == 31


def test_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="is after"):
        Timespan(date(2016, 8, 2), date(2016, 8, 1))
