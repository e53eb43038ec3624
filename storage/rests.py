"""Queries on rest timers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from storage.database import ReadSession, WriteSession
from storage.models import RestTimer
from storage.values.chat import RestState


async def running(session: ReadSession, user_id: int) -> RestTimer | None:
    """The timer that counts down for this lifter."""
    return await session.scalar(
        select(RestTimer).where(RestTimer.user_id == user_id, RestTimer.state == RestState.RUNNING)
    )


async def end_all(session: WriteSession, user_id: int) -> Sequence[RestTimer]:
    """Ends whatever timers this lifter has; returns those whose message still has to leave the chat."""
    query = select(RestTimer).where(RestTimer.user_id == user_id).order_by(RestTimer.id).with_for_update()
    told: list[RestTimer] = []
    for timer in await session.scalars(query):
        if timer.message_id is None:
            await session.delete(timer)
        else:
            timer.state = RestState.ENDED
            told.append(timer)
    await session.flush()
    return told


async def claim_due(session: WriteSession, now: datetime, *, limit: int) -> Sequence[RestTimer]:
    """The timers that are due, oldest first, each given out once."""
    due = (
        select(RestTimer)
        .where(RestTimer.state == RestState.RUNNING, RestTimer.due_at <= now)
        .order_by(RestTimer.due_at, RestTimer.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    timers = (await session.scalars(due)).all()
    for timer in timers:
        timer.state = RestState.RUNG
    return timers


async def next_due(session: ReadSession) -> datetime | None:
    """When the next timer is due."""
    return await session.scalar(select(func.min(RestTimer.due_at)).where(RestTimer.state == RestState.RUNNING))


async def rung(session: ReadSession, user_id: int, timer_id: int) -> RestTimer | None:
    """The timer, if it is over and nothing has ended it meanwhile."""
    query = select(RestTimer).where(
        RestTimer.id == timer_id, RestTimer.user_id == user_id, RestTimer.state == RestState.RUNG
    )
    return await session.scalar(query)


async def leftover(session: ReadSession, user_id: int) -> Sequence[RestTimer]:
    """Ended timers whose message still has to leave the chat."""
    query = select(RestTimer).where(
        RestTimer.user_id == user_id, RestTimer.state == RestState.ENDED, RestTimer.message_id.is_not(None)
    )
    return (await session.scalars(query.order_by(RestTimer.id))).all()
