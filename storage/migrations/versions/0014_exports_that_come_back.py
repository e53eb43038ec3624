"""Lifters' exports that are sent back, and what importing them has brought.

The release before goes on working on this schema, as long as it takes back nothing that this one has imported.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = (
    "kind IN ('started', 'logged', 'set_changed', 'set_removed', 'set_moved', 'sets_replaced', 'exercise_added', "
    "'exercise_changed', 'exercise_removed', 'exercise_moved', 'exercises_replaced', 'described', 'finished', "
    "'reopened', 'deleted', 'entered', 'library', 'imported')"
)


def upgrade() -> None:
    with op.batch_alter_table("changes", table_kwargs={"sqlite_autoincrement": True}) as changes:
        changes.add_column(sa.Column("settings", sa.JSON(none_as_null=True)))
        changes.drop_constraint(op.f("ck_changes_kind"), type_="check")
        changes.create_check_constraint(op.f("ck_changes_kind"), _KINDS)

    op.create_table(
        "imported_workouts",
        sa.Column("workout_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("change_id", _KEY, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workout_id"], ["workouts.id"], name=op.f("fk_imported_workouts_workout_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_imported_workouts_change_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workout_id", name=op.f("pk_imported_workouts")),
    )
    op.create_index(op.f("ix_imported_workouts_change_id"), "imported_workouts", ["change_id"])

    op.create_table(
        "account_imports",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("change_id", _KEY),
        sa.Column("loaded", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.JSON(none_as_null=True)),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_imports_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_account_imports_change_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_imports")),
        sa.UniqueConstraint("user_id", name=op.f("uq_account_imports_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_account_imports_change_id"), "account_imports", ["change_id"])
