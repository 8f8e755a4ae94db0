"""What a question gets: an answer, what comes nearest, a list of articles, or an abstention.

All four are ordinary results, and every claim in them is cited. The promise lives here: a citation
cannot be made unless its quotation is the exact slice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from footnote.corpus.article import Article
from footnote.corpus.pages import page_at, page_starts
from footnote.corpus.span import Span
from footnote.index.errors import IndexFault


class WrongQuotation(IndexFault):
    """A quotation that is not, character for character, what stands at its span."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The article that is cited, as it was when it was cited.

    `date` is the one that the article gives itself, ISO 8601 as far as it is known; `added` the
    ISO day on which the article was added, where that is known.
    """

    article: str
    revision: str
    title: str
    author: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    added: str | None = None

    @classmethod
    def to(cls, article: Article, *, added: str | None = None) -> "Reference":
        return cls(
            article.id,
            article.revision,
            article.title,
            article.author,
            article.date,
            article.source,
            article.url,
            added or article.added,
        )

    @property
    def day(self) -> str | None:
        """The article's own date, else the day on which it was added."""
        return self.date or self.added


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an article beside its text; `pages` are the offsets of the printed ones."""

    reference: Reference
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """What stands behind [n]: the quotation, and the passage that it stands in.

    Both spans are in characters of the article's text of that revision. Raises WrongQuotation
    where the quotation is not that slice of the passage; `Citation.of` slices both itself. `page`
    is the number, from 1, of the printed page that the quotation begins on, if it is known.
    `before` is the span of the sentence before it in the passage, where the quotation leans on
    that one ("He …", "But …"): it is shown for understanding and is no part of the claim.
    """

    n: int
    reference: Reference
    span: Span
    quotation: str
    passage: Span
    passage_text: str
    page: int | None = None
    before: Span | None = None

    def __post_init__(self) -> None:
        if not self.passage.covers(self.span) or len(self.passage_text) != len(self.passage):
            raise WrongQuotation(f"{self.span} is not within the passage {self.passage}")
        there = self.span.shifted(-self.passage.start).of(self.passage_text)
        if there != self.quotation:
            raise WrongQuotation(f"[{self.n}] quotes {self.quotation!r}; there stands {there!r}")
        before = self.before
        if before and (not self.passage.covers(before) or before.end > self.span.start):
            raise WrongQuotation(f"{before} is not before {self.span} in {self.passage}")

    @property
    def before_text(self) -> str | None:
        """The exact sentence before the quotation, where there is one to be shown with it."""
        if self.before is None:
            return None
        return self.before.shifted(-self.passage.start).of(self.passage_text)

    @classmethod
    def of(
        cls,
        n: int,
        article: Article,
        span: Span,
        passage: Span,
        *,
        before: Span | None = None,
        added: str | None = None,
    ) -> "Citation":
        """`added` is the ISO day on which the article was added, where that is known."""
        return cls(
            n,
            Reference.to(article, added=added),
            span,
            span.of(article.text),
            passage,
            passage.of(article.text),
            page_at(page_starts(article), span.start),
            before,
        )

    @classmethod
    def within(
        cls,
        n: int,
        head: Head,
        span: Span,
        passage: Span,
        passage_text: str,
        *,
        before: Span | None = None,
    ) -> "Citation":
        """From the text of the passage alone, which is that of the revision in the head."""
        quotation = span.shifted(-passage.start).of(passage_text)
        page = page_at(head.pages, span.start)
        return cls(n, head.reference, span, quotation, passage, passage_text, page, before)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer with what bears it out; ValueError without a citation.

    `differs`: it is quoted because it says otherwise than a sentence before it, of another article.
    `earlier`: it is what an older report said of what has changed since.
    """

    text: str
    citations: Sequence[Citation]
    differs: bool = False
    earlier: bool = False

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"no citation for the claim {self.text!r}")


class Unwritten(StrEnum):
    """Why an answer is quoted although there is a language model."""

    AWAY = "the language model did not answer"
    UNSUPPORTED = "what the language model wrote was not borne out"
    DECLINED = "the language model found no answer in the passages"
    SPENT = "no more written answers today"


@dataclass(frozen=True, slots=True)
class Answer:
    """Claims, in the articles' own sentences (`quoted`) or in a language model's (`written`).

    `confidence` is the probability, from 0 to 1, that what is quoted first answers the question.
    `missing` are the parts of the question, in its own words, for which nothing was found. `as_of`
    is the date of the first citation's article where it was taken for being the newest of several
    reports. Raises ValueError without a claim.
    """

    question: str
    mode: Literal["quoted", "written"]
    confidence: float
    claims: Sequence[Claim]
    unwritten: Unwritten | None = None
    missing: tuple[str, ...] = ()
    as_of: str | None = None

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError("an answer without claims is an abstention")

    @property
    def citations(self) -> dict[int, Citation]:
        """By their numbers, in the order in which these are counted."""
        return _numbered(self.claims)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Exact sentences that come near to the question, where it is not sure that they answer it.

    `confidence` is as in an answer. Raises ValueError without a claim, or where one is not word
    for word what it cites.
    """

    question: str
    confidence: float
    claims: Sequence[Claim]
    unwritten: Unwritten | None = None

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError("where no sentence is near, that is an abstention")
        for claim in self.claims:
            if [claim.text] != [citation.quotation for citation in claim.citations]:
                raise ValueError(f"the claim {claim.text!r} is not what it cites")

    @property
    def citations(self) -> dict[int, Citation]:
        """By their numbers, in the order in which these are counted."""
        return _numbered(self.claims)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article of a listing; `claims` are the sentences that sum it up, if it is summed up."""

    reference: Reference
    claims: Sequence[Claim] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Articles, for who asks for articles: the newest, those on a topic, or what one is about.

    The citations are numbered over the whole listing. Raises ValueError without an article.
    """

    question: str
    about: Literal["new", "topic", "summary"]
    articles: Sequence[ListedArticle]

    def __post_init__(self) -> None:
        if not self.articles:
            raise ValueError("a listing without articles is an abstention")

    @property
    def claims(self) -> list[Claim]:
        """Those of all the articles, in their order."""
        return [claim for article in self.articles for claim in article.claims]

    @property
    def citations(self) -> dict[int, Citation]:
        """By their numbers, in the order in which these are counted."""
        return _numbered(self.claims)


class Reason(StrEnum):
    """Why there is no answer. None of them says that the articles do not answer: what was not
    found may yet be there."""

    NO_QUESTION = "no question was asked"
    NO_ARTICLES = "there are no articles yet"
    NOTHING_FOUND = "nothing was found on this in the articles"
    OTHER_LANGUAGE = "the articles are in another language"
    UNCLEAR = "it is not clear what the question is about"
    TOO_LONG = "answering took too long"


@dataclass(frozen=True, slots=True)
class Abstention:
    """No answer, and nothing near; it names no article.

    `languages` are those of the articles (ISO 639 codes), where the question is in none of them.
    """

    question: str
    reason: Reason
    languages: tuple[str, ...] = ()

    @property
    def citations(self) -> dict[int, Citation]:
        """None: it cites nothing."""
        return {}


Result = Answer | Nearest | Listing | Abstention
"""What a question gets."""


def answered_by(result: Result) -> str | None:
    """What a follow-up may lean on: what was answered, or told of the one article in question.

    Not what only came near, which may be about something else, nor a list of several articles,
    which is about several things. Of 119 of MTRAG's follow-ups 16 come after a question to which
    something only came near: without that recall@5 is .646, with all its sentences .583, and with
    the first one .667, which is one question of the 16 more.
    """
    match result:
        case Answer():
            return " ".join(claim.text for claim in result.claims)
        case Listing(articles=[article]):
            told = [article.reference.title, *(claim.text for claim in article.claims)]
            return " ".join(told)
        case _:
            return None


def with_before(claims: Iterable[Claim]) -> Iterator[tuple[Claim, str | None]]:
    """Each claim with the exact sentence to be shown before it, where it leans on one.

    None where that sentence is itself the quotation just before, or the claim is not word for word
    what it cites.
    """
    last: Citation | None = None
    for claim in claims:
        citation = claim.citations[0]
        quoted = len(claim.citations) == 1 and claim.text == citation.quotation
        follows = (
            last is not None
            and last.reference == citation.reference
            and last.span == citation.before
        )
        yield claim, citation.before_text if quoted and not follows else None
        last = citation if quoted else None


def articles_of(result: Result) -> tuple[str, ...]:
    """The ids of the articles that a result cites or lists, in the order in which it names them."""
    if isinstance(result, Listing):
        return tuple(listed.reference.article for listed in result.articles)
    return tuple(dict.fromkeys(c.reference.article for c in result.citations.values()))


def _numbered(claims: Iterable[Claim]) -> dict[int, Citation]:
    found = {c.n: c for claim in claims for c in claim.citations}
    return dict(sorted(found.items()))


def to_json(result: Result) -> dict[str, Any]:
    """The JSON that docs/python.md describes, made of plain values."""
    match result:
        case Answer():
            return {
                "kind": "answer",
                "question": result.question,
                "mode": result.mode,
                "confidence": round(result.confidence, 4),
                **({"unwritten": str(result.unwritten)} if result.unwritten else {}),
                "claims": [claim_json(claim) for claim in result.claims],
                **({"missing": list(result.missing)} if result.missing else {}),
                **({"as_of": result.as_of} if result.as_of else {}),
            }
        case Nearest():
            return {
                "kind": "nearest",
                "question": result.question,
                "confidence": round(result.confidence, 4),
                **({"unwritten": str(result.unwritten)} if result.unwritten else {}),
                "claims": [claim_json(claim) for claim in result.claims],
            }
        case Listing():
            return {
                "kind": "listing",
                "question": result.question,
                "about": result.about,
                "articles": [
                    reference_json(listed.reference)
                    | {"claims": [claim_json(claim) for claim in listed.claims]}
                    for listed in result.articles
                ],
            }
        case Abstention():
            return {
                "kind": "abstention",
                "question": result.question,
                "reason": str(result.reason),
                **({"languages": list(result.languages)} if result.languages else {}),
            }


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim within that form."""
    return {
        "text": claim.text,
        **({"differs": True} if claim.differs else {}),
        **({"earlier": True} if claim.earlier else {}),
        "citations": [citation_json(c) for c in claim.citations],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation within that form."""
    before = citation.before
    return {
        "n": citation.n,
        **reference_json(citation.reference),
        "start": citation.span.start,
        "end": citation.span.end,
        "quotation": citation.quotation,
        **(
            {"before": {"start": before.start, "end": before.end, "text": citation.before_text}}
            if before
            else {}
        ),
        **({"page": citation.page} if citation.page is not None else {}),
        "passage": {
            "start": citation.passage.start,
            "end": citation.passage.end,
            "text": citation.passage_text,
        },
    }


def reference_json(reference: Reference) -> dict[str, Any]:
    """An article within that form; null for what is not known of it."""
    return {
        "article": reference.article,
        "revision": reference.revision,
        "title": reference.title,
        "author": reference.author,
        "date": reference.date,
        "added": reference.added,
        "source": reference.source,
        "url": reference.url,
    }
