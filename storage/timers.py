"""Queries on the timers that lifters start."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from storage.database import ReadSession, WriteSession
from storage.models import Exercise, ExerciseExecution, Timer, Workout
from storage.values.timer import TimerState

_BEATS = 1_000
"""More than any timer has, so that a timer and a beat are one number in the journal."""

TO_LEAVE = _BEATS - 1
"""The "beat" at which the timer's message leaves the chat."""


def beat_id(timer_id: int, beat: int) -> int:
    """What names the beat in the journal. Given out once, as no timer's id is given twice."""
    return timer_id * _BEATS + beat


def timer_and_beat(source_id: int) -> tuple[int, int]:
    """The timer and the beat that the journal names so."""
    timer_id, beat = divmod(source_id, _BEATS)
    return timer_id, beat


async def of_lifter(session: ReadSession, user_id: int) -> Timer | None:
    """The lifter's timer, whatever has become of it. In a writing transaction it stays so until the commit."""
    query = select(Timer).where(Timer.user_id == user_id)
    return await session.scalar(query.with_for_update() if isinstance(session, WriteSession) else query)


async def exercise_of(session: ReadSession, timer: Timer) -> Exercise | None:
    """What the timed set is of, while its workout is open."""
    query = (
        select(Exercise)
        .join(ExerciseExecution, ExerciseExecution.exercise_id == Exercise.id)
        .join(Workout, ExerciseExecution.workout_id == Workout.id)
        .where(ExerciseExecution.id == timer.execution_id, Workout.finished_at.is_(None))
    )
    return await session.scalar(query)


async def replace(session: WriteSession, timer: Timer) -> None:
    """Stores this timer in the place of the lifter's last one, whose message it takes over."""
    before = await of_lifter(session, timer.user_id)
    if before is not None:
        timer.message_id = before.message_id
        await session.delete(before)
        await session.flush()
    session.add(timer)
    await session.flush()


async def end_sets(
    session: WriteSession, user_id: int, now: datetime, *, execution_ids: Collection[int] | None = None
) -> None:
    """Ends the lifter's timer, if it times a set: one of some executions, if these are given."""
    timed = update(Timer).where(Timer.user_id == user_id, Timer.set_kind.is_not(None))
    if execution_ids is not None:
        timed = timed.where(Timer.execution_id.in_(execution_ids))
    await session.execute(timed.values(state=TimerState.ENDED, due_at=now))


async def forget(session: WriteSession, timer_id: int) -> None:
    """Deletes the timer; nothing if it isn't there."""
    await session.execute(delete(Timer).where(Timer.id == timer_id))


async def claim_due(session: WriteSession, now: datetime, *, limit: int) -> Sequence[Timer]:
    """The timers that something is to be done about, the longest due first. To be given their next time at once."""
    due = (
        select(Timer)
        .where(Timer.due_at <= now)
        .order_by(Timer.due_at, Timer.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(due)).all()


async def next_due(session: ReadSession) -> datetime | None:
    """When something is to be done about any timer."""
    return await session.scalar(select(func.min(Timer.due_at)))


async def card_of(session: ReadSession, user_id: int) -> int | None:
    """The message with the card of the open workout."""
    query = select(Workout.card_message_id).where(Workout.user_id == user_id, Workout.finished_at.is_(None))
    return await session.scalar(query)
