"""A catalogue in a database that several machines have in common: a schema for each build."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Executable, MetaData, bindparam, func, insert, select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.schema import CreateSchema, DropSchema

from footnote.index.database.database import Database
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.catalogue_statements import AN_ARTICLE
from footnote.index.keeping.catalogue_tables import TABLES, mark, passage, piece, version
from footnote.index.keeping.database_lock import DatabaseWriterLock
from footnote.index.keeping.database_tables import index_build

_GENERATION = select(index_build.c.generation).where(index_build.c.name == bindparam("build"))
_CHANGE = (
    update(index_build)
    .where(index_build.c.name == bindparam("build"))
    .values(generation=index_build.c.generation + 1)
)
_OWN_TABLES = {"schema_translate_map": None}
_ORIGINAL = "original"
_MISSING = ("3F000", "42P01", "42703")
"""Of PostgreSQL's codes: no such schema, table or column, for it is gone or of an older form."""


class DatabaseCatalogue:
    """Of one build. What only reads takes any connection; what writes has to be whose turn it is.

    What the server keeps is the server's to keep whole.
    """

    def __init__(
        self,
        database: Callable[[], Database],
        build: str,
        lock: DatabaseWriterLock,
        on_write: Callable[[], object] = lambda: None,
    ) -> None:
        self._database = database
        self._build = build
        self._lock = lock
        self._on_write = on_write
        self._tables = {"schema_translate_map": {None: schema_of(build)}}
        self._known: dict[Executable, Executable] = {}
        self._own_changes = 0

    def create(self) -> None:
        with self.transaction() as connection:
            make_tables(connection, self._build)

    def refuse_missing(self) -> None:
        """Raises IndexUnreadable where its tables are not there."""
        self.rows(AN_ARTICLE)

    def rows(self, statement: Executable, **values: object) -> list[Any]:
        if (known := self._known.get(statement)) is None:
            known = self._known[statement] = statement.execution_options(**self._tables)
        with self._readable():
            return self._database().rows(known, **values)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        self._on_write()
        changes = self._own_changes
        with self._readable(), self._database().transaction(shared=True) as connection:
            try:
                self._lock.refuse_others(connection)
                yield connection.execution_options(**self._tables)
            except BaseException:
                self._own_changes = changes
                raise

    def changed(self, connection: Connection) -> None:
        connection.execute(_CHANGE, {"build": self._build}, execution_options=_OWN_TABLES)
        self._own_changes += 1

    def generation(self) -> int:
        """How many changes others have made; -1 once the build is gone."""
        rows = self._database().rows(_GENERATION, build=self._build)
        return int(rows[0][0]) - self._own_changes if rows else -1

    def checkpoint(self) -> bool:
        """The server clears up by itself (autovacuum)."""
        return True

    def close(self) -> None:
        """It has nothing of its own."""

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) not in _MISSING:
                raise
            told = " ".join(str(error.orig).split())
            raise IndexUnreadable(f"the catalogue of {self._build} is not there: {told}") from error


def schema_of(build: str) -> str:
    return f"footnote_{build}"


def make_tables(connection: Connection, build: str) -> None:
    connection.execute(CreateSchema(schema_of(build)))
    placed = connection.execution_options(schema_translate_map={None: schema_of(build)})
    TABLES.create_all(placed, checkfirst=False)


def drop_tables(connection: Connection, build: str) -> None:
    """None if there are none."""
    connection.execute(DropSchema(schema_of(build), cascade=True, if_exists=True))


def copy_tables(connection: Connection, build: str, to: str) -> None:
    """Make those of another build with all that is live, and nothing that was cleared."""
    make_tables(connection, to)
    originals = MetaData(schema=_ORIGINAL)
    old = {table: table.to_metadata(originals) for table in (version, passage, piece, mark)}
    live = select(old[version].c.id).where(old[version].c.state == "live")
    places = {None: schema_of(to), _ORIGINAL: schema_of(build)}
    placed = connection.execution_options(schema_translate_map=places)
    for table, original in old.items():
        of_version = original.c.id if table is version else original.c.version
        rows = select(original).where(of_version.in_(live))
        placed.execute(insert(table).from_select([c.name for c in table.columns], rows))
    for column in (version.c.id, passage.c.key):
        name = f'"{schema_of(to)}"."{column.table.name}"'
        sequence = func.pg_get_serial_sequence(name, column.name)
        highest = select(func.max(column)).scalar_subquery()
        placed.execute(select(func.setval(sequence, func.coalesce(highest, 1))))
