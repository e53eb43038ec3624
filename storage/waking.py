"""Hearing from other replicas that something came in for a lane of one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from storage.database import Database
from storage.lanes import CHANNEL


async def hear_of_lanes(database: Database, owner: str, heard: Callable[[int, int], None]) -> None:
    """Calls `heard` with bot and lifter whenever another replica says so of a lane that this owner has.

    Returns when the connection has ended. Only PostgreSQL carries such words. Raises SQLAlchemyError or OSError if
    there is no connection.
    """
    ended = asyncio.Event()

    def hear(*said: Any) -> None:
        bot_id, lifter_id, wanted_of = said[-1].split(":")
        if wanted_of == owner:
            heard(int(bot_id), int(lifter_id))

    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.add_termination_listener(lambda _: ended.set())
        await driver.add_listener(CHANNEL, hear)
        try:
            await ended.wait()
        finally:
            # A connection that still listens must not be given to anybody else.
            await connection.invalidate()
