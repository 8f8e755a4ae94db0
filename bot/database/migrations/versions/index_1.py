"""What several machines have in common of an index, as it was when that began."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, LargeBinary, MetaData, Table

from footnote.bot.database.migrations.completing import complete
from footnote.index.database.columns import moment, words, zero

revision = "index_1"
down_revision = None
branch_labels = ("index",)
depends_on = None

_TABLES = MetaData()

Table(
    "index_collection",
    _TABLES,
    words("collection", primary_key=True),
    words("answers", nullable=True),
    words("holder", nullable=True),
    zero("term"),
)
_build = Table(
    "index_build",
    _TABLES,
    words("name", primary_key=True),
    words("collection"),
    zero("generation"),
    moment("replaced", nullable=True),
    Index("index_build_by_collection", "collection"),
)
Table(
    "index_file",
    _TABLES,
    Column(
        "build",
        _build.c.name.type,
        ForeignKey("index_build.name", ondelete="CASCADE"),
        primary_key=True,
    ),
    words("name", primary_key=True),
    Column("content", LargeBinary, nullable=False),
)


def upgrade() -> None:
    complete(op.get_bind(), _TABLES)
