"""Changing facts: of several reports that answer, the one from the time asked about comes first.

"How many are ill?" gets the newest report, and what older ones said instead below it; "How many
were ill on Monday?" gets the report of that day, or none for sure where there is none of it.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from footnote.corpus.timespan import FIRST, Timespan
from footnote.index.facts.dates import dates
from footnote.index.finding.asked_time import AskedTime
from footnote.index.finding.kind import OPENING, Kind, expected_kind
from footnote.index.finding.quoting import Quotable
from footnote.index.finding.report_sentence import (
    days_of_report,
    is_background,
    newness,
    people_in,
    people_near,
    report_day,
    says_none_or_all,
    tells_of_days,
    units_of,
    values_of,
    words_about,
)
from footnote.index.keeping.lexical import LexicalIndex
from footnote.index.words import field_of

# Whether a report is on the same matter as the best one: a logistic regression on 181 pairs of the
# open half of the questions of bench/own/moving. How far its best sentence is behind in log-odds,
# how many of the question's words that the best has it has too, how alike their passages are
# (cosine of TF-IDF), whether they share a person; and for a number, whether it counts other things.
_BEHIND, _COVERS, _ALIKE, _SHARES_A_PERSON, _COUNTS_OTHERS = 1.0, 2.0, 4.0, 3.0, -0.5
_ENOUGH = 0.4
_FARTHEST = -12.0
# "Nordlys now offers 355 million pounds", 3.4 behind, is no number of ships; "41,000 are still in
# the camps" and the like, whose things the question calls otherwise, are up to 2.4 behind.
_FAR_BEHIND = -3.0
_MIN_COVERED = 0.3
# What a report of the days that are asked about says comes before what a later one says of them,
# unless it is so far behind.
_OF_THEN = 0.3
# Where nothing was read, scores differ less: a share of the best one's is worth so much.
_OF_UNREAD = 15.0
# Of the best one's odds an older report's sentence has so much if it is told to be what was said
# before. "Several former TTP commanders swore allegiance" (.24) is not who led the TTP earlier.
_OF_BEST_ODDS = 0.3
# And so much for itself, where it is asked who somebody is: of all questions, one of 10 changes
# that are shown was not.
_MIN_EARLIER = 1 / 3
_MAX_EARLIER = 2
MIN_DAYS = 2
"""Where the reports are all of one day, nothing has moved."""
_LESS_FOR_OTHERS = 0.5
# A report of the day after tells of a day that is asked for, too.
_DAYS_LATE = 1
_MAX_TERMS = 400
_PAST = re.compile(
    r"\b(?:did|was|were|had|wurden?|waren?|hatten?|fue|fueron|era|eran|был[аои]?)\b"
    r"|^\W*(?:who|what|which \w{1,30}) \w{2,30}ed\b",
    re.IGNORECASE,
)
# Who is its president, who leads it: not who sang it.
_ASKS_WHO_IT_IS = re.compile(
    OPENING + r"who(?:[’']s| is| are"
    r"| (?:\w{2,20}ly |now )?(?!(?:was|has|does)\b)[a-z]{3,20}s)\b",
    re.IGNORECASE,
)
_ASKS_YES_OR_NO = re.compile(
    r"^\W*(?:is|are|has|have|does|do|will|can|may|ist|sind|hat|haben|wird|werden|kann|está|están"
    r"|es|son|hay|ha|han)\b",
    re.IGNORECASE,
)
# What was paid once, and what is measured: neither is told by whatever newer figure there is.
_ASKS_WHAT_WAS_PAID = re.compile(
    r"\b(?:how much|what) did\b[^?]{1,80}\bcost\b"
    r"|\bwie ?viel (?:hat|haben)\b[^?]{1,80}\bgekostet\b"
    r"|\bcuánto (?:costó|costaron)\b|\bсколько стоил[аои]?\b",
    re.IGNORECASE,
)
_ASKS_FOR_A_MEASURE = re.compile(r"\bhow (?:long|wide|tall|high|deep|far)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_DETERMINERS = frozenset(("the", "der", "die", "das", "dem", "den", "el", "la", "los", "las"))
_GENITIVE = re.compile(r"[’']s?$")


def moves(question: str, asked: AskedTime) -> bool:
    """Whether reports from different days may answer the question differently."""
    return asked.days is not None or asked.present or _asks_for_a_state(question)


@dataclass(frozen=True, slots=True)
class Timed:
    """The sentences, with those from the time asked about first.

    `earlier` are what older reports say instead of the first of them, the newest first; `newest`
    says that it is the newest of several reports. Not `covered`: of the time that the question
    names there is no report, so that what is ranked first answers for another; `of_then`: a dated
    report was found to tell of it.
    """

    ranked: Sequence[Quotable]
    earlier: Sequence[Quotable] = ()
    newest: bool = False
    covered: bool = True
    of_then: bool = False


def timed(
    ranked: Sequence[Quotable], question: str, asked: AskedTime, lexical: LexicalIndex
) -> Timed:
    """Reorders the ranked sentences (best first) for the time the question asks about.

    Only the best sentences of reports on the same matter as the best of all may be put before it.
    Articles that give no date keep their places.
    """
    asks_for_holder = _ASKS_WHO_IT_IS.search(question) and not _asks_who_somebody_is(question)
    if ranked and asked.days is None and asks_for_holder:
        ranked = _in_force(ranked)
    if not ranked or ranked[0].passage.date is None:
        return Timed(ranked)
    if asked.days is not None:
        return _of_that_time(_Reports(ranked, question, lexical), asked.days)
    reports = _Reports(ranked, question, lexical)
    if moves(question, asked):
        return _newest_first(reports)
    return Timed(ranked)


def _in_force(ranked: Sequence[Quotable]) -> Sequence[Quotable]:
    """The ranked sentences, with the one of the latest year in place of the best, where the article
    of both tells of a state that has changed and it answers nearly as likely.

    Who leads it is not who became its head in 2013, where another has been so since 2018.
    """
    best = ranked[0]
    if best.reading is None or (year := _last_year(best)) is None:
        return ranked
    later = [
        quotable
        for quotable in ranked
        if quotable.passage.article == best.passage.article
        and quotable.reading is not None
        and _logit(quotable.score) - _logit(best.score) >= math.log(_OF_BEST_ODDS)
        and (_last_year(quotable) or 0) > year
        and not is_background(quotable)
    ]
    if not later:
        return ranked
    first = max(later, key=lambda quotable: (_last_year(quotable) or 0, quotable.score))
    return _put_first([q for q in ranked if q is not best], first, best.score)


def _last_year(quotable: Quotable) -> int | None:
    told = dates(quotable.text, quotable.passage.language)
    return max((date.year for date in told if date.year), default=None)


def _newest_first(reports: "_Reports") -> Timed:
    best = reports.ranked[0]
    if not reports.of_several_days or len({report_day(q) for q in reports.alike}) < MIN_DAYS:
        return Timed(reports.ranked)
    able = [q for q in reports.alike if not is_background(q)] or [best]
    first = max(able, key=newness)
    earlier: list[Quotable] = []
    older = [q for q in able if report_day(q) < report_day(first)]
    set_aside = set(map(id, older))
    rivals = [q for q in older if reports.rivals(q)]
    several = bool(rivals) or first is not best
    for quotable in sorted(rivals, key=newness, reverse=True):
        if all(reports.differ(quotable, one) for one in (first, *earlier)):
            earlier.append(quotable)
    # The best stays, too, unless it is told as what was said earlier.
    left = [
        q
        for q in reports.ranked
        if (q is best and q not in earlier)
        or (id(q) not in set_aside and not _is_older_rival(q, first, reports))
    ]
    kept = set(map(id, left))
    others = (q for q in reports.ranked if id(q) not in kept)
    ranked = _put_first([*left, *others], first, best.score)
    return Timed(ranked, earlier[:_MAX_EARLIER], several)


def _of_that_time(reports: "_Reports", days: Timespan) -> Timed:
    """That of a report of these days or, of the same matter, what a later one says of them.

    How a thing that is no count stood is told by the last report before, too, if there is a later
    one or none says otherwise.
    """
    best, late = reports.ranked[0], timedelta(days=_DAYS_LATE)
    near = Timespan(days.first, days.last + late if days.last < date.max - late else days.last)
    told = [q for q in reports.spoken_for if tells_of_days(q, days)]
    reported = [q for q in reports.alike if days_of_report(q).meets(near) and not is_background(q)]
    if told or reported:
        open_ended = days.first == FIRST  # "by Monday" asks how it stood on Monday
        of_then = max(reported, key=newness if open_ended else _score, default=None)
        of_later = max(told, key=_score, default=None)
        if of_then is None or (of_later and of_then.score < _OF_THEN * of_later.score):
            of_then = of_later
        first = of_then or best
        return Timed(_put_first(reports.ranked, first, best.score), of_then=True)
    others = [q for q in reports.alike if not is_background(q)]
    before = [q for q in others if days_of_report(q).last < days.first]
    if before and reports.kind is not Kind.NUMBER:
        first = max(before, key=newness)
        return Timed(_put_first(reports.ranked, first, best.score), of_then=True)
    return Timed(reports.ranked, covered=False)


@dataclass(frozen=True)
class _Reports:
    """The ranked sentences of reports, and which of them are on one matter."""

    ranked: Sequence[Quotable]
    question: str
    lexical: LexicalIndex

    @cached_property
    def kind(self) -> Kind:
        return expected_kind(self.question)

    @property
    def of_several_days(self) -> bool:
        """Whether the reports, whatever they are on, are of days enough for something to move."""
        return len({report_day(q) for q in self.ranked if q.passage.date}) >= MIN_DAYS

    @cached_property
    def alike(self) -> list[Quotable]:
        """The best sentence of each report that may answer as the best one of all does."""
        return [run[0] for run in self._able]

    @property
    def spoken_for(self) -> list[Quotable]:
        """All sentences of those that may answer."""
        return [quotable for run in self._able for quotable in run]

    def differ(self, one: Quotable, other: Quotable) -> bool:
        """Whether they say different things; of a number: each has one that the other has not."""
        if self.kind is Kind.NUMBER:
            mine, theirs = values_of(one), values_of(other)
            return not (mine and theirs) or not (mine <= theirs or theirs <= mine)
        return one.terms != other.terms

    def rivals(self, quotable: Quotable) -> bool:
        """Whether it answers nearly as likely as the best, so that one of them must be out of date.

        That another number for the same thing does is told by the number.
        """
        return self.kind is Kind.NUMBER or (
            self._behind(quotable) >= math.log(_OF_BEST_ODDS)
            and (
                quotable.score >= _MIN_EARLIER
                or quotable.reading is None
                or not _ASKS_WHO_IT_IS.search(self.question)
            )
        )

    def may_answer(self, quotable: Quotable) -> bool:
        """Asked of the same sentences several times."""
        known = self._may_answer.get(id(quotable))
        if known is None:
            known = self._may_answer[id(quotable)] = self._found_to_answer(quotable)
        return known

    @cached_property
    def _may_answer(self) -> dict[int, bool]:
        return {}

    def _found_to_answer(self, quotable: Quotable) -> bool:
        """What is told by words alone is looked at before what is read out of the sentence."""
        best = self.ranked[0]
        if quotable is best:
            return True
        is_count = self.kind is Kind.NUMBER
        if quotable.passage.date is None or (
            not is_count and quotable.other_kind > best.other_kind
        ):
            return False
        if self._names_another(words_about(quotable)):
            return False
        field = field_of(best.passage.language)
        context = words_about(quotable) | quotable.terms
        covers = self._weight(self._needed & context, field) / max(self._needed_weight, 1e-9)
        if covers < _MIN_COVERED:
            return False
        if self._counts_others(quotable) and self._behind(quotable) < _FAR_BEHIND:
            return False
        if is_count and not (values_of(quotable) or says_none_or_all(quotable)):
            return False
        if self._is_measured and not units_of(quotable):
            return False
        people = people_near(quotable) & people_near(best)
        return (
            _BEHIND * max(self._behind(quotable), _FARTHEST)
            + _COVERS * covers
            + _ALIKE * self._likeness(quotable.passage.key)
            + _SHARES_A_PERSON * bool(people - people_in(self.question))
            + _COUNTS_OTHERS * self._counts_others(quotable)
        ) >= _ENOUGH

    @cached_property
    def _needed(self) -> set[str]:
        """The question's words that the best sentence, its title, heading or lead has."""
        best = self.ranked[0]
        asked = self.lexical.terms(self.question, field_of(best.passage.language))
        return set(asked) & (words_about(best) | best.terms)

    @cached_property
    def _needed_weight(self) -> float:
        return self._weight(self._needed, field_of(self.ranked[0].passage.language))

    @cached_property
    def _is_measured(self) -> bool:
        """Whether a length is asked for, and the best sentence gives one in metres or the like."""
        asked = _ASKS_FOR_A_MEASURE.search(self.question)
        return asked is not None and bool(units_of(self.ranked[0]))

    def _counts_others(self, quotable: Quotable) -> bool:
        """Whether a number is asked for, and it has one of other things only."""
        return self.kind is Kind.NUMBER and quotable.other_kind and not says_none_or_all(quotable)

    @cached_property
    def _able(self) -> Sequence[Sequence[Quotable]]:
        """Of each article its sentences that may answer, best first."""
        found: list[list[Quotable]] = []
        in_order = sorted(
            enumerate(self.ranked), key=lambda item: (item[1].passage.article, item[0])
        )
        for _, run in groupby(in_order, key=lambda item: item[1].passage.article):
            able = [quotable for _, quotable in run if self.may_answer(quotable)]
            # What tells of before comes after what tells of its own day.
            able.sort(key=lambda q: (is_background(q), -self._odds(q)))
            if able:
                found.append(able)
        return found

    def _odds(self, quotable: Quotable) -> float:
        """Log-odds that it answers, less where it counts other things."""
        return _logit(quotable.score) - _LESS_FOR_OTHERS * self._counts_others(quotable)

    def _behind(self, quotable: Quotable) -> float:
        best = self.ranked[0]
        if getattr(best, "reading", None) is None:
            return _OF_UNREAD * (quotable.score / max(best.score, 1e-9) - 1)
        return _logit(quotable.score) - _logit(best.score)

    def _names_another(self, context: frozenset[str]) -> bool:
        """Whether the thing that is asked for by its name and kind, "the Tollan bridge", is another
        of that name."""
        of_name = (of_kind for named, of_kind in self._things_named if named <= context)
        of_kind = next(of_name, None)
        return of_kind is not None and not of_kind <= context

    @cached_property
    def _things_named(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        """The words of the name and of the kind, of things that the best report is about."""
        found = []
        words, best = _WORD.findall(self.question), self.ranked[0]
        for before, name, thing in zip(words, words[1:], words[2:], strict=False):
            # Not "did Tollan offer", nor "Tollan's coach", who need not be named with it.
            determined = before.casefold() in _DETERMINERS and not _GENITIVE.search(name)
            if determined and name[0].isupper() and thing[0].islower():
                field = field_of(best.passage.language)
                of_kind = frozenset(self.lexical.terms(thing, field))
                if of_kind and of_kind <= words_about(best):
                    found.append((frozenset(self.lexical.terms(name, field)), of_kind))
        return found

    def _likeness(self, key: int) -> float:
        """Of a passage to that of the best, from 0 to 1."""
        if key not in self._likenesses:
            mine, theirs = (self._terms[k] for k in (key, self.ranked[0].passage.key))
            field = field_of(self.ranked[0].passage.language)
            self._likenesses[key] = self._weight(mine & theirs, field, 2) / max(
                math.sqrt(self._weight(mine, field, 2) * self._weight(theirs, field, 2)), 1e-9
            )
        return self._likenesses[key]

    @cached_property
    def _likenesses(self) -> dict[int, float]:
        return {}

    @cached_property
    def _terms(self) -> Mapping[int, frozenset[str]]:
        """The words of each passage, in its title too."""
        found: dict[int, set[str]] = {}
        for quotable in self.ranked:
            passage = quotable.passage
            terms = found.setdefault(passage.key, set())
            terms |= quotable.terms
        for passage in {q.passage.key: q.passage for q in self.ranked}.values():
            found[passage.key].update(self.lexical.terms(passage.title, field_of(passage.language)))
        return {key: frozenset(sorted(terms)[:_MAX_TERMS]) for key, terms in found.items()}

    def _weight(self, terms: Iterable[str], field: str, power: int = 1) -> float:
        return sum(self._idf(term, field) ** power for term in terms)

    def _idf(self, term: str, field: str) -> float:
        if (term, field) not in self._known:
            self._known[term, field] = self.lexical.idf(term, field)
        return self._known[term, field]

    @cached_property
    def _known(self) -> dict[tuple[str, str], float]:
        return {}


def _asks_who_somebody_is(question: str) -> bool:
    """Whether it gives the name: what they did last does not tell who Ada Winter is."""
    return expected_kind(question) is Kind.DEFINITION


def _asks_for_a_state(question: str) -> bool:
    """Whether it asks how something is, or for a number, which grows: not what once happened."""
    if _ASKS_WHAT_WAS_PAID.search(question):
        return False
    if expected_kind(question) is Kind.NUMBER or _ASKS_YES_OR_NO.search(question):
        return True
    return _PAST.search(question) is None


def _is_older_rival(quotable: Quotable, first: Quotable, reports: _Reports) -> bool:
    """Whether an older report says it, or the same one of before, and it may answer."""
    older = report_day(quotable) < report_day(first) or is_background(quotable)
    return quotable is not first and older and reports.may_answer(quotable)


def _score(quotable: Quotable) -> float:
    return quotable.score


def _put_first(ranked: Sequence[Quotable], first: Quotable, score: float) -> list[Quotable]:
    raised = replace(first, score=max(first.score, score))
    return [raised, *(quotable for quotable in ranked if quotable is not first)]


def _logit(score: float) -> float:
    score = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(score / (1 - score))
