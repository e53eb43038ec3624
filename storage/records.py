"""The query for what a lifter has done best. The rules that it follows stand in `training.records`."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Integer, case, func, select, type_coerce

from storage.database import ReadSession
from storage.models import ExerciseExecution, Set
from storage.values.best import Best, Bests
from storage.values.lifted import SetKind

_MOST_TWICE_REPS_FOR_1RM = 24


async def bests(
    session: ReadSession,
    user_id: int,
    exercise_ids: Collection[int],
    *,
    without: Collection[int] = (),
    without_workout: int | None = None,
) -> dict[int, Bests]:
    """For each of the exercises that this lifter has done, the most per load.

    The sets `without` don't count, nor do those of one workout, if that is given.
    """
    load = func.coalesce(Set.weight_mg, 0)
    reps = func.nullif(Set.clean_reps, 0)
    query = (
        select(
            ExerciseExecution.exercise_id,
            load,
            func.max(reps),
            func.max(_estimated_1rm()),
            func.max(case((load > 0, load * reps))),
            func.max(func.nullif(Set.duration, 0)),
            func.max(func.nullif(Set.distance_mm, 0)),
        )
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .where(ExerciseExecution.user_id == user_id, ExerciseExecution.exercise_id.in_(exercise_ids))
        .where(Set.kind != SetKind.WARM_UP)
        .group_by(ExerciseExecution.exercise_id, load)
    )
    if without:
        query = query.where(Set.id.not_in(without))
    if without_workout is not None:
        query = query.where(ExerciseExecution.workout_id != without_workout)
    found: dict[int, dict[int, Best]] = {}
    for exercise_id, at, *most in await session.execute(query):
        found.setdefault(exercise_id, {})[at] = Best(*most)
    return dict(found)


def _estimated_1rm() -> ColumnElement[int]:
    """As `training.records.estimated_1rm`, in whole numbers: RPE is stored in halves, so reps are counted twice."""
    in_reserve = case((Set.rpe.is_(None), 0), (Set.forced_reps != 0, 0), else_=20 - type_coerce(Set.rpe, Integer))
    twice_reps = 2 * Set.clean_reps + in_reserve
    claimed = (Set.weight_mg > 0) & (Set.clean_reps > 0) & (twice_reps <= _MOST_TWICE_REPS_FOR_1RM)
    return case((claimed, Set.weight_mg * 72 // (74 - twice_reps)))
