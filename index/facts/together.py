"""Whether facts that a claim joins belong together in its evidence.

Every figure, date and name of a claim may be there, and yet be said of something else.
"""

import re
from collections.abc import Sequence

from footnote.corpus.language import primary_language
from footnote.index.facts.comparison import Facts, quantity_borne_out
from footnote.index.facts.dates import Date
from footnote.index.facts.enumerations import rows
from footnote.index.facts.names import name_forms, same_name
from footnote.index.facts.quantity import Quantity
from footnote.index.facts.respectively import figures_of_others_in_row
from footnote.index.facts.sentence_parts import figures_of_another, has, names_of_another

_BUT = re.compile(r",\s+but\b")
# What parts a date from a name before it: more words than these, or a pause.
_FAR_WORDS, _PAUSE = 5, re.compile(r"[,;:()]")
# What says how things are, "has held" too, and what says how they were.
_IS = re.compile(r"\b(?:is|are|has|have|it[’']s|holds)\b")
# What may stand for something that the sentence before names.
_REFERS = re.compile(
    r"\b(?:he|she|it|they|him|them|his|her|its|their|this|these|those|that|such|both|same|there"
    r"|the)\b",
    re.IGNORECASE,
)
_MEASURES_TEXT = "percent per cent million billion thousand year years"
_MEASURES = frozenset(_MEASURES_TEXT.split())
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)? for|demand(?:s|ed|ing)?|request(?:s|ed|ing)?|offer(?:s|ed|ing)?"
    r"|propos(?:es|ed|ing)|sought|wanted|hoped for|called for|applied for)\b",
    re.IGNORECASE,
)
_CLAUSE_BEGINS, _MAX_BEFORE = re.compile(r"[,;:()]|\b(?:and|but|while)\b"), 60
_WAS = re.compile(r"\b(?:was|were|had|did)\b")


def unrelated(claim: Facts, sentences: Sequence[Facts], main: int) -> int:
    """How many of the claim's facts belong to something else in these one or two sentences.

    `main`: the place of the sentence that has more of the claim's words. English only, but for
    figures and dates.
    """
    if len(sentences) > 1:
        elsewhere = _replaced(claim, sentences[main]) + _of_no_word(claim, sentences)
    else:
        elsewhere = (
            figures_of_another(claim, sentences[0])
            + names_of_another(claim, sentences[0])
            + figures_of_others_in_row(claim, sentences[0])
            + _only_asked_for(claim, sentences[0])
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


def _of_no_word(claim: Facts, sentences: Sequence[Facts]) -> int:
    """Figures that only a sentence has that shares no other word with the claim and refers to
    nothing before it: "Coal gave way to gas. Wind power grew 6 percent.". English only."""
    if primary_language(claim.language, "en") != "en":
        return 0
    own = [
        bool(_REFERS.search(facts.text) or _words_but_figures(claim) & _words_but_figures(facts))
        for facts in sentences
    ]
    return sum(
        not said.ordinal
        and any(has(facts, said) for facts in sentences)
        and not any(its and has(facts, said) for its, facts in zip(own, sentences, strict=True))
        for said in claim.quantities
    )


def _words_but_figures(facts: Facts) -> set[str]:
    return {word.stem for word in facts.words if word.stem and word.text not in _MEASURES}


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


def _only_asked_for(claim: Facts, sentence: Facts) -> int:
    """Figures that the sentence has only for what was asked or offered: "asked for 9 percent and
    got 6"."""
    if _ASKED.search(claim.text):
        return 0
    asked = [bool(_ASKED.search(_just_before(q, sentence))) for q in sentence.quantities]
    if not any(asked) or all(asked):
        return 0
    there = list(zip(asked, sentence.quantities, strict=True))
    borne = [[its for its, q in there if said.borne_out_by(q)] for said in claim.quantities]
    return sum(bool(of_each) and all(of_each) for of_each in borne)


def _just_before(quantity: Quantity, facts: Facts) -> str:
    """As much of its clause as is before it."""
    before = facts.text[max(quantity.span.start - _MAX_BEFORE, 0) : quantity.span.start]
    return _CLAUSE_BEGINS.split(before)[-1]


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
