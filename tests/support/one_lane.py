"""The lane of one lifter, which the bot handles together with others'."""

from __future__ import annotations

from collections.abc import Collection

from storage import journal, lanes
from storage.database import WriteSession
from storage.journal import Claimed
from storage.values.lane import LaneHold, LaneLostError


async def claim(session: WriteSession, bot_id: int, lifter_id: int, owner: str) -> LaneHold | None:
    """None if another replica that lives has it."""
    return (await lanes.claim(session, bot_id, [lifter_id], owner)).get(lifter_id)


async def leave(session: WriteSession, hold: LaneHold, closing: Collection[int] = ()) -> bool:
    """Whether it was given up. Raises LaneLostError."""
    left = await lanes.leave(session, [hold], closing)
    if hold not in left:
        raise LaneLostError(hold)
    return left[hold]


async def claim_next(
    session: WriteSession, bot_id: int, lifter_id: int, *, except_for: Collection[int] = ()
) -> Claimed | None:
    """None if nothing waits."""
    return (await journal.claim_next(session, bot_id, [lifter_id], except_for=except_for)).get(lifter_id)
