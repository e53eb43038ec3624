"""Watching what is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from storage.database import Database


@dataclass(frozen=True)
class Statement:
    """What was executed, as the driver got it; of several rows' parameters the first."""

    text: str
    parameters: Any


@contextmanager
def counted(database: Database) -> Iterator[list[Statement]]:
    """The statements that are executed within the block, but for those that begin a transaction."""
    statements: list[Statement] = []

    def note(_: Any, __: Any, text: str, parameters: Any, ___: Any, many: bool) -> None:
        if not text.startswith("BEGIN"):
            statements.append(Statement(text, parameters[0] if many else parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
