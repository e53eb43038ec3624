"""A whole workout as plain values: every exercise, set and target, with the ids to change them by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.models import ExerciseExecution, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry


@dataclass(frozen=True, slots=True)
class DoneSet:
    """A set that was done."""

    id: int
    entry: SetEntry


@dataclass(frozen=True, slots=True)
class Execution:
    """An exercise performed in a workout. Executions with the same `superset` number are done in turn."""

    id: int
    exercise_id: int
    name: str
    measure: Measure
    note: str
    superset: int | None
    sets: tuple[DoneSet, ...]
    targets: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class WorkoutDetail:
    """A workout, open while `finished_at` is None, with everything under it in its order."""

    id: int
    revision: int
    title: str
    note: str
    started_at: datetime
    finished_at: datetime | None
    executions: tuple[Execution, ...]


def detail_of(workout: Workout) -> WorkoutDetail:
    """The workout as values; its executions, their exercises, sets and targets must be loaded."""
    return WorkoutDetail(
        id=workout.id,
        revision=workout.revision,
        title=workout.title,
        note=workout.note,
        started_at=workout.started_at,
        finished_at=workout.finished_at,
        executions=tuple(_execution(execution) for execution in workout.executions),
    )


def _execution(execution: ExerciseExecution) -> Execution:
    return Execution(
        id=execution.id,
        exercise_id=execution.exercise_id,
        name=execution.exercise.name,
        measure=execution.exercise.measure,
        note=execution.note,
        superset=execution.superset,
        sets=tuple(DoneSet(row.id, row.entry) for row in execution.sets),
        targets=tuple(row.entry for row in execution.targets),
    )
