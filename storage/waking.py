"""Hearing from other replicas that something came in for a lane of one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from storage.database import Database
from storage.lanes import CHANNEL


async def hear_of_lanes(database: Database, heard: Callable[[int, int], None]) -> None:
    """Calls `heard` with bot and lifter whenever another replica says so; returns when the connection has ended.

    Only PostgreSQL carries such words. Raises SQLAlchemyError or OSError if there is no connection.
    """
    ended = asyncio.Event()
    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.add_termination_listener(lambda _: ended.set())
        await driver.add_listener(CHANNEL, lambda *said: heard(*map(int, said[-1].split(":"))))
        try:
            await ended.wait()
        finally:
            # A connection that still listens must not be given to anybody else.
            await connection.invalidate()
