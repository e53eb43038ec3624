"""Queries on the watches over open workouts, which find those that were left idle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, literal, not_, select, update

from storage.columns import UtcDateTime
from storage.database import ReadSession, WriteSession
from storage.inserting import insert_new
from storage.models import WATCHES, WATCHING, IdleWatch, Workout
from storage.values.chat import WatchState

_COLUMNS = ("user_id", "workout_id", "revision", "quiet_since", "due_at", "has_asked", "state")


async def watch_open(session: WriteSession, now: datetime, due_in: timedelta, *, limit: int) -> None:
    """Begins to watch the open workouts that nothing watches yet."""
    watched = exists().where(IdleWatch.workout_id == Workout.id, WATCHES)
    unwatched = (
        select(
            Workout.user_id,
            Workout.id,
            Workout.revision,
            literal(now, UtcDateTime),
            literal(now + due_in, UtcDateTime),
            literal(value=False),
            literal(WatchState.WATCHING.value),
        )
        .where(Workout.finished_at.is_(None), not_(watched))
        .order_by(Workout.id)
        .limit(limit)
    )
    # Another replica may begin at the same moment.
    await session.execute(insert_new(session, IdleWatch).from_select(_COLUMNS, unwatched).on_conflict_do_nothing())


async def claim_due(session: WriteSession, now: datetime, *, limit: int) -> Sequence[IdleWatch]:
    """The watches whose time has come, oldest first, each given out once."""
    query = (
        select(IdleWatch)
        .where(WATCHING, IdleWatch.due_at <= now)
        .order_by(IdleWatch.due_at, IdleWatch.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    watches = (await session.scalars(query)).all()
    for watch in watches:
        watch.state = WatchState.DUE
    return watches


async def watch_of(session: ReadSession, user_id: int, watch_id: int) -> IdleWatch | None:
    """The watch, if it is over a workout of this lifter's and wasn't forgotten."""
    return await session.scalar(select(IdleWatch).where(IdleWatch.id == watch_id, IdleWatch.user_id == user_id))


async def forget_others(session: WriteSession, user_id: int, watch_id: int) -> None:
    """Forgets the lifter's watches that have looked, but for this one."""
    looked = (IdleWatch.user_id == user_id, IdleWatch.id != watch_id, not_(WATCHES))
    await session.execute(delete(IdleWatch).where(*looked))


async def end(session: WriteSession, workout_id: int) -> None:
    """The watch over this workout looks no more."""
    await session.execute(
        update(IdleWatch).where(IdleWatch.workout_id == workout_id, WATCHES).values(state=WatchState.OVER)
    )
