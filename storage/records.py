"""The query for what a lifter has done best. The rules that it follows stand in `training.records`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, func, select, type_coerce

from storage.database import ReadSession
from storage.models import ExerciseExecution, Set, Workout
from storage.values.best import Best, Bests
from storage.values.exercise import Measure
from storage.values.lifted import SetKind

_MOST_TWICE_REPS_FOR_1RM = 24


def estimated_1rm() -> ColumnElement[int]:
    """As `training.records.estimated_1rm`, in whole numbers: RPE is stored in halves, so reps are counted twice."""
    in_reserve = case((Set.rpe.is_(None), 0), (Set.forced_reps != 0, 0), else_=20 - type_coerce(Set.rpe, Integer))
    twice_reps = 2 * Set.clean_reps + in_reserve
    claimed = (Set.weight_mg > 0) & (Set.clean_reps > 0) & (twice_reps <= _MOST_TWICE_REPS_FOR_1RM)
    return case((claimed, Set.weight_mg * 72 // (74 - twice_reps)))


_LOAD = func.coalesce(Set.weight_mg, 0)
_REPS = func.nullif(Set.clean_reps, 0)
_BESTS = (
    select(
        ExerciseExecution.exercise_id,
        _LOAD,
        func.max(_REPS),
        func.max(estimated_1rm()),
        func.max(case((_LOAD > 0, _LOAD * _REPS))),
        func.max(func.nullif(Set.duration, 0)),
        func.max(func.nullif(Set.distance_mm, 0)),
    )
    .join(Set, Set.execution_id == ExerciseExecution.id)
    .where(
        ExerciseExecution.user_id == bindparam("of_lifter"),
        ExerciseExecution.exercise_id.in_(bindparam("exercises", expanding=True)),
        Set.kind != SetKind.WARM_UP,
    )
    .group_by(ExerciseExecution.exercise_id, _LOAD)
)
_BESTS_ELSEWHERE = _BESTS.where(ExerciseExecution.workout_id != bindparam("without"))
_BESTS_EARLIER = _BESTS.join(Workout, Workout.id == ExerciseExecution.workout_id).where(
    Workout.user_id == bindparam("of_lifter"), Workout.started_at < bindparam("before")
)


_MOST_WORTH: dict[Measure, tuple[ColumnElement[int], ...]] = {
    Measure.WEIGHT_REPS: (func.coalesce(estimated_1rm(), _LOAD), _LOAD, func.coalesce(Set.clean_reps, 0)),
    Measure.DISTANCE_DURATION: (
        func.coalesce(Set.distance_mm, 0),
        case((Set.distance_mm > 0, -func.coalesce(Set.duration, 0)), else_=func.coalesce(Set.duration, 0)),
    ),
}
"""By what sets of a measure are compared, the larger the better."""

_OTHERWISE = (_LOAD, *(func.coalesce(column, 0) for column in (Set.clean_reps, Set.distance_mm, Set.duration)))


async def best_set(session: ReadSession, user_id: int, exercise_id: int, measure: Measure) -> Set | None:
    """The best set of the exercise that this lifter has ever done, the first of equals; `training.summary.best_set`
    has the rule.
    """
    worth = (value.desc() for value in _MOST_WORTH.get(measure, _OTHERWISE))
    query = (
        select(Set)
        .join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
        .where(
            ExerciseExecution.user_id == user_id,
            ExerciseExecution.exercise_id == exercise_id,
            Set.kind != SetKind.WARM_UP,
        )
        .order_by(*worth, Set.logged_at, Set.id)
        .limit(1)
    )
    return await session.scalar(query)


async def bests(
    session: ReadSession,
    user_id: int,
    exercise_ids: Collection[int],
    *,
    without_workout: int | None = None,
    before: datetime | None = None,
) -> dict[int, Bests]:
    """For each of the exercises that this lifter has done, the most per load.

    One workout may be left out, or all but those that began before a time; not both.
    """
    asked: dict[str, Any] = {"of_lifter": user_id, "exercises": list(exercise_ids)}
    query = _BESTS
    if before is not None:
        query, asked["before"] = _BESTS_EARLIER, before
    elif without_workout is not None:
        query, asked["without"] = _BESTS_ELSEWHERE, without_workout
    found: dict[int, dict[int, Best]] = {}
    for exercise_id, at, *most in await session.execute(query, asked):
        found.setdefault(exercise_id, {})[at] = Best(*most)
    return dict(found)
