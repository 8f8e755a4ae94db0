"""Databases as Footnote made them before there were migrations, each table with rows."""

import sqlite3
from contextlib import closing
from pathlib import Path


def home_from_before_migrations(home: Path) -> Path:
    """A home folder with the three files; the articles of it were in `/articles`."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("state", "changes", "feeds"):
        script = Path(__file__).with_name(f"{name}_before_migrations.sql").read_text()
        with closing(sqlite3.connect(home / f"{name}.sqlite")) as connection:
            connection.executescript("PRAGMA writable_schema = ON;" + script)
    return home
