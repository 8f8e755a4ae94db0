"""Which changes were made together."""

from alembic import op
from sqlalchemy import Index, MetaData, Table

from footnote.index.database.columns import PLAIN, number

revision = "changes_2"
down_revision = "changes_1"
branch_labels = None
depends_on = None

_TOGETHER = Table(
    "together",
    MetaData(),
    number("change", primary_key=True),
    number("first"),
    Index("together_by_first", "first"),
    **PLAIN,
)


def upgrade() -> None:
    _TOGETHER.create(op.get_bind())
