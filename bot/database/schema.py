"""Making the tables of a database, or bringing those that are there to their newest form."""

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
)

from footnote.bot.database.tables import Part
from footnote.index.database.database import Database
from footnote.index.database.upsert import put

# As Alembic makes it, which need not be loaded where there is nothing to migrate.
_alembic_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32)),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
BEFORE_MIGRATIONS = "schema_step"
"""The table in which Footnote counted by itself how far each of its tables had come."""


def bring_up_to_date(database: Database, part: Part) -> None:
    """All or nothing; done once, however many processes begin at the same time.

    Raises LaterRevision where the tables were made by a later Footnote, and changes nothing then.
    """
    with database.connected() as connection:
        if part.revision in revisions(connection):
            return
    with database.transaction() as connection:
        found = revisions(connection)
        if part.revision in found:
            return
        if found or _has_tables(connection, part):
            from footnote.bot.database.migrations.migrating import migrate

            migrate(connection, part, found)
        else:
            _make(connection, part)


def revisions(connection: Connection) -> set[str]:
    """The migrations that a database has come to, one of each part that is in it."""
    if not connection.dialect.has_table(connection, _alembic_version.name):
        return set()
    return set(connection.scalars(select(_alembic_version.c.version_num)))


def _has_tables(connection: Connection, part: Part) -> bool:
    known = {*part.tables.tables, BEFORE_MIGRATIONS}
    return not known.isdisjoint(inspect(connection).get_table_names())


def _make(connection: Connection, part: Part) -> None:
    _alembic_version.create(connection, checkfirst=True)
    part.tables.create_all(connection, checkfirst=False)
    put(connection, _alembic_version, {"version_num": part.revision})
