"""Opening a database, wherever it is: a file of the home folder, or a server."""

from dataclasses import dataclass, field
from pathlib import Path

from footnote.bot.database.schema import bring_up_to_date
from footnote.bot.database.sqlite import SqliteDatabase
from footnote.bot.database.tables import Part
from footnote.index.database.database import Database

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A PostgreSQL server's address, with what it takes to get in; `patience` is for how many
    seconds it is waited for at the start."""

    address: str = field(repr=False)
    patience: float = PATIENCE_SECONDS

    def __str__(self) -> str:
        from sqlalchemy.engine import make_url

        from footnote.bot.database.postgres import name_of

        return name_of(make_url(self.address))


Place = Path | DatabaseServer
"""Where a database is."""


def open_database(place: Place, part: Part, *, log: bool = False, erases: bool = True) -> Database:
    """With the tables of this part in their newest form; the options are those of a file.

    Raises SQLAlchemyError, OSError, LaterRevision, DatabaseAway and SettingsFault.
    """
    if isinstance(place, DatabaseServer):
        from footnote.bot.database.postgres import PostgresDatabase

        database: Database = PostgresDatabase(place.address, patience=place.patience)
    else:
        database = SqliteDatabase(place, log=log, erases=erases)
    try:
        bring_up_to_date(database, part)
    except BaseException:
        database.close()
        raise
    return database
