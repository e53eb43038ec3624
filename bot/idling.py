"""Looking after what needs no exactness, now and then: idle workouts, reminders, what was deleted.

Nobody minds a minute more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

_log = structlog.stdlib.get_logger(__name__)

_EVERY = 60.0
"""Seconds."""


async def look_now_and_then(
    what: str, look: Callable[[], Awaitable[None]], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Looks after `what`, as the log calls it, until cancelled."""
    while True:
        try:
            await look()
        except (SQLAlchemyError, OSError) as error:
            _log.warning(f"{what} can't be looked after now", why=type(error).__name__)
        except Exception:  # noqa: BLE001 -- whatever it is, the next time comes
            _log.exception(f"{what} can't be looked after")
        await sleep(_EVERY)
