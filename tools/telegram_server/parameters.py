"""Reads the parameters of a request as the types that the table gives them."""

import json
import re
from collections.abc import Iterator, Mapping

from .table import Method, Table, Union
from .uploads import Upload
from .validation import Json, faults

ATTACHED = "attach://"
INTEGER = re.compile(r"-?\d{1,19}")
FLOAT = re.compile(r"-?\d+(\.\d*)?([eE]-?\d+)?")
BOOLEANS = {"true": True, "false": False, "1": True, "0": False}


def read(
    table: Table, method: Method, given: Mapping[str, object], *, as_text: bool
) -> tuple[Json, list[str]]:
    """The values by name, and everything in which the request differs from the table.

    `as_text`: the values come from a query or a form, where numbers and booleans are text. Objects
    and arrays may be JSON in a string everywhere. An uploaded file stands in `given` under the
    name of its part; `attach://part` refers to it from a parameter or from inside an object.
    """
    values: Json = {}
    problems = []
    uploads = {name: value for name, value in given.items() if isinstance(value, Upload)}
    for name, raw in given.items():
        field = method.parameters.get(name)
        if field is None:
            if name not in uploads:
                problems.append(f"{method.name} has no parameter {name}")
            continue
        value = _from_text(raw, field.types, uploads, as_text) if isinstance(raw, str) else raw
        problems += faults(table, value, field.types, name)
        values[name] = value
    problems += [
        f"{method.name} needs the parameter {field.name}"
        for field in method.parameters.values()
        if field.required and field.name not in given
    ]
    problems += _attachment_faults(given, values, uploads)
    return values, problems


def _from_text(text: str, types: Union, uploads: Mapping[str, Upload], as_text: bool) -> object:
    """The value that a text stands for; the text itself if it stands for none of the types."""
    names = {expected.name for expected in types if not expected.depth}
    if "InputFile" in names and text.startswith(ATTACHED):
        return uploads.get(text.removeprefix(ATTACHED), text)
    if as_text and "Integer" in names and INTEGER.fullmatch(text):
        return int(text)
    if as_text and "Float" in names and FLOAT.fullmatch(text):
        return float(text)
    if as_text and "Boolean" in names:
        return BOOLEANS.get(text.lower(), text)
    if names & {"String", "Integer", "Float", "Boolean"}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _attachment_faults(
    given: Mapping[str, object], values: Json, uploads: Mapping[str, Upload]
) -> list[str]:
    named = {text.removeprefix(ATTACHED) for text in _texts([given, values])}
    taken = {value.part for value in values.values() if isinstance(value, Upload)}
    missing = sorted(named - uploads.keys())
    unused = sorted(uploads.keys() - named - taken)
    return [f"attach://{part} names no part of the request" for part in missing] + [
        f"the part {part} is neither a parameter nor attached" for part in unused
    ]


def _texts(value: object) -> Iterator[str]:
    """Every `attach://…` anywhere in a value."""
    if isinstance(value, str) and value.startswith(ATTACHED):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
