"""How many updates of one lifter may wait: a phone coming back from a basement sends thirty, a flood thousands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from storage.database import ReadSession, WriteSession
from storage.models import WAITS, JournalRow, Lane
from storage.values.chat import NOBODY, JournalStatus, Source

MOST_WAITING = 200
"""Updates per lifter; what comes beyond them is refused."""

MANY_WAITING = 50
"""Updates per lifter, beyond which those who bring more had better take their time: more than a phone brings from a
basement, and at one answer a second they wait for most of a minute.
"""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What is written down, each row with its status."""

    rows: Sequence[tuple[Incoming, JournalStatus]]
    crowded: Collection[int] = ()
    """The lifters for whom more than `MANY_WAITING` wait then, or who are still to hear that something was refused."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is to be written down. `user_id` names the lane that it waits in."""

    source: Source
    source_id: int
    user_id: int
    payload: dict[str, Any]


async def admitted(session: WriteSession, bot_id: int, rows: Sequence[Incoming]) -> Admitted:
    """What is written down of the rows.

    Where a lane is full, a notice takes the place of the first update that finds it so. While the notice waits,
    everything else that the lifter sends is refused: the notice can then say what was taken and what was not.
    """
    lifters = {row.user_id for row in rows if _counts(row)}
    if not lifters:
        return Admitted([(row, JournalStatus.PENDING) for row in rows])
    room = await _room(session, bot_id, lifters)
    known: frozenset[int] = frozenset()
    if _is_tight(rows, room):
        await _alone(session, bot_id, lifters)
        room = await _room(session, bot_id, lifters)
        known = await _known(session, bot_id, rows)
    written: list[tuple[Incoming, JournalStatus]] = []
    for row in rows:
        if not _counts(row) or row.source_id in known:
            written.append((row, JournalStatus.PENDING))
            continue
        left = room[row.user_id]
        room[row.user_id] = left - 1
        if left == 0:
            written.append((Incoming(Source.FLOOD, row.source_id, row.user_id, {}), JournalStatus.PENDING))
        written.append((row, JournalStatus.PENDING if left > 0 else JournalStatus.REFUSED))
    crowded = {lifter_id for lifter_id, left in room.items() if left < MOST_WAITING - MANY_WAITING}
    return Admitted(written, crowded)


async def refused_since(session: ReadSession, bot_id: int, user_id: int, journal_id: int) -> int:
    """How many of the lifter's updates were refused after that row."""
    refused = (
        JournalRow.bot_id == bot_id,
        JournalRow.user_id == user_id,
        JournalRow.id > journal_id,
        JournalRow.status == JournalStatus.REFUSED,
    )
    return await session.scalar(select(func.count()).select_from(JournalRow).where(*refused)) or 0


def _counts(row: Incoming) -> bool:
    return row.source is Source.TELEGRAM and row.user_id != NOBODY


def _is_tight(rows: Sequence[Incoming], room: dict[int, int]) -> bool:
    return min(room.values()) < len(rows)


async def _room(session: ReadSession, bot_id: int, lifters: set[int]) -> dict[int, int]:
    """How many more may wait for each lifter; less than none once they are to be told."""
    noticed = func.max(case((JournalRow.source == Source.FLOOD, 1), else_=0))
    counted = (
        select(JournalRow.user_id, func.count(), noticed)
        .where(JournalRow.user_id.in_(lifters), JournalRow.bot_id == bot_id, WAITS)
        .group_by(JournalRow.user_id)
    )
    left = {
        lifter_id: -1 if is_noticed else max(0, MOST_WAITING - number)
        for lifter_id, number, is_noticed in await session.execute(counted)
    }
    return dict.fromkeys(lifters, MOST_WAITING) | left


async def _alone(session: WriteSession, bot_id: int, lifters: set[int]) -> None:
    """Until the commit no other replica writes anything down here, or both would tell the lifter."""
    own = select(Lane.user_id).where(Lane.bot_id == bot_id, Lane.user_id.in_(lifters)).order_by(Lane.user_id)
    await session.execute(own.with_for_update())


async def _known(session: ReadSession, bot_id: int, rows: Sequence[Incoming]) -> frozenset[int]:
    """Those of the updates that are written down already, and so take no room."""
    ids = [row.source_id for row in rows if row.source is Source.TELEGRAM]
    known = (JournalRow.bot_id == bot_id, JournalRow.source == Source.TELEGRAM, JournalRow.source_id.in_(ids))
    return frozenset(await session.scalars(select(JournalRow.source_id).where(*known)))
