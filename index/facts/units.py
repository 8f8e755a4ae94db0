"""A text as its words, whole names and marks, by which places in two texts are compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from footnote.corpus.language import primary_language
from footnote.corpus.span import Span
from footnote.index.facts.comparison import Facts
from footnote.index.facts.names import name_forms

_PIECE = re.compile(r"\d++(?:[.,]\d++)*+|[^\W_]++(?:[’'-][^\W_]++)*+|[^\w\s]")
_SKIPPED_MARKS = frozenset("\"'“”‘’«»-–—")
# By language: articles and the like; forms of "be", as in passives; other auxiliaries.
_DETERMINERS_TEXT = {
    "en": "the a an his her its their our my your this that these those some any each every all "
    "both own",
    "es": "el la los las lo un una unos unas su sus este esta estos estas ese esa",
    "de": "der die das den dem des ein eine einen einem einer eines sein seine seinen seiner ihr "
    "ihre ihren ihrer dieser diese dieses diesen",
}
_BE_TEXT = {
    "en": "is are was were be been being am",
    "es": "es son era eran fue fueron ser sido siendo",
    "de": "wird werden wurde wurden worden",
}
_AUXILIARIES_TEXT = {
    "en": "has have had do does did will would can could may might shall should must",
    "es": "ha han había habían he está están estaba estaban se",
    "de": "ist sind war waren sein hat haben hatte hatten",
}
_PREPOSITIONS_TEXT = (
    "of in on at by to from with for into onto over under between among through during after "
    "before since until against about as near within without across behind beyond towards toward "
    "upon via per like around above below off out up down"
)
_LINKS_TEXT = (
    "and or but nor while whereas because although though when where who whom whose which if than "
    "so yet"
)
LANGUAGES = _DETERMINERS_TEXT.keys()
"""Of these it is known which words say nothing by themselves."""

_DETERMINERS, _BE, _AUXILIARIES = (
    {language: frozenset(words.split()) for language, words in by_language.items()}
    for by_language in (_DETERMINERS_TEXT, _BE_TEXT, _AUXILIARIES_TEXT)
)
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())
_SMALL = _PREPOSITIONS | frozenset(_LINKS_TEXT.split())
# Between "was" and what was done.
_ADVERBS = frozenset(("also", "only", "not", "never", "already", "then", "still", "again", "later"))
# Of so little meaning of their own that another in their place hardly says anything else.
_LIGHT_TEXT = (
    "time times place part parts way ways use used make made makes making take takes took taken "
    "number well thing things people year years day days say says said called become becomes "
    "became come comes came goes went get gets got put puts also one ones kind form set several "
    "many much more most according located situated named occurs"
)
_LIGHT = frozenset(_LIGHT_TEXT.split())


Kind = Literal["word", "name", "figure", "small", "mark"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a whole name, a figure or a mark; it is known again by any of its `keys`.

    `passive`: a form of "be" stands before it; `begins`: an article or an auxiliary does.
    """

    text: str
    span: Span
    kind: Kind
    keys: frozenset[str]
    passive: bool = False
    begins: bool = False

    @property
    def tells(self) -> bool:
        return self.kind in ("word", "name")

    @property
    def light(self) -> bool:
        return self.text.casefold() in _LIGHT

    @property
    def preposition(self) -> bool:
        return self.kind == "small" and self.text.casefold() in _PREPOSITIONS

    def is_same(self, other: "Unit") -> bool:
        alike = self.kind == other.kind or (self.tells and other.tells)
        return alike and not self.keys.isdisjoint(other.keys)


def units(facts: Facts) -> list[Unit]:
    """In order, without articles, auxiliaries and quotation marks; a name of several words is
    one."""
    found: list[Unit] = []
    for unit in _pieces(facts):
        before = found[-1] if found else None
        if before and before.kind == unit.kind == "name" and _go_on(facts.text, before, unit):
            found[-1] = _joined(facts.text, before, unit)
        else:
            found.append(unit)
    return found


def _pieces(facts: Facts) -> Iterator[Unit]:
    names = frozenset(word for name in facts.names for word in name)
    figures = [f.span for f in facts.dates] + [f.span for f in facts.quantities]
    language = primary_language(facts.language, "en")
    determiners, be, auxiliaries = (
        by_language.get(language, frozenset()) for by_language in (_DETERMINERS, _BE, _AUXILIARIES)
    )
    passive = begins = False
    for piece in _PIECE.finditer(facts.text):
        word, span = piece[0].casefold(), Span(*piece.span())
        if word in determiners | be | auxiliaries:
            begins, passive = True, word in be or (passive and word not in determiners)
        elif word not in _SKIPPED_MARKS:
            is_figure = any(f.start <= span.start < f.end for f in figures)
            kind = _kind(piece[0], facts.stem(word), figure=is_figure, name=piece[0] in names)
            keys = name_forms(piece[0]) if kind == "name" else frozenset((word,))
            if kind in ("word", "name") and "-" not in word:
                keys |= {facts.stem(word) or word}
            yield Unit(piece[0], span, kind, keys, passive, begins)
            begins, passive = False, passive and word in _ADVERBS


def _kind(text: str, stem: str, *, figure: bool, name: bool) -> Kind:
    if not text[0].isalnum():
        return "mark"
    if figure or text[0].isdigit():
        return "figure"
    if name:
        return "name"
    return "small" if text.casefold() in _SMALL or not stem else "word"


def _go_on(text: str, before: Unit, unit: Unit) -> bool:
    return not unit.begins and not text[before.span.end : unit.span.start].strip(" -–")


def _joined(text: str, before: Unit, unit: Unit) -> Unit:
    span = Span(before.span.start, unit.span.end)
    keys = before.keys | unit.keys
    return Unit(span.of(text), span, "name", keys, before.passive, before.begins)
