"""The part of an update's effect that every writing transaction carries: its mark, the next step, what is owed."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.at_hand import UpdateAtHand
from storage.models import JournalRow, User
from storage.values.chat import JournalStatus


class AlreadyAppliedError(Exception):
    """The effect of the update at hand is in the data already; nothing may be done for it again."""


async def mark_applied(session: AsyncSession, hand: UpdateAtHand) -> str | None:
    """Marks the journal row and writes the conversation's step, which it returns. Raises AlreadyAppliedError."""
    marked = await session.scalar(
        update(JournalRow)
        .where(JournalRow.id == hand.journal_id, JournalRow.status == JournalStatus.PENDING)
        .values(status=JournalStatus.APPLIED, owed=hand.owed)
        .returning(JournalRow.id)
    )
    if marked is None:
        raise AlreadyAppliedError(hand.journal_id)
    await write_step(session, hand)
    return hand.next_step


async def write_step(session: AsyncSession, hand: UpdateAtHand) -> None:
    """Moves the lifter's conversation on, if it moves."""
    if hand.next_step != hand.step:
        await session.execute(update(User).where(User.id == hand.user_id).values(step=hand.next_step))
