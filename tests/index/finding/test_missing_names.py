"""The names, figures and ordinals of a question that a text lacks."""

from footnote.index.finding.missing_names import has_another_ordinal, share_missing


def test_names_and_figures_that_a_text_has_not_are_missing_from_it() -> None:
    text = "Pakistan banned the group in 2008."
    assert share_missing("When did Pakistan's army fight India in 1971?", text) == 2 / 3
    assert share_missing("Did Pakistan ban it in 2008?", text) == 0
    assert share_missing("who won", text) == 0


def test_an_adjective_of_a_country_that_is_named_is_not_missing() -> None:
    assert share_missing("What does the typical American bill come to?", "Of U.S. bills.") == 0
    assert share_missing("Who coaches the Australian swimmers?", "He coaches in Australia.") == 0
    assert share_missing("Who coaches the Austrian swimmers?", "He coaches in Australia.") == 1


def test_what_stands_around_a_question_is_no_name_or_figure_of_it() -> None:
    text = "Pakistan banned the group in 2008."
    question = (
        "Hello, I have read https://example.org/2019/07?id=33. Please, When did Pakistan act?"
    )
    assert share_missing(question, text) == 0
    assert share_missing("What did the report of the WHO say?", text) == 1


def test_what_is_said_of_another_in_a_row_is_of_another_ordinal() -> None:
    ninth = "The ninth conference was held in Dushanbe."
    assert has_another_ordinal(ninth, "Where was the tenth conference held?")
    assert has_another_ordinal(ninth, "Where was the 10th conference held?")
    assert not has_another_ordinal(ninth, "Where was the ninth conference held?")
    assert not has_another_ordinal(ninth, "Where was the 9th conference held?")
    assert not has_another_ordinal("It was held in Dushanbe.", "Where was the tenth one held?")
    assert not has_another_ordinal(ninth, "Where was the last conference held?")


def test_another_number_of_a_name_is_another_of_its_series() -> None:
    first = "Heron 1 was lost in 2022."
    assert has_another_ordinal(first, "Was Heron 2 lost?")
    assert not has_another_ordinal(first, "Was Heron 1 lost?")
    assert not has_another_ordinal(first, "Did Heron 2 follow Heron 1?")
    assert not has_another_ordinal("Heron 1 and 2 were lost.", "Was Heron 2 lost?")
    assert not has_another_ordinal("Before Heron 1 nothing was lost.", "Was Heron 2 lost?")
    assert not has_another_ordinal("May 4 was cold.", "Was it cold on May 5?")


def test_another_bridge_is_not_the_one_that_is_asked_about() -> None:
    other = "The Market Bridge, a footbridge, was designed by Ulf Sandberg."
    assert has_another_ordinal(other, "Who designed the New Bridge?")
    assert not has_another_ordinal(other, "Who designed the Market Bridge?")
    assert not has_another_ordinal(other, "Who designed the Market Tower?")
    assert not has_another_ordinal(other, "Who designed the bridge?")
    assert not has_another_ordinal(
        f"{other[:-1]}, and the New Bridge.", "Who built the New Bridge?"
    )
    assert not has_another_ordinal("Dolmabahçe Palace is old.", "How old is the Dolmabahce Palace?")
    assert not has_another_ordinal("The bridge was built in 1891.", "Who built the New Bridge?")
