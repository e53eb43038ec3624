"""Watches over open workouts, and their way through the journal.

The release before goes on working on this schema, as long as it handles nothing that this one has written down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WAITS = "state IN ('watching', 'due')"


def upgrade() -> None:
    with op.batch_alter_table("journal", table_kwargs={"sqlite_autoincrement": True}) as journal:
        journal.drop_constraint(op.f("ck_journal_source"), type_="check")
        journal.create_check_constraint(op.f("ck_journal_source"), "source IN ('telegram', 'rest', 'flood', 'idle')")

    op.create_table(
        "idle_watches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("workout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("quiet_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_asked", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "watching",
                "due",
                "asked",
                "closed",
                "over",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_idle_watches_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workout_id"], ["workouts.id"], name=op.f("fk_idle_watches_workout_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idle_watches")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("uq_idle_watches_waiting_workout_id"),
        "idle_watches",
        ["workout_id"],
        unique=True,
        sqlite_where=sa.text(_WAITS),
        postgresql_where=sa.text(_WAITS),
    )
    op.create_index(
        op.f("ix_idle_watches_watching_due_at"),
        "idle_watches",
        ["due_at"],
        sqlite_where=sa.text("state = 'watching'"),
        postgresql_where=sa.text("state = 'watching'"),
    )
    op.create_index(op.f("ix_idle_watches_user_id"), "idle_watches", ["user_id"])
    op.create_index(op.f("ix_idle_watches_workout_id"), "idle_watches", ["workout_id"])
