"""Names and figures in two rows: "Ulm and Bonn have 40 and 25 cranes". English only."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from footnote.index.facts.comparison import Facts
from footnote.index.facts.names import same_name
from footnote.index.facts.quantity import Quantity

# Of as many words as a name may have, and as many names as make a row.
_NAME = r"(?:the )?[A-Z][\w’'-]*+(?: [A-Z][\w’'-]*+){0,3}+"
_ROW = re.compile(rf"(?<![\w’'-])({_NAME}(?:, {_NAME}){{0,5}}+),? and ({_NAME})")
_BETWEEN = re.compile(r"(?:,? and|,)\s+[$€£]?")
_NEAREST = 80


def figures_of_others_in_row(claim: Facts, sentence: Facts) -> int:
    """Figures that the sentence has for another of a row of names than the claim has them for."""
    return sum(
        _is_of_another(quantity, claim, names, figures)
        for names, figures in _rows(sentence)
        for quantity in claim.quantities
    )


def _is_of_another(
    quantity: Quantity, claim: Facts, names: Sequence[str], figures: Sequence[Quantity]
) -> bool:
    named = [all(same_name(word, claim.forms) for word in name.split()) for name in names]
    there = [quantity.borne_out_by(figure) for figure in figures]
    if sum(named) != 1 or not any(there):
        return False
    return not there[named.index(True)]


def _rows(sentence: Facts) -> Iterator[tuple[Sequence[str], Sequence[Quantity]]]:
    """Each row of names with as many figures in a row behind it."""
    for match in _ROW.finditer(sentence.text):
        names = [*match[1].split(", "), match[2]]
        behind = [q for q in sentence.quantities if q.span.start >= match.end()][: len(names)]
        near = bool(behind) and behind[0].span.start - match.end() < _NEAREST
        if near and len(behind) == len(names) and _are_in_a_row(behind, sentence.text):
            yield names, behind


def _are_in_a_row(figures: Sequence[Quantity], text: str) -> bool:
    return all(
        _BETWEEN.fullmatch(text, one.span.end, other.span.start) for one, other in pairwise(figures)
    )
