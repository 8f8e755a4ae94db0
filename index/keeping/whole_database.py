"""Checking a SQLite file for damage (PRAGMA quick_check)."""

import contextlib
import sqlite3
from pathlib import Path

from footnote.index.errors import IndexUnreadable

_WELL = "ok"


def refuse_broken_database(file: Path) -> None:
    """Raises IndexUnreadable where its pages do not fit together (PRAGMA quick_check)."""
    try:
        with contextlib.closing(sqlite3.connect(file, timeout=30)) as connection:
            [told] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:  # locked, say, or a table of a module that is not here
        return
    except sqlite3.DatabaseError as error:
        raise IndexUnreadable(f"SQLite cannot read {file}: {error}") from error
    if told != _WELL:
        raise IndexUnreadable(f"{file} is damaged: {told}")
