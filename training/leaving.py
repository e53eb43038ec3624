"""Taking away everything that is a lifter's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from storage import leaving
from storage.database import Database, WriteSession

_AT_ONCE = 500
"""How many updates one transaction empties."""


async def delete_everything(database: Database, lifter_id: int) -> None:
    """Deletes the lifter, workout by workout, so that nobody waits long.

    What a crash in the middle leaves behind goes when it is called again. Pending updates stay: they are still to be
    handled, and meet the lifter anew.
    """
    await _one_by_one(database, lifter_id, leaving.delete_a_workout)
    await _one_by_one(database, lifter_id, leaving.delete_an_exercise)
    async with database.reading() as session:
        handled = await leaving.handled_updates(session, lifter_id)
    for start in range(0, len(handled), _AT_ONCE):
        async with database.writing() as session:
            await leaving.empty_updates(session, handled[start : start + _AT_ONCE])
    async with database.writing() as session:
        await leaving.delete_user(session, lifter_id)


async def _one_by_one(
    database: Database, lifter_id: int, delete: Callable[[WriteSession, int], Awaitable[bool]]
) -> None:
    more = True
    while more:
        async with database.writing() as session:
            more = await delete(session, lifter_id)
        await asyncio.sleep(0)  # whoever waits for the event loop comes first
