"""What a question gets: an answer, what comes nearest, a list of articles, or an abstention.

All four are ordinary results, and every claim in them is cited. The promise lives here: a citation
cannot be made unless its quotation is the exact slice.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, PlainSerializer, with_config
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import CoreSchema

from footnote.corpus.article import Article
from footnote.corpus.printed_pages import page_at, page_starts
from footnote.corpus.span import Span
from footnote.index.errors import IndexFault
from footnote.index.result_forms import (
    CLOSED,
    LEFT_OUT,
    CitationJson,
    Probability,
    ReferenceJson,
    described,
    flat,
)


class WrongQuotation(IndexFault):
    """A quotation that is not, character for character, what stands at its span."""


TextOf = Callable[[str, str], str | None]
"""The text of an article in a revision, by the ids of both; None where it is not at hand."""


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

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return flat(CitationJson, handler, write=cls._written, read=cls._read)

    def _written(self) -> dict[str, Any]:
        before, passage = self.before, self.passage
        return {
            "n": self.n,
            **_reference_json(self.reference),
            "start": self.span.start,
            "end": self.span.end,
            "quotation": self.quotation,
            **({"before": {**asdict(before), "text": self.before_text}} if before else {}),
            **({"page": self.page} if self.page is not None else {}),
            "passage": {**asdict(passage), "text": self.passage_text},
        }

    @classmethod
    def _read(cls, form: Any, text_of: TextOf | None) -> "Citation":
        passage, before = form["passage"], form.get("before")
        citation = cls(
            form["n"],
            _reference_of(form),
            Span(form["start"], form["end"]),
            form["quotation"],
            Span(passage["start"], passage["end"]),
            passage["text"],
            form.get("page"),
            Span(before["start"], before["end"]) if before else None,
        )
        if before and before["text"] != citation.before_text:
            raise WrongQuotation(f"before [{citation.n}] {before['text']!r} does not stand")
        text = text_of(form["article"], form["revision"]) if text_of else None
        if text is not None and text[passage["start"] : passage["end"]] != passage["text"]:
            raise WrongQuotation(f"the article does not say {passage['text']!r} at {passage}")
        return citation


def _reference_json(reference: Reference) -> dict[str, Any]:
    return {name: getattr(reference, name) for name in ReferenceJson.__annotations__}


def _reference_of(form: Any) -> Reference:
    return Reference(**{name: form[name] for name in ReferenceJson.__annotations__})


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer with what bears it out; ValueError without a citation.

    `differs`: it is quoted because it says otherwise than a sentence before it, of another article.
    `earlier`: it is what an older report said of what has changed since. `further_up`: in
    its article it stands before the claims that are shown before it.
    """

    __pydantic_config__ = described("A sentence with what bears it out.")

    text: str
    citations: Sequence[Citation]
    differs: Annotated[bool, LEFT_OUT] = False
    earlier: Annotated[bool, LEFT_OUT] = False
    further_up: Annotated[bool, LEFT_OUT] = False

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

    __pydantic_config__ = described("Sentences that answer, each cited.")

    kind: Literal["answer"] = field(default="answer", kw_only=True)
    question: str
    mode: Literal["quoted", "written"]
    confidence: Probability
    claims: Sequence[Claim]
    unwritten: Annotated[Unwritten | SkipJsonSchema[None], LEFT_OUT] = None
    missing: Annotated[tuple[str, ...], LEFT_OUT] = ()
    as_of: Annotated[str | SkipJsonSchema[None], LEFT_OUT] = None

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

    __pydantic_config__ = described("Sentences that come near, where it is not sure they answer.")

    kind: Literal["nearest"] = field(default="nearest", kw_only=True)
    question: str
    confidence: Probability
    claims: Sequence[Claim]
    unwritten: Annotated[Unwritten | SkipJsonSchema[None], LEFT_OUT] = None

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


@with_config(CLOSED)
class ListedJson(ReferenceJson):
    """An article of a listing, with the sentences that sum it up."""

    claims: list[Claim]


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article of a listing; `claims` are the sentences that sum it up, if it is summed up."""

    reference: Reference
    claims: Sequence[Claim] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return flat(ListedJson, handler, write=cls._written, read=cls._read)

    def _written(self) -> dict[str, Any]:
        return {**_reference_json(self.reference), "claims": list(self.claims)}

    @classmethod
    def _read(cls, form: Any, _: TextOf | None) -> "ListedArticle":
        return cls(_reference_of(form), form["claims"])


@dataclass(frozen=True, slots=True)
class Listing:
    """Articles, for who asks for articles: the newest, those on a topic, or what one is about.

    The citations are numbered over the whole listing. Raises ValueError without an article.
    """

    __pydantic_config__ = described("Articles, for a question that asks for articles.")

    kind: Literal["listing"] = field(default="listing", kw_only=True)
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

    __pydantic_config__ = described("Nothing was found, or nothing was asked.")

    kind: Literal["abstention"] = field(default="abstention", kw_only=True)
    question: str
    reason: Reason
    languages: Annotated[tuple[str, ...], LEFT_OUT] = ()

    @property
    def citations(self) -> dict[int, Citation]:
        """None: it cites nothing."""
        return {}


class Verdict(StrEnum):
    """What the passages say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNFOUND = "nothing found"


def _at_most_one(written: Any) -> Any:
    """The only one of a list, None of an empty one; a longer list is left to be refused."""
    if isinstance(written, list) and len(written) < 2:
        return written[0] if written else None
    return written


def _listed(citation: Citation | None) -> list[Citation]:
    return [citation] if citation else []


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of what was checked, and what supports or contradicts it.

    Raises ValueError where there is a citation and nothing found, or the other way round.
    """

    __pydantic_config__ = described("A sentence of a text that was checked.")

    text: str
    citation: Annotated[
        Citation | None,
        BeforeValidator(_at_most_one),
        PlainSerializer(_listed, return_type=list[Citation]),
        Field(alias="citations"),
    ]
    verdict: Verdict

    def __post_init__(self) -> None:
        if (self.citation is None) != (self.verdict is Verdict.UNFOUND):
            raise ValueError(f"{self.verdict} and the citation {self.citation} do not agree")


@dataclass(frozen=True, slots=True)
class Checked:
    """A text, sentence by sentence; `question` is the text. Raises ValueError without a sentence.

    `left` says that there were more sentences than are checked. `languages` are those of the
    articles (ISO 639 codes), where the text is in none of them and nothing was found for it.
    """

    __pydantic_config__ = described(
        "A text, sentence by sentence; `left`: it has more of them than are checked."
    )

    kind: Literal["check"] = field(default="check", kw_only=True)
    question: Annotated[str, Field(alias="claim")]
    sentences: Sequence[CheckedSentence]
    left: bool = False
    languages: Annotated[tuple[str, ...], LEFT_OUT] = ()

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a text without sentences has nothing to be checked")

    @property
    def supported(self) -> bool:
        """Whether every sentence is, and none was left."""
        return not self.left and all(s.verdict is Verdict.SUPPORTED for s in self.sentences)

    @property
    def citations(self) -> dict[int, Citation]:
        """By their numbers, in the order of the sentences."""
        return {s.citation.n: s.citation for s in self.sentences if s.citation}


Result = Answer | Nearest | Listing | Abstention
"""What a question gets."""

AnyResult = Result | Checked
"""What a question or a check gets: what a receipt keeps."""


def answered_by(result: Result) -> str | None:
    """What a follow-up may lean on: what was answered, or told of the one article in question.

    Not what only came near, which may be about something else, nor a list of several articles,
    which is about several things. Of 119 of MTRAG's follow-ups 16 come after a question to which
    something only came near: without that recall@5 is .646, with all its sentences .583, and with
    the first one .667, which is one question of the 16 more.

    What stands further up in its article comes first: whoever reads on, a person or a language
    model, has the sentences in the order of the article.
    """
    match result:
        case Answer():
            in_order = sorted(result.claims, key=lambda claim: not claim.further_up)
            return " ".join(claim.text for claim in in_order)
        case Listing(articles=[article]):
            told = [article.reference.title, *(claim.text for claim in article.claims)]
            return " ".join(told)
        case _:
            return None


def with_before(claims: Iterable[Claim]) -> Iterator[tuple[Claim, str | None]]:
    """Each claim with the exact sentence to be shown before it, where it leans on one.

    None where that is shown already, is or has in it what another of the claims quotes, or the
    claim is not word for word what it cites: nothing is shown twice.
    """
    claims = list(claims)
    quoted = [claim.citations[0] for claim in claims if _is_quoted(claim)]
    shown = [(citation.reference, citation.span) for citation in quoted]
    for claim in claims:
        citation = claim.citations[0]
        before = citation.before if citation in quoted else None
        if before and any(of == citation.reference and span.overlaps(before) for of, span in shown):
            before = None
        if before:
            shown.append((citation.reference, before))
        yield claim, citation.before_text if before else None


def articles_of(result: Result) -> tuple[str, ...]:
    """The ids of the articles that a result cites or lists, in the order in which it names them."""
    if isinstance(result, Listing):
        return tuple(listed.reference.article for listed in result.articles)
    return tuple(dict.fromkeys(c.reference.article for c in result.citations.values()))


def _is_quoted(claim: Claim) -> bool:
    """Whether it is word for word the one sentence that it cites."""
    return len(claim.citations) == 1 and claim.text == claim.citations[0].quotation


def _numbered(claims: Iterable[Claim]) -> dict[int, Citation]:
    found = {c.n: c for claim in claims for c in claim.citations}
    return dict(sorted(found.items()))
