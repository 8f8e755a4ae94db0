"""Made up: a later Footnote that only adds a column."""

from alembic import op

from footnote.index.database.columns import zero

revision = "state_3"
down_revision = "state_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incoming", zero("weight"))
