"""Connections that have rested in the pool may be dead by now, and are asked before they are used again."""

from __future__ import annotations

import time
from typing import Final

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

RESTED: Final = 1.0
"""Seconds since its last use after which a connection is asked. SQLAlchemy's `pool_pre_ping` asks every time, which
takes three round trips; an update has four transactions of a few statements."""

_LEFT_AT: Final = "spotter.left_at"


def ask_after_rest(engine: AsyncEngine) -> None:
    """From now on a dead connection that has rested is replaced, and all that are as old with it."""
    dialect = engine.sync_engine.dialect

    def leave(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[_LEFT_AT] = time.monotonic()

    def take(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        left_at = entry.info.get(_LEFT_AT)
        if left_at is None or time.monotonic() - left_at < RESTED:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine.sync_engine, "checkin", leave)
    event.listen(engine.sync_engine, "checkout", take)
