"""Writing rows that may be there already, in the words of whichever database it is."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import sqlite

Row = Mapping[str, Any]


def put(connection: Connection, table: Table, rows: Row | Sequence[Row]) -> None:
    """Insert rows, or put them in place of those with the same primary keys.

    All have the same columns; a column that is not named keeps what it had.
    """
    if names := _names(rows):
        connection.execute(_replacing(connection.dialect.name, table, names), rows)


def put_new(connection: Connection, table: Table, rows: Row | Sequence[Row]) -> None:
    """Insert the rows that are not there yet, by their primary keys."""
    if names := _names(rows):
        connection.execute(_ignoring(connection.dialect.name, table, names), rows)


def as_kept(dialect: str, value: Any) -> Any:
    """A value as it is found again: PostgreSQL has no character 0 in a text, but a sign for it."""
    if dialect == "postgresql" and isinstance(value, str):
        return value.replace("\0", "\N{SYMBOL FOR NULL}")
    return value


def insert(dialect: str, table: Table) -> sqlite.Insert:
    """An insert that can say what to do about a row that is there: the same in both dialects."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)  # type: ignore[return-value]  # with the same methods
    return sqlite.insert(table)


def _names(rows: Row | Sequence[Row]) -> tuple[str, ...]:
    """The columns; none where there is no row."""
    first = rows if isinstance(rows, Mapping) else next(iter(rows), {})
    return tuple(first)


@cache
def _replacing(dialect: str, table: Table, names: tuple[str, ...]) -> Insert:
    statement, keys = insert(dialect, table), _keys(table)
    others = {name: statement.excluded[name] for name in names if name not in keys}
    if not others:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


@cache
def _ignoring(dialect: str, table: Table, names: tuple[str, ...]) -> Insert:
    return insert(dialect, table).on_conflict_do_nothing(index_elements=_keys(table))


def _keys(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]
