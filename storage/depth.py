"""How much waits to be handled."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from storage.database import ReadSession
from storage.models import WAITS, JournalRow
from storage.values.chat import Source


@dataclass(frozen=True, slots=True)
class Depth:
    """Rows that wait in the journal, and the lanes in which they do."""

    updates: int
    lanes: int


async def depth(session: ReadSession, bot_id: int) -> Depth:
    """What waits now."""
    counted = select(func.count(), func.count(JournalRow.user_id.distinct()))
    updates, lanes = (await session.execute(counted.where(WAITS, JournalRow.bot_id == bot_id))).one()
    return Depth(updates, lanes)


async def in_lanes(session: ReadSession, bot_id: int, source: Source) -> int:
    """How many rows of this source wait in their lifters' lanes, or are just handled."""
    # Counted among all that waits, which is little: other indexes lead to all that was ever written down.
    of_them = func.count().filter(JournalRow.bot_id == bot_id, JournalRow.source == source)
    return await session.scalar(select(of_them).where(WAITS)) or 0
