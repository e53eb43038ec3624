"""Queries on rest timers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from storage.database import ReadSession, WriteSession
from storage.models import RUNS, RestTimer
from storage.values.chat import RestState


async def running(session: ReadSession, user_id: int) -> RestTimer | None:
    """The timer that counts down for this lifter."""
    return await session.scalar(select(RestTimer).where(RestTimer.user_id == user_id, RUNS))


async def end_all(
    session: WriteSession,
    user_id: int,
    *,
    execution_ids: Collection[int] | None = None,
    since: datetime | None = None,
) -> Sequence[RestTimer]:
    """Ends this lifter's timers; returns those whose message still has to leave the chat.

    Only those of some executions, or those started since a time, if that is given.
    """
    theirs = [RestTimer.user_id == user_id]
    if execution_ids is not None:
        theirs.append(RestTimer.execution_id.in_(execution_ids))
    if since is not None:
        theirs.append(RestTimer.started_at >= since)
    await session.execute(delete(RestTimer).where(*theirs, RestTimer.message_id.is_(None)))
    told = update(RestTimer).where(*theirs, RestTimer.message_id.is_not(None))
    ended = await session.scalars(told.values(state=RestState.ENDED).returning(RestTimer))
    return sorted(ended, key=lambda timer: timer.id)


async def claim_due(session: WriteSession, now: datetime, *, limit: int) -> Sequence[RestTimer]:
    """The timers that are due, oldest first, each given out once."""
    due = (
        select(RestTimer)
        .where(RUNS, RestTimer.due_at <= now)
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
    return await session.scalar(select(func.min(RestTimer.due_at)).where(RUNS))


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


async def told_in(session: ReadSession, user_id: int, message_id: int) -> bool:
    """Whether this message has told the lifter that a rest is over."""
    query = select(RestTimer.id).where(RestTimer.user_id == user_id, RestTimer.message_id == message_id)
    return await session.scalar(query.limit(1)) is not None
