"""Whether the bot can do its work just now."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.migrate import is_up_to_date


class Missing(StrEnum):
    """What keeps the bot from its work."""

    DATABASE = "the database doesn't answer"
    SCHEMA = "the schema is older than this release"
    INTAKE = "no updates are taken"


async def what_is_missing(database: Database, takes_updates: Callable[[], bool]) -> list[Missing]:
    """What keeps the bot from its work; nothing if it is ready."""
    missing = [] if takes_updates() else [Missing.INTAKE]
    try:
        if not await is_up_to_date(database):
            missing.append(Missing.SCHEMA)
    except (SQLAlchemyError, OSError):
        missing.append(Missing.DATABASE)
    return missing
