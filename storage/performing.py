"""The open workout with all that its card and logging need, in few queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from storage.database import ReadSession, WriteSession
from storage.models import ExerciseExecution, ExercisePreference, User, Workout


async def lifter_and_workout(session: WriteSession, user_id: int) -> tuple[User, Workout] | None:
    """The lifter and their open workout, which is held until the commit; None if none is open."""
    query = (
        select(User, Workout)
        .join(Workout, Workout.user_id == User.id)
        .where(User.id == user_id, Workout.finished_at.is_(None))
        .with_for_update(of=Workout)
    )
    row = (await session.execute(query)).one_or_none()
    return None if row is None else (row[0], row[1])


async def executions(
    session: ReadSession, workout_id: int
) -> Sequence[tuple[ExerciseExecution, ExercisePreference | None]]:
    """The workout's executions in their order, whole, each with what its lifter prefers for the exercise."""
    query = (
        select(ExerciseExecution, ExercisePreference)
        .outerjoin(
            ExercisePreference,
            and_(
                ExercisePreference.user_id == ExerciseExecution.user_id,
                ExercisePreference.exercise_id == ExerciseExecution.exercise_id,
            ),
        )
        .where(ExerciseExecution.workout_id == workout_id)
        # Targets are few, so they may come along; sets beside them would be multiplied.
        .options(
            joinedload(ExerciseExecution.exercise),
            joinedload(ExerciseExecution.targets),
            selectinload(ExerciseExecution.sets),
        )
        .order_by(ExerciseExecution.position)
    )
    rows = (await session.execute(query)).unique().all()
    return [(execution, preference) for execution, preference in rows]
