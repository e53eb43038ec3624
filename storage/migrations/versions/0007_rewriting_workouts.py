"""Texts that are to take the place of what was done in a finished workout."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pastes", sa.Column("workout_id", sa.BigInteger()))
