"""Inserting what may be there already, on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.database import WriteSession
from storage.models import Base


def insert_new(session: WriteSession, model: type[Base]) -> Any:
    """An INSERT with ON CONFLICT, of the session's own dialect."""
    return insert_into(session.get_bind().dialect.name, model)


def insert_into(dialect: str, model: type[Base]) -> Any:
    """An INSERT with ON CONFLICT, of the dialect of that name."""
    return sqlite.insert(model) if dialect == "sqlite" else postgresql.insert(model)
