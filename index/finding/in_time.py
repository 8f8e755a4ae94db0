"""Applies the time asked about: which articles may answer, and which words to search for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from footnote.corpus.timespan import Timespan
from footnote.index.finding.asked_time import AskedTime, asked_time
from footnote.index.finding.request import Request, request_of
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.question import Question

# What is left of a question for whatever happened, once its days are taken out of it.
_HAPPENED = re.compile(
    r"(?:so )?(?:what (?:else )?(?:has |have |had |was |is )?(?:(?:been )?(?:happened|happening|new"
    r"|reported|published|written|changed|going on)|took place|is new|happen)(?: (?:here|there))?"
    r"|was (?:ist |hat sich |gab es |wurde )?(?:neues |alles )?(?:geschah|geschehen|passierte"
    r"|passiert|getan|berichtet)|qué (?:ha )?(?:pasó|pasado|ocurrió|ocurrido|se publicó)"
    r"|что (?:случилось|произошло|было|писали)|کیا ہوا(?: تھا)?|چه (?:شد|اتفاقی افتاد))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class InTime:
    """A question as it is searched for, with the time that the original asked about.

    `apart`: its days were taken out of it, so that only a report that tells of these answers.
    """

    question: Question
    time: AskedTime
    apart: bool = False


def time_of(question: Question, catalogue: Catalogue) -> AskedTime:
    today = question.asked or date.today()
    return asked_time(question.text, today=today, newest=catalogue.newest_day())


def ways_in_time(question: Question, catalogue: Catalogue) -> Iterator[InTime]:
    """The alternative readings of a question's time, most likely first.

    Where reports of some days are asked for, first among these alone; none where all articles are
    older. Last without its days: "on 22 January" stands in no report of that day.
    """
    asked = time_of(question, catalogue)
    if asked.days is None:
        yield InTime(question, asked)
        return
    without = replace(question, text=asked.taken_out_of(question.text))
    if asked.limits:
        newest = catalogue.newest_day()
        if newest is None or asked.days.first > newest:
            return
        days = _both(question.days, asked.days)
        if days and catalogue.articles_of(days):
            yield InTime(replace(without, days=days), asked)
    yield InTime(question, asked)
    if catalogue.has_dates():
        yield InTime(without, asked, apart=True)


def requested(question: Question, catalogue: Catalogue) -> tuple[Question, Request] | None:
    """The list or summary that a question asks for, with the question restricted to the right days.

    "What happened in April?" is one, where there are articles of that month; where there are none,
    others may tell of it. None where a sentence is asked for.
    """
    asked = time_of(question, catalogue)
    if asked.days is None:
        request = request_of(question)
        return (question, request) if request else None
    without = replace(question, text=asked.taken_out_of(question.text))
    request = request_of(without)
    if request is None and _HAPPENED.fullmatch(without.text.strip(" ,¿¡?!.…؟")):
        request = Request("new", told=not catalogue.articles_of(asked.days))
    days = _both(question.days, asked.days)
    if request is None or (days and _is_over(asked.days, catalogue)):
        return None
    return (replace(without, days=days or asked.days), request)


def _is_over(days: Timespan, catalogue: Catalogue) -> bool:
    """Whether only later articles can tell of the days: there is none of them, nor an older one."""
    return not catalogue.articles_of(Timespan(last=days.last))


def _both(one: Timespan | None, other: Timespan) -> Timespan | None:
    return one.within(other) if one else other
