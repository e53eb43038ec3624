"""Timers that lifters start, and the way of their beats through the journal.

The release before goes on working on this schema, as long as it handles nothing that this one has written down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SOURCES = (
    "source IN ('telegram', 'rest', 'rest_warning', 'flood', 'idle', 'announcement', 'progress', 'proposal', "
    "'reminder', 'timer')"
)


def upgrade() -> None:
    with op.batch_alter_table("journal", table_kwargs={"sqlite_autoincrement": True}) as journal:
        journal.drop_constraint(op.f("ck_journal_source"), type_="check")
        journal.create_check_constraint(op.f("ck_journal_source"), _SOURCES)

    op.create_table(
        "timers",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("execution_id", _KEY),
        sa.Column("kind", _closed_set("kind", "countdown", "emom", "intervals"), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("work", sa.Integer(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("set_kind", _closed_set("set_kind", "working", "warm_up", "drop", "amrap")),
        sa.Column("weight", sa.BigInteger()),
        sa.Column("unit", _closed_set("unit", "kg", "lb")),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("state", _closed_set("state", "running", "over", "ended"), nullable=False),
        sa.Column("held", sa.Integer()),
        sa.Column("message_id", sa.BigInteger()),
        sa.CheckConstraint("rounds > 0 AND work > 0 AND rest >= 0", name=op.f("ck_timers_plan")),
        sa.CheckConstraint("(weight IS NULL) = (unit IS NULL)", name=op.f("ck_timers_weight")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_timers_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["exercise_executions.id"], name=op.f("fk_timers_execution_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint("user_id", name=op.f("uq_timers_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_timers_execution_id"), "timers", ["execution_id"])
    op.create_index(op.f("ix_timers_due_at"), "timers", ["due_at"])


def _closed_set(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
