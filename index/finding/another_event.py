"""Follow-ups on an event, and sentences that tell of an earlier one of its kind.

"When did the mill burn down?" (in 2022), then "Was anyone arrested?": "In 2005 a fire at the
sawmill killed three workers. Its manager was arrested." English only.
"""

import re
from collections.abc import Iterator

from footnote.corpus.language import primary_language
from footnote.corpus.span import Span
from footnote.index.blocks import passage_sentences
from footnote.index.facts.dates import dates
from footnote.index.finding.kind import OPENING
from footnote.index.passages import Passage
from footnote.index.question import Question, Turn

_MAX_TURNS, _MAX_CHARACTERS, _MAX_BACK = 12, 2000, 2
_ENDS_A_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
# What of an event is not older than it is; who led something, and when it began, may be.
_ASKS_OF_AN_EVENT = re.compile(
    OPENING + r"(?:(?:was|were|has|have|did|is|are) (?:there )?any(?:one|body)?\b"
    r"|how many\b[^?]{0,60}\b(?:died?|killed|dead|deaths|drowned|hurt|injured|wounded|arrested"
    r"|detained|sentenced|convicted)\b|who (?:did|claimed|caused|was behind) (?:it|this|that)\b"
    r"|what (?:was|is) the cause\b)",
    re.IGNORECASE,
)


def tells_of_an_earlier_event(question: Question, passage: Passage, span: Span) -> bool:
    """Whether the sentence at a span of the article, or the nearest before it in its paragraph that
    has a year, has only years before the latest of the conversation and of the report, and none
    that was spoken of, where it is asked what came of an event. Not where no year was spoken of."""
    if primary_language(passage.language, "en") != "en":
        return False
    if not _ASKS_OF_AN_EVENT.search(question.text[:_MAX_CHARACTERS]):
        return False
    said = [_first_sentence(turn) for turn in question.history[-_MAX_TURNS:]]
    known = _years(" ".join(said))
    told = next((years for text in _back_from(passage, span) if (years := _years(text))), None)
    of_report = {int(passage.date[:4])} if passage.date else set()
    return bool(known and told and not known & told and max(told) < max(known | of_report))


def _first_sentence(turn: Turn) -> str:
    """Of an answer what stands first: more may be quoted below it, on other events."""
    text = turn.text[:_MAX_CHARACTERS]
    return text if turn.role == "user" else _ENDS_A_SENTENCE.split(text, maxsplit=1)[0]


def _back_from(passage: Passage, span: Span) -> Iterator[str]:
    """The sentence, and those before it in its paragraph, backwards."""
    text, inner = passage.text, span.shifted(-passage.span.start)
    yield inner.of(text)
    start = inner.start
    before = [s for s in passage_sentences(text, passage.language) if s.end <= start]
    for sentence in reversed(before[-_MAX_BACK:]):
        if "\n" in text[sentence.end : start]:
            return
        yield sentence.of(text)
        start = sentence.start


def _years(text: str) -> set[int]:
    return {date.year for date in dates(text, "en") if date.year}
