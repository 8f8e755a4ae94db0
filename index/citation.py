"""Answers whose every claim is cited, and abstentions; both are ordinary results.

The promise lives here: a citation cannot be made unless its quotation is the exact slice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from corpus.article import Article
from corpus.pages import page_at, page_starts
from corpus.span import Span
from index.errors import IndexFault


class WrongQuotation(IndexFault):
    """A quotation that is not, character for character, what stands at its span."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The article that is cited, as it was when it was cited."""

    article: str
    revision: str
    title: str
    author: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None

    @classmethod
    def to(cls, article: Article) -> "Reference":
        return cls(
            article.id,
            article.revision,
            article.title,
            article.author,
            article.date,
            article.source,
            article.url,
        )


@dataclass(frozen=True, slots=True)
class Citation:
    """What stands behind [n]: the quotation, and the passage that it stands in.

    Both spans are in characters of the article's text of that revision. Raises WrongQuotation
    where the quotation is not that slice of the passage; `Citation.of` slices both itself. `page`
    is the number, from 1, of the printed page that the quotation begins on, if it is known.
    """

    n: int
    reference: Reference
    span: Span
    quotation: str
    passage: Span
    passage_text: str
    page: int | None = None

    def __post_init__(self) -> None:
        if not self.passage.covers(self.span) or len(self.passage_text) != len(self.passage):
            raise WrongQuotation(f"{self.span} is not within the passage {self.passage}")
        there = self.span.shifted(-self.passage.start).of(self.passage_text)
        if there != self.quotation:
            raise WrongQuotation(f"[{self.n}] quotes {self.quotation!r}; there stands {there!r}")

    @classmethod
    def of(cls, n: int, article: Article, span: Span, passage: Span) -> "Citation":
        return cls(
            n,
            Reference.to(article),
            span,
            span.of(article.text),
            passage,
            passage.of(article.text),
            page_at(page_starts(article), span.start),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer with what bears it out; ValueError without a citation.

    `differs`: it is quoted because it says otherwise than a sentence before it, of another article.
    """

    text: str
    citations: Sequence[Citation]
    differs: bool = False

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"no citation for the claim {self.text!r}")


class Unwritten(StrEnum):
    """Why an answer is quoted although there is a language model."""

    AWAY = "the language model did not answer"
    UNSUPPORTED = "what the language model wrote was not borne out"
    SPENT = "no more written answers today"


@dataclass(frozen=True, slots=True)
class Answer:
    """Claims, in the articles' own sentences (`quoted`) or in a language model's (`written`).

    `confidence` is the probability, from 0 to 1, that the articles answer the question.
    """

    question: str
    mode: Literal["quoted", "written"]
    confidence: float
    claims: Sequence[Claim]
    unwritten: Unwritten | None = None

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError("an answer without claims is an abstention")

    @property
    def citations(self) -> dict[int, Citation]:
        """By their numbers, in the order in which these are counted."""
        found = {c.n: c for claim in self.claims for c in claim.citations}
        return dict(sorted(found.items()))


class Reason(StrEnum):
    """Why there is no answer."""

    NO_QUESTION = "no question was asked"
    NO_ARTICLES = "there are no articles yet"
    NOT_ANSWERED = "the articles do not answer this"
    OTHER_LANGUAGE = "the articles are in another language"


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage that came near to answering and did not."""

    reference: Reference
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Abstention:
    """No answer; `nearest` are not evidence for anything.

    `languages` are those of the articles (ISO 639 codes), where the question is in none of them.
    """

    question: str
    reason: Reason
    nearest: Sequence[Nearest] = ()
    languages: tuple[str, ...] = ()


def to_json(result: Answer | Abstention) -> dict[str, Any]:
    """The form that other programs read, as README.md describes it; made of plain JSON values."""
    if isinstance(result, Abstention):
        return {
            "kind": "abstention",
            "question": result.question,
            "reason": str(result.reason),
            **({"languages": list(result.languages)} if result.languages else {}),
            "nearest": [
                {
                    "article": near.reference.article,
                    "title": near.reference.title,
                    "start": near.span.start,
                    "end": near.span.end,
                    "text": near.text,
                }
                for near in result.nearest
            ],
        }
    return {
        "kind": "answer",
        "question": result.question,
        "mode": result.mode,
        "confidence": round(result.confidence, 4),
        **({"unwritten": str(result.unwritten)} if result.unwritten else {}),
        "claims": [_claim_json(claim) for claim in result.claims],
    }


def _claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        **({"differs": True} if claim.differs else {}),
        "citations": [citation_json(c) for c in claim.citations],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation within that form."""
    return {
        "n": citation.n,
        "article": citation.reference.article,
        "revision": citation.reference.revision,
        "title": citation.reference.title,
        "start": citation.span.start,
        "end": citation.span.end,
        "quotation": citation.quotation,
        **({"page": citation.page} if citation.page is not None else {}),
        "passage": {
            "start": citation.passage.start,
            "end": citation.passage.end,
            "text": citation.passage_text,
        },
    }
