"""Questions of a time, asked of a few dated reports: what is answered, listed and told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from footnote.corpus.timespan import Timespan
from footnote.index.answering import Answerer
from footnote.index.question import Question
from footnote.index.results import Abstention, Answer, Listing, Nearest, Result
from tests.index.home import Home

TODAY = date(2024, 6, 1)
REPORTS = {
    "2024-03-04": "In Orlen 69 children are ill with measles. The schools stay open.",
    "2024-03-11": "In Orlen 205 children are ill with measles. All schools are closed.",
    "2024-03-20": "In Orlen about 500 children are ill with measles. A ward was opened.",
}
HOW_MANY = "How many children are ill with measles in Orlen?"
WERE = "How many children were ill with measles in Orlen"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    home = Home(tmp_path_factory.mktemp("reports"))
    for day, text in REPORTS.items():
        title = f"Measles in Orlen {day[-2:]}"
        head = f"---\ntitle: {title}\nlanguage: en\ndate: {day}\n---\n\n"
        home.put(f"measles-{day}", f"{head}{text} So said the doctor, Petra Kolb.\n".encode())
    home.put(
        "ferry",
        b"---\ntitle: The ferry\ndate: 2023-05-02\n---\n\nThe ferry sank in Brekka.\n\n"
        b"On 14 April 2023 its mast broke in a storm.\n",
    )
    home.sync()
    with home.open() as passage_index:
        yield Answerer(passage_index, sure=0.02, near=0.01)


def ask(answerer: Answerer, text: str, days: Timespan | None = None) -> Result:
    return answerer.answer(Question(text, asked=TODAY, days=days))


def first(result: Result) -> str:
    assert isinstance(result, Answer | Nearest), result
    return result.claims[0].text


def test_the_newest_report_answers_and_older_ones_follow_newest_first(answerer: Answerer) -> None:
    result = ask(answerer, HOW_MANY)
    assert isinstance(result, Answer)
    assert "500" in first(result)
    assert result.as_of == "2024-03-20"
    earlier = [claim.text for claim in result.claims if claim.earlier]
    assert ["205" in text for text in earlier] == [True, False]
    assert sorted(result.citations) == list(range(1, len(result.claims) + 1))


@pytest.mark.parametrize(
    ("when", "number"),
    [("on 11 March 2024", "205"), ("on 4 March", "69"), ("according to reports of 4 March", "69")],
)
def test_the_report_of_the_day_that_is_asked_about_answers(
    answerer: Answerer, when: str, number: str
) -> None:
    assert number in first(ask(answerer, f"{WERE} {when}?"))


def test_no_report_of_the_time_that_is_asked_about_is_not_sure(answerer: Answerer) -> None:
    assert not isinstance(ask(answerer, f"{WERE} in January 2020?"), Answer)


@pytest.mark.parametrize(
    "question",
    [
        "What's new since 10 March?",
        "What happened since 10 March?",
        "Was ist seit 10. März passiert?",
    ],
)
def test_what_happened_in_some_days_lists_their_articles(answerer: Answerer, question: str) -> None:
    result = ask(answerer, question)
    assert isinstance(result, Listing), result
    assert result.question == question
    found = [listed.reference.date for listed in result.articles]
    assert found == ["2024-03-20", "2024-03-11"]


def test_what_happened_on_a_day_without_articles_is_told_by_a_later_one(
    answerer: Answerer,
) -> None:
    assert first(ask(answerer, "What happened on 14 April 2023?")).startswith("On 14 April 2023")


def test_articles_on_a_topic_before_a_day_are_those_of_before(answerer: Answerer) -> None:
    result = ask(answerer, "Which articles before 10 March 2024 mention Orlen?")
    assert isinstance(result, Listing)
    assert [listed.reference.date for listed in result.articles] == ["2024-03-04"]


def test_reports_of_this_week_are_none_where_all_articles_are_older(answerer: Answerer) -> None:
    assert isinstance(ask(answerer, "Which articles this week mention Orlen?"), Abstention)
    assert isinstance(ask(answerer, "What happened in Orlen this week?"), Abstention)


def test_only_articles_of_the_days_that_are_given_answer(answerer: Answerer) -> None:
    until = Timespan(last=date(2024, 3, 11))
    assert "205" in first(ask(answerer, HOW_MANY, until))
    result = ask(answerer, "What's new?", until)
    assert isinstance(result, Listing)
    dates = [listed.reference.date for listed in result.articles]
    assert dates == ["2024-03-11", "2024-03-04", "2023-05-02"]
    before = Timespan(last=date(2022, 1, 1))
    assert isinstance(ask(answerer, HOW_MANY, before), Abstention)
    assert isinstance(ask(answerer, "What's new?", before), Abstention)


def test_the_latest_on_a_topic_is_told_by_the_newest_report(answerer: Answerer) -> None:
    result = ask(answerer, "What is the latest on the measles in Orlen?")
    assert isinstance(result, Answer), result
    assert result.claims[0].citations[0].reference.date == "2024-03-20"


def test_undated_article_is_listed_by_the_day_on_which_it_was_added(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.put("old", b"---\ntitle: Old\ndate: 2001-01-01\n---\n\nThe pier was built.\n")
    home.put("undated", b"---\ntitle: Undated\n---\n\nThe pier was closed.\n")
    home.sync()
    with home.open() as passage_index:
        result = ask(Answerer(passage_index), "What's new?")
    assert isinstance(result, Listing)
    assert [listed.reference.article for listed in result.articles] == ["undated", "old"]
