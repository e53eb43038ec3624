"""The part of an update's effect that every writing transaction carries: its mark, the next step, what is owed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.at_hand import UpdateAtHand
from storage.models import JOURNAL, LANES, User
from storage.values.chat import JournalStatus
from storage.values.lane import LaneHold, LaneLostError


class AlreadyAppliedError(Exception):
    """The effect of the update at hand is in the data already; nothing may be done for it again."""


_KEEPING = (
    select(LANES.c.user_id)
    .where(
        LANES.c.bot_id == bindparam("for_bot"),
        LANES.c.user_id == bindparam("of_lifter"),
        LANES.c.owner == bindparam("by"),
        LANES.c.epoch == bindparam("since"),
    )
    .with_for_update(read=True)
)
"""The lane, while the claim stands; it can't be taken until the commit."""

_MARKING = (
    update(JOURNAL)
    .where(JOURNAL.c.id == bindparam("row"), JOURNAL.c.status == JournalStatus.PENDING)
    .values(status=JournalStatus.APPLIED, has_effect=True, owed=bindparam("owes"))
    .returning(JOURNAL.c.id)
)

_MARKING_IN_LANE = _MARKING.where(exists().select_from(_KEEPING.cte("lane")))


async def mark_applied(session: AsyncSession, hand: UpdateAtHand) -> str | None:
    """Marks the journal row and writes the conversation's step, which it returns.

    Raises AlreadyAppliedError, and LaneLostError if another replica handles the lifter's updates by now.
    """
    effect = {"row": hand.journal_id, "owes": hand.owed}
    if hand.lane is None:
        marked = await session.scalar(_MARKING, effect)
    else:
        # Within one statement, as every update passes here.
        marked = await session.scalar(_MARKING_IN_LANE, effect | _claim(hand.lane))
    if marked is None:
        await check_lane(session, hand)
        raise AlreadyAppliedError(hand.journal_id)
    await write_step(session, hand)
    return hand.next_step


async def check_lane(session: AsyncSession, hand: UpdateAtHand) -> None:
    """Keeps the lane until the commit. Raises LaneLostError if another replica has taken it."""
    if hand.lane is not None and await session.scalar(_KEEPING, _claim(hand.lane)) is None:
        raise LaneLostError(hand.lane)


async def write_step(session: AsyncSession, hand: UpdateAtHand) -> None:
    """Moves the lifter's conversation on, if it moves."""
    if hand.next_step != hand.step:
        await session.execute(update(User).where(User.id == hand.user_id).values(step=hand.next_step))


def _claim(hold: LaneHold) -> dict[str, Any]:
    return {"for_bot": hold.bot_id, "of_lifter": hold.user_id, "by": hold.owner, "since": hold.epoch}
