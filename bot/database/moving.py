"""Moving what is kept from one database to another, every row of it compared afterwards."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, tuple_

from footnote.bot.database.tables import Part
from footnote.bot.errors import BotError
from footnote.index.database.database import Database
from footnote.index.database.upsert import as_kept

_AT_A_TIME = 500
_SQLITE, _POSTGRESQL = "sqlite", "postgresql"


def move(files: Mapping[Part, Database], server: Database, *, back: bool) -> int:
    """Copy all of these parts to a server, or `back` from there: all or nothing; how many rows.

    Nobody else writes on either side meanwhile. Raises BotError where the other side is not empty,
    or has a row other than it should be, and leaves it as it was then.
    """
    moved = 0
    with ExitStack() as until_all_is_compared:
        remote = until_all_is_compared.enter_context(server.transaction())
        for part, file in files.items():
            local = until_all_is_compared.enter_context(file.transaction())
            theirs, ours = (remote, local) if back else (local, remote)
            moved += _copy(theirs, ours, part, name=file.name if back else server.name)
    return moved


def _copy(theirs: Connection, ours: Connection, part: Part, *, name: str) -> int:
    tables = part.tables.sorted_tables
    for table in tables:
        if ours.scalar(select(func.count()).select_from(table)):
            raise BotError(
                f"{name} is not empty (there are rows in {table.name}): name one that is, for"
                " nothing is put together or replaced"
            )
    for table in tables:
        for rows in _pages(theirs, table):
            ours.execute(insert(table), [row._asdict() for row in rows])
        _set_counter(ours, table, _counter(theirs, table))
    return sum(_compared(theirs, ours, table) for table in tables)


def _pages(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """All rows in the order of their keys, some at a time."""
    keys = list(table.primary_key)
    page = select(table).order_by(*keys).limit(_AT_A_TIME)
    rows = list(connection.execute(page))
    while rows:
        yield rows
        last = [getattr(rows[-1], key.name) for key in keys]
        after = tuple_(*keys) > tuple_(*last)
        rows = list(connection.execute(page.where(after)))


def _compared(theirs: Connection, ours: Connection, table: Table) -> int:
    """How many rows there are, all the same on both sides."""
    compared = 0
    there = _pages(ours, table)
    for rows in _pages(theirs, table):
        kept = [tuple(as_kept(ours.dialect.name, value) for value in row) for row in rows]
        if kept != [tuple(row) for row in next(there, [])]:
            raise BotError(
                f"what was copied of {table.name} is not what was there, so nothing was moved:"
                " try again, and tell us if it happens twice"
            )
        compared += len(rows)
    if next(there, []):
        raise BotError(f"there is more in {table.name} than was copied, so nothing was moved")
    return compared


def _counter(connection: Connection, table: Table) -> int | None:
    """The highest number that was ever given in a table that gives each once; None in others."""
    if table.autoincrement_column is None:
        return None
    column = table.autoincrement_column
    highest = connection.scalar(select(func.max(column))) or 0
    if connection.dialect.name == _SQLITE:
        given = connection.scalar(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
        )
    else:
        given = connection.scalar(
            text("SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()"
                 " AND quote_ident(schemaname) || '.' || quote_ident(sequencename)"
                 " = pg_get_serial_sequence(:name, :column)"),
            {"name": table.name, "column": column.name},
        )  # fmt: skip
    return max(highest, given or 0)


def _set_counter(connection: Connection, table: Table, given: int | None) -> None:
    if not given:
        return
    if connection.dialect.name == _POSTGRESQL:
        column = table.autoincrement_column
        assert column is not None
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, :column), :given)"),
            {"name": table.name, "column": column.name, "given": given},
        )
        return
    name = {"name": table.name, "given": given}
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), name)
    connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :given)"), name)
