"""Queries on rest timers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, select, update

from storage.database import ReadSession, WriteSession
from storage.models import REST_TIMERS, RUNS, RestTimer
from storage.values.chat import RestState


@dataclass(frozen=True, slots=True)
class Told:
    """A message in the chat that says that a rest is over."""

    timer_id: int
    message_id: int


_UNTOLD = delete(REST_TIMERS).where(REST_TIMERS.c.user_id == bindparam("of_lifter"), REST_TIMERS.c.message_id.is_(None))
_TOLD = (
    update(REST_TIMERS)
    .where(REST_TIMERS.c.user_id == bindparam("of_lifter"), REST_TIMERS.c.message_id.is_not(None))
    .values(state=RestState.ENDED)
    .returning(REST_TIMERS.c.id, REST_TIMERS.c.message_id)
)


async def running(session: ReadSession, user_id: int) -> RestTimer | None:
    """The timer that counts down for this lifter."""
    return await session.scalar(select(RestTimer).where(RestTimer.user_id == user_id, RUNS))


async def held(session: WriteSession, user_id: int) -> RestTimer | None:
    """The same, which neither rings nor ends before the transaction does."""
    return await session.scalar(select(RestTimer).where(RestTimer.user_id == user_id, RUNS).with_for_update())


async def end_all(
    session: WriteSession,
    user_id: int,
    *,
    execution_ids: Collection[int] | None = None,
    since: datetime | None = None,
) -> Sequence[Told]:
    """Ends this lifter's timers; returns those whose message still has to leave the chat.

    Only those of some executions, or those started since a time, if that is given.
    """
    theirs: list[ColumnElement[bool]] = []
    if execution_ids is not None:
        theirs.append(REST_TIMERS.c.execution_id.in_(execution_ids))
    if since is not None:
        theirs.append(REST_TIMERS.c.started_at >= since)
    lifter = {"of_lifter": user_id}
    await session.execute(_UNTOLD.where(*theirs) if theirs else _UNTOLD, lifter)
    ended = await session.execute(_TOLD.where(*theirs) if theirs else _TOLD, lifter)
    return sorted(_told(ended), key=lambda told: told.timer_id)


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


async def leftover(session: ReadSession, user_id: int) -> Sequence[Told]:
    """Messages of ended rests that still have to leave the chat."""
    query = select(RestTimer.id, RestTimer.message_id).where(
        RestTimer.user_id == user_id, RestTimer.state == RestState.ENDED, RestTimer.message_id.is_not(None)
    )
    return _told(await session.execute(query.order_by(RestTimer.id)))


async def told_in(session: ReadSession, user_id: int, message_id: int) -> bool:
    """Whether this message has told the lifter that a rest is over."""
    query = select(RestTimer.id).where(RestTimer.user_id == user_id, RestTimer.message_id == message_id)
    return await session.scalar(query.limit(1)) is not None


def _told(found: Iterable[Row[int, int | None]]) -> list[Told]:
    return [Told(timer_id, message_id) for timer_id, message_id in found if message_id is not None]
