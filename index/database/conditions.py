"""Conditions that every kind of database has other words for.

A list of values is one value of a statement, as JSON: so the statement is the same whatever their
number, and is compiled and prepared once.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Listed = int | str | Sequence[int]


def as_list(values: Iterable[Listed]) -> str:
    """What is to be given for the list in a condition."""
    return json.dumps(list(values), ensure_ascii=False)


class _Condition(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> Any:
        """As it is: SQLAlchemy would put "= 1" behind it, and SQLite use no index then."""
        return self


class _OneOf(_Condition):
    inherit_cache = True


class _PairOf(_Condition):
    inherit_cache = True


class _Unindexed(FunctionElement[Any]):
    inherit_cache = True


def one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column has one of the values of this name, which is given `as_list`."""
    return _OneOf(column, bindparam(name, type_=Text()))


def pair_of(one: ColumnElement[Any], other: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether both columns have the numbers of one of the pairs of this name."""
    return _PairOf(one, other, bindparam(name, type_=Text()))


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, by no index of which SQLite is to begin; PostgreSQL goes by its statistics."""
    return _Unindexed(column)


@compiles(_OneOf, "sqlite")
def _one_of_in_sqlite(element: _OneOf, compiler: SQLCompiler, **named: Any) -> str:
    column, values = (compiler.process(clause, **named) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_OneOf, "postgresql")
def _one_of_in_postgresql(element: _OneOf, compiler: SQLCompiler, **named: Any) -> str:
    column, values = (compiler.process(clause, **named) for clause in element.clauses)
    kind = "BIGINT" if isinstance(next(iter(element.clauses)).type, BigInteger) else "TEXT"
    listed = f"json_array_elements_text(CAST({values} AS JSON))"
    return f"{column} = ANY (ARRAY(SELECT CAST({listed} AS {kind})))"


@compiles(_PairOf, "sqlite")
def _pair_of_in_sqlite(element: _PairOf, compiler: SQLCompiler, **named: Any) -> str:
    one, other, values = (compiler.process(clause, **named) for clause in element.clauses)
    pairs = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')"
    return f"({one}, {other}) IN ({pairs} FROM json_each({values}))"


@compiles(_PairOf, "postgresql")
def _pair_of_in_postgresql(element: _PairOf, compiler: SQLCompiler, **named: Any) -> str:
    one, other, values = (compiler.process(clause, **named) for clause in element.clauses)
    pairs = (
        "SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT)"
        f" FROM json_array_elements(CAST({values} AS JSON))"
    )
    return f"({one}, {other}) IN ({pairs})"


@compiles(_Unindexed, "sqlite")
def _unindexed_in_sqlite(element: _Unindexed, compiler: SQLCompiler, **named: Any) -> str:
    [column] = (compiler.process(clause, **named) for clause in element.clauses)
    return f"+{column}"


@compiles(_Unindexed)
def _unindexed(element: _Unindexed, compiler: SQLCompiler, **named: Any) -> str:
    [column] = (compiler.process(clause, **named) for clause in element.clauses)
    return column
