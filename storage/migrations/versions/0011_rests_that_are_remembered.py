"""What a rest was meant to last and came to, warnings before its end, and rests before drop sets.

The release before goes on working on this schema, as long as it handles nothing that this one has written down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SOURCES = "source IN ('telegram', 'rest', 'rest_warning', 'flood', 'idle', 'announcement', 'progress', 'proposal')"
_WARNS = sa.text("state = 'running' AND warns")


def upgrade() -> None:
    with op.batch_alter_table("journal", table_kwargs={"sqlite_autoincrement": True}) as journal:
        journal.drop_constraint(op.f("ck_journal_source"), type_="check")
        journal.create_check_constraint(op.f("ck_journal_source"), _SOURCES)

    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("drop_rest", sa.Integer(), server_default="0", nullable=False))
        users.add_column(sa.Column("warns_of_rest", sa.Boolean(), server_default=sa.false(), nullable=False))
        users.create_check_constraint(op.f("ck_users_drop_rest"), "drop_rest >= 0")

    op.add_column("rest_timers", sa.Column("planned", sa.Integer()))
    op.add_column("rest_timers", sa.Column("wanted", sa.Integer()))
    op.add_column("rest_timers", sa.Column("warns", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_rest_timers_warning_due_at", "rest_timers", ["due_at"], sqlite_where=_WARNS, postgresql_where=_WARNS
    )

    op.create_table(
        "rest_habits",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("exercise_id", _KEY, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Integer()),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_rest_habits_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_rest_habits_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "exercise_id", name=op.f("pk_rest_habits")),
    )
    op.create_index(op.f("ix_rest_habits_exercise_id"), "rest_habits", ["exercise_id"])
