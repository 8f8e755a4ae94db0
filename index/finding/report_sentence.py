"""What a sentence of a report tells beside its words: its day, its figures, the people near it."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from footnote.corpus.timespan import Timespan
from footnote.index.facts.quantities import quantities
from footnote.index.facts.quantity import Quantity
from footnote.index.finding.asked_time import times_named
from footnote.index.finding.quoting import Quotable
from footnote.index.sentences import sentence_spans
from footnote.index.words import field_of, stemmed

_MAX_CHARACTERS = 600
# What is read out of passages and sentences is kept: the same ones are found again and again.
_KEPT_TEXTS = 2048
# A sentence tells of the days that are asked about if what it names is no longer than so many times
# these: "in January" tells little of the 22nd.
_VAGUER = 4
# What a sentence says of an earlier time in a later report.
_BACKGROUND = re.compile(
    r"\b(?:earlier|initially|at first|originally|previously|formerly|in the beginning"
    r"|früher\w*|zunächst|anfangs|ursprünglich|zuvor|ehemalige\w*"
    r"|al principio|inicialmente|anteriormente|antiguo|antigua"
    r"|ранее|сначала|прежде|первоначально|поначалу|бывш\w+)\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"\b(?:(?<!have )(?<!has )had|hatten?|había|habían)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:which|where|who|that|than|when|after|before|because|die|der|das|dass|wo|nachdem|weil"
    r"|als|que|donde|cuando|porque)\b",
    re.IGNORECASE,
)
_OPENING_CLAUSE = re.compile(
    r"\W*(?:when|after|before|while|since|as|nachdem|als|während|bevor|cuando|después|antes|когда"
    r"|после)\b[^,]{0,200},",
    re.IGNORECASE,
)
# What answers "how many" without a number.
_NONE_OR_ALL = re.compile(
    r"\b(?:no one|nobody|none|nothing|no|all|every\w*|both|niemand|kein\w*|alle|nadie|ningun\w*"
    r"|ningún|todos|todas|никто|ни один|все|нет)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b[^\W\d_a-z][\w’'-]{1,40} [^\W\d_a-z][\w’'-]{1,40}")


def tells_of_days(quotable: Quotable, days: Timespan) -> bool:
    """Whether the sentence, or the title of its article or section, names one of the days."""
    passage = quotable.passage
    text = f"{quotable.text[:_MAX_CHARACTERS]}\n{passage.title}\n{passage.heading or ''}"
    named = times_named(text, day=days_of_report(quotable).last)
    return any(one.meets(days) and one.days <= _VAGUER * days.days for one in named)


def words_about(quotable: Quotable) -> frozenset[str]:
    """The words of the title and the heading, and of the passage's first sentence."""
    passage = quotable.passage
    return _words_of_lead(passage.title, passage.heading, passage.text, passage.language)


@lru_cache(maxsize=_KEPT_TEXTS)
def _words_of_lead(
    title: str, heading: str | None, text: str, language: str | None
) -> frozenset[str]:
    first = next(iter(sentence_spans(text, language)), None)
    lead = first.of(text)[:_MAX_CHARACTERS] if first else ""
    return frozenset(stemmed(f"{title} {heading or ''} {lead}", field_of(language)))


def values_of(quotable: Quotable) -> set[float]:
    return {quantity.value for quantity in _quantities(quotable) if not quantity.ordinal}


def units_of(quotable: Quotable) -> set[str]:
    return {quantity.unit for quantity in _quantities(quotable) if quantity.unit}


def _quantities(quotable: Quotable) -> Sequence[Quantity]:
    return _quantities_in(quotable.text[:_MAX_CHARACTERS], quotable.passage.language)


@lru_cache(maxsize=_KEPT_TEXTS)
def _quantities_in(text: str, language: str | None) -> tuple[Quantity, ...]:
    return tuple(quantities(text, language))


def says_none_or_all(quotable: Quotable) -> bool:
    return _NONE_OR_ALL.search(quotable.text[:_MAX_CHARACTERS]) is not None


def people_near(quotable: Quotable) -> frozenset[str]:
    """Two words with capital letters in a row, in its passage."""
    return people_in(quotable.passage.text)


@lru_cache(maxsize=_KEPT_TEXTS)
def people_in(text: str) -> frozenset[str]:
    return frozenset(_PERSON.findall(text))


def is_background(quotable: Quotable) -> bool:
    """Whether it tells what was before the report that it stands in: "In May it had been 62"."""
    text = quotable.text[:_MAX_CHARACTERS]
    opening = _OPENING_CLAUSE.match(text)
    text = text[opening.end() :] if opening else text
    had = _HAD.search(text)
    if had and not _CLAUSE.search(text, 0, had.start()):
        return True
    return _BACKGROUND.search(text) is not None


def newness(quotable: Quotable) -> tuple[date, float]:
    return report_day(quotable), quotable.score


def report_day(quotable: Quotable) -> date:
    """The day of its article; of one that does not say it none is older."""
    return days_of_report(quotable).first if quotable.passage.date else date.min


def days_of_report(quotable: Quotable) -> Timespan:
    written = quotable.passage.date or quotable.passage.added
    return _days_of(written) if written else Timespan()


_days_of = lru_cache(maxsize=_KEPT_TEXTS)(Timespan.of)  # asked several times of each sentence
