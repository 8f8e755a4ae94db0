"""The feeds as they were when migrations began."""

from alembic import op
from sqlalchemy import MetaData, Table

from footnote.bot.database.migrations.completing import complete
from footnote.index.database.columns import PLAIN, moment, number, words

revision = "feeds_1"
down_revision = None
branch_labels = ("feeds",)
depends_on = None

_TABLES = MetaData()

Table(
    "feed",
    _TABLES,
    words("folder", primary_key=True),
    words("identity", primary_key=True),
    words("url"),
    words("title"),
    words("who"),
    moment("since"),
    moment("next"),
    moment("every"),
    words("etag", nullable=True),
    words("modified", nullable=True),
    words("fault", nullable=True),
    **PLAIN,
)
Table(
    "seen",
    _TABLES,
    words("folder", primary_key=True),
    words("feed", primary_key=True),
    words("entry", primary_key=True),
    number("tries"),
    **PLAIN,
)


def upgrade() -> None:
    complete(op.get_bind(), _TABLES)
