"""Resolves what a sentence of a checked text refers to, where only the sentence before names it.

"The CSTO has its headquarters in Moscow. It was founded in 1909." is about the CSTO throughout:
when another organisation was founded neither supports nor contradicts its second sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from footnote.index.finding.leaning import Leaning, leaning
from footnote.index.finding.subject import is_about_another, names_asked
from footnote.index.passages import Passage
from footnote.index.results import Verdict
from footnote.index.support.judge import Judgement


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The last sentence that named its subject; `names` are the words of these names.

    `text` is empty before there was one.
    """

    text: str = ""
    names: frozenset[str] = frozenset()

    def after(self, sentence: str, language: str | None) -> "Antecedent":
        """That of the next sentence."""
        if refers_back(sentence, language):
            return self
        return Antecedent(sentence, names_asked([sentence], ()))

    def about_it(self, passages: Sequence[Passage]) -> list[Passage]:
        """Those of the passages that speak of it, by their text, title or heading."""
        return [
            passage
            for passage in passages
            if not is_about_another(self.names, passage, passage.span)
        ]

    def refuses(self, judged: Judgement) -> bool:
        """Whether a verdict rests on a sentence about something else, or contradicts a sentence of
        which nobody knows what it is about."""
        if judged.passage is None or judged.span is None:
            return False
        if not self.names:
            return judged.verdict is Verdict.CONTRADICTED
        return is_about_another(self.names, judged.passage, judged.span)


def refers_back(sentence: str, language: str | None) -> bool:
    """Whether the sentence's subject is a pronoun or a description."""
    return leaning(sentence, language) is Leaning.NAMELESS


def is_quoted_from(sentence: str, passages: Sequence[Passage]) -> bool:
    """Whether it is a verbatim quotation of one of them, where its meaning is clear."""
    words = " ".join(sentence.split())
    return any(words in " ".join(passage.text.split()) for passage in passages)


def unfound(judged: Judgement) -> Judgement:
    """The same without what it rested on."""
    return replace(judged, verdict=Verdict.UNFOUND, passage=None, span=None)
