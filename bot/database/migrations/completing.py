"""Taking over the tables of before there were migrations, in whatever form they are.

Until then Footnote counted the steps of each group of tables by itself, and each step added a
table, a column or an index.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from alembic import op
from sqlalchemy import Column, Connection, Inspector, MetaData, Table, inspect, text

from footnote.bot.database.schema import BEFORE_MIGRATIONS

_AT_A_TIME = 1000
_NEAREST = "nearest"
_NOTHING = ("nothing was found on this in the articles", "the articles do not answer this")
_LANGUAGE = "the articles are in another language"


def complete(connection: Connection, tables: MetaData) -> None:
    """Make what is missing of these tables, and keep all that is in those that are there."""
    found = inspect(connection)
    known = set(found.get_table_names())
    if "receipt" in known and "receipt" in tables.tables:
        _clear_computed(connection, found)
    for table in tables.sorted_tables:
        if table.name in known:
            _complete(connection, table)
        else:
            table.create(connection)
    if "receipt" in known and "receipt" in tables.tables:
        _describe_receipts(connection)
    if BEFORE_MIGRATIONS in known:
        op.drop_table(BEFORE_MIGRATIONS)


def _complete(connection: Connection, table: Table) -> None:
    found = inspect(connection)
    columns = {column["name"] for column in found.get_columns(table.name)}
    for column in table.columns:
        if column.name not in columns:
            added: Column[Any] = Column(
                column.name,
                column.type,
                nullable=column.nullable,
                server_default=column.server_default,
            )
            op.add_column(table.name, added)
    indexes = {index["name"] for index in found.get_indexes(table.name)}
    for index in table.indexes:
        if index.name not in indexes:
            index.create(connection)


def _clear_computed(connection: Connection, found: Inspector) -> None:
    """SQLite computed of a receipt's result what is now written with it."""
    connection.execute(text("DROP TRIGGER IF EXISTS receipt_cites"))
    connection.execute(text("DROP INDEX IF EXISTS receipt_by_question"))
    connection.execute(text("DROP INDEX IF EXISTS receipt_without_answer"))
    for column in found.get_columns("receipt"):
        if "computed" in column:
            op.drop_column("receipt", column["name"])


def _describe_receipts(connection: Connection) -> None:
    """Write with each receipt what was asked, why there was no answer, and what it cites."""
    describe = text("UPDATE receipt SET question = :question, asked = :asked, why = :why"
                    " WHERE seq = :seq")  # fmt: skip
    cite = text("INSERT INTO citing (article, receipt) VALUES (:article, :seq)"
                " ON CONFLICT DO NOTHING")  # fmt: skip
    last = 0
    while rows := connection.execute(
        text("SELECT seq, result FROM receipt WHERE seq > :last ORDER BY seq LIMIT :most"),
        {"last": last, "most": _AT_A_TIME},
    ).fetchall():
        last = rows[-1][0]
        results = [(seq, _fields(result)) for seq, result in rows]
        connection.execute(describe, [{"seq": seq, **_described(of)} for seq, of in results])
        cited = [
            {"seq": seq, "article": article}
            for seq, of in results
            if of.get("mode") is not None
            for article in sorted(set(_articles(of)))
        ]
        if cited:
            connection.execute(cite, cited)


def _fields(result: str) -> Mapping[str, Any]:
    """Of a result that was stored; none where it has been tampered with."""
    try:
        fields = json.loads(result)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _described(fields: Mapping[str, Any]) -> dict[str, str | None]:
    question, reason, why = fields.get("question"), fields.get("reason"), None
    if fields.get("kind") == _NEAREST:
        why = "nearest"
    elif reason in _NOTHING:
        why = "nothing"
    elif reason == _LANGUAGE:
        why = "language"
    if not isinstance(question, str):
        return {"question": "", "asked": None, "why": why}
    is_check = fields.get("sentences") is not None
    return {"question": question, "asked": None if is_check else question.lower(), "why": why}


def _articles(value: Any) -> Iterator[str]:
    """Whatever stands under the name `article` anywhere in it."""
    if isinstance(value, dict):
        if isinstance(article := value.get("article"), str):
            yield article
        for inner in value.values():
            yield from _articles(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _articles(inner)
