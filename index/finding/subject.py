"""Detects sentences about a different subject than the question's.

"The mayor of Skarvik rejected the plan" has nearly all the words of "What did the mayor of Brekka
reject?", and does not answer it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from footnote.corpus.language import capitalises_nouns
from footnote.corpus.span import Span
from footnote.index.blocks import passage_sentences
from footnote.index.facts.names import (
    alike,
    introduced,
    name_forms,
    names,
    same_name,
    with_usual_names,
)
from footnote.index.finding.leaning import Leaning, context_of, leaning
from footnote.index.passages import Passage
from footnote.index.words import is_function_word

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MIN_LETTERS = 3
_QUESTION_WORDS_TEXT = (
    "who whom whose what which when where why how did does was were has have had can could will"
    " would should name list tell give show"
)
_QUESTION_WORDS = frozenset(_QUESTION_WORDS_TEXT.split())


def names_asked(variants: Sequence[str], texts: Iterable[str]) -> frozenset[str]:
    """The words of names in a question in any of its wordings, the original first.

    Where that is in lower case, a word is a name if the texts that were found (passages, their
    titles and headings) have it with a capital letter only, and not just at the beginning of a
    sentence.
    """
    asked = {name for variant in variants for name in _capitalised(with_usual_names(variant))}
    if any(True for _ in _capitalised(variants[0])):
        return frozenset(asked)
    small = {word[0] for word in _WORD.finditer(variants[0]) if len(word[0]) >= _MIN_LETTERS}
    text = "\n".join(texts)
    there = {word[0] for word in _WORD.finditer(text)}
    named = {name[0].casefold() for name in names(text, among=small)}
    return frozenset(asked | {word for word in small if word not in there and word in named})


def is_about_another(asked: frozenset[str], passage: Passage, span: Span) -> bool:
    """Whether the sentence at a span of the article is about another subject than was asked about.

    Where none of the names asked for is in the sentence, in those beside it and those that it leans
    on, or in its heading, while it has names of its own (or its heading does). The article's title
    speaks for the sentences that are under no other name. Of languages that write every noun with a
    capital letter nothing is known: False.
    """
    if not asked or capitalises_nouns(passage.language):
        return False
    text = passage.text
    inner = span.shifted(-passage.span.start)
    context = context_of(passage, span)
    start = context.before.start - passage.span.start if context.before else inner.start
    around = _around(passage, Span(start, inner.end))
    heading = passage.heading or ""
    if has_any(asked, f"{heading}\n{around}"):
        return False
    under_another = any(True for _ in _names(heading))
    if not under_another and has_any(asked, passage.title):
        return False
    own = (
        text[start : inner.end]
        if leaning(inner.of(text), passage.language) is Leaning.NAMELESS
        else inner.of(text)
    )
    return under_another or any(True for _ in _names(own))


def _around(passage: Passage, stretch: Span) -> str:
    """The stretch with the sentence before it and the one after it, in the same paragraph."""
    text = passage.text
    sentences = list(passage_sentences(text, passage.language))
    start, end = stretch.start, stretch.end
    before = [s for s in sentences if s.end <= start]
    after = [s for s in sentences if s.start >= end]
    if before and "\n" not in text[before[-1].end : start]:
        start = before[-1].start
    if after and "\n" not in text[end : after[0].start]:
        end = after[0].end
    return text[start:end]


def has_any(asked: frozenset[str], text: str) -> bool:
    """Whether a name asked for is in the text, as a word or as an acronym that it explains."""
    capitals = {word for word in _WORD.findall(with_usual_names(text)) if word[0].isupper()}
    capitals |= introduced(text).keys()
    forms = {form for word in capitals for form in name_forms(word)}
    return any(
        same_name(name, forms) or any(alike(name, word) for word in capitals) for name in asked
    )


def _names(text: str) -> Iterator[str]:
    if text.isupper():  # a heading in capitals
        yield from _WORD.findall(text)
    else:
        yield from (name[0] for name in names(text))


def _capitalised(question: str) -> Iterator[str]:
    """But for stop words ("I"), and for what begins a sentence, unless it is an acronym."""
    for word in _WORD.finditer(question):
        before = question[: word.start()].rstrip()
        if (
            word[0][0].isupper()
            and word[0].casefold() not in _QUESTION_WORDS
            and not is_function_word(word[0])
            and ((before and before[-1] not in ".?!¿¡") or sum(map(str.isupper, word[0])) > 1)
        ):
            yield word[0]
