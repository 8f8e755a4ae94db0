"""Reports of things that move: which comes first, and what is shown of before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from footnote.corpus.span import Span
from footnote.index.finding.asked_time import asked_time
from footnote.index.finding.by_time import Timed, timed
from footnote.index.finding.quoting import Quotable
from footnote.index.passages import Passage
from footnote.index.words import stemmed

TODAY = date(2024, 6, 1)


class Words:
    """As common as they are in what is asked here: every word counts the same."""

    def terms(self, text: str, field: str) -> list[str]:
        return stemmed(text, field)

    def idf(self, term: str, field: str) -> float:
        return 1.0


def sentence(text: str, day: str | None, score: float, title: str = "Measles in Orlen") -> Quotable:
    """The only sentence of a report of that day, in which the doctor is named."""
    whole = f"{text} So said Petra Kolb."
    span = Span(0, len(whole))
    passage = Passage(
        hash((text, day)) % 10**6, f"{title} {day}", "r", title, "en", span, whole, date=day
    )
    terms = frozenset(stemmed(text, "en"))
    return Quotable(passage, Span(0, len(text)), text, score, 0.5, 0.5, 0.5, False, terms)


def told(question: str, *ranked: Quotable) -> Timed:
    return timed(ranked, question, asked_time(question, today=TODAY), Words())  # type: ignore[arg-type]


def texts(quotables: Sequence[Quotable]) -> list[str]:
    return [quotable.text for quotable in quotables]


FEW = sentence("In Orlen 69 children are ill with measles.", "2024-03-04", 0.6)
MORE = sentence("In Orlen 205 children are ill with measles.", "2024-03-11", 0.58)
MAX = sentence("About 500 children are ill with measles in Orlen.", "2024-03-20", 0.55)
THEN = sentence("A week ago 205 children had been ill with measles in Orlen.", "2024-03-20", 0.59)
HOW_MANY = "How many children are ill with measles in Orlen?"


def test_newest_report_comes_first_and_what_older_ones_said_follows_newest_first() -> None:
    found = told(HOW_MANY, FEW, MORE, MAX)
    assert found.ranked[0].text == MAX.text
    assert texts(found.earlier) == [MORE.text, FEW.text]
    assert (found.newest, found.covered) == (True, True)


def test_what_is_raised_has_the_score_of_the_best() -> None:
    assert told(HOW_MANY, FEW, MORE, MAX).ranked[0].score == FEW.score


def test_what_a_report_tells_of_before_is_not_its_news() -> None:
    found = told(HOW_MANY, FEW, THEN, MORE, MAX)
    assert found.ranked[0].text == MAX.text


def test_the_likeliest_sentence_stays_where_a_newer_one_has_part_of_what_it_says() -> None:
    best = sentence("A school in Orlen has 2 to 4 children ill with measles.", "2024-03-04", 0.8)
    part = sentence("The measles in Orlen made 4 children ill.", "2024-03-20", 0.6)
    other = sentence("The schools in Orlen open on Monday.", "2024-03-02", 0.2)
    found = told("How many children in a school in Orlen are ill with measles?", best, part, other)
    assert best.text in texts(found.ranked[:2])
    assert found.earlier == []


def test_older_report_that_says_the_same_is_not_shown_as_a_change() -> None:
    same = sentence("About 500 children are ill with measles in Orlen now.", "2024-03-18", 0.5)
    assert texts(told(HOW_MANY, MAX, same, FEW).earlier) == [FEW.text]


@pytest.mark.parametrize(("score", "shown"), [(0.05, False), (0.2, True)])
def test_number_of_other_things_that_hardly_answers_is_no_change(score: float, shown: bool) -> None:
    first, older = (replace(one, reading=1.0) for one in (MAX, FEW))
    money = sentence("Orlen now spends 355 million crowns on measles.", "2024-03-11", score)
    found = told(HOW_MANY, first, older, replace(money, reading=1.0, other_kind=True))
    assert texts(found.earlier) == ([money.text] if shown else []) + [older.text]


@pytest.mark.parametrize(("score", "shown"), [(0.85, True), (0.6, False)])
def test_what_answers_much_less_likely_is_not_what_was_so_before(score: float, shown: bool) -> None:
    now = replace(sentence("Ada Brant leads the clinic of Orlen.", "2024-03-20", 0.9), reading=4.0)
    older = sentence("Carl Dorn leads the clinic of Orlen.", "2024-03-04", score)
    found = told("Who leads the clinic of Orlen?", now, replace(older, reading=1.0))
    assert (bool(found.earlier), found.newest) == (shown, shown)


def test_newer_report_on_another_matter_stays_where_it_is() -> None:
    other = sentence("In Brekka 12 goats have fleas.", "2024-05-01", 0.4, title="Goats")
    found = told(HOW_MANY, MAX, other)
    assert (found.ranked[0].text, list(found.earlier)) == (MAX.text, [])


@pytest.mark.parametrize(
    ("when", "expected"),
    [("on 11 March 2024", MORE), ("on 4 March", FEW), ("in the week from 18 March", MAX)],
)
def test_question_for_a_day_gets_the_report_of_that_day(when: str, expected: Quotable) -> None:
    question = f"How many children were ill with measles in Orlen {when}?"
    found = told(question, FEW, MORE, MAX)
    assert (found.covered, found.ranked[0].text) == (True, expected.text)


def test_count_of_a_time_that_no_report_is_of_is_not_covered() -> None:
    question = "How many children were ill with measles in Orlen in January 2023?"
    found = told(question, FEW, MORE, MAX)
    assert not found.covered
    assert texts(found.ranked) == [FEW.text, MORE.text, MAX.text]


def test_later_report_that_names_the_time_covers_it() -> None:
    question = "How many children had been ill with measles in Orlen in January 2024?"
    looking_back = sentence(
        "In January 2024 only 7 children were ill with measles in Orlen.", "2024-03-20", 0.5
    )
    found = told(question, FEW, looking_back)
    assert (found.covered, found.ranked[0].text) == (True, looking_back.text)


def test_who_held_an_office_is_told_by_the_last_report_before() -> None:
    one = sentence("Karl Moen is the mayor of Orlen.", "2024-01-10", 0.6, title="Mayor of Orlen")
    two = sentence("Ines Falk is the mayor of Orlen.", "2024-05-10", 0.61, title="Mayor of Orlen")
    assert told("Who was the mayor of Orlen in March 2024?", two, one).ranked[0].text == one.text
    assert told("Who is the mayor of Orlen?", one, two).ranked[0].text == two.text
    assert not told("Who was the mayor of Orlen in March 2021?", two, one).covered


def test_what_once_happened_is_not_answered_by_the_newest() -> None:
    old = sentence("Karl Moen founded the choir of Orlen.", "2020-01-10", 0.6, title="The choir")
    new = sentence("The choir of Orlen sang for Karl Moen.", "2024-05-10", 0.5, title="The choir")
    found = told("Who founded the choir of Orlen?", old, new)
    assert (found.ranked[0].text, found.newest) == (old.text, False)


def test_articles_without_a_date_keep_their_places() -> None:
    undated = sentence("Some children are ill with measles in Orlen.", None, 0.7)
    found = told(HOW_MANY, undated, MAX, FEW)
    assert texts(found.ranked) == [undated.text, MAX.text, FEW.text]
    assert (found.earlier, found.newest) == ((), False)


def test_nothing_found_stays_nothing() -> None:
    assert told(HOW_MANY) == Timed(())


BUILT = sentence(
    "The bridge of Orlen is 840 metres long and cost 212 million crowns.", "2023-05-14", 0.6
)
CARRIES = sentence(
    "A year after its opening the bridge of Orlen carries 31,000 cars a day and repairs had cost"
    " 4 million crowns.",
    "2024-05-02",
    0.58,
)
LONGER = sentence("The bridge of Orlen is 905 metres long.", "2024-05-03", 0.58)


def test_length_is_not_told_by_a_newer_figure_that_is_none() -> None:
    found = told("How long is the bridge of Orlen?", BUILT, CARRIES)
    assert (found.ranked[0].text, found.newest) == (BUILT.text, False)
    found = told("How long is the bridge of Orlen?", BUILT, LONGER)
    assert (found.ranked[0].text, texts(found.earlier)) == (LONGER.text, [BUILT.text])


@pytest.mark.parametrize(
    ("question", "newest"),
    [
        ("How much did the bridge of Orlen cost?", False),
        ("How much does the bridge of Orlen cost?", True),
    ],
)
def test_what_was_paid_once_does_not_move(question: str, newest: bool) -> None:
    assert told(question, BUILT, CARRIES).newest is newest


def test_of_one_article_whoever_holds_an_office_since_last_comes_first() -> None:
    text = "Fay became head of the guild in 2013. The guild has been led since 2018 by Noor Dahl."
    span = Span(0, len(text))
    passage = Passage(1, "guild", "r", "The guild", "en", span, text, date=None)
    cut = text.index(" The guild") + 1
    fay, noor = (
        Quotable(passage, part, part.of(text), score, *(0.5,) * 3, False, frozenset(), reading=1.0)
        for part, score in ((Span(0, cut - 1), 0.9), (Span(cut, len(text)), 0.88))
    )
    for question in ("Who leads the guild?", "Who is the head of the guild now?"):
        assert texts(told(question, fay, noor).ranked) == [noor.text]
    unlikely = replace(noor, score=0.5)
    assert told("Who leads the guild?", fay, unlikely).ranked[0].text == fay.text
    for question in ("Who led the guild?", "Who sang for the guild?", "Who led it in 2014?"):
        assert told(question, fay, noor).ranked[0].text == fay.text


def test_what_hardly_answers_is_not_told_as_who_it_was_before() -> None:
    kolb = sentence("Kolb leads the clinic in Orlen.", "2024-03-20", 0.4)
    ewing = sentence("Ewing leads the clinic in Orlen.", "2024-03-04", 0.3)
    kolb, ewing = (replace(one, reading=1.0) for one in (kolb, ewing))
    assert told("Who leads the clinic in Orlen?", kolb, ewing).earlier == []
    likelier = replace(ewing, score=0.38)
    assert told("Who leads the clinic in Orlen?", kolb, likelier).earlier == [likelier]


def test_who_somebody_is_is_not_told_by_what_they_did_last() -> None:
    text = "Noor Dahl, a doctor, was born in 1970. In 2018 Noor Dahl moved to Lund."
    passage = Passage(1, "guild", "r", "The guild", "en", Span(0, len(text)), text, date=None)
    cut = text.index(" In 2018") + 1
    is_who, moved = (
        Quotable(passage, part, part.of(text), score, *(0.5,) * 3, False, frozenset(), reading=1.0)
        for part, score in ((Span(0, cut - 1), 0.9), (Span(cut, len(text)), 0.88))
    )
    assert told("Who is Noor Dahl?", is_who, moved).ranked[0].text == is_who.text
    assert told("Who is the head of the guild?", is_who, moved).ranked[0].text == moved.text
