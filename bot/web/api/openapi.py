"""The description of the API (OpenAPI 3.1), made of the forms that are held to what is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp.typedefs import Handler
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from footnote.bot.people.people import Role
from footnote.bot.web.api.events import EVENTS
from footnote.bot.web.api.request_models import BYTES, JSON
from footnote.bot.web.api.response_models import FaultReply

VERSION = "1"
"""Of the API: another one where what it takes or tells is no longer understood."""
_REFUSALS = {
    400: "It is no JSON.",
    401: "There is no token, or it is void.",
    403: "A reader's token can't do this.",
    404: "There is no such thing, or it is not yours to see.",
    408: "It took too long to arrive.",
    409: "It can't be done as things are.",
    411: "It doesn't say how long it is.",
    413: "It is too large.",
    415: "It is of another type.",
    422: "It is not of the form.",
    429: "That was too much for one minute; `Retry-After` says for how many seconds to wait.",
    500: "Something went wrong.",
    503: "The index is being made anew.",
}
_OF_ANY = (401, 429, 500, 503)
_OF_BODIES = (400, 408, 411, 413, 415, 422)
_REFS = "#/components/schemas/{model}"
_RETRY = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
Form = Any
"""A pydantic model or a typed dictionary."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`refusals` are the statuses of refusals that not every operation has."""

    method: str
    path: str
    handler: Handler
    summary: str
    description: str
    reply: Form
    role: Role = Role.READER
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    statuses: tuple[int, ...] = (200,)
    refusals: tuple[int, ...] = ()
    events: bool = False
    takes_files: bool = False


def document_of(operations: Iterable[Operation]) -> dict[str, Any]:
    operations = list(operations)
    replies = [FaultReply, *(operation.reply for operation in operations)]
    bodies = [operation.body for operation in operations if operation.body]
    schemas = _schemas(replies, "serialization") | _schemas(bodies, "validation")
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Footnote",
            "version": VERSION,
            "description": "Answers from articles, with exact quotations behind every sentence.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _described(operation: Operation) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in ("article", "receipt")
        if f"{{{name}}}" in operation.path
    ]
    if operation.query:
        parameters += _query(operation.query)
    who = "an editor's token" if operation.role is Role.EDITOR else "any token"
    return {
        "operationId": f"{operation.handler.__module__.rpartition('.')[2]}_"
        f"{operation.handler.__name__}",
        "summary": operation.summary,
        "description": f"{operation.description} Takes {who}.",
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": _request_body(operation)} if operation.body else {}),
        "responses": _responses(operation),
    }


def _query(query: type[BaseModel]) -> list[dict[str, Any]]:
    properties = query.model_json_schema()["properties"]
    return [
        {
            "name": name,
            "in": "query",
            "schema": {key: value for key, value in schema.items() if key != "description"},
            **({"description": schema["description"]} if "description" in schema else {}),
        }
        for name, schema in properties.items()
    ]


def _request_body(operation: Operation) -> dict[str, Any]:
    assert operation.body is not None
    content: dict[str, Any] = {JSON: {"schema": _ref(operation.body)}}
    if operation.takes_files:
        content[BYTES] = {"schema": {"type": "string", "format": "binary"}}
    return {"required": True, "content": content}


def _responses(operation: Operation) -> dict[str, Any]:
    content: dict[str, Any] = {JSON: {"schema": _ref(operation.reply)}}
    if operation.events:
        content[EVENTS] = {"schema": {"type": "string"}}
    found: dict[str, Any] = {
        str(status): {"description": "It is done.", "content": content}
        for status in operation.statuses
    }
    refusals = {*_OF_ANY, *operation.refusals}
    if operation.role is Role.EDITOR:
        refusals.add(403)
    if operation.body:
        refusals.update(_OF_BODIES)
    if operation.query:
        refusals.add(422)
    for status in sorted(refusals):
        found[str(status)] = {
            "description": _REFUSALS[status],
            "content": {JSON: {"schema": _ref(FaultReply)}},
            **({"headers": _RETRY} if status == 429 else {}),
        }
    return found


def _schemas(forms: Iterable[Form], mode: JsonSchemaMode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for form in forms:
        schema = TypeAdapter(form).json_schema(ref_template=_REFS, mode=mode)
        found |= schema.pop("$defs", {})
        found[form.__name__] = schema
    return found


def _ref(form: Form) -> dict[str, str]:
    return {"$ref": _REFS.format(model=form.__name__)}
