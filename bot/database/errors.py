"""What can go wrong with a database; the faults of SQLAlchemy's come as they are."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from footnote.bot.errors import DatabaseAway

DATABASE_FAULTS = (SQLAlchemyError, DatabaseAway)
"""What reading and writing may raise."""


class LaterRevision(Exception):
    """Its tables were made by a later Footnote, whose newest migration this names."""


def reason(error: BaseException) -> str:
    """What the database itself says, without the statement."""
    told = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return " ".join(str(told).split())
