"""Runs the migrations on the connection that storage.migrate hands over; it holds the lock and the transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeEngine

from storage.models import Base


def _render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """A migration must not change when storage.columns does: our types are written as what they store."""
    if kind == "type" and isinstance(item, TypeEngine) and type(item).__module__ == "storage.columns":
        return f"sa.{item.impl!r}" if hasattr(item, "impl") else False
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
    transaction_per_migration=False,
)
context.run_migrations()
