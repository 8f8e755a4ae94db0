"""Which process handles which queue of the inbox."""

from alembic import op
from sqlalchemy import MetaData, Table

from footnote.index.database.columns import KEYED, moment, words

revision = "state_2"
down_revision = "state_1"
branch_labels = None
depends_on = None

_LANE_CLAIM = Table(
    "lane_claim",
    MetaData(),
    words("lane", primary_key=True),
    words("holder"),
    moment("until"),
    **KEYED,
)


def upgrade() -> None:
    _LANE_CLAIM.create(op.get_bind())
