"""Results as plain text with [n] in it, for programs that show or hand on text alone."""

import re
from collections.abc import Iterable, Iterator

from footnote.bot.phrases import rest_unchecked, texts_for, why_nothing
from footnote.bot.texts.answers import AnswerTexts
from footnote.corpus.normalise import one_line
from footnote.index.results import (
    Abstention,
    Answer,
    AnyResult,
    Checked,
    Citation,
    Claim,
    Listing,
    Nearest,
    Reference,
    with_before,
)

_LISTED = {
    "new": "Articles, the newest first:",
    "topic": "Articles on this:",
    "summary": "In brief:",
}
_SOURCES = "Sources:"
_MARK = re.compile(r" ?\[[0-9]{1,4}\]")


def text_of(result: AnyResult) -> str:
    """All of a result: what is said, then the sources, one line for each number."""
    return "\n\n".join(part for part in (said_in(result), sources_of(result)) if part)


def said_in(result: AnyResult) -> str:
    """The sentences with their numbers, under words that say what they are."""
    match result:
        case Answer():
            lines = [*_claims(result.claims, texts_for(result.question)), *_after(result)]
        case Nearest():
            texts = texts_for(result.question)
            lines = [texts.nearest, *_claims(result.claims, texts)]
        case Listing():
            lines = [_LISTED[result.about], *_listed(result)]
        case Checked():
            lines = list(_checked(result))
        case Abstention():
            lines = [why_nothing(result)]
    return "\n".join(lines)


def claim_line(claim: Claim) -> str:
    """One sentence with its numbers; of what differs or was earlier it is said that it is so."""
    text, reference = one_line(claim.text), claim.citations[0].reference
    if claim.differs:
        text = f"Another article says otherwise ({source_line(reference)}): “{text}”"
    elif claim.earlier:
        text = f"Earlier: {text}"
    return text + _marks(claim.citations)


def rest_of(answer: Answer) -> str:
    """What stands below the sentences of an answer that were told already."""
    parts = ("\n".join(_after(answer)), sources_of(answer))
    return "".join(f"\n\n{part}" for part in parts if part)


def sources_of(result: AnyResult) -> str:
    """Empty where nothing is cited."""
    lines = [f"[{n}] {source_line(cited.reference)}" for n, cited in result.citations.items()]
    return "\n".join([_SOURCES, *lines]) if lines else ""


def source_line(reference: Reference) -> str:
    """Title, author, day, site and address of an article, as far as they are known."""
    parts = (reference.title, reference.author, reference.day, reference.source, reference.url)
    return " · ".join(one_line(part) for part in parts if part)


def without_marks(text: str) -> str:
    """What was said in a text of this form, without its numbers and its sources."""
    return _MARK.sub("", text.partition(f"\n{_SOURCES}\n")[0]).strip()


def _claims(claims: Iterable[Claim], texts: AnswerTexts) -> Iterator[str]:
    """Before a sentence that leans on another one stands that, after a sign that nothing else has:
    who "he" is must not be read out of the sentence of another claim.

    Before both, on their line, it is said of what stands further up in its article that it does:
    of that alone, and not of what comes after it.
    """
    for claim, before in with_before(claims):
        place = f"{texts.further_up} " if claim.further_up else ""
        if before:
            yield f"{place}… {one_line(before)}"
        yield claim_line(claim) if before else f"{place}{claim_line(claim)}"


def _after(answer: Answer) -> Iterator[str]:
    texts = texts_for(answer.question)
    if answer.as_of:
        yield texts.as_of(answer.as_of)
    for part in answer.missing:
        yield texts.missing(one_line(part))


def _listed(listing: Listing) -> Iterator[str]:
    texts = texts_for(listing.question)
    for article in listing.articles:
        yield f"- {source_line(article.reference)}"
        yield from (f"  {line}" for line in _claims(article.claims, texts))


def _checked(checked: Checked) -> Iterator[str]:
    for sentence in checked.sentences:
        line = f"{one_line(sentence.text)} — {sentence.verdict}"
        if sentence.citation:
            line += f": {one_line(sentence.citation.quotation)} [{sentence.citation.n}]"
        yield line
    if checked.left:
        yield rest_unchecked(len(checked.sentences))


def _marks(citations: Iterable[Citation]) -> str:
    return "".join(f" [{citation.n}]" for citation in citations)
