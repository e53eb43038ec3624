"""The record of what admins did, announcements, and their way through the journal.

The release before goes on working on this schema, as long as it handles nothing that this one has written down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SOURCES = "source IN ('telegram', 'rest', 'flood', 'idle', 'announcement', 'progress')"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("admin_id", sa.BigInteger()),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )

    with op.batch_alter_table("journal", table_kwargs={"sqlite_autoincrement": True}) as journal:
        journal.drop_constraint(op.f("ck_journal_source"), type_="check")
        journal.create_check_constraint(op.f("ck_journal_source"), _SOURCES)

    op.create_table(
        "announcements",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", _states("draft", "sending", "stopped", "sent"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_announcements_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sqlite_autoincrement=True,
    )
    sending = sa.text("state = 'sending'")
    op.create_index(
        op.f("ix_announcements_sending"), "announcements", ["id"], sqlite_where=sending, postgresql_where=sending
    )
    op.create_index(op.f("ix_announcements_user_id"), "announcements", ["user_id"])

    op.create_table(
        "deliveries",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("announcement_id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("state", _states("waiting", "handed_out", "sent", "unreachable", "failed"), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_deliveries_announcement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_deliveries_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("announcement_id", "user_id", name=op.f("uq_deliveries_announcement_id_user_id")),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        op.f("ix_deliveries_waiting"),
        "deliveries",
        ["announcement_id", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index(op.f("ix_deliveries_user_id"), "deliveries", ["user_id"])


def _states(*states: str) -> sa.Enum:
    return sa.Enum(*states, name="state", native_enum=False, create_constraint=True, length=32)
