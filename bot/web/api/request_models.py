"""What programs send: its form, how long it may be, and what is told of what is wrong with it."""

from typing import Annotated, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from footnote.bot.web.bodies import MAX_BYTES, read_body, refuse_too_large
from footnote.corpus.timespan import FIRST, LAST, Timespan
from footnote.index.question import MAX_CHARACTERS

JSON = "application/json"
BYTES = "application/octet-stream"
_MAX_TURNS = 50
_MAX_FAULTS = 5
_MAX_SHOWN = 60
_MAX_LISTED = 1000
_MAX_OFFSET = 10_000_000
M = TypeVar("M", bound=BaseModel)

Id = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    Field(description="A year, a month or a day: 2016, 2016-08 or 2016-08-20."),
]


class Body(BaseModel):
    """Nothing is turned into another type, and nothing is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TurnBody(Body):
    """What somebody said before."""

    role: Literal["user", "assistant"]
    text: str = Field(max_length=20_000)


class AskBody(Body):
    """A question, with what was said before it or the receipt of the answer that it follows up."""

    question: str = Field(max_length=MAX_CHARACTERS)
    history: tuple[TurnBody, ...] = Field(
        default=(), max_length=_MAX_TURNS, description="What was said before, oldest first."
    )
    cited: tuple[Id, ...] = Field(
        default=(),
        max_length=_MAX_TURNS,
        description="The articles that the last answer cited: what 'this article' means.",
    )
    follows: Id | None = Field(
        default=None,
        description="The receipt that this follows up, in place of `history` and `cited`.",
    )
    since: Day | None = Field(default=None, description="Only articles from this day on.")
    until: Day | None = Field(default=None, description="Only articles up to this day.")


class CheckBody(Body):
    """A text whose sentences are checked."""

    text: str = Field(max_length=50_000)


class ArticleBody(Body):
    """An article to be added, or to take the place of another: a link or a text."""

    url: str | None = Field(
        default=None, max_length=2_000, description="Where it is fetched from, or came from."
    )
    text: str | None = Field(default=None, description="Its text, which may be Markdown.")
    title: str | None = Field(default=None, max_length=500, description="Beside a text.")


class RenameBody(Body):
    """Another title."""

    title: str = Field(min_length=1, max_length=500)


class UndoBody(Body):
    """Which change is taken back: the last one where none is named."""

    change: int | None = Field(default=None, ge=1, le=2**53)


class FeedbackBody(Body):
    """What is thought of an answer; `none` takes back what was said before."""

    rating: Literal["up", "down", "none"]
    wrong_passage: bool = Field(
        default=False, description="With `down`: the passage does not bear out the sentence."
    )


class ListQuery(BaseModel):
    """Which articles are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    search: str = Field(
        default="",
        max_length=500,
        description="Words that are all in the title, name, author or site.",
    )
    since: Day | None = None
    until: Day | None = None
    limit: int = Field(default=100, ge=1, le=_MAX_LISTED)
    offset: int = Field(default=0, ge=0, le=_MAX_OFFSET)


class GetQuery(BaseModel):
    """What is sent of an article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: bool = Field(default=True, description="false: without its text.")


class AddQuery(BaseModel):
    """How an article is added."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    copies: bool = Field(default=False, description="true: also what is nearly there already.")
    name: str | None = Field(
        default=None, min_length=1, max_length=255, description="The name of a file that is sent."
    )


async def read_json(request: web.Request, model: type[M]) -> M:
    """The body in this form. Raises HTTPUnsupportedMediaType, HTTPBadRequest where it is no JSON,
    and HTTPUnprocessableEntity where it is not of the form."""
    refuse_too_large(request, MAX_BYTES)
    if request.content_type != JSON:
        raise web.HTTPUnsupportedMediaType(text=f"Send this as {JSON}.")
    body = await read_body(request)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise _refusal(error) from None


def read_query(request: web.Request, model: type[M]) -> M:
    """What stands behind the ? of the address; HTTPUnprocessableEntity where it is wrong."""
    try:
        return model.model_validate_strings(dict(request.query))
    except ValidationError as error:
        raise _refusal(error) from None


def days_between(since: str | None, until: str | None) -> Timespan | None:
    """ValueError, with a sentence, where there are no such days."""
    if since is None and until is None:
        return None
    try:
        first = Timespan.of(since).first if since else FIRST
        last = Timespan.of(until).last if until else LAST
        return Timespan(first, last)
    except ValueError as error:
        raise ValueError(f"These are no days: {error}.") from None


def days_asked(since: str | None, until: str | None) -> Timespan | None:
    """HTTPUnprocessableEntity where there are no such days."""
    try:
        return days_between(since, until)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None


def _refusal(error: ValidationError) -> web.HTTPError:
    [first, *_] = error.errors(include_url=False, include_input=False, include_context=False)
    if first["type"] == "json_invalid":
        return web.HTTPBadRequest(text=f"This is no JSON ({first['msg']}).")
    return web.HTTPUnprocessableEntity(text=faults_in(error))


def faults_in(error: ValidationError) -> str:
    """The first few of them, each with its place, in one line."""
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    told = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in faults[:_MAX_FAULTS]]
    more = [f"and {len(faults) - _MAX_FAULTS:,} more"] if len(faults) > _MAX_FAULTS else []
    return "; ".join(told + more)


def _place(location: tuple[int | str, ...]) -> str:
    """Where in the body; its names come from outside, and are cut short."""
    place = ".".join(map(str, location)).encode(errors="replace").decode()
    return f"{place[:_MAX_SHOWN]}…" if len(place) > _MAX_SHOWN else place or "the body"
