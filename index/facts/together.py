"""Whether facts that a claim joins belong together in its evidence.

Every figure, date and name of a claim may be there, and yet be said of something else.
"""

import re
from collections.abc import Iterator, Sequence

from footnote.index.facts.comparison import Facts, quantity_borne_out
from footnote.index.facts.dates import Date
from footnote.index.facts.enumerations import rows
from footnote.index.facts.names import name_forms, same_name
from footnote.index.facts.quantity import Quantity
from footnote.index.facts.roles import is_verb

# What comes after it may have another subject than what comes before.
_NEW_PART = re.compile(r";|,\s+(?:and|but|while|whereas|although|though)\b")
_BUT = re.compile(r",\s+but\b")
# What parts a date from a name before it: more words than these, or a pause.
_FAR_WORDS, _PAUSE = 5, re.compile(r"[,;:()]")
# What says how things are, "has held" too, and what says how they were.
_IS = re.compile(r"\b(?:is|are|has|have)\b")
_WAS = re.compile(r"\b(?:was|were|had|did)\b")


def unrelated(claim: Facts, sentences: Sequence[Facts], main: int) -> int:
    """How many of the claim's facts belong to something else in these one or two sentences.

    `main`: the place of the sentence that has more of the claim's words. English only, but for
    figures and dates.
    """
    if len(sentences) > 1:
        elsewhere = _replaced(claim, sentences[main])
    else:
        elsewhere = (
            _of_another(claim, sentences[0])
            + _dated_otherwise(claim, sentences[0])
            + _is_past(claim, sentences[0])
        )
    return elsewhere + _from_several_rows(claim, sentences)


def _replaced(claim: Facts, main: Facts) -> int:
    """Figures that the neighbouring sentence has, where the main one has others in their place:
    "Eight men were tried. The court sentenced seven of them."."""
    free = [
        q for q in main.quantities if not any(said.borne_out_by(q) for said in claim.quantities)
    ]
    return sum(
        not said.ordinal
        and not quantity_borne_out(said, claim, main)
        and any(said.comparable(other) for other in free)
        for said in claim.quantities
    )


def _of_another(claim: Facts, sentence: Facts) -> int:
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
        any(_has(part, fact) for part in parts)
        and not any(its and _has_or_goes_on(parts[: at + 1], fact) for at, its in enumerate(own))
        for fact in stated
    )


def _has_or_goes_on(parts: Sequence[Facts], fact: Date | Quantity) -> bool:
    """Whether the last part has it; a date goes on until there is another: "In May the talks
    failed, and three days later…"."""
    *before, last = parts
    if _has(last, fact) or isinstance(fact, Quantity):
        return _has(last, fact)
    goes_on = not any(fact.differs_from(other) for other in last.dates)
    return goes_on and any(_has(part, fact) for part in before)


def _dated_otherwise(claim: Facts, sentence: Facts) -> int:
    """Dates that the sentence has for another name, where it has one for the claim's: "the Brekka
    fire of 2 May and the Skarvik flood of 9 June"."""
    if len(sentence.dates) < 2 or not claim.names:
        return 0
    own = [_is_of_claim(claim, sentence, at) for at in range(len(sentence.dates))]
    if None in own:
        return 0
    strays = 0
    for said in claim.dates:
        there = list(zip(own, sentence.dates, strict=True))
        same = [its for its, date in there if _may_be(said, date)]
        others = [its for its, date in there if said.differs_from(date)]
        strays += bool(same) and not any(same) and any(others)
    return strays


def _is_of_claim(claim: Facts, sentence: Facts, at: int) -> bool | None:
    """Whether the name right before a date is one of the claim's; None where there is none."""
    spans = [date.span for date in sentence.dates]
    text = sentence.text[spans[at - 1].end if at else 0 : spans[at].start]
    part = Facts(text, sentence.language, sentence.stem)
    if not part.names:
        return None
    last = part.names[-1]
    between = text.rpartition(last[-1])[2]
    if len(between.split()) > _FAR_WORDS or _PAUSE.search(between):
        return None
    forms = [{form for word in name for form in name_forms(word)} for name in claim.names]
    return any(all(same_name(word, its) for word in last) for its in forms)


def _may_be(said: Date, date: Date) -> bool:
    return said.borne_out_by(date, [] if date.year is None else [date.year])


def _parts(sentence: Facts) -> Iterator[Facts]:
    begin = 0
    for match in (*_NEW_PART.finditer(sentence.text), None):
        end = match.start() if match else len(sentence.text)
        yield Facts(sentence.text[begin:end], sentence.language, sentence.stem)
        begin = end


def _has_another_subject(claim: Facts, part: Facts) -> bool:
    """Whether there is a name before its verb, and none that the claim has."""
    verb = next((at for at in range(len(part.words)) if is_verb(part.words, at)), 0)
    before = {word.text for word in part.words[:verb] if word.name}
    said = [{form for word in name for form in name_forms(word)} for name in claim.names]
    there = [name for name in part.names if any(word.casefold() in before for word in name)]
    return bool(there) and not any(
        all(same_name(word, forms) for word in name) for name in there for forms in said
    )


def _has(part: Facts, fact: Date | Quantity) -> bool:
    if isinstance(fact, Date):
        years = [] if fact.year is None else [fact.year]
        return any(fact.borne_out_by(other, years) for other in part.dates)
    return any(fact.borne_out_by(other) for other in part.quantities)


def _is_past(claim: Facts, sentence: Facts) -> int:
    """Names that a claim says are so, where the sentence says they were, "but"."""
    parts = _BUT.split(sentence.text, maxsplit=1)
    says_is = _IS.search(claim.text) and not _WAS.search(claim.text)
    if len(parts) < 2 or not says_is or _IS.search(sentence.text):
        return 0
    before, after = map(name_forms, parts)
    words = [word for name in claim.names for word in name]
    gone = [word for word in words if same_name(word, before) and not same_name(word, after)]
    return len(gone)


def _from_several_rows(claim: Facts, sentences: Sequence[Facts]) -> int:
    """Rows of names that are put together from those of several rows: of "A, B and C signed.
    D, E and F left." nobody reads "A, E and F left"."""
    there = [[name_forms(name) for name in row] for facts in sentences for row in rows(facts.text)]
    mixed = 0
    for row in rows(claim.text):
        held = [[any(same_name(n, forms) for forms in other) for n in row] for other in there]
        each_in_one = all(any(of_name) for of_name in zip(*held, strict=True))
        mixed += bool(held) and each_in_one and not any(map(all, held))
    return mixed
