"""The least that an object of the Bot API can be, made from its specification."""

from typing import Any

from tools.telegram_server.table import Expected, Table

_PLAIN: dict[str, Any] = {
    "Integer": 1,
    "String": "x",
    "Boolean": True,
    "True": True,
    "Float": 1.0,
    "Float number": 1.0,
}


def least(table: Table, name: str, **given: Any) -> dict[str, Any]:
    """The required fields of a type and those that are given; of a union the first subtype."""
    kind = table.types[name]
    if kind.subtypes:
        return least(table, kind.subtypes[0], **given)
    fields = {
        field.name: field.constant or value(table, field.types[0])
        for field in kind.fields.values()
        if field.required and field.name not in given
    }
    return fields | given


def value(table: Table, expected: Expected) -> Any:
    if expected.depth:
        return [value(table, expected.element)]
    return _PLAIN.get(expected.name) or least(table, expected.name)
