"""Queries that take a lifter's data away, in steps that each fit into a short transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from storage import workouts
from storage.database import ReadSession, WriteSession
from storage.forgetting import forget_preferences
from storage.models import Exercise, JournalRow, User, Workout
from storage.values.chat import JournalStatus


async def count_workouts(session: ReadSession, user_id: int) -> int:
    """How many workouts the lifter has."""
    return await session.scalar(select(func.count()).select_from(Workout).where(Workout.user_id == user_id)) or 0


async def count_exercises(session: ReadSession, user_id: int) -> int:
    """How many exercises of their own the lifter has."""
    return await session.scalar(select(func.count()).select_from(Exercise).where(Exercise.user_id == user_id)) or 0


async def mark(session: WriteSession, user_id: int, now: datetime) -> None:
    """Remembers since when the lifter is on the way out."""
    staying = update(User).where(User.id == user_id, User.leaving_since.is_(None))
    await session.execute(staying.values(leaving_since=now))


async def marked(session: ReadSession) -> Sequence[int]:
    """The lifters who are on the way out."""
    query = select(User.id).where(User.leaving_since.is_not(None)).order_by(User.leaving_since, User.id)
    return (await session.scalars(query)).all()


async def delete_a_workout(session: WriteSession, user_id: int) -> bool:
    """Deletes one of the lifter's workouts with everything under it; whether there was one."""
    workout = await session.scalar(workouts.whole(user_id).order_by(Workout.started_at).limit(1))
    if workout is not None:
        await session.delete(workout)
    return workout is not None


async def delete_an_exercise(session: WriteSession, user_id: int) -> bool:
    """Deletes one of the lifter's own exercises, which no workout may refer to any more; whether there was one."""
    query = select(Exercise).where(Exercise.user_id == user_id).limit(1).options(selectinload(Exercise.aliases))
    exercise = await session.scalar(query)
    if exercise is not None:
        await session.delete(exercise)
    return exercise is not None


async def delete_user(session: WriteSession, user_id: int) -> None:
    """Deletes the lifter's row; preferences, changes, rests, timers, watches, reminders and more go with it."""
    await forget_preferences(session, user_id)
    user = await session.get(User, user_id)
    if user is not None:
        await session.delete(user)


async def handled_updates(session: ReadSession, user_id: int) -> Sequence[int]:
    """The journal rows of this lifter whose updates have had their effect, or never will."""
    query = select(JournalRow.id).where(JournalRow.user_id == user_id, JournalRow.status != JournalStatus.PENDING)
    return (await session.scalars(query)).all()


async def empty_updates(session: WriteSession, journal_ids: Collection[int]) -> None:
    """Forgets what these updates said. The rows stay, so that none is taken for a new one."""
    await session.execute(update(JournalRow).where(JournalRow.id.in_(journal_ids)).values(payload={}))
