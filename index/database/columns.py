"""Columns and tables of the few kinds that there are, in the words of each kind of database.

The migrations are made of these too: what they mean never changes.
"""

from typing import Any

from sqlalchemy import REAL, BigInteger, Column, Double, Integer, Text, text
from sqlalchemy.types import TypeEngine

_WHOLE = BigInteger().with_variant(Integer(), "sqlite")
_REAL: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
# In the order of the letters' numbers, as SQLite has it, whatever the language of the server.
_WORDS = Text().with_variant(Text(collation="C"), "postgresql")

PLAIN: dict[str, Any] = {"sqlite_strict": True}
# What has a key of its own, and not one that SQLite counts, is kept in the order of that key.
KEYED: dict[str, Any] = {**PLAIN, "sqlite_with_rowid": False}
# A number is never another's again.
COUNTED: dict[str, Any] = {**PLAIN, "sqlite_autoincrement": True}

PLACE, CHAT = {"names": "place"}, {"names": "chat"}
"""Of columns that name a place or have the number of a chat, which can become another."""


def number(name: str, *more: Any, **options: Any) -> Column[int]:
    return Column(name, _WHOLE, *more, **{"nullable": False, "autoincrement": False, **options})


def counter(name: str) -> Column[int]:
    return Column(name, _WHOLE, primary_key=True, autoincrement=True)


def words(name: str, **options: Any) -> Column[str]:
    return Column(name, _WORDS, **{"nullable": False, **options})


def moment(name: str, **options: Any) -> Column[float]:
    """Seconds since 1970."""
    return Column(name, _REAL, **{"nullable": False, **options})


def zero(name: str) -> Column[int]:
    return number(name, server_default=text("0"))


def one(name: str) -> Column[int]:
    return number(name, server_default=text("1"))


def partly(condition: str) -> dict[str, Any]:
    """Of an index, that it has only the rows of which this is true."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
