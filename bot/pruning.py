"""Keeping the journal short: what is done with is needed only while Telegram may still deliver it again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage import journal, lanes
from storage.database import Database
from training.clock import Clock

_log = structlog.stdlib.get_logger(__name__)

_KEPT_FOR = timedelta(days=3)
"""Telegram keeps an update for a day."""

_EVERY = 3600.0
"""Seconds."""


async def prune_now_and_then(
    database: Database, clock: Clock, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Prunes until cancelled, a portion at a time, so that updates go on in between."""
    while True:
        try:
            while await _pruned(database, clock):
                await sleep(0)
            async with database.writing() as session:
                await lanes.forget_unused(session)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("the journal can't be pruned now", why=type(error).__name__)
        except Exception:  # noqa: BLE001 -- whatever it is, the next time comes
            _log.exception("the journal can't be pruned")
        await sleep(_EVERY)


async def _pruned(database: Database, clock: Clock) -> int:
    async with database.writing() as session:
        return await journal.prune(session, clock() - _KEPT_FOR)
