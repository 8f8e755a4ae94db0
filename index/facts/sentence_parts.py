"""The parts of a sentence, and what each of them says of somebody else.

"Zhang Deguang was the first, and Zhang Ming has held the post since 2022." English only, but for
figures and dates.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from footnote.index.facts.clauses import Word
from footnote.index.facts.comparison import Facts
from footnote.index.facts.dates import Date
from footnote.index.facts.names import name_forms, same_name
from footnote.index.facts.quantity import Quantity
from footnote.index.facts.roles import is_verb

# What comes after it may have another subject than what comes before.
_NEW_PART = re.compile(
    r";|,\s+(?:and|but|while|whereas|although|though)\b"
    r"|,?\sas (?:do|does|did|is|was|are|were|has|have|had)\b"
)
# What may stand for something that another part names.
_REFERS = re.compile(
    r"\b(?:he|she|it|they|him|them|his|her|its|their|this|these|those|that|such|both|same|there"
    r"|the)\b",
    re.IGNORECASE,
)
_PRONOUNS, _WHERE = frozenset(("it", "he", "she", "they")), frozenset(("on", "in", "at"))
_SAYS = frozenset(("is", "are", "was", "were", "will", "has", "have", "had"))


def figures_of_another(claim: Facts, sentence: Facts) -> int:
    """Dates and figures that only such parts of the sentence have as begin with another name:
    "Zhang Deguang was the first, and Zhang Ming has held the post since 2022."."""
    parts = list(_parts(sentence))
    if len(parts) < 2 or not claim.names:
        return 0
    own = [not _has_another_subject(claim, part) for part in parts]
    if not any(own):
        return 0
    stated: list[Date | Quantity] = [*claim.dates, *claim.quantities]
    return sum(
        any(has(part, fact) for part in parts)
        and not any(its and _has_or_goes_on(parts[: at + 1], fact) for at, its in enumerate(own))
        for fact in stated
    )


def _has_or_goes_on(parts: Sequence[Facts], fact: Date | Quantity) -> bool:
    """Whether the last part has it; a date goes on until there is another: "In May the talks
    failed, and three days later…"."""
    *before, last = parts
    if has(last, fact) or isinstance(fact, Quantity):
        return has(last, fact)
    goes_on = not any(fact.differs_from(other) for other in last.dates)
    return goes_on and any(has(part, fact) for part in before)


def names_of_another(claim: Facts, sentence: Facts) -> int:
    """Names that only such parts have as begin with another name than what the claim says them of:
    "Ulm elected Ada Frei, and Bonn elected Omar Keller"."""
    parts, doer = list(_parts(sentence)), _doer(claim, near=True)
    if len(parts) < 2 or not doer or len(claim.names) < 2:
        return 0
    begins = [_doer(part) for part in parts]
    own = [_has_name(part, doer) for part in parts]
    if not any(own) or any(
        its and (doer.isdisjoint(begin) or _REFERS.search(part.text))
        for its, begin, part in zip(own, begins, parts, strict=True)
    ):
        return 0
    others = [name for name in claim.names if doer.isdisjoint(map(str.casefold, name))]
    return sum(_is_said_of_others(name, parts, begins, own) for name in others)


def _is_said_of_others(
    name: Sequence[str],
    parts: Sequence[Facts],
    begins: Sequence[frozenset[str]],
    own: Sequence[bool],
) -> bool:
    there = [at for at, part in enumerate(parts) if _has_name(part, name)]
    return bool(there) and all(begins[at] and not own[at] for at in there)


def _doer(facts: Facts, *, near: bool = False) -> frozenset[str]:
    """The words of the names before the first verb; if `near`, only where one is right before."""
    words = facts.words
    verb = next((n for n in range(len(words)) if words[n].text in _SAYS or is_verb(words, n)), 0)
    if near and not (verb and words[verb - 1].name):
        return frozenset()
    return frozenset(word.text for word in words[:verb] if word.name and word.stem)


def _has_name(part: Facts, name: Collection[str]) -> bool:
    """Also as a part of a name with hyphens."""
    text = part.text.casefold()
    return all(same_name(word, part.forms) or word.casefold() in text for word in name)


def _parts(sentence: Facts) -> Iterator[Facts]:
    begin = 0
    for match in (*_NEW_PART.finditer(sentence.text), None):
        end = match.start() if match else len(sentence.text)
        yield Facts(sentence.text[begin:end], sentence.language, sentence.stem)
        begin = end


def _has_another_subject(claim: Facts, part: Facts) -> bool:
    """Whether there is a name before its verb, and none that the claim has."""
    verb = next((at for at in range(len(part.words)) if is_verb(part.words, at)), 0)
    if any(word.text in _PRONOUNS for word in part.words[:1]):
        return False
    before = {word.text for word in _of_subject(part.words, verb) if word.name}
    said = [{form for word in name for form in name_forms(word)} for name in claim.names]
    there = [name for name in part.names if any(word.casefold() in before for word in name)]
    return bool(there) and not any(
        all(same_name(word, forms) for word in name) for name in there for forms in said
    )


def _of_subject(words: Sequence[Word], verb: int) -> Sequence[Word]:
    """The words before a verb without the clause that says where: "In Ulm, the film was …"."""
    if verb and words[0].text in _WHERE and words[0].clause != words[verb].clause:
        return [word for word in words[:verb] if word.clause != words[0].clause]
    return words[:verb]


def has(part: Facts, fact: Date | Quantity) -> bool:
    if isinstance(fact, Date):
        years = [] if fact.year is None else [fact.year]
        return any(fact.borne_out_by(other, years) for other in part.dates)
    return any(fact.borne_out_by(other) for other in part.quantities)
