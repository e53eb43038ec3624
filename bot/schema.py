"""Bringing the database up to this release, with words for a host if that fails."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.start_error import StartError
from storage.database import Database
from storage.migrate import SchemaError, migrate
from storage.unreachable import is_unreachable

_log = structlog.stdlib.get_logger(__name__)

_LONGEST_PAUSE = 30.0


async def schema_brought_up(database_url: str) -> str:
    """Applies what is missing and returns the revision reached. Raises StartError."""
    try:
        return await migrate(database_url)
    except SchemaError as error:
        raise StartError(f"DATABASE_URL: {error}") from None
    except (SQLAlchemyError, OSError) as error:
        raise cant_open(error) from None


async def database_awaited(database_url: str, sleep: Callable[[float], Awaitable[None]]) -> None:
    """Brings the schema up, waiting for a database server that isn't there yet, as after a machine's start.

    Raises StartError for what waiting can't mend.
    """
    pause = 1.0
    while True:
        try:
            await schema_brought_up(database_url)
        except StartError as error:
            if not is_unreachable(error.__context__):
                raise
            _log.warning("the database can't be reached yet", why=str(error), seconds=pause)
        else:
            return
        await sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


@asynccontextmanager
async def opened(database_url: str) -> AsyncIterator[Database]:
    """The database within the block, brought up to this release. Raises StartError, also for what it fails at there."""
    await schema_brought_up(database_url)
    database = Database(database_url)
    try:
        yield database
    except SQLAlchemyError as error:
        raise cant_open(error) from None
    finally:
        await database.close()


def cant_open(error: Exception) -> StartError:
    """What to tell a host whose database can't be used."""
    reason = getattr(error, "orig", None) or error
    why = " ".join(str(reason).split()) or type(reason).__name__
    return StartError(f"DATABASE_URL: can't use the database ({why}); check the address and its rights")
