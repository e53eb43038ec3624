"""Queries on what lifters want to be reminded of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, delete, select

from storage.database import ReadSession, WriteSession
from storage.models import Reminder, ReminderPlan, User
from storage.values.reminder import ReminderKind


async def plan_of(session: ReadSession, user_id: int) -> ReminderPlan | None:
    """When the lifter wants to be reminded, and when not."""
    return await session.get(ReminderPlan, user_id)


async def of_lifter(session: ReadSession, user_id: int, kind: ReminderKind | None = None) -> Sequence[Reminder]:
    """The lifter's reminders in the order of the week; of one kind if that is given."""
    query = select(Reminder).where(Reminder.user_id == user_id)
    if kind is not None:
        query = query.where(Reminder.kind == kind)
    return (await session.scalars(query.order_by(Reminder.kind, Reminder.weekday))).all()


async def reminder_of(session: ReadSession, user_id: int, reminder_id: int) -> Reminder | None:
    """The reminder, if it is this lifter's."""
    return await session.scalar(select(Reminder).where(Reminder.id == reminder_id, Reminder.user_id == user_id))


async def remove(
    session: WriteSession, user_id: int, kind: ReminderKind | None = None, weekday: int | None = None
) -> None:
    """Takes the lifter's reminders away; only those of one kind, or of one day, if that is given."""
    theirs = delete(Reminder).where(Reminder.user_id == user_id)
    if kind is not None:
        theirs = theirs.where(Reminder.kind == kind)
    if weekday is not None:
        theirs = theirs.where(Reminder.weekday == weekday)
    await session.execute(theirs)


async def claim_due(session: WriteSession, now: datetime, *, limit: int) -> Sequence[Row[Reminder, User, ReminderPlan]]:
    """The reminders that are due, oldest first, each with whose it is and what they want.

    Nobody else gets them before the commit; from then on they are due when this transaction has said.
    """
    query = (
        select(Reminder, User, ReminderPlan)
        .join(User, User.id == Reminder.user_id)
        .join(ReminderPlan, ReminderPlan.user_id == Reminder.user_id)
        .where(Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
        .limit(limit)
        .with_for_update(of=Reminder, skip_locked=True)
    )
    return (await session.execute(query)).all()
