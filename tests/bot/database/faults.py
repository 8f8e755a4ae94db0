"""Faults of a database, as SQLAlchemy brings them."""

import sqlite3

from sqlalchemy.exc import OperationalError


def fault(told: str) -> OperationalError:
    return OperationalError("a statement", None, sqlite3.OperationalError(told))
