"""Statements compiled once, for a driver that is asked the same thing again and again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler


@dataclass(frozen=True, slots=True)
class Compiled:
    """The text of a statement, the names of its values in their order, and those it has itself."""

    sql: str
    names: Sequence[str]
    own: Mapping[str, Any]

    @classmethod
    def of(cls, statement: Executable, dialect: Dialect) -> "Compiled":
        assert isinstance(statement, ClauseElement)
        made = statement.compile(dialect=dialect)
        assert isinstance(made, SQLCompiler)
        assert "POSTCOMPILE" not in str(made), "a list has no fixed number of places"
        return cls(str(made), made.positiontup or [], made.params)

    def values(self, given: Mapping[str, object]) -> list[object]:
        """In the order of their places: those that are given, else the statement's own."""
        return [given[name] if name in given else self.own[name] for name in self.names]
