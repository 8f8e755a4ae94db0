"""Evidence: the passages that a language model is given, numbered, and fenced off as material."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.normalise import one_line
from corpus.span import Span
from index.blocks import header_in
from index.finding.retrieval import Found
from index.keeping.catalogue import Catalogue
from index.passages import Passage
from index.results import Citation
from index.writing.speech import tokens_of

_OPEN, _CLOSE = "<<<", ">>>"
_MOST_TITLE_CHARACTERS = 200
# What a passage could imitate: our fence, our numbers, and the signs by which chat templates part
# one speaker from another (<|im_start|>, [INST], <start_of_turn>, </s>).
_LIKE_A_FENCE = re.compile(r"<{2,}|>{2,}|<\||\|>|</?(?=\w+>)|(?<=\w)>")
_LIKE_A_NUMBER = re.compile(r"\[(/?\w+)\]")
# A sentence that is meant for a language model and not for readers bears nothing out, though what
# it wants to be said stands in it word for word.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|prompts?|rules|guidelines"
    r"|everything (?:above|before))\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|^\W*(?:system|assistant|user)\s*:"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|language model|chat ?bot)\b"
    r"|\b(?:reveal|print|repeat|show)\b.{0,30}\b(?:your|the) (?:prompt|instructions)\b"
    r"|\b(?:answer|reply|respond|say|tell|state)\b(?: \w+){0,4} (?:that|with|only|exactly)\b"
    r".{0,200}\b(?:instructions?|prompt|assistant|language model)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One numbered passage, and the article that it is of, as it was when it was found."""

    n: int
    passage: Passage
    article: Article

    def fenced(self) -> str:
        title = _defanged(one_line(self.article.title))[:_MOST_TITLE_CHARACTERS]
        dated = f" ({_defanged(self.article.date)})" if self.article.date else ""
        header = header_in(self.passage.heading)
        text = f"{header}\n{self.passage.text}" if header else self.passage.text
        return f"{_OPEN}passage {self.n}: {title}{dated}\n{_defanged(text)}\n{_CLOSE}"

    def citation(self, n: int, span: Span) -> Citation:
        return Citation.of(n, self.article, span, self.passage.span)


def gather(found: Sequence[Found], catalogue: Catalogue, *, most_tokens: int) -> list[Evidence]:
    """The best passages, best first, as many as fit; the first in any case."""
    return list(_fitting(_current(found, catalogue), most_tokens))


def is_order(text: str) -> bool:
    """Whether a sentence speaks to a language model."""
    return bool(_ORDER.search(text))


def _current(found: Sequence[Found], catalogue: Catalogue) -> Iterator[Evidence]:
    n = 0
    for place in found:
        article = catalogue.article(place.passage.article)
        if article is not None and article.revision == place.passage.revision:
            n += 1
            yield Evidence(n, place.passage, article)


def _fitting(evidence: Iterator[Evidence], most_tokens: int) -> Iterator[Evidence]:
    tokens = 0
    for one in evidence:
        tokens += tokens_of(one.fenced())
        if tokens > most_tokens and one.n > 1:
            return
        yield one


def _defanged(text: str) -> str:
    text = _LIKE_A_FENCE.sub(lambda found: found[0].replace("<", "‹").replace(">", "›"), text)
    return _LIKE_A_NUMBER.sub(r"(\1)", text)
