"""Replicas, whose lane is whose, and updates that are refused because too many wait.

The release before goes on working on this schema. It knows nothing of lanes, so on PostgreSQL it is stopped before
several processes of this one are started.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("journal", table_kwargs={"sqlite_autoincrement": True}) as journal:
        journal.add_column(sa.Column("has_effect", sa.Boolean(), server_default=sa.false(), nullable=False))
        journal.drop_constraint(op.f("ck_journal_source"), type_="check")
        journal.create_check_constraint(op.f("ck_journal_source"), "source IN ('telegram', 'rest', 'flood')")
        journal.drop_constraint(op.f("ck_journal_status"), type_="check")
        journal.create_check_constraint(
            op.f("ck_journal_status"), "status IN ('pending', 'applied', 'done', 'set_aside', 'unreadable', 'refused')"
        )
    op.execute("UPDATE journal SET has_effect = true WHERE status = 'applied'")

    op.create_table(
        "replicas",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("lives_until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replicas")),
    )
    op.create_index(op.f("ix_replicas_bot_id"), "replicas", ["bot_id"])
    op.create_table(
        "lanes",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "user_id", name=op.f("pk_lanes")),
    )
    op.create_table(
        "duties",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "name", name=op.f("pk_duties")),
    )
