"""What lifters hide, their own names for exercises that everybody sees, and what they propose for the library.

The release before goes on working on this schema, as long as it handles nothing that this one has written down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SOURCES = "source IN ('telegram', 'rest', 'flood', 'idle', 'announcement', 'progress', 'proposal')"
_WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    with op.batch_alter_table("journal", table_kwargs={"sqlite_autoincrement": True}) as journal:
        journal.drop_constraint(op.f("ck_journal_source"), type_="check")
        journal.create_check_constraint(op.f("ck_journal_source"), _SOURCES)

    op.add_column("exercise_preferences", sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table(
        "private_aliases",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("exercise_id", _KEY, nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("alias_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_private_aliases_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_private_aliases_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_aliases")),
        sa.UniqueConstraint("user_id", "alias_key", name=op.f("uq_private_aliases_user_id_alias_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_private_aliases_exercise_id"), "private_aliases", ["exercise_id"])

    op.create_table(
        "proposals",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("exercise_id", _KEY, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "accepted",
                "merged",
                "declined",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by", sa.BigInteger()),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_proposals_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_proposals_exercise_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["users.id"], name=op.f("fk_proposals_answered_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("uq_proposals_waiting_exercise_id"),
        "proposals",
        ["exercise_id"],
        unique=True,
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    for column in ("exercise_id", "user_id", "answered_by"):
        op.create_index(op.f(f"ix_proposals_{column}"), "proposals", [column])

    op.create_table(
        "proposal_notices",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("proposal_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_proposal_notices_user_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_notices_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_notices")),
        sqlite_autoincrement=True,
    )
    for column in ("user_id", "proposal_id"):
        op.create_index(op.f(f"ix_proposal_notices_{column}"), "proposal_notices", [column])
