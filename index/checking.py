"""Checking: what in the articles bears out a text that somebody brings along."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.catalogue import Catalogue
from index.citation import Citation
from index.passage_index import Build, PassageIndex
from index.question import Question
from index.quoting import Quotable, rank
from index.retrieval import Retriever
from index.sentences import sentence_spans

MOST_SENTENCES = 12
"""So many sentences of a text are checked: each costs a search."""

THRESHOLD = 0.6
"""Of the score of a sentence (index/quoting.py), from .5 to .7 on claims with and without their own
articles in the index. At it, 93 % of 134 sentences of ClapNQ's answers find support, and 4 % with
their article taken out (most of these stand in another article too); of 89 freely worded claims of
ExpertQA that experts called supported 42 %, and of 166 without their evidence 6 %, some of them
rightly. Higher finds less, lower lets more through. It is a measure of likeness, not of proof."""
_MOST_LOOKED_AT = 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A word with a capital letter that does not begin the sentence.
_NAME = re.compile(r"(?<=[\w,;:)\"”’' ] )[\"“'(]?([^\W\d_][\w’'-]*)")
# In these every noun has a capital letter.
_CAPITAL_NOUNS = ("de", "lb")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of what was checked, and what supports it; None where nothing does."""

    text: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A text, sentence by sentence; `question` is the text. Raises ValueError without a sentence.

    `left` says that there were more sentences than are checked.
    """

    question: str
    sentences: Sequence[Sentence]
    left: bool = False

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a text without sentences has nothing to be checked")

    @property
    def citations(self) -> dict[int, Citation]:
        """By their numbers, in the order of the sentences."""
        return {s.citation.n: s.citation for s in self.sentences if s.citation}


class Checker:
    """Looks for what supports a text in the articles; safe to use from several threads."""

    def __init__(self, passage_index: PassageIndex, *, threshold: float = THRESHOLD) -> None:
        self._passage_index = passage_index
        self._retriever = Retriever(passage_index)
        self._threshold = threshold

    def check(self, text: str) -> Checked:
        """Raises IndexUnreadable or ModelUnusable where there is nothing to check against, and
        ValueError where the text has no letter or digit."""
        sentences = list(_sentences(text))
        with self._passage_index.reading() as build:
            checked: list[Sentence] = []
            for sentence in sentences[:MOST_SENTENCES]:
                n = 1 + sum(1 for s in checked if s.citation)
                checked.append(Sentence(sentence, self._supporting(sentence, n, build)))
        return Checked(text, checked, left=len(sentences) > MOST_SENTENCES)

    def _supporting(self, sentence: str, n: int, build: Build) -> Citation | None:
        query = next(self._retriever.queries(Question(sentence)))
        ranked = rank(query, self._retriever.search(query), build.lexical)[:_MOST_LOOKED_AT]
        for quotable in ranked:
            if quotable.score >= self._threshold and _says_the_same(sentence, quotable):
                return _citation(n, quotable, build.catalogue)
        return None


def _says_the_same(sentence: str, quotable: Quotable) -> bool:
    """Whether every number and name of the claim stands in the passage or its title.

    With another one it is another claim, however near the words are.
    """
    passage = quotable.passage
    there = f"{passage.title}\n{passage.heading or ''}\n{passage.text}"
    if not set(_NUMBER.findall(sentence)) <= set(_NUMBER.findall(there)):
        return False
    if (passage.language or "").startswith(_CAPITAL_NOUNS):
        return True
    known = there.casefold()
    return all(name.casefold() in known for name in _names(sentence))


def _names(sentence: str) -> Iterator[str]:
    for match in _NAME.finditer(sentence):
        if match[1][0].isupper():
            yield re.sub(r"[’']s?$", "", match[1])


def _citation(n: int, quotable: Quotable, catalogue: Catalogue) -> Citation | None:
    article = catalogue.article(quotable.passage.article)
    if article is None or article.revision != quotable.passage.revision:
        return None  # replaced in the meantime
    return Citation.of(n, article, quotable.span, quotable.passage.span)


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (span.of(line) for span in sentence_spans(line))
