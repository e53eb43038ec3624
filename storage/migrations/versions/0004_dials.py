"""What − and + have done to the suggested set."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exercise_executions", sa.Column("turned", sa.JSON()))
