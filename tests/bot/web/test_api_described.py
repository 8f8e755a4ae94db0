"""The description of the API is held to what it takes and tells, by requests that are made up."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Config, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from footnote.bot.people.people import Role
from footnote.bot.web.api.openapi import document_of
from footnote.bot.web.api.operations import OPERATIONS
from tests.bot.commands import Command
from tests.bot.web.site import WebSite
from tests.ports import HOST

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_OF_MODE = {GenerationMode.POSITIVE: [], GenerationMode.NEGATIVE: [negative_data_rejection]}
_CONFIG = Config.from_dict(
    {
        "checks": {"negative_data_rejection": {"expected-statuses": [400, 404, 413, 415, 422]}},
        "request-timeout": 60,
    }
)
_BOUNDED = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
DOCUMENT = document_of(OPERATIONS)


@pytest.fixture
def editor(website: WebSite) -> Iterator[httpx.Client]:
    website.footnote.limit._most = website.footnote.looks._most = 0
    with website.program(Role.EDITOR) as editor:
        yield editor


def checked(value: object, form: str) -> None:
    """Raises ValidationError where it is not of the form of this name."""
    schema = {"$ref": f"#/components/schemas/{form}", "components": DOCUMENT["components"]}
    jsonschema_rs.validator_for(schema).validate(value)


def test_what_is_served_is_the_description(editor: httpx.Client) -> None:
    assert editor.get("/api/openapi.json").json() == json.loads(json.dumps(DOCUMENT))


def test_the_terminal_prints_results_of_the_same_form(command: Command) -> None:
    for question in ("Who built the lighthouse?", "xyzzy", "", "What is new?"):
        checked(json.loads(command("ask", "--json", question).out), "AskReply/properties/result")
    told = json.loads(command("check", "--json", "The tower was painted red. Moons sing.").out)
    checked(told, "CheckReply/properties/result")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "path"), [(one.method, one.path) for one in OPERATIONS], ids=lambda value: value
)
def test_replies_are_as_described(
    website: WebSite, editor: httpx.Client, method: str, path: str
) -> None:
    """Of each operation, to what is of its form and to what is not."""
    without_tokens = {name: part for name, part in DOCUMENT.items() if name != "security"}
    operation = schemathesis.openapi.from_dict(without_tokens, config=_CONFIG)[path][method]
    known = {"article": "tea", "receipt": receipt(editor)}
    named = {name: value for name, value in known.items() if f"{{{name}}}" in path}
    headers = {"Authorization": editor.headers["Authorization"], "Host": website.origin.host}
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue  # nothing could be wrong but the name

        @_BOUNDED
        @given(operation.as_strategy(mode, path_parameters=named or None))
        def replied(case: Any) -> None:
            checks = _CHECKS + _OF_MODE[mode]  # noqa: B023  # is called before the next one
            address = f"http://{HOST}:{website.port}"
            case.call_and_validate(address, headers=headers, checks=checks)

        replied()


def receipt(program: httpx.Client) -> str:
    told = program.post("/api/ask", json={"question": "Who built the lighthouse?"}).json()
    return str(told["receipt"])
