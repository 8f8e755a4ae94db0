"""What kind of thing a claim says that something is: "Honeymoon is an album". English only."""

import re
from collections.abc import Iterator

from footnote.index.facts.comparison import Facts
from footnote.index.facts.roles import is_done
from footnote.index.facts.units import Unit, units

_IS_A = re.compile(r"\b(?:is|was|are|were)\s{1,2}(?:an?|the)\b", re.IGNORECASE)


def says_what_it_is(facts: Facts) -> bool:
    return _IS_A.search(facts.text) is not None


def unsaid_kinds(claim: Facts, evidence: Facts) -> Iterator[Unit]:
    """The nouns of the claim by which it says what something is, that the evidence has not: "film"
    of "was a silent film by Ada Holm", "host" of "is the host seen in it"."""
    said, there = units(claim), units(evidence)
    keys = frozenset[str]().union(*(unit.keys for unit in there))
    for found in _IS_A.finditer(claim.text):
        kind = _noun([unit for unit in said if unit.span.start >= found.end()])
        if kind and keys.isdisjoint(kind.keys):
            yield kind


def _noun(following: list[Unit]) -> Unit | None:
    """The last word before a preposition, a mark or what was done."""
    noun = None
    for at, unit in enumerate(following):
        after = following[at + 1 : at + 2]
        if not unit.tells or (at and is_done(unit.text) and after and not after[0].tells):
            break
        noun = unit
    return noun if noun and noun.kind == "word" and not noun.light else None
