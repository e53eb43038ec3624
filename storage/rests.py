"""Queries on rest timers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update

from storage.database import ReadSession, WriteSession
from storage.models import REST_TIMERS, RUNS, WARNS, RestTimer
from storage.values.chat import RestState


@dataclass(frozen=True, slots=True)
class Told:
    """A message in the chat that says that a rest is over, or soon will be."""

    timer_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Lasted:
    """How long a rest was meant to last, and what it came to, both in seconds, where that was kept."""

    timer_id: int
    execution_id: int
    planned: int | None
    wanted: int | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The messages that still have to leave the chat, and the rest that was started last of those that ended."""

    told: Sequence[Told]
    latest: Lasted | None


_STARTED = insert(REST_TIMERS).values(state=RestState.RUNNING)
_LASTED = (
    REST_TIMERS.c.id,
    REST_TIMERS.c.message_id,
    REST_TIMERS.c.execution_id,
    REST_TIMERS.c.planned,
    REST_TIMERS.c.wanted,
)
_UNTOLD = (
    delete(REST_TIMERS)
    .where(REST_TIMERS.c.user_id == bindparam("of_lifter"), REST_TIMERS.c.message_id.is_(None))
    .returning(*_LASTED)
)
_TOLD = (
    update(REST_TIMERS)
    .where(REST_TIMERS.c.user_id == bindparam("of_lifter"), REST_TIMERS.c.message_id.is_not(None))
    .values(state=RestState.ENDED)
    .returning(*_LASTED)
)


async def running(session: ReadSession, user_id: int) -> RestTimer | None:
    """The timer that counts down for this lifter."""
    return await session.scalar(select(RestTimer).where(RestTimer.user_id == user_id, RUNS))


async def held(session: WriteSession, user_id: int) -> RestTimer | None:
    """The same, which neither rings nor ends before the transaction does."""
    return await session.scalar(select(RestTimer).where(RestTimer.user_id == user_id, RUNS).with_for_update())


async def start(  # noqa: PLR0913 -- whose, after what, how long, and what it says of its lifter's habits
    session: WriteSession,
    user_id: int,
    *,
    workout_id: int,
    execution_id: int,
    started_at: datetime,
    due_at: datetime,
    planned: int | None,
    wanted: int | None,
    warns: bool,
) -> None:
    """Starts a timer; no other of this lifter may run."""
    timer = {
        "user_id": user_id,
        "workout_id": workout_id,
        "execution_id": execution_id,
        "started_at": started_at,
        "due_at": due_at,
        "planned": planned,
        "wanted": wanted,
        "warns": warns,
    }
    await session.execute(_STARTED, timer)


async def end_all(
    session: WriteSession,
    user_id: int,
    *,
    execution_ids: Collection[int] | None = None,
    since: datetime | None = None,
) -> Ended:
    """Ends this lifter's timers.

    Only those of some executions, or those started since a time, if that is given.
    """
    theirs: list[ColumnElement[bool]] = []
    if execution_ids is not None:
        theirs.append(REST_TIMERS.c.execution_id.in_(execution_ids))
    if since is not None:
        theirs.append(REST_TIMERS.c.started_at >= since)
    lifter = {"of_lifter": user_id}
    statements = (it.where(*theirs) if theirs else it for it in (_UNTOLD, _TOLD))
    rows = sorted([row for statement in statements for row in await session.execute(statement, lifter)])
    latest = Lasted(rows[-1].id, rows[-1].execution_id, rows[-1].planned, rows[-1].wanted) if rows else None
    return Ended([Told(row.id, row.message_id) for row in rows if row.message_id is not None], latest)


async def end_rung(session: WriteSession, user_id: int) -> Sequence[Told]:
    """Ends this lifter's timers that have run out; the messages that still have to leave the chat."""
    over = REST_TIMERS.c.state != RestState.RUNNING
    await session.execute(_UNTOLD.where(over), {"of_lifter": user_id})
    ended = await session.execute(_TOLD.where(over), {"of_lifter": user_id})
    return sorted((Told(row.id, row.message_id) for row in ended), key=lambda told: told.timer_id)


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


async def claim_warnings(session: WriteSession, until: datetime, *, limit: int) -> Sequence[RestTimer]:
    """The timers that will be due until then and are to be warned of, oldest first, each given out once."""
    soon = (
        select(RestTimer)
        .where(RUNS, WARNS, RestTimer.due_at <= until)
        .order_by(RestTimer.due_at, RestTimer.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    timers = (await session.scalars(soon)).all()
    for timer in timers:
        timer.warns = False
    return timers


async def end(session: WriteSession, timer: RestTimer) -> None:
    """Ends this timer; its row stays only while its message still has to be removed."""
    if timer.message_id is None:
        await session.delete(timer)
    else:
        timer.state = RestState.ENDED


async def next_due(session: ReadSession) -> datetime | None:
    """When the next timer is due."""
    return await session.scalar(select(func.min(RestTimer.due_at)).where(RUNS))


async def next_warned(session: ReadSession) -> datetime | None:
    """When the next timer is due that is still to be warned of."""
    return await session.scalar(select(func.min(RestTimer.due_at)).where(RUNS, WARNS))


async def rung(session: ReadSession, user_id: int, timer_id: int) -> RestTimer | None:
    """The timer, if it is over and nothing has ended it meanwhile."""
    query = select(RestTimer).where(
        RestTimer.id == timer_id, RestTimer.user_id == user_id, RestTimer.state == RestState.RUNG
    )
    return await session.scalar(query)


async def warned(session: ReadSession, user_id: int, timer_id: int) -> RestTimer | None:
    """The timer, if it still runs, and nothing is to be said of it but its end."""
    query = select(RestTimer).where(
        RestTimer.id == timer_id, RestTimer.user_id == user_id, RUNS, RestTimer.warns.is_(False)
    )
    return await session.scalar(query)


async def leftover(session: ReadSession, user_id: int) -> Sequence[Told]:
    """Messages of ended rests that still have to leave the chat."""
    query = select(RestTimer.id, RestTimer.message_id).where(
        RestTimer.user_id == user_id, RestTimer.state == RestState.ENDED, RestTimer.message_id.is_not(None)
    )
    found = await session.execute(query.order_by(RestTimer.id))
    return [Told(timer_id, message_id) for timer_id, message_id in found if message_id is not None]


async def told_in(session: ReadSession, user_id: int, message_id: int) -> bool:
    """Whether this message has told the lifter that a rest is over."""
    query = select(RestTimer.id).where(RestTimer.user_id == user_id, RestTimer.message_id == message_id)
    return await session.scalar(query.limit(1)) is not None
