"""Bringing the database up to this release, with words for a host if that fails."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from bot.start_error import StartError
from storage.migrate import SchemaError, migrate


async def schema_brought_up(database_url: str) -> str:
    """Applies what is missing and returns the revision reached. Raises StartError."""
    try:
        return await migrate(database_url)
    except SchemaError as error:
        raise StartError(f"DATABASE_URL: {error}") from None
    except (SQLAlchemyError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        why = " ".join(str(reason).split()) or type(reason).__name__
        raise StartError(f"DATABASE_URL: can't open the database ({why}); check the address and its rights") from None
