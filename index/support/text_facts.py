"""Passages and claims with their facts, and which sentences are judged together."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from footnote.corpus.normalise import normalise
from footnote.corpus.span import Span
from footnote.index.blocks import in_words, passage_sentences
from footnote.index.facts.comparison import Facts
from footnote.index.facts.names import introduced, with_usual_names
from footnote.index.facts.polarity import NEGATIONS
from footnote.index.passages import Passage
from footnote.index.words import field_of, stem_in, stemmed

K = TypeVar("K")
V = TypeVar("V")
Canonical = Callable[[str], str]
"""Gives a text with each name in it replaced by the usual one of what it names."""

# What stands for something named before it: such a sentence is read with the one before.
_ANAPHOR = re.compile(
    r"\b(?:he|she|it|they|him|them|his|her|its|their|this|these|those|such|both|former|latter|same"
    r"|there|then|others?|another|the (?:two|three|four|five|six|group|attack|author|movement"
    r"|organi[sz]ation|commission|ministry|minister|report|government|body|country|army|city))\b",
    re.IGNORECASE,
)
# Of two sentences each has to have this share of the claim's words that the other hasn't: a stray
# date would else be put together with the sentence before it.
_MIN_SHARE = 0.12


@dataclass(frozen=True)
class TextFacts:
    """A sentence, a title or a claim; `terms` are the stems of its words without its figures."""

    facts: Facts
    terms: frozenset[str]


@dataclass(frozen=True)
class WeighedClaim:
    """A claim with the weight of each of its terms; the weights add up to 1.

    `names` are the terms that are parts of names.
    """

    text: TextFacts
    weights: Mapping[str, float]
    names: frozenset[str]

    def share(self, terms: Collection[str]) -> float:
        """How much of the claim's words is among these."""
        return sum(weight for term, weight in self.weights.items() if term in terms)

    def share_but_denials(self, terms: frozenset[str]) -> float:
        """The same, had the claim no "never" or "nobody" in it."""
        denials = sum(self.weights[term] for term in NEGATIONS & self.weights.keys())
        return min(self.share(terms - NEGATIONS) / max(1 - denials, 1e-6), 1.0)


@dataclass(frozen=True)
class PassageFacts:
    """A passage as its sentences; spans are in characters of the article's text."""

    spans: tuple[Span, ...]
    sentences: tuple[TextFacts, ...]
    title: TextFacts

    def terms_of(self, window: range, *, titled: bool = True) -> frozenset[str]:
        """Of these sentences and, if `titled`, of their title and heading."""
        terms = self.title.terms if titled else frozenset[str]()
        return terms.union(*(self.sentences[place].terms for place in window))

    def windows(self, asked: WeighedClaim) -> Iterator[range]:
        """The places of each sentence, and of each two that say the claim together."""
        for place in range(len(self.spans)):
            yield range(place, place + 1)
            if place and self._belong_together(place, asked):
                yield range(place - 1, place + 1)

    def _belong_together(self, place: int, asked: WeighedClaim) -> bool:
        first, second = self.sentences[place - 1], self.sentences[place]
        only_first, only_second = first.terms - second.terms, second.terms - first.terms
        if _ANAPHOR.search(second.facts.text):
            return min(asked.share(only_first), asked.share(only_second - asked.names)) > 0
        return (
            min(asked.share(only_first - asked.names), asked.share(only_second - asked.names))
            >= _MIN_SHARE
        )


class FactReader:
    """Extracts facts; the most recent passages are cached. Safe to use from several threads."""

    def __init__(self, canonical: Canonical, *, keep: int = 512) -> None:
        self._canonical = canonical
        self._most = keep
        self._passages: OrderedDict[Passage, PassageFacts] = OrderedDict()
        self._acronyms: OrderedDict[str, Mapping[str, str]] = OrderedDict()
        self._keeping = threading.Lock()

    def claim(
        self,
        text: str,
        language: str | None,
        idf: Callable[[str, str], float],
        *,
        opening: bool = False,
    ) -> WeighedClaim:
        """`idf` of a stem in a field; `opening`: whether the first word is a name."""
        read = self._text(text, language, {}, opening=opening)
        field = field_of(language)
        weights = {term: idf(term, field) for term in read.terms}
        total = sum(weights.values()) or 1.0
        names = " ".join(word for name in read.facts.names for word in name)
        return WeighedClaim(
            read,
            {term: weight / total for term, weight in weights.items()},
            frozenset(stemmed(names, field)),
        )

    def passage(self, passage: Passage, article_text: Callable[[], str]) -> PassageFacts:
        """`article_text` is asked for when the first passage of it is read."""
        with self._keeping:
            read = self._passages.get(passage)
        if read is None:
            read = self._read(passage, self._introduced(passage.revision, article_text))
            with self._keeping:
                _keep(self._passages, passage, read, self._most)
        return read

    def _introduced(self, revision: str, article_text: Callable[[], str]) -> Mapping[str, str]:
        """The acronyms of an article: of 2 MB, looking for them takes a second."""
        with self._keeping:
            acronyms = self._acronyms.get(revision)
        if acronyms is None:
            acronyms = introduced(article_text())
            with self._keeping:
                _keep(self._acronyms, revision, acronyms, self._most)
        return acronyms

    def _read(self, passage: Passage, acronyms: Mapping[str, str]) -> PassageFacts:
        spans = list(passage_sentences(passage.text, passage.language))
        return PassageFacts(
            tuple(span.shifted(passage.span.start) for span in spans),
            tuple(
                self._text(
                    in_words(span.of(passage.text), passage.heading), passage.language, acronyms
                )
                for span in spans
            ),
            self._text(f"{passage.title}. {passage.heading or ''}", passage.language, acronyms),
        )

    def _text(
        self,
        text: str,
        language: str | None,
        acronyms: Mapping[str, str],
        *,
        opening: bool = False,
    ) -> TextFacts:
        also = " ".join(_other_names(text, acronyms))
        text, field = self._canonical(with_usual_names(normalise(text))), field_of(language)
        facts = Facts(text, language, partial(stem_in, field), also, opening)
        return TextFacts(facts, frozenset(stemmed(f"{_without_figures(facts)} {also}", field)))


def _other_names(text: str, acronyms: Mapping[str, str]) -> Iterator[str]:
    for acronym, whole in acronyms.items():
        if re.search(rf"\b{acronym}\b", text):
            yield whole
        elif whole.casefold() in text.casefold():
            yield acronym


def _keep(kept: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    """As the latest of at most so many."""
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)


def _without_figures(facts: Facts) -> str:
    letters = list(facts.text)
    for span in [f.span for f in facts.dates] + [f.span for f in facts.quantities]:
        letters[span.start : span.end] = " " * len(span)
    return "".join(letters)
