"""Which exercises a lifter has done, for who looks back at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, case, func, select

from storage.database import ReadSession
from storage.models import Exercise, ExerciseExecution, Set, Workout
from storage.values.name_key import name_key

_LONGEST_NAME = 128
_MOST_WORDS = 8


async def page(session: ReadSession, user_id: int, lately: datetime, *, offset: int, limit: int) -> Sequence[Exercise]:
    """The exercises of which the lifter has sets, archived ones too, from `offset` on: those first that were done most
    since `lately`, then those that were done most.
    """
    return (await session.scalars(_performed(user_id, lately).offset(offset).limit(limit))).all()


async def named(session: ReadSession, user_id: int, lately: datetime, text: str, limit: int) -> Sequence[Exercise]:
    """As `page`, those that have every word of the text in their name."""
    query, key = _performed(user_id, lately), name_key(text)
    # Texts with such characters name nothing, and not every database takes them.
    if not key or len(key) > _LONGEST_NAME or not key.isprintable():
        return ()
    for word in key.split()[:_MOST_WORDS]:
        query = query.where(Exercise.name_key.contains(word, autoescape=True))
    return (await session.scalars(query.limit(limit))).all()


async def is_done(session: ReadSession, user_id: int, exercise_id: int) -> bool:
    """Whether the lifter has any set of the exercise."""
    query = (
        select(Set.id)
        .join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
        .where(ExerciseExecution.user_id == user_id, ExerciseExecution.exercise_id == exercise_id)
    )
    return await session.scalar(query.limit(1)) is not None


def _performed(user_id: int, lately: datetime) -> Select[Exercise]:
    times = (
        select(
            ExerciseExecution.exercise_id,
            func.count().label("times"),
            func.sum(case((Workout.started_at >= lately, 1), else_=0)).label("lately"),
        )
        .select_from(Workout)
        .join(ExerciseExecution, and_(ExerciseExecution.workout_id == Workout.id, ExerciseExecution.user_id == user_id))
        .where(Workout.user_id == user_id, ExerciseExecution.sets.any())
        .group_by(ExerciseExecution.exercise_id)
        .subquery()
    )
    query = select(Exercise).join(times, times.c.exercise_id == Exercise.id)
    return query.order_by(times.c.lately.desc(), times.c.times.desc(), Exercise.name_key, Exercise.id)


async def followed(session: ReadSession, user_id: int, exercise_id: int) -> Exercise | None:
    """The exercise, or the one into which it was merged, if it is the lifter's own or the system's."""
    met: set[int] = set()
    wanted: int | None = exercise_id
    while wanted is not None and wanted not in met:
        met.add(wanted)
        exercise = await session.get(Exercise, wanted)
        if exercise is None or exercise.user_id not in {None, user_id}:
            return None
        if exercise.merged_into_id is None:
            return exercise
        wanted = exercise.merged_into_id
    return None
