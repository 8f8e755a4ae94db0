"""The tables of a catalogue, the same in every kind of database."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, MetaData, Table

from footnote.index.database.columns import (
    COUNTED,
    KEYED,
    PLAIN,
    counter,
    moment,
    number,
    partly,
    words,
)

TABLES = MetaData()
FIELDS = ("title", "author", "date", "language", "source", "url")
"""What an article says of itself, as the columns are called."""

version = Table(
    "version",
    TABLES,
    counter("id"),
    words("article"),
    words("state"),
    Column("digest", LargeBinary, nullable=False),
    number("modified_ns", nullable=True),
    number("size", nullable=True),
    words("revision"),
    words("title"),
    *(words(name, nullable=True) for name in FIELDS[1:]),
    number("characters"),
    words("identity", nullable=True),
    words("page_starts", nullable=True),
    Column("sketch", LargeBinary, nullable=False),
    words("added"),
    words("first_day"),
    words("last_day"),
    CheckConstraint("state IN ('adding', 'live', 'leaving')"),
    Index("one_live_version", "article", unique=True, **partly("state = 'live'")),
    Index("version_by_language", "state", "language"),
    Index("version_by_day", "state", "first_day"),
    Index("version_by_last_day", "state", "last_day"),
    Index("version_by_revision", "revision", **partly("state = 'live'")),
    Index("version_by_identity", "identity", **partly("state = 'live' AND identity IS NOT NULL")),
    **COUNTED,
)
passage = Table(
    "passage",
    TABLES,
    counter("key"),
    number("version", ForeignKey("version.id", ondelete="CASCADE")),
    number("start"),
    number("end"),
    words("heading", nullable=True),
    Column("tokens", LargeBinary),
    Index("passage_by_version", "version"),
    **COUNTED,
)
piece = Table(
    "piece",
    TABLES,
    number("version", ForeignKey("version.id", ondelete="CASCADE")),
    number("number"),
    Column("text", LargeBinary, nullable=False),
    Index("piece_by_version", "version", "number", unique=True),
    **PLAIN,
)
mark = Table(
    "mark", TABLES, number("hash", primary_key=True), number("version", primary_key=True), **KEYED
)
cleared = Table("cleared", TABLES, moment("at"), number("passages"), **PLAIN)
