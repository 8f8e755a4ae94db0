"""The order in time that a claim states, held against what the evidence tells of it.

English only. "China, Iran and Russia are members" says of none of them that it joined first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from footnote.corpus.language import primary_language
from footnote.index.facts.comparison import Facts
from footnote.index.facts.dates import Date
from footnote.index.facts.roles import is_verb

_ORDER = re.compile(r"\b(?:(before|earlier than|prior to|sooner than)|(after|later than))\b", re.I)
# "Named after", "looked after": no order.
_NO_ORDER = re.compile(
    r"\b(?:nam(?:ed|ing)|call(?:ed|ing)|look(?:s|ed|ing)?|sought|model(?:l?ed)?|tak(?:es?|ing|en)"
    r"|took|ask(?:s|ed)?)\s+$",
    re.I,
)
# What follows is a time, or stands for something else.
_NO_EVENT = re.compile(
    r"\s+(?:\d|that\b|this\b|it\b|them\b|him\b|her\b|which\b|all\b|about\b|only\b|one\b|two\b"
    r"|an?\s|more\b|less\b|the (?:age|end|start|beginning|turn|first|second)\b|long\b|then\b)",
    re.I,
)
# What may tell an order in other words.
_TELLS = re.compile(
    r"\b(?:before|after|afterwards?|earl(?:y|ier|iest)|later?|latest|latter|then|when|whenever|once"
    r"|follow\w*|since|until|till|previous\w*|subsequent\w*|first|next|last|prior|ago|former\w*"
    r"|already|preced\w*|succe(?:ed|ss)\w*|new(?:er|est)|old(?:er|est)|by the time|upon|second"
    r"|third|fourth|fifth|initial\w*|original\w*|eventual\w*|final\w*|start\w*|beg[aiu]n\w*"
    r"|again|still|yet|replac\w*|result\w*|led to|now|today|recent\w*|ahead|behind)\b",
    re.I,
)
_SPLIT = re.compile(
    r"[,;:()]|\.(?!\w)|\b(?:and|but|while|when|who|which|where|before|after|as well as)\b", re.I
)
_TIMES_TEXT = "day days week weeks month months year years later earlier early late following same"
_TIMES = frozenset(_TIMES_TEXT.split())
_DID = re.compile(r"\b(?:did|does|do|was|were|is|are|could|would|will|has|have|had)\b")
_END = re.compile(r"[,;:()]|\.(?!\w)")


@dataclass(frozen=True, slots=True)
class _Order:
    """The stems of what was first, or is said to have been, and of what was later; `named`: the
    one that the other is compared with is a mere name."""

    first: frozenset[str]
    later: frozenset[str]
    named: bool


class Order(Enum):
    """What the evidence tells of an order that the claim states; SAID also where it has no part in
    it, or cannot be understood."""

    SAID = "said"
    UNSAID = "unsaid"
    REVERSED = "reversed"


def order_in(claim: Facts, evidence: Facts) -> Order:
    """Whether the evidence bears out which of two things was before the other, tells no order and
    names both of them or one of them alone, or has it the other way round.

    The order is told by words, by the dates of both or, of two things that one has done, by which
    is told first.
    """
    said = _orders(claim) if primary_language(claim.language, "en") == "en" else []
    if len(said) != 1:
        return Order.SAID
    [order] = said
    parts = _parts(evidence)
    first, later = _place(order.first, parts), _place(order.later, parts)
    if first is None or later is None:
        there = _stems(evidence)
        lacking = order.first if first is None else order.later
        alone = (first is None) != (later is None) and there.isdisjoint(lacking)
        return Order.UNSAID if alone and not _orders(evidence) else Order.SAID
    earlier = None if first == later else _is_earlier(parts, first, later)
    if earlier is not None:
        return Order.SAID if earlier else Order.REVERSED
    told = _orders(evidence)
    if any(_is_reversed(order, other) for other in told):
        agrees = any(_is_reversed(order, _Order(o.later, o.first, o.named)) for o in told)
        return Order.SAID if agrees else Order.REVERSED
    if _tells(evidence):
        return Order.SAID
    if order.named:
        return Order.UNSAID
    goes_back = later < first and _goes_on(parts[first], evidence)
    return Order.REVERSED if goes_back else Order.SAID


def _goes_on(part: Facts, evidence: Facts) -> bool:
    """Whether it is what the same one did next: "and moved to Bonn", not "the dam burst, caused by
    rain" nor "he moved to Bonn, having studied in Ulm"."""
    return bool(part.words) and is_verb(part.words, 0) and f"and{part.text}" in evidence.text


def _tells(evidence: Facts) -> bool:
    return bool(_TELLS.search(evidence.text)) or len(evidence.dates) > 1


def _orders(facts: Facts) -> list[_Order]:
    """What is said to be before what."""
    text, found = facts.text, list[_Order]()
    before_dates = {date.span.start for date in facts.dates if date.bound}
    for match in _ORDER.finditer(text):
        if len(text) - len(text[match.end() :].lstrip()) in before_dates:
            continue
        if _NO_EVENT.match(text, match.end()) or _NO_ORDER.search(text[: match.start()]):
            continue
        if match[0][0].isupper() and text[: match.start()].strip():  # "The Night Before"
            continue
        head = text[: match.start()]
        only = head.strip().casefold() == "only"  # "Only after the vote did she resign"
        end = (_DID if only else _END).search(text, match.end())
        tail = text[match.end() : end.start() if end else len(text)]
        if only:
            head = ""
        if not any(map(str.isalnum, head)):  # "After the war, …"
            head = text[end.end() :] if end else ""
        own = Facts(tail, facts.language, facts.stem)
        other = Facts(head, facts.language, facts.stem)
        one, two = _stems(other), _stems(own)
        named = bool(own.words) and all(w.name or not w.stem for w in own.words)
        if named and (names := _stems_of_names(other)):
            one = names
        one, two = one - two, two - one
        if one and two:
            before = bool(match[1])
            found.append(_Order(one if before else two, two if before else one, named))
    return found


def _stems(facts: Facts) -> frozenset[str]:
    return frozenset(word.stem for word in facts.words if word.stem)


def _stems_of_names(facts: Facts) -> frozenset[str]:
    """Those of the names that it begins with."""
    found: list[str] = []
    for word in facts.words:
        if word.stem and not word.name and found:
            break
        found += [word.stem] if word.name and word.stem else []
    return frozenset(found)


def _parts(evidence: Facts) -> list[Facts]:
    """A mere date ("On 3 June, …") is no part of its own."""
    parts, opening = list[Facts](), ""
    for part in _SPLIT.split(evidence.text):
        facts = Facts(opening + part, evidence.language, evidence.stem)
        opening = f"{part}, " if not opening and _is_mere_date(facts) else ""
        if part.strip() and not opening:
            parts.append(facts)
    return parts


def _is_mere_date(facts: Facts) -> bool:
    rest, end = "", 0
    for date in facts.dates:
        rest, end = rest + facts.text[end : date.span.start] + " ", date.span.end
    others = Facts(rest + facts.text[end:], facts.language, facts.stem).words
    return bool(facts.dates) and all(word.text in _TIMES for word in others if word.stem)


def _place(stems: frozenset[str], parts: Sequence[Facts]) -> int | None:
    """The part that has most of it, verbs before all; of several, one with a date."""
    shares = [(*_share(stems, part), bool(part.dates), -at) for at, part in enumerate(parts)]
    _, most, _, place = max(shares, default=(0, 0, False, 0))
    return -place if most >= max(len(stems) / 2, 1) else None


def _share(stems: frozenset[str], part: Facts) -> tuple[int, int]:
    """How much of it there is, with each verb counted twice, and once."""
    verbs = {word.stem for at, word in enumerate(part.words) if is_verb(part.words, at)}
    there = stems & _stems(part)
    return len(there) + len(there & verbs), len(there)


def _date_of(parts: Sequence[Facts], at: int) -> Date | None:
    """Its own, or else the next one's."""
    return next((part.dates[0] for part in parts[at : at + 2] if part.dates), None)


def _is_earlier(parts: Sequence[Facts], first: int, later: int) -> bool | None:
    """Whether the date of the one is; None where they do not tell."""
    one, other = _date_of(parts, first), _date_of(parts, later)
    if one is None or other is None or (one.year is None) != (other.year is None):
        return None
    if one.decade or other.decade:
        return None
    for mine, theirs in ((one.year, other.year), (one.month, other.month), (one.day, other.day)):
        if mine != theirs:
            return mine < theirs if mine and theirs else None
    return None


def _is_reversed(claim: _Order, other: _Order) -> bool:
    """Whether each is more of what the other text puts in the other's place."""
    return len(claim.first & other.later) > len(claim.first & other.first) and len(
        claim.later & other.first
    ) > len(claim.later & other.later)
