"""What only one process at a time may do, whatever the number of replicas."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine


class Lock(IntEnum):
    """Spotter's own numbers among PostgreSQL's advisory locks; they never change, since releases run side by side."""

    SCHEMA = 0x5B07_7E12
    WEBHOOK = 0x5B07_7E13


@asynccontextmanager
async def alone(engine: AsyncEngine, lock: Lock) -> AsyncIterator[None]:
    """Within the block no other process is in one with the same lock on the same database; it waits until then.

    No transaction is open meanwhile. On SQLite, which has a single process, nothing is locked. Raises what the database
    raises.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        try:
            await connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": int(lock)})
            yield
        finally:
            # The lock ends with its connection, also where the database is gone or the waiting was cancelled.
            await connection.invalidate()
