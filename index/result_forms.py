"""What is special in the form that results have as JSON: what is left out, rounded, or flat.

`results` annotates its classes with this; pydantic reads the rest of the form from their fields.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, NotRequired, TypeVar

from pydantic import (
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    SerializationInfo,
    ValidationInfo,
    with_config,
)
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypedDict

T = TypeVar("T")

CLOSED = ConfigDict(extra="forbid")


def _without_default(schema: dict[str, Any]) -> None:
    del schema["default"]  # it is what is never written


LEFT_OUT = Field(exclude_if=lambda value: not value, json_schema_extra=_without_default)
"""Annotates a field that is not written where it has nothing to say."""


def described(description: str) -> ConfigDict:
    """Of a class that is its own form: it has no other fields, and is described in these words."""
    return ConfigDict(
        extra="forbid",
        json_schema_extra={"description": description},
        json_schema_serialization_defaults_required=True,
    )


def _rounded(value: float, info: SerializationInfo) -> float:
    return value if info.round_trip else round(value, 4)


Probability = Annotated[float, PlainSerializer(_rounded, return_type=float)]
"""Four digits are enough for whoever reads it; what is stored is read again as it was."""


@with_config(CLOSED)
class SliceJson(TypedDict):
    """From `start` to before `end`, in characters of the article's text, and what stands there."""

    start: int
    end: int
    text: str


@with_config(CLOSED)
class ReferenceJson(TypedDict):
    """An article; null for what is not known of it."""

    article: str
    revision: str
    title: str
    author: str | None
    date: str | None
    added: str | None
    source: str | None
    url: str | None


@with_config(CLOSED)
class CitationJson(ReferenceJson):
    """What stands behind [n]: `quotation` is, character for character, what stands from `start` to
    before `end` in the text of this revision of the article."""

    n: int
    start: int
    end: int
    quotation: str
    before: NotRequired[SliceJson]
    page: NotRequired[int]
    passage: SliceJson


def flat(
    form: type[Mapping[str, Any]],
    handler: GetCoreSchemaHandler,
    *,
    write: Callable[[T], Mapping[str, Any]],
    read: Callable[[Any, Any], T],
) -> CoreSchema:
    """The schema of a class that is written and read in a form of its own, a typed dictionary.

    `read` gets a value of that form, and the context that the validation was given.
    """
    schema = handler.generate_schema(form)

    def made(value: Any, info: ValidationInfo) -> T:
        return read(value, info.context)

    return core_schema.with_info_after_validator_function(
        made,
        schema,
        serialization=core_schema.plain_serializer_function_ser_schema(write, return_schema=schema),
    )
