"""What a database is, in a line, for whoever asks whether all is well with it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from footnote.bot.database.errors import reason
from footnote.bot.database.opening import Place
from footnote.bot.database.schema import revisions
from footnote.bot.database.tables import PARTS, SERVER_PARTS
from footnote.bot.errors import BotError

_ENCODING = "UTF8"
_OLDEST = 140000


def look_at(place: Place) -> str:
    """Its version, and how far its tables have come; nothing is made or changed in it.

    Raises BotError, which says what to do, where it can't be used.
    """
    if isinstance(place, Path):
        found = {revision for file in _files(place.parent) for revision in _revisions_of(file)}
        return f"SQLite {sqlite3.sqlite_version}, files in the home folder; {_told(found)}"
    from footnote.bot.database.postgres import PostgresDatabase

    with closing(PostgresDatabase(place.address, patience=0.0)) as database:
        try:
            [(version,)] = database.rows(text("SHOW server_version"))
            [(number,)] = database.rows(text("SHOW server_version_num"))
            [(encoding,)] = database.rows(text("SHOW server_encoding"))
            with database.connected() as connection:
                found = revisions(connection)
        except SQLAlchemyError as error:
            raise BotError(f"{place} can't be looked at ({reason(error)})") from error
    if int(number) < _OLDEST:
        raise BotError(f"{place} is PostgreSQL {version}: 14 or a later one is needed")
    if encoding != _ENCODING:
        raise BotError(
            f"{place} keeps texts in {encoding}: make one with ENCODING '{_ENCODING}', in which"
            " there is every language"
        )
    return f"PostgreSQL {version} at {place}; {_told(found)}"


def _told(found: set[str]) -> str:
    known = {part.revision for part in SERVER_PARTS}
    tables = ", ".join(sorted(found & known)) or "none yet"
    if others := sorted(found - known):
        tables += f"; of another version of Footnote: {', '.join(others)}"
    return f"tables: {tables}"


def _files(home: Path) -> list[Path]:
    return [file for part in PARTS if (file := home / f"{part.name}.sqlite").exists()]


def _revisions_of(file: Path) -> set[str]:
    """None of a file that can't be read, of which another finding tells."""
    engine = create_engine(f"sqlite:///file:{quote(str(file))}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            return revisions(connection) or {"tables from before migrations"}
    except SQLAlchemyError:
        return set()
    finally:
        engine.dispose()
