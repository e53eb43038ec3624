"""Which message a set was typed in, texts that wait for their lifter's yes, and settings of the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for setting in ("asks_rpe", "cleans_messages", "rests_alike"):
        op.add_column("users", sa.Column(setting, sa.Boolean(), server_default=sa.false(), nullable=False))

    op.add_column("sets", sa.Column("message_id", sa.BigInteger()))
    op.add_column("sets", sa.Column("message_edited_at", sa.DateTime(timezone=True)))
    typed = sa.text("message_id IS NOT NULL")
    op.create_index(op.f("ix_sets_message_id"), "sets", ["message_id"], sqlite_where=typed, postgresql_where=typed)

    op.create_table(
        "pastes",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("shown", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_pastes_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pastes")),
        sa.UniqueConstraint("user_id", name=op.f("uq_pastes_user_id")),
        sqlite_autoincrement=True,
    )
