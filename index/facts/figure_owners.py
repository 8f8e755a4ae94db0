"""What each figure of a sentence belongs to, where the sentence has several of them.

"Close to 90% of exports and 50% of imports"; "trade with Chile grew by 285%, with Honduras by
420%"; "Butare, which has 89,600 residents". English only, but for the first.
"""

import re

from footnote.index.facts.comparison import Facts
from footnote.index.facts.names import name_forms, same_name
from footnote.index.facts.quantity import Quantity

_PART = re.compile(r";|,\s+(?:and|but|while)\b")
_RELATIVE = re.compile(
    r"(?<![\w’'-])([A-Z][\w’'-]*+(?: [A-Z][\w’'-]*+){0,5}),? (?:which|who|where|whose)\b([^,;]*+)"
)
_JOINS = frozenset(("or", "to", "and"))
_FAR_WORDS, _PAUSE = 5, re.compile(r"[,;:()]")


def figures_of_others(claim: Facts, sentence: Facts) -> int:
    """How many of the claim's figures are in this sentence those of something else."""
    return sum(
        not figure.ordinal
        and (
            _counts_another(figure, claim, sentence)
            or _is_of_another_name(figure, claim, sentence)
            or _is_in_clause_of_another(figure, claim, sentence)
            or _is_of_another_time(figure, claim, sentence)
        )
        for figure in claim.quantities
    )


def _counts_another(figure: Quantity, claim: Facts, sentence: Facts) -> bool:
    """Whether another figure of the same unit counts what the claim's does, and this one something
    that the claim has no word for."""
    said = _after(figure, claim)
    there = [other for other in sentence.quantities if figure.comparable(other)]
    same = [other for other in there if figure.borne_out_by(other)]
    others = [other for other in there if not figure.borne_out_by(other)]
    counted = [_after(other, sentence) for other in same]
    words = {word.stem for word in claim.words}
    if not said or not same or not others or not all(their - words for their in counted):
        return False
    own = said.difference(*counted)
    return any(own & _after(other, sentence) for other in others)


def _after(figure: Quantity, facts: Facts) -> frozenset[str]:
    """The stems of what it counts; of "four or five areas" the other figure says that."""
    if figure.after[:1] and figure.after[0].casefold() in _JOINS:
        return frozenset()
    return frozenset(stem for word in figure.after if (stem := facts.stem(word)))


def _is_of_another_name(figure: Quantity, claim: Facts, sentence: Facts) -> bool:
    """Whether another figure of the same unit stands right behind the claim's name, and this one
    behind a name that the claim has not."""
    if not claim.names:
        return False
    there = [other for other in sentence.quantities if figure.comparable(other)]
    thing = {claim.stem(word) for word in figure.after[:1]} - {""}
    counted = [other for other in there if thing & _after(other, sentence)]
    there = counted if len(counted) > 1 else there
    owners = [_owner(there, at, sentence) for at in range(len(there))]
    if len(there) < 2 or None in owners:
        return False
    own = [_is_of(claim, owner or ()) for owner in owners]
    same = [its for its, other in zip(own, there, strict=True) if figure.borne_out_by(other)]
    others = [its for its, other in zip(own, there, strict=True) if not figure.borne_out_by(other)]
    return bool(same) and not any(same) and any(others)


def _owner(there: list[Quantity], at: int, sentence: Facts) -> tuple[str, ...] | None:
    """The name right before it."""
    start = there[at - 1].span.end if at else 0
    text = sentence.text[start : there[at].span.start]
    names = Facts(text, sentence.language, sentence.stem).names
    if not names:
        return None
    between = text.rpartition(names[-1][-1])[2].removeprefix(" (")
    far = len(between.split()) > _FAR_WORDS or _PAUSE.search(between)
    return None if far else names[-1]


def _is_of(claim: Facts, name: tuple[str, ...]) -> bool:
    of_each = [{form for word in its for form in name_forms(word)} for its in claim.names]
    return any(all(same_name(word, forms) for word in name) for forms in of_each)


def _is_in_clause_of_another(figure: Quantity, claim: Facts, sentence: Facts) -> bool:
    """Whether it stands only in a clause that is about a name which the claim has not, and the
    claim has another name of the sentence."""
    for match in _RELATIVE.finditer(sentence.text):
        inside = range(match.start(2), match.end(2))
        there = [other for other in sentence.quantities if figure.borne_out_by(other)]
        if not there or any(other.span.start not in inside for other in there):
            continue
        rest = sentence.text[: match.start()] + sentence.text[match.end(1) :]
        forms = name_forms(rest)
        named = [name for name in claim.names if all(same_name(word, forms) for word in name)]
        owner = name_forms(match[1])
        if named and not any(same_name(w, owner) for name in claim.names for w in name):
            return True
    return False


def _is_of_another_time(figure: Quantity, claim: Facts, sentence: Facts) -> bool:
    """Whether it stands only in parts of the sentence with another date, and the claim's date in
    one of its own: "it had 24 shops by 1967, and by 1968 it sold abroad"."""
    if len(claim.dates) != 1 or len(sentence.dates) < 2:
        return False
    [date] = claim.dates
    texts = _PART.split(sentence.text)
    parts = [Facts(text, sentence.language, sentence.stem) for text in texts]
    has_it = [any(figure.borne_out_by(other) for other in part.quantities) for part in parts]
    dated = [[date.differs_from(other) for other in part.dates] for part in parts]
    own = any(its and not all(its) for its in dated)
    with_it = [_date_before(dated, at) for at, its in enumerate(has_it) if its]
    return own and bool(with_it) and all(its and all(its) for its in with_it)


def _date_before(dated: list[list[bool]], at: int) -> list[bool]:
    """What the dates of a part, or else of the last one before it that has some, tell."""
    return next((its for its in reversed(dated[: at + 1]) if its), [])
