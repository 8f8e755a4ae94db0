"""The forms of what programs get; results are in that of `footnote ask --json`."""

from typing import Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from footnote.index.results import Abstention, AnyResult, Checked, Result

_CLOSED = ConfigDict(extra="forbid")


@with_config(_CLOSED)
class SpanJson(TypedDict):
    """From `start` to before `end`, in characters of the article's text."""

    start: int
    end: int


@with_config(_CLOSED)
class AskReply(TypedDict):
    """`receipt` is the id under which the result is kept."""

    receipt: str
    result: Result


@with_config(_CLOSED)
class CheckReply(TypedDict):
    """An abstention where there are no articles, or there was no time."""

    receipt: str
    result: Checked | Abstention


@with_config(_CLOSED)
class ReceiptReply(TypedDict):
    """What was answered, as it was then; `follows` is the receipt that it followed up."""

    receipt: str
    follows: str | None
    result: AnyResult


@with_config(_CLOSED)
class FeedbackReply(TypedDict):
    """How many people say what of an answer."""

    up: int
    down: int
    wrong_passages: int


@with_config(_CLOSED)
class ArticleJson(TypedDict):
    """What is known of an article; `characters` is how many its text has."""

    article: str
    title: str
    author: str | None
    date: str | None
    added: str | None
    language: str | None
    source: str | None
    url: str | None
    characters: int


@with_config(_CLOSED)
class ArticleLine(ArticleJson):
    """A line of the list of articles; `characters` and `passages` are counts."""

    passages: int


@with_config(_CLOSED)
class ListReply(TypedDict):
    """The newest first; `total` is how many there are, however many are sent."""

    total: int
    articles: list[ArticleLine]


@with_config(_CLOSED)
class ArticleReply(ArticleJson):
    """An article; `passages` are empty until it is indexed."""

    revision: str
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
