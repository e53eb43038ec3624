"""The open workout with all that its card and logging need, in few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from storage.database import ReadSession, WriteSession
from storage.models import ExerciseExecution, ExercisePreference, RestHabit, Set, User, Workout

_LIFTER_AND_WORKOUT = (
    select(User, Workout)
    .join(Workout, Workout.user_id == User.id)
    .where(User.id == bindparam("lifter"), Workout.finished_at.is_(None))
    .with_for_update(of=Workout)
)

_EXECUTIONS = (
    select(ExerciseExecution, ExercisePreference, RestHabit)
    .outerjoin(
        ExercisePreference,
        and_(
            ExercisePreference.user_id == ExerciseExecution.user_id,
            ExercisePreference.exercise_id == ExerciseExecution.exercise_id,
        ),
    )
    .outerjoin(
        RestHabit,
        and_(RestHabit.user_id == ExerciseExecution.user_id, RestHabit.exercise_id == ExerciseExecution.exercise_id),
    )
    .where(ExerciseExecution.workout_id == bindparam("in_workout"))
    # Targets are few, so they may come along; sets beside them would be multiplied.
    .options(joinedload(ExerciseExecution.exercise), joinedload(ExerciseExecution.targets))
    .order_by(ExerciseExecution.position)
)

_SETS = (
    select(Set)
    .join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
    .where(ExerciseExecution.workout_id == bindparam("in_workout"))
    .order_by(Set.position)
)


async def lifter_and_workout(session: WriteSession, user_id: int) -> tuple[User, Workout] | None:
    """The lifter and their open workout, which is held until the commit; None if none is open."""
    row = (await session.execute(_LIFTER_AND_WORKOUT, {"lifter": user_id})).one_or_none()
    return None if row is None else (row[0], row[1])


async def bare_executions(session: ReadSession, workout_id: int) -> Sequence[ExerciseExecution]:
    """The workout's executions in their order, without what is under them."""
    query = select(ExerciseExecution).where(ExerciseExecution.workout_id == workout_id)
    return (await session.scalars(query.order_by(ExerciseExecution.position))).all()


@dataclass(frozen=True, slots=True)
class Performed:
    """An execution, whole, with what its lifter prefers for the exercise, and how they rest after it lately."""

    execution: ExerciseExecution
    preference: ExercisePreference | None
    habit: RestHabit | None


async def executions(session: ReadSession, workout_id: int) -> Sequence[Performed]:
    """The workout's executions in their order."""
    rows = (await session.execute(_EXECUTIONS, {"in_workout": workout_id})).unique().all()
    # As `selectinload` would, which builds its query anew each time.
    sets: dict[int, list[Set]] = {execution.id: [] for execution, _, _ in rows}
    for done in await session.scalars(_SETS, {"in_workout": workout_id}):
        sets[done.execution_id].append(done)
    for execution, _, _ in rows:
        set_committed_value(execution, "sets", sets[execution.id])
    return [Performed(execution, preference, habit) for execution, preference, habit in rows]
