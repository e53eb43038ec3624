"""Taking away everything that is a lifter's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from storage import exercises, leaving, lifters
from storage.database import Database, WriteSession

_AT_ONCE = 500
"""How many updates one transaction empties."""


async def delete_everything(database: Database, lifter_id: int, now: datetime) -> None:
    """Deletes the lifter, workout by workout, so that nobody waits long.

    The first transaction says that it has begun: what a crash in the middle leaves behind, `resume` takes away.
    Pending updates stay: they are still to be handled, and meet the lifter anew.
    """
    async with database.writing() as session:
        await leaving.mark(session, lifter_id, now)
    await _delete(database, lifter_id)


async def resume(database: Database) -> None:
    """Goes on with every deletion that was begun."""
    async with database.reading() as session:
        marked = await leaving.marked(session)
    for lifter_id in marked:
        await _delete(database, lifter_id)


async def _delete(database: Database, lifter_id: int) -> None:
    await _one_by_one(database, lifter_id, leaving.delete_a_workout)
    await _one_by_one(database, lifter_id, leaving.delete_an_exercise)
    async with database.reading() as session:
        handled = await leaving.handled_updates(session, lifter_id)
    for start in range(0, len(handled), _AT_ONCE):
        async with database.writing() as session:
            await leaving.empty_updates(session, handled[start : start + _AT_ONCE])
    async with _holding(database, lifter_id) as session:
        await leaving.delete_user(session, lifter_id)


async def _one_by_one(
    database: Database, lifter_id: int, delete: Callable[[WriteSession, int], Awaitable[bool]]
) -> None:
    more = True
    while more:
        async with _holding(database, lifter_id) as session:
            more = await delete(session, lifter_id)
        await asyncio.sleep(0)  # whoever waits for the event loop comes first


@asynccontextmanager
async def _holding(database: Database, lifter_id: int) -> AsyncIterator[WriteSession]:
    """A transaction beside which nobody else deletes the lifter, as another replica that starts might, or merges."""
    async with database.writing() as session:
        await lifters.hold_if_there(session, lifter_id)
        await exercises.await_catalogue(session)
        yield session
