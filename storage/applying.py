"""The part of an update's effect that every writing transaction carries: its mark, the next step, what is owed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.at_hand import UpdateAtHand
from storage.models import JournalRow, Lane, User
from storage.values.chat import JournalStatus
from storage.values.lane import LaneHold, LaneLostError


class AlreadyAppliedError(Exception):
    """The effect of the update at hand is in the data already; nothing may be done for it again."""


async def mark_applied(session: AsyncSession, hand: UpdateAtHand) -> str | None:
    """Marks the journal row and writes the conversation's step, which it returns.

    Raises AlreadyAppliedError, and LaneLostError if another replica handles the lifter's updates by now.
    """
    marked = (
        update(JournalRow)
        .where(JournalRow.id == hand.journal_id, JournalRow.status == JournalStatus.PENDING)
        .values(status=JournalStatus.APPLIED, has_effect=True, owed=hand.owed)
        .returning(JournalRow.id)
    )
    if hand.lane is not None:
        # Within one statement, as every update passes here.
        lane = select(Lane.user_id).where(*held(hand.lane)).with_for_update(read=True).cte("lane")
        marked = marked.where(exists().select_from(lane))
    if await session.scalar(marked) is None:
        await check_lane(session, hand)
        raise AlreadyAppliedError(hand.journal_id)
    await write_step(session, hand)
    return hand.next_step


async def check_lane(session: AsyncSession, hand: UpdateAtHand) -> None:
    """Keeps the lane until the commit. Raises LaneLostError if another replica has taken it."""
    if hand.lane is not None:
        lane = select(Lane.user_id).where(*held(hand.lane)).with_for_update(read=True)
        if await session.scalar(lane) is None:
            raise LaneLostError(hand.lane)


def held(hold: LaneHold) -> tuple[ColumnElement[bool], ...]:
    """The lane, while the claim stands."""
    return (
        Lane.bot_id == hold.bot_id,
        Lane.user_id == hold.user_id,
        Lane.owner == hold.owner,
        Lane.epoch == hold.epoch,
    )


async def write_step(session: AsyncSession, hand: UpdateAtHand) -> None:
    """Moves the lifter's conversation on, if it moves."""
    if hand.next_step != hand.step:
        await session.execute(update(User).where(User.id == hand.user_id).values(step=hand.next_step))
