"""Made up: a later Footnote that calls otherwise what earlier ones write with each answer."""

from alembic import op

revision = "state_3"
down_revision = "state_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("asked", "text", new_column_name="body")
