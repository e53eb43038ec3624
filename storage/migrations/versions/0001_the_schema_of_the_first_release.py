"""The schema of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("telegram", "rest", name="source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "applied",
                "done",
                "set_aside",
                "unreadable",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("bot_id", "source", "source_id", name=op.f("uq_journal_bot_id_source_source_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_journal_waiting",
        "journal",
        ["user_id", "id"],
        sqlite_where=sa.text("status IN ('pending', 'applied')"),
        postgresql_where=sa.text("status IN ('pending', 'applied')"),
    )

    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("kg", "lb", name="unit", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("default_rest", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("default_rest >= 0", name=op.f("ck_users_default_rest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )
    op.create_table(
        "exercises",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("catalogue_key", sa.Text(), nullable=True),
        sa.Column(
            "body_part",
            sa.Enum(
                "chest",
                "back",
                "shoulders",
                "biceps",
                "triceps",
                "forearms",
                "legs",
                "glutes",
                "calves",
                "core",
                "full_body",
                "cardio",
                name="body_part",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "modality",
            sa.Enum(
                "barbell",
                "dumbbell",
                "cable",
                "machine",
                "bodyweight",
                "kettlebell",
                "band",
                "cardio",
                "other",
                name="modality",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "measure",
            sa.Enum(
                "weight_reps",
                "bodyweight_reps",
                "reps",
                "duration",
                "weight_duration",
                "distance_duration",
                "weight_distance",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("primary_muscles", sa.JSON(), nullable=False),
        sa.Column("secondary_muscles", sa.JSON(), nullable=False),
        sa.Column("default_rest", sa.Integer(), nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_exercises_user_id"), ondelete="CASCADE"),
        sa.CheckConstraint("default_rest >= 0", name=op.f("ck_exercises_default_rest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercises")),
        sa.UniqueConstraint("catalogue_key", name=op.f("uq_exercises_catalogue_key")),
        sa.UniqueConstraint("user_id", "name_key", name=op.f("uq_exercises_user_id_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exercises_user_id_body_part"), "exercises", ["user_id", "body_part"])
    op.create_index(
        "uq_exercises_system_name_key",
        "exercises",
        ["name_key"],
        unique=True,
        sqlite_where=sa.text("user_id IS NULL"),
        postgresql_where=sa.text("user_id IS NULL"),
    )

    op.create_table(
        "workouts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("card_message_id", sa.BigInteger(), nullable=True),
        sa.Column("messages_below", sa.Integer(), nullable=False),
        sa.CheckConstraint("finished_at >= started_at", name=op.f("ck_workouts_finished_after_start")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_workouts_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workouts")),
        sa.UniqueConstraint("id", "user_id", name=op.f("uq_workouts_id_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_workouts_user_id_started_at"), "workouts", ["user_id", "started_at"])
    op.create_index(
        "uq_workouts_open_user_id",
        "workouts",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )

    op.create_table(
        "exercise_aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exercise_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("alias_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_exercise_aliases_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_aliases")),
        sa.UniqueConstraint("exercise_id", "alias_key", name=op.f("uq_exercise_aliases_exercise_id_alias_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exercise_aliases_alias_key"), "exercise_aliases", ["alias_key"])

    op.create_table(
        "exercise_executions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("exercise_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("focused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_exercise_executions_exercise_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["workout_id", "user_id"],
            ["workouts.id", "workouts.user_id"],
            name=op.f("fk_exercise_executions_workout_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_executions")),
        sa.UniqueConstraint("workout_id", "position", name=op.f("uq_exercise_executions_workout_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_exercise_executions_user_id_exercise_id"), "exercise_executions", ["user_id", "exercise_id"]
    )
    op.create_index(
        op.f("ix_exercise_executions_exercise_id_workout_id"), "exercise_executions", ["exercise_id", "workout_id"]
    )

    op.create_table(
        "rest_timers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("workout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("execution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("running", "rung", "ended", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["exercise_executions.id"], name=op.f("fk_rest_timers_execution_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_rest_timers_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workout_id"], ["workouts.id"], name=op.f("fk_rest_timers_workout_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest_timers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rest_timers_execution_id"), "rest_timers", ["execution_id"])
    op.create_index(
        "ix_rest_timers_running_due_at",
        "rest_timers",
        ["due_at"],
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_index(op.f("ix_rest_timers_user_id"), "rest_timers", ["user_id"])
    op.create_index(op.f("ix_rest_timers_workout_id"), "rest_timers", ["workout_id"])
    op.create_index(
        "uq_rest_timers_running_user_id",
        "rest_timers",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )

    op.create_table(
        "sets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("execution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "working", "warm_up", "drop", "amrap", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("weight", sa.BigInteger(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum("kg", "lb", name="unit", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("weight_mg", sa.BigInteger(), nullable=True),
        sa.Column("clean_reps", sa.Integer(), nullable=True),
        sa.Column("forced_reps", sa.Integer(), nullable=False),
        sa.Column("rpe", sa.SmallInteger(), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("distance", sa.BigInteger(), nullable=True),
        sa.Column(
            "distance_unit",
            sa.Enum("m", "km", "mi", name="distance_unit", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("distance_mm", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(distance IS NULL) = (distance_unit IS NULL) AND (distance IS NULL) = (distance_mm IS NULL)",
            name=op.f("ck_sets_distance"),
        ),
        sa.CheckConstraint(
            "(weight IS NULL) = (unit IS NULL) AND (weight IS NULL) = (weight_mg IS NULL)", name=op.f("ck_sets_weight")
        ),
        sa.CheckConstraint("clean_reps >= 0 AND forced_reps >= 0", name=op.f("ck_sets_reps")),
        sa.CheckConstraint("duration >= 0", name=op.f("ck_sets_duration")),
        sa.CheckConstraint("distance >= 0", name=op.f("ck_sets_distance_not_negative")),
        sa.CheckConstraint("rpe BETWEEN 2 AND 20", name=op.f("ck_sets_rpe")),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["exercise_executions.id"], name=op.f("fk_sets_execution_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sets")),
        sa.UniqueConstraint("execution_id", "position", name=op.f("uq_sets_execution_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "targets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("execution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "working", "warm_up", "drop", "amrap", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("weight", sa.BigInteger(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum("kg", "lb", name="unit", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("weight_mg", sa.BigInteger(), nullable=True),
        sa.Column("clean_reps", sa.Integer(), nullable=True),
        sa.Column("forced_reps", sa.Integer(), nullable=False),
        sa.Column("rpe", sa.SmallInteger(), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("distance", sa.BigInteger(), nullable=True),
        sa.Column(
            "distance_unit",
            sa.Enum("m", "km", "mi", name="distance_unit", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("distance_mm", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(distance IS NULL) = (distance_unit IS NULL) AND (distance IS NULL) = (distance_mm IS NULL)",
            name=op.f("ck_targets_distance"),
        ),
        sa.CheckConstraint(
            "(weight IS NULL) = (unit IS NULL) AND (weight IS NULL) = (weight_mg IS NULL)",
            name=op.f("ck_targets_weight"),
        ),
        sa.CheckConstraint("clean_reps >= 0 AND forced_reps >= 0", name=op.f("ck_targets_reps")),
        sa.CheckConstraint("duration >= 0", name=op.f("ck_targets_duration")),
        sa.CheckConstraint("distance >= 0", name=op.f("ck_targets_distance_not_negative")),
        sa.CheckConstraint("rpe BETWEEN 2 AND 20", name=op.f("ck_targets_rpe")),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["exercise_executions.id"], name=op.f("fk_targets_execution_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint("execution_id", "position", name=op.f("uq_targets_execution_id_position")),
        sqlite_autoincrement=True,
    )
