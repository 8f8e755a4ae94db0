"""Who does what: the subject of a verb, also where it does not stand right before it.

"The curator, a historian, said" and "the general made peace and opened the gates" have theirs
further off. English only.
"""

from collections.abc import Iterator, Sequence

from footnote.corpus.language import primary_language
from footnote.index.facts.clauses import Word
from footnote.index.facts.comparison import Facts
from footnote.index.facts.names import name_forms, same_name
from footnote.index.facts.roles import DETERMINERS, PARTICLES, base_form, is_passive, is_verb

_SAYS = frozenset(("said", "says"))
_PASSED_TEXT = (
    "has have had also then later never once often now already recently even still just only "
    "eventually finally first since again himself herself itself themselves is was"
)
_PASSED = frozenset(_PASSED_TEXT.split())
_RELATIVE = frozenset(("who", "which"))
_NOT_SUBJECT_TEXT = (
    "of for from in on at to by with near after before since until during under over between among "
    "into against than as like including that and or nor but not"
)
_NOT_SUBJECT = frozenset(_NOT_SUBJECT_TEXT.split())


def is_subject_another(claim: Facts, evidence: Facts) -> bool:
    """Whether a verb of the claim, of which a name is the subject, has another name for it wherever
    it stands in the evidence."""
    if primary_language(claim.language, "en") != "en":
        return False
    said = dict(_subjects(claim))
    if not said:
        return False
    keys = {_key(claim.words, at): names for at, names in said.items()}
    for key, names in keys.items():
        if names is None:
            continue
        there = [
            _subject(evidence, at)
            for at in range(len(evidence.words))
            if _key(evidence.words, at) == key
        ]
        if there and all(their and not _share(names, their, evidence) for their in there):
            return True
    return False


def _share(names: Sequence[str], theirs: Sequence[str], evidence: Facts) -> bool:
    forms = {form for name in theirs for form in name_forms(name)} | evidence.other_forms
    return any(same_name(name, forms) for name in names)


def _subjects(facts: Facts) -> Iterator[tuple[int, list[str] | None]]:
    for at in range(len(facts.words)):
        if _key(facts.words, at):
            yield at, _subject(facts, at)


def _key(words: Sequence[Word], at: int) -> str:
    if words[at].text in _SAYS:
        return "say"
    return base_form(words[at]) if is_verb(words, at) else ""


def _subject(facts: Facts, at: int, depth: int = 2) -> list[str] | None:
    """The words of the names that do it; None where they cannot be told."""
    words = facts.words
    if words[at].text in _SAYS and (after := _run_from(facts, at + 1, words[at].clause)):
        return after
    if is_passive(words, at):
        return None
    place = at - 1
    while place >= 0 and words[place].clause == words[at].clause and _is_passed(words[place]):
        place -= 1
    if place < 0:
        return None
    before = words[place]
    if before.clause != words[at].clause:
        return _across(facts, at, place)
    if before.text == "and" and depth:
        verbs = [n for n in range(place) if words[n].clause == before.clause and is_verb(words, n)]
        return _subject(facts, verbs[-1], depth - 1) if verbs else None
    if before.text in _RELATIVE:
        return _run_to(facts, place - 1) if place else None
    return _run_to(facts, place)


def _is_passed(word: Word) -> bool:
    return not word.name and (word.text in _PASSED or word.text.endswith("ly"))


def _across(facts: Facts, at: int, place: int) -> list[str] | None:
    """Over what stands between commas: "Neuhoff, curator at the museum, said"."""
    words = facts.words
    begin = place
    while begin > 0 and words[begin - 1].clause == words[place].clause:
        begin -= 1
    between = range(begin, place + 1)
    relative = words[begin].text in _RELATIVE
    if begin == 0 or (not relative and any(is_verb(words, n) for n in between)):
        return None
    if words[begin].text in ("and", "or") or words[at].clause - words[place].clause != 1:
        return None
    if all(words[n].name for n in between):  # one of a list, or "her brother, Omar Keller, said"
        return None if words[begin - 1].name else _run_to(facts, place)
    first = words[begin - 1].clause
    start = begin
    while start > 0 and words[start - 1].clause == first and _is_inside(words, start - 1):
        start -= 1
    opens = start == 0 or words[start - 1].clause != first or words[start - 1].text in DETERMINERS
    return _run_to(facts, begin - 1) if opens else None


def _is_inside(words: Sequence[Word], at: int) -> bool:
    """Whether it may be a word of a name."""
    return words[at].name or (words[at].text in PARTICLES and at > 0 and words[at - 1].name)


def _run_to(facts: Facts, end: int) -> list[str] | None:
    """The name that ends there, with those that "and" joins to it."""
    words, names = facts.words, _names(facts)
    begin = end
    while begin >= 0 and words[begin].clause == words[end].clause:
        if not _is_inside(words, begin):
            break
        begin -= 1
    run = words[begin + 1 : end + 1]
    if not any(word.text in names for word in run):
        return None
    found = [word.text for word in run if word.name and word.stem]
    if begin >= 0 and words[begin].text in _NOT_SUBJECT:
        return None
    if begin > 0 and words[begin].text in DETERMINERS and words[begin - 1].text in _NOT_SUBJECT:
        return None  # "the mayor of the Ulm district signed"
    return found


def _run_from(facts: Facts, begin: int, clause: int) -> list[str]:
    words, names = facts.words, _names(facts)
    end = begin
    while end < len(words) and words[end].clause == clause and words[end].text in names:
        end += 1
    return [word.text for word in words[begin:end]]


def _names(facts: Facts) -> frozenset[str]:
    return frozenset(word.casefold() for name in facts.names for word in name)
