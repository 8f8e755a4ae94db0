"""Antonyms: one text has a word where the other has its opposite, such as "rose" and "fell".

The English pairs are in opposites.txt, written by tools/opposites.py: those of WordNet, and some
that news is full of. For Spanish and German there are a few.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from footnote.corpus.language import primary_language
from footnote.index.facts.clauses import Word
from footnote.index.facts.opposites_elsewhere import opposites_in
from footnote.index.facts.polarity import may_deny, scopes

_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""),
    ("ing", "e"), ("er", ""), ("er", "e"), ("ier", "y"), ("est", ""), ("est", "e"), ("iest", "y"),
)  # fmt: skip
_MIN_LETTERS = 3
_PARTY = "opposition"


def says_the_opposite(
    claim: Sequence[Word], evidence: Sequence[Word], language: str | None = None
) -> bool:
    """Whether the evidence has the opposite of a word that only the claim has.

    The opposite has to stand in a clause with something that the claim says too, and not in the
    claim itself. Where either denies anything, two opposites may well say the same; the opposition
    is most often a party, and denies nothing.
    """
    code = primary_language(language, "en")
    said, there = ({word.stem or word.text for word in text} for text in (claim, evidence))
    shared = {word.clause for word in evidence if word.stem and word.stem in said}
    only_there = [w for w in _meant(evidence) if _key(w) not in said and w.clause in shared]
    return any(
        opposites & {*_forms_of(other.text, code)}
        and not may_deny([w for w in claim if w is not word and w.text != _PARTY])
        and not may_deny([w for w in evidence if w is not other and w.text != _PARTY])
        for word in _meant(claim)
        if _key(word) not in there and (opposites := frozenset(_opposites_of(word.text, code)))
        for other in only_there
    ) or _qualifies_otherwise(claim, evidence, code)


def _qualifies_otherwise(claim: Sequence[Word], evidence: Sequence[Word], code: str) -> bool:
    """Whether a thing has the opposite of what the claim has before it, and nowhere that: "the
    third-largest population, and the smallest borough" of the largest borough."""
    if may_deny(claim) or may_deny(evidence):
        return False
    for word, thing in pairwise(claim):
        opposites = frozenset(_opposites_of(word.text, code))
        if not opposites or word.name or not thing.stem or thing.clause != word.clause:
            continue
        before = [w for w, t in pairwise(evidence) if t.stem == thing.stem and w.clause == t.clause]
        said = any(_key(other) == _key(word) for other in before)
        if not said and any(opposites & {*_forms_of(other.text, code)} for other in before):
            return True
    return False


def denies_the_opposite(
    claim: Sequence[Word], evidence: Sequence[Word], language: str | None = None
) -> bool:
    """Whether one of them says "not" of the opposite of a word of the other: "nobody died" where
    "all survived". Such a denial denies nothing of the other."""
    code = primary_language(language, "en")
    for one, other in ((claim, evidence), (evidence, claim)):
        denied = {stem for scope in scopes(one) for stem in scope}
        of_other = {form for word in _meant(other) for form in _forms_of(word.text, code)}
        for word in _meant(one):
            if _key(word) in denied and not of_other.isdisjoint(_opposites_of(word.text, code)):
                return not any(scopes(other))
    return False


def _meant(text: Sequence[Word]) -> list[Word]:
    """The words that mean something, names aside; "won" is a stop word (won't)."""
    _, irregular = _table()
    return [word for word in text if not word.name and (word.stem or word.text in irregular)]


def _key(word: Word) -> str:
    return word.stem or word.text


def _opposites_of(text: str, language: str) -> Iterator[str]:
    pairs = _table()[0] if language == "en" else opposites_in(language)
    for word in _forms_of(text, language):
        yield from pairs[word]


@lru_cache(4096)
def _forms_of(text: str, language: str) -> tuple[str, ...]:
    """The words of the table that this may be a form of."""
    if language != "en":
        return (text,) if text in opposites_in(language) else ()
    if len(text) < _MIN_LETTERS:
        return ()
    pairs, irregular = _table()
    stems = {text, *irregular.get(text, ())}
    for ending, instead in _ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) >= _MIN_LETTERS - 1:
            stem = text[: len(text) - len(ending)] + instead
            doubled = len(stem) > _MIN_LETTERS and stem[-1] == stem[-2]
            stems |= {stem, stem[:-1]} if doubled else {stem}
    return tuple(stem for stem in stems if stem in pairs)


@cache
def _table() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """The opposites of each word, and the words that an irregular form is of."""
    pairs, irregular = dict[str, set[str]](), dict[str, set[str]]()
    text = files("footnote.index.facts").joinpath("opposites.txt").read_text("utf-8")
    for line in text.splitlines():
        one, _, other = line.partition(" ")
        if one == "#":
            continue
        if one.endswith(":"):
            irregular.setdefault(one.removesuffix(":"), set()).add(other)
        else:
            pairs.setdefault(one, set()).add(other)
            pairs.setdefault(other, set()).add(one)
    frozen = ({word: frozenset(of) for word, of in table.items()} for table in (pairs, irregular))
    first, second = frozen
    return first, second
