"""Holds values to the table: types, required fields, no unknown fields, the right subtype."""

from collections.abc import Iterator, Mapping
from typing import Any

from .table import Expected, ObjectType, Table, Union
from .uploads import Upload

Json = dict[str, Any]

INTEGER_BITS = 63  # the widest integers of the API are 64-bit with a sign


class ImpossibleObject(Exception):
    """The server or a test made something that the Bot API could not have made."""


def require(table: Table, value: object, types: Union, what: str) -> None:
    """Raises `ImpossibleObject` with everything that is wrong with an object made here."""
    if wrong := faults(table, value, types, what):
        raise ImpossibleObject("not possible in Bot API " + table.version + ": " + "; ".join(wrong))


def faults(table: Table, value: object, types: Union, where: str) -> list[str]:
    """Everything in which `value` differs from the nearest of `types`; empty if one fits.

    `where` is the way to the value, such as `reply_markup.inline_keyboard[0][1]`.
    """
    arrays = tuple(expected.element for expected in types if expected.depth)
    if isinstance(value, list) and arrays:
        return [
            fault
            for place, item in enumerate(value)
            for fault in faults(table, item, arrays, f"{where}[{place}]")
        ]
    simple = [expected for expected in types if not expected.depth]
    if any(_is_scalar(value, expected.name) for expected in simple):
        return []
    kinds = [kind for e in simple if e.name in table.types for kind in _kinds(table, e.name)]
    if isinstance(value, dict) and kinds:
        return _object_faults(table, value, kinds, where)
    return [f"{where}: {shown(value)} is not {' or '.join(str(e) for e in types)}"]


def shown(value: object) -> str:
    """A value in a message, cut to a length that leaves the message readable."""
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _is_scalar(value: object, name: str) -> bool:
    match name:
        case "String":
            return isinstance(value, str)
        case "Boolean":
            return isinstance(value, bool)
        case "Integer":
            return type(value) is int and abs(value) < 1 << INTEGER_BITS
        case "Float":
            return type(value) in (int, float)
        case "InputFile":
            return isinstance(value, Upload)
    return False


def _kinds(table: Table, name: str) -> Iterator[ObjectType]:
    """The types with fields that stand behind a name: itself, or its subtypes."""
    kind = table.types[name]
    if not kind.subtypes:
        yield kind
    for subtype in kind.subtypes:
        yield from _kinds(table, subtype)


def _object_faults(table: Table, value: Json, kinds: list[ObjectType], where: str) -> list[str]:
    fitting = [kind for kind in kinds if _constants_fit(value, kind)]
    if not fitting:
        return [f"{where}: {shown(value)} is none of {', '.join(kind.name for kind in kinds)}"]
    attempts = (_faults_of_kind(table, value, kind, where) for kind in fitting)
    return min(attempts, key=len)


def _constants_fit(value: Json, kind: ObjectType) -> bool:
    """Whether the fields that tell subtypes apart are absent (reported later) or right."""
    return all(
        field.constant is None or value.get(field.name, field.constant) == field.constant
        for field in kind.fields.values()
    )


def _faults_of_kind(
    table: Table, value: Mapping[str, object], kind: ObjectType, where: str
) -> list[str]:
    found = [
        f"{where}: {kind.name} needs the field {field.name}"
        for field in kind.fields.values()
        if field.required and field.name not in value
    ]
    for name, item in value.items():
        if field := kind.fields.get(name):
            found += faults(table, item, field.types, f"{where}.{name}")
        else:
            found.append(f"{where}: {kind.name} has no field {name}")
    return found


def expected(*texts: str) -> Union:
    """A union of types, written as in the specification: `expected("Message", "Boolean")`."""
    return tuple(Expected.from_text(text) for text in texts)
