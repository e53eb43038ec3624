"""Settings of lifters and exercises, supersets, merged exercises, and what undo needs.

New columns may be empty or carry defaults, so that the release before goes on working on this schema.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False))
        users.add_column(sa.Column("warm_up_rest", sa.Integer(), server_default="0", nullable=False))
        users.add_column(sa.Column("weight_step", sa.BigInteger()))
        users.add_column(sa.Column("is_admin", sa.Boolean(), server_default=sa.false(), nullable=False))
        users.add_column(sa.Column("leaving_since", sa.DateTime(timezone=True)))
        users.create_check_constraint(op.f("ck_users_warm_up_rest"), "warm_up_rest >= 0")
        users.create_check_constraint(op.f("ck_users_weight_step"), "weight_step > 0")

    with op.batch_alter_table("exercises", table_kwargs={"sqlite_autoincrement": True}) as exercises:
        exercises.add_column(sa.Column("weight_step", sa.BigInteger()))
        exercises.add_column(
            sa.Column(
                "weight_step_unit",
                sa.Enum("kg", "lb", name="weight_step_unit", native_enum=False, create_constraint=True, length=32),
            )
        )
        exercises.add_column(sa.Column("merged_into_id", _KEY))
        exercises.add_column(sa.Column("is_edited", sa.Boolean(), server_default=sa.false(), nullable=False))
        exercises.create_check_constraint(op.f("ck_exercises_weight_step"), "weight_step > 0")
        exercises.create_foreign_key(
            op.f("fk_exercises_merged_into_id"), "exercises", ["merged_into_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(op.f("ix_exercises_merged_into_id"), "exercises", ["merged_into_id"])

    op.add_column("workouts", sa.Column("finished_before", sa.DateTime(timezone=True)))
    op.add_column("workouts", sa.Column("ends_at", sa.DateTime(timezone=True)))
    op.add_column("exercise_executions", sa.Column("superset", sa.Integer()))

    op.create_table(
        "exercise_preferences",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("exercise_id", _KEY, nullable=False),
        sa.Column("unit", sa.Enum("kg", "lb", name="unit", native_enum=False, create_constraint=True, length=32)),
        sa.Column("weight_step", sa.BigInteger()),
        sa.Column("rest", sa.Integer()),
        sa.CheckConstraint("weight_step > 0", name=op.f("ck_exercise_preferences_weight_step")),
        sa.CheckConstraint("rest >= 0", name=op.f("ck_exercise_preferences_rest")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_exercise_preferences_user_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_exercise_preferences_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "exercise_id", name=op.f("pk_exercise_preferences")),
    )
    op.create_index(op.f("ix_exercise_preferences_exercise_id"), "exercise_preferences", ["exercise_id"])

    op.create_table(
        "changes",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "started",
                "logged",
                "set_changed",
                "set_removed",
                "set_moved",
                "sets_replaced",
                "exercise_added",
                "exercise_changed",
                "exercise_removed",
                "exercise_moved",
                "exercises_replaced",
                "described",
                "finished",
                "reopened",
                "deleted",
                "entered",
                "library",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_changes_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_user_id_id"), "changes", ["user_id", "id"])
