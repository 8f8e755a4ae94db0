"""Timelines: dated sentences on a topic, in chronological order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from footnote.index.blocks import passage_sentences
from footnote.index.facts.dates import Date, dates
from footnote.index.finding.leaning import context_of
from footnote.index.finding.query import Query
from footnote.index.finding.quoting import Quotable
from footnote.index.keeping.lexical import LexicalIndex
from footnote.index.passages import Passage
from footnote.index.question import Question
from footnote.index.words import field_of

_MAX_CHARACTERS = 300
_MAX_EVENTS = 8
# A date that opens a sentence tells of what happened then; it stands within so many characters.
_OPENS = 12
# Two sentences that share so many of their words say the same (Jaccard index of their terms).
_SAME = 0.6
MIN_EVENTS = 2
"""Fewer are no timeline."""

_TOPIC = r"(?: (?:of|for|on|in|about|from) (?P<topic>.+))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?:(?:give|show|make|write|draw|get)(?: me| us)? |i (?:need|want) |what(?:'s|’s"
        r"| is) )?(?:an? |the )?"
        rf"(?:short |brief )?(?:timeline|time line|chronology|sequence of events){_TOPIC}",
        r"what happened (?:and )?when(?: (?:in|at|to|with|during) (?P<topic>.+))?",
        r"(?:in )?(?:what|which) order (?:did|do|were|was|have) (?P<topic>.+?)"
        r"(?: (?:happen|occur|take place|come|unfold|happened))?",
        r"(?:tell me |list |show me |describe )?(?:what happened (?:in|at|to|with"
        r"|during) )?(?P<topic>.+?)"
        r" in (?:chronological|time|temporal) order|(?:list"
        r"|show me) (?P<events>.+) in (?:the )?order of time",
        r"(?:(?:zeig|zeige|gib|erstelle?)(?: mir)? )?(?:eine )?(?:zeitleiste|zeitachse"
        r"|chronologie|chronik)"
        r"(?: (?:von|des|der|zu|zum|zur|über) (?P<topic>.+))?",
        r"was (?:geschah|passierte|ist) wann(?: passiert| geschehen)?(?: (?:in|bei"
        r"|mit) (?P<topic>.+))?",
        r"in welcher reihenfolge (?:geschah|geschahen|kamen?|wurden?|passierten?) (?P<topic>.+)",
        r"(?:(?:dame|haz|muestra) )?(?:una |la )?(?:cronología|línea de tiempo)(?: (?:de|del|sobre)"
        r" (?P<topic>.+))?",
        r"qué pasó (?:y )?cuándo(?: en (?P<topic>.+))?|en qué orden (?P<events>.+)",
        r"(?:покажи |дай |составь )?(?:хронология|хронологию|хронику|хроника)(?: (?P<topic>.+))?",
        r"что (?:и )?когда (?:произошло|случилось|происходило)(?: (?:в|во|с) (?P<topic>.+))?"
        r"|в каком порядке (?P<events>.+)",
    )
)  # fmt: skip


def timeline_topic(question: Question) -> str | None:
    """The topic of the timeline that a question asks for, in its words; None if it asks for none.

    Where the question does not say, what was asked before it.
    """
    text = question.bare
    if len(text) > _MAX_CHARACTERS:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            groups = match.groupdict()
            return groups.get("topic") or groups.get("events") or question.previous
    return None


@dataclass(frozen=True, slots=True)
class _Event:
    """A sentence with the day that it names first; what of the day is not known is 0."""

    quotable: Quotable
    day: tuple[int, int, int]


def timeline(
    query: Query, passages: Sequence[Passage], lexical: LexicalIndex, years: Mapping[str, int]
) -> tuple[list[Quotable], float]:
    """The dated sentences with most of the topic's words in chronological order, and the average
    share of these words that each has, including its title and heading.

    A date without a year has that of the date before it in its passage, else the article's, which
    `years` has by the article's id. Those of the same day stay in the order of the article.
    """
    events = [event for passage in passages for event in _events(query, passage, lexical, years)]
    best = sorted(events, key=lambda event: -event.quotable.score)
    chosen: list[_Event] = []
    for event in best:
        if len(chosen) == _MAX_EVENTS:
            break
        if not any(_repeats(event.quotable, other.quotable) for other in chosen):
            chosen.append(event)
    chosen.sort(key=lambda event: (event.day, event.quotable.passage.article, event.quotable.span))
    said = sum(event.quotable.words for event in chosen) / len(chosen) if chosen else 0.0
    return [event.quotable for event in chosen], said


def _events(
    query: Query, passage: Passage, lexical: LexicalIndex, years: Mapping[str, int]
) -> Iterator[_Event]:
    year = years.get(passage.article)
    field = field_of(passage.language)
    above = lexical.terms(f"{passage.title} {passage.heading or ''}", field)
    for span in passage_sentences(passage.text, passage.language):
        text = span.of(passage.text)
        named = [date for date in dates(text, passage.language) if date.year or date.month]
        if not named:
            continue
        first = named[0]
        year = first.year or year
        if year is None or first.decade:
            continue
        whole = span.shifted(passage.span.start)
        terms = frozenset(lexical.terms(text, field))
        own, words = (query.share_of_words(held, field) for held in (terms, terms.union(above)))
        if not context_of(passage, whole).complete:
            continue
        score = _score(own, words, first)
        yield _Event(
            Quotable(passage, whole, text, score, 0.0, 0.0, words, False, terms),
            (year, first.month or 0, first.day or 0),
        )


def _score(own: float, words: float, date: Date) -> float:
    """By the topic's words, then by how exact the date is and whether it opens the sentence."""
    exact = (date.month is not None) + (date.day is not None)
    return (words + 0.3 * own + 0.1 * exact + 0.1 * (date.span.start < _OPENS)) / 1.6


def _repeats(one: Quotable, other: Quotable) -> bool:
    shared, both = len(one.terms & other.terms), len(one.terms | other.terms)
    return shared >= _SAME * both
