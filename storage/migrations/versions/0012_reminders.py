"""Training days and weekly summaries that lifters are reminded of.

The release before goes on working on this schema, as long as it handles nothing that this one has written down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SOURCES = (
    "source IN ('telegram', 'rest', 'rest_warning', 'flood', 'idle', 'announcement', 'progress', 'proposal', "
    "'reminder')"
)


def upgrade() -> None:
    with op.batch_alter_table("journal", table_kwargs={"sqlite_autoincrement": True}) as journal:
        journal.drop_constraint(op.f("ck_journal_source"), type_="check")
        journal.create_check_constraint(op.f("ck_journal_source"), _SOURCES)

    op.create_table(
        "reminder_plans",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("training_at", sa.Integer(), nullable=False),
        sa.Column("summary_at", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_until", sa.Integer()),
        sa.CheckConstraint(
            "training_at BETWEEN 0 AND 1439 AND summary_at BETWEEN 0 AND 1439", name=op.f("ck_reminder_plans_times")
        ),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until "
            "AND quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439",
            name=op.f("ck_reminder_plans_quiet"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reminder_plans_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder_plans")),
    )

    op.create_table(
        "reminders",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("training", "summary", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_reminders_weekday")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reminders_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("user_id", "kind", "weekday", name=op.f("uq_reminders_user_id_kind_weekday")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminders_due_at"), "reminders", ["due_at"])
