"""What the tools take and what they give, as JSON Schema tells it to a language model."""

from typing import NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from footnote.bot.web.api.request_models import Body, Day, Id, TurnBody
from footnote.bot.web.api.response_models import ArticleJson
from footnote.corpus.article import MAX_CHARACTERS as MAX_OF_ARTICLE
from footnote.index.question import MAX_CHARACTERS
from footnote.index.results import Citation

_CLOSED = ConfigDict(extra="forbid")
_MAX_TURNS = 20
_MAX_READ, _READ = 100_000, 20_000


class AskArguments(Body):
    question: str = Field(max_length=MAX_CHARACTERS, description="The question, in one sentence.")
    history: tuple[TurnBody, ...] = Field(
        default=(),
        max_length=_MAX_TURNS,
        description="What was said before, oldest first, if the question refers to it.",
    )
    since: Day | None = Field(
        default=None, description="Only articles from this day on: 2016, 2016-08 or 2016-08-20."
    )
    until: Day | None = Field(default=None, description="Only articles up to this day.")


class CheckArguments(Body):
    text: str = Field(max_length=50_000, description="One or more sentences to be checked.")


class FindArguments(Body):
    query: str = Field(max_length=MAX_CHARACTERS, description="What the passages are about.")


class ReadArguments(Body):
    article: Id = Field(description="The article's id, as citations name it.")
    start: int = Field(
        default=0, ge=0, le=MAX_OF_ARTICLE, description="The offset at which to begin."
    )
    characters: int = Field(
        default=_READ, ge=1, le=_MAX_READ, description="How many characters to read."
    )


@with_config(_CLOSED)
class FindReply(TypedDict):
    """The best sentence of each of the best passages, the best first."""

    passages: list[Citation]


@with_config(_CLOSED)
class ReadReply(ArticleJson):
    """The text from `start` to before `end`, of so many `characters` that the article has."""

    revision: str
    start: int
    end: int
    text: str
    next: NotRequired[int]
