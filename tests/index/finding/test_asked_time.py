"""What a question says of time, read on Wednesday, 15 May 2024."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.timespan import FIRST, Timespan
from footnote.index.finding.asked_time import AskedTime, asked_time

TODAY = date(2024, 5, 15)


def days(first: str, last: str | None = None) -> Timespan:
    return Timespan(
        date.fromisoformat(first) if first else FIRST, date.fromisoformat(last or first)
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many cases were there in April?", days("2024-04-01", "2024-04-30")),
        ("How many cases were there in June?", days("2023-06-01", "2023-06-30")),
        ("How many cases were there in April 2021?", days("2021-04-01", "2021-04-30")),
        ("Who won the World Cup in 2014?", days("2014-01-01", "2014-12-31")),
        ("How many were ill on 3 May?", days("2024-05-03")),
        ("How many were ill on May 3rd, 2022?", days("2022-05-03")),
        ("How many were ill by the end of April?", days("", "2024-04-30")),
        ("How many were ill on Monday?", days("2024-05-13")),
        ("How many were ill on Wednesday?", days("2024-05-15")),
        ("How many were ill on 2022-05-03?", days("2022-05-03")),
        ("How many were ill yesterday?", days("2024-05-14")),
        ("How many are ill today?", days("2024-05-15")),
        ("What happened this week?", days("2024-05-13", "2024-05-19")),
        ("What happened last week?", days("2024-05-06", "2024-05-12")),
        ("What happened last month?", days("2024-04-01", "2024-04-30")),
        ("What happened last year?", days("2023-01-01", "2023-12-31")),
        ("What happened in the last three days?", days("2024-05-12", "2024-05-15")),
        ("What was the price two weeks ago?", days("2024-05-01")),
        ("Which strikes were there since March?", days("2024-03-01", "2024-05-15")),
        ("Which strikes were there before 2020?", days("", "2019-12-31")),
        ("Which strikes were there after 3 May?", days("2024-05-04", "2024-05-15")),
        ("What was reported between March and April 2023?", days("2023-03-01", "2023-04-30")),
        ("What was reported from November to January?", days("2023-11-01", "2024-01-31")),
        ("What was reported between 3 May and 5 May?", days("2024-05-03", "2024-05-05")),
        ("Wie viele Fälle gab es im April?", days("2024-04-01", "2024-04-30")),
        ("Wie viele waren es am 3. Mai 2022?", days("2022-05-03")),
        ("Wie viele waren es am 03.05.2022?", days("2022-05-03")),
        ("Wie viele waren es am Montag?", days("2024-05-13")),
        ("Was geschah seit März?", days("2024-03-01", "2024-05-15")),
        ("Was geschah vor drei Tagen?", days("2024-05-12")),
        ("Was geschah letzte Woche?", days("2024-05-06", "2024-05-12")),
        ("Was geschah zwischen März und April?", days("2024-03-01", "2024-04-30")),
        ("¿Cuántos casos había en abril de 2021?", days("2021-04-01", "2021-04-30")),
        ("¿Cuántos había el 3 de mayo?", days("2024-05-03")),
        ("¿Cuántos había el lunes?", days("2024-05-13")),
        ("¿Qué pasó desde marzo?", days("2024-03-01", "2024-05-15")),
        ("¿Qué pasó la semana pasada?", days("2024-05-06", "2024-05-12")),
        ("¿Qué pasó hace tres días?", days("2024-05-12")),
        ("Сколько случаев было в апреле?", days("2024-04-01", "2024-04-30")),
        ("Сколько было 3 мая 2022 года?", days("2022-05-03")),
        ("Сколько было в понедельник?", days("2024-05-13")),
        ("Что произошло с марта по апрель?", days("2024-03-01", "2024-04-30")),
        ("Что произошло вчера?", days("2024-05-14")),
        ("Что произошло на прошлой неделе?", days("2024-05-06", "2024-05-12")),
    ],
)
def test_days_that_a_question_names_are_read(question: str, expected: Timespan) -> None:
    assert asked_time(question, today=TODAY).days == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the TTP?",
        "May I ask who leads the party?",
        "How many people march?",
        "Who led the party before Anna Berg?",
        "Which ship has 2000 berths?",
        "Was it used in 1500 cases?",
        "What is the first of the three parts?",
        "Who is Mark Monday-Smith?",
        "What happened on 31 June?",
    ],
)
def test_question_without_a_time_names_none(question: str) -> None:
    assert asked_time(question, today=TODAY).days is None


@pytest.mark.parametrize(
    "question",
    [
        "Who is the current mayor?",
        "How many have fallen ill so far?",
        "What is the latest on the strike?",
        "What's new on the strike?",
        "Is the ship still aground?",
        "How many are ill today?",
        "Wie viele sind bisher erkrankt?",
        "Wer ist derzeit Bürgermeister?",
        "Was ist der aktuelle Stand?",
        "¿Cuántos han enfermado hasta ahora?",
        "¿Quién es actualmente el alcalde?",
        "Сколько заболевших сейчас?",
        "Каковы последние новости о забастовке?",
        "اس وقت کتنے لوگ بیمار ہیں؟",
        "در حال حاضر چند نفر بیمارند؟",
    ],
)
def test_question_for_how_things_stand_now_is_known(question: str) -> None:
    assert asked_time(question, today=TODAY).present


@pytest.mark.parametrize(
    "question",
    [
        "Who founded the party?",
        "Who won the World Cup in 2014?",
        "How many were ill on Monday?",
        "Know you the man?",
    ],
)
def test_question_for_the_past_does_not_ask_how_things_stand_now(question: str) -> None:
    assert not asked_time(question, today=TODAY).present


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("How many were ill on 3 May 2022?", "How many were ill?"),
        ("How many were ill by the end of April?", "How many were ill?"),
        ("On Monday, how many were ill?", ", how many were ill?"),
        ("How many between March and April were ill?", "How many were ill?"),
        ("Сколько было больных в понедельник?", "Сколько было больных?"),
        ("Who leads the TTP?", "Who leads the TTP?"),
    ],
)
def test_days_are_taken_out_of_a_question(question: str, without: str) -> None:
    assert asked_time(question, today=TODAY).taken_out_of(question) == without


@pytest.mark.parametrize(
    ("question", "limits"),
    [
        ("What was reported about the strike in April?", True),
        ("Which articles since March mention Brekka?", True),
        ("What happened this week?", True),
        ("Welche Artikel gibt es seit März?", True),
        ("Was ist diese Woche passiert?", True),
        ("¿Qué noticias hay desde marzo?", True),
        ("Какие статьи были в апреле?", True),
        ("Who won the World Cup in 2014?", False),
        ("How many people died in April?", False),
        ("Wie viele starben im April?", False),
    ],
)
def test_days_limit_the_articles_only_where_reports_are_asked_for(
    question: str, limits: bool
) -> None:
    assert asked_time(question, today=TODAY).limits is limits


def test_in_a_collection_that_ends_earlier_a_date_without_year_is_of_its_time() -> None:
    newest = date(2016, 8, 20)
    july = asked_time("How many were there in July?", today=TODAY, newest=newest)
    assert july == AskedTime(days("2016-07-01", "2016-07-31"), any_year=True, span=july.span)
    october = asked_time("How many were there in October?", today=TODAY, newest=newest)
    assert october.days == days("2015-10-01", "2015-10-31")
    this_week = asked_time("What happened this week?", today=TODAY, newest=newest)
    assert this_week.days == days("2024-05-13", "2024-05-19")


_PIECES = [
    "in",
    "of",
    "3",
    "may",
    "since",
    "between",
    "and",
    "last",
    "29",
    "february",
    "2023",
    "ago",
]
_PIECES += ["9999", "2024-02-30", "31.2.2024", "on", "monday", "days", "from", "0", "year"]


@given(st.text(max_size=300) | st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join))
def test_whatever_is_asked_is_read(question: str) -> None:
    asked_time(question, today=TODAY)


@pytest.mark.parametrize(
    "piece", ["of ", "in the ", "2024-", "3 of ", "last ", "between 3 may ", "1.1."]
)
def test_questions_made_to_be_slow_are_not(piece: str) -> None:
    begun = time.process_time()
    for _ in range(20):
        asked_time(piece * 20_000, today=TODAY)
    assert time.process_time() - begun < 2.0
