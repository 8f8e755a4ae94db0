"""The changes of articles as they were when migrations began."""

from alembic import op
from sqlalchemy import Column, Index, LargeBinary, MetaData, Table

from footnote.bot.database.migrations.completing import complete
from footnote.index.database.columns import COUNTED, counter, moment, words

revision = "changes_1"
down_revision = None
branch_labels = ("changes",)
depends_on = None

_TABLES = MetaData()

Table(
    "change",
    _TABLES,
    counter("number"),
    words("folder"),
    words("article"),
    words("what"),
    words("who"),
    moment("at"),
    Column("before", LargeBinary),
    Column("after", LargeBinary),
    Index("change_by_article", "folder", "article", "number"),
    **COUNTED,
)


def upgrade() -> None:
    complete(op.get_bind(), _TABLES)
