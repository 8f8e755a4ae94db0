"""The forms of what programs get; those of results are also those of `footnote ask --json`."""

from typing import Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

_CLOSED = ConfigDict(extra="forbid")


@with_config(_CLOSED)
class SpanJson(TypedDict):
    """From `start` to before `end`, in characters of the article's text."""

    start: int
    end: int


@with_config(_CLOSED)
class SliceJson(TypedDict):
    """A span with what stands there."""

    start: int
    end: int
    text: str


@with_config(_CLOSED)
class CitationJson(TypedDict):
    """What stands behind [n]: `quotation` is, character for character, what stands from `start` to
    before `end` in the text of this revision of the article."""

    n: int
    article: str
    revision: str
    title: str
    author: str | None
    date: str | None
    added: str | None
    source: str | None
    url: str | None
    start: int
    end: int
    quotation: str
    before: NotRequired[SliceJson]
    page: NotRequired[int]
    passage: SliceJson


@with_config(_CLOSED)
class ClaimJson(TypedDict):
    """A sentence with what bears it out."""

    text: str
    differs: NotRequired[bool]
    earlier: NotRequired[bool]
    citations: list[CitationJson]


@with_config(_CLOSED)
class AnswerJson(TypedDict):
    """Sentences that answer, each cited."""

    kind: Literal["answer"]
    question: str
    mode: Literal["quoted", "written"]
    confidence: float
    unwritten: NotRequired[str]
    claims: list[ClaimJson]
    missing: NotRequired[list[str]]
    as_of: NotRequired[str]


@with_config(_CLOSED)
class NearestJson(TypedDict):
    """Sentences that come near, where it is not sure that they answer."""

    kind: Literal["nearest"]
    question: str
    confidence: float
    unwritten: NotRequired[str]
    claims: list[ClaimJson]


@with_config(_CLOSED)
class ListedJson(TypedDict):
    """An article of a listing, with the sentences that sum it up."""

    article: str
    revision: str
    title: str
    author: str | None
    date: str | None
    added: str | None
    source: str | None
    url: str | None
    claims: list[ClaimJson]


@with_config(_CLOSED)
class ListingJson(TypedDict):
    """Articles, for a question that asks for articles."""

    kind: Literal["listing"]
    question: str
    about: Literal["new", "topic", "summary"]
    articles: list[ListedJson]


@with_config(_CLOSED)
class AbstentionJson(TypedDict):
    """Nothing was found, or nothing was asked."""

    kind: Literal["abstention"]
    question: str
    reason: str
    languages: NotRequired[list[str]]


@with_config(_CLOSED)
class CheckedSentenceJson(TypedDict):
    """A sentence of a text that was checked."""

    text: str
    verdict: Literal["supported", "contradicted", "nothing found"]
    citations: list[CitationJson]


@with_config(_CLOSED)
class CheckJson(TypedDict):
    """A text, sentence by sentence; `left`: it has more of them than are checked."""

    kind: Literal["check"]
    claim: str
    sentences: list[CheckedSentenceJson]
    left: bool
    languages: NotRequired[list[str]]


ResultJson = AnswerJson | NearestJson | ListingJson | AbstentionJson
AnyResultJson = ResultJson | CheckJson


@with_config(_CLOSED)
class AskReply(TypedDict):
    """`receipt` is the id under which the result is kept."""

    receipt: str
    result: ResultJson


@with_config(_CLOSED)
class CheckReply(TypedDict):
    """An abstention where there are no articles, or there was no time."""

    receipt: str
    result: CheckJson | AbstentionJson


@with_config(_CLOSED)
class ReceiptReply(TypedDict):
    """What was answered, as it was then; `follows` is the receipt that it followed up."""

    receipt: str
    follows: str | None
    result: AnyResultJson


@with_config(_CLOSED)
class FeedbackReply(TypedDict):
    """How many people say what of an answer."""

    up: int
    down: int
    wrong_passages: int


@with_config(_CLOSED)
class ArticleLine(TypedDict):
    """A line of the list of articles; `characters` and `passages` are counts."""

    article: str
    title: str
    author: str | None
    date: str | None
    added: str | None
    language: str | None
    source: str | None
    url: str | None
    characters: int
    passages: int


@with_config(_CLOSED)
class ListReply(TypedDict):
    """The newest first; `total` is how many there are, however many are sent."""

    total: int
    articles: list[ArticleLine]


@with_config(_CLOSED)
class ArticleReply(TypedDict):
    """An article; `passages` are empty until it is indexed."""

    article: str
    revision: str
    title: str
    author: str | None
    date: str | None
    added: str | None
    language: str | None
    source: str | None
    url: str | None
    characters: int
    cited: int
    passages: list[SpanJson]
    text: NotRequired[str]


@with_config(_CLOSED)
class ChangeReply(TypedDict):
    """What became of what was sent. `change` is the number by which it can be undone; `likeness`
    (0 to 1) is how much of it stands in `article` already; `searchable`: questions are answered
    from it now, and else in a moment."""

    outcome: Literal["added", "new revision", "already here", "near copy", "renamed", "removed"]
    article: str
    title: str
    change: int | None
    searchable: bool
    words_added: NotRequired[int]
    words_removed: NotRequired[int]
    likeness: NotRequired[float]


@with_config(_CLOSED)
class UndoReply(TypedDict):
    """The change that was taken back; `is_there` tells whether the article is there now."""

    undone: Literal["added", "replaced", "renamed", "removed"]
    article: str
    title: str
    is_there: bool
    searchable: bool


@with_config(_CLOSED)
class FaultReply(TypedDict):
    """What is wrong, in a plain sentence."""

    error: str
