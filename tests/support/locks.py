"""Having one transaction wait for another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Select, text

from storage.database import Database
from tests.support.waiting import until


@asynccontextmanager
async def held(database: Database, rows: Select[Any]) -> AsyncIterator[None]:
    """Others that want these rows wait until the end of the block."""
    async with database.writing() as session:
        await session.execute(rows.with_for_update())
        yield


async def one_after_the_other(
    database: Database, held_up_by: Select[Any], *acts: Coroutine[Any, Any, object]
) -> list[object]:
    """What comes of the acts if each begins when those before it wait for these rows or for each other."""
    tasks: list[asyncio.Task[object]] = []
    async with held(database, held_up_by):
        for act in acts:
            tasks.append(asyncio.create_task(act))
            await until(lambda: are_waiting(database, len(tasks)))
    return await asyncio.gather(*tasks, return_exceptions=True)


async def are_waiting(database: Database, number: int) -> bool:
    """Whether so many transactions wait for a lock."""
    if database.engine.dialect.name != "postgresql":
        return True  # there is one writer at a time
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with database.reading() as session:
        return bool(await session.scalar(text(waiting)) == number)
