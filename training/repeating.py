"""A new workout made from an earlier one: its exercises, and its sets as targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from storage import history
from storage.database import WriteSession
from storage.models import Exercise, ExerciseExecution, Target, Workout
from storage.values.lifted import SetEntry
from training.measuring import fault_of

Kept = tuple[ExerciseExecution, Exercise]
"""An execution of the earlier workout, and the exercise that stands for its own today."""


async def repeated(session: WriteSession, earlier: Workout, now: datetime) -> tuple[Workout, tuple[str, ...]]:
    """The new workout as rows, and the names of exercises that it leaves out because they are archived."""
    kept: list[Kept] = []
    skipped: list[str] = []
    successors = await history.hold_successors(session, {execution.exercise_id for execution in earlier.executions})
    for execution in earlier.executions:
        exercise = successors[execution.exercise_id]
        if exercise.archived_at is None:
            kept.append((execution, exercise))
        else:
            skipped.append(exercise.name)
    together = Counter(execution.superset for execution, _ in kept)
    workout = Workout(
        user_id=earlier.user_id,
        title=earlier.title,
        note="",
        started_at=now,
        finished_at=None,
        executions=[
            _execution(position, execution, exercise, now, superset=_superset(execution, together))
            for position, (execution, exercise) in enumerate(kept)
        ],
    )
    return workout, tuple(skipped)


def _superset(execution: ExerciseExecution, together: Counter[int | None]) -> int | None:
    return execution.superset if together[execution.superset] > 1 else None


def _execution(
    position: int, earlier: ExerciseExecution, exercise: Exercise, now: datetime, *, superset: int | None
) -> ExerciseExecution:
    aims = [aim for aim in _aims(earlier) if fault_of(aim, exercise.measure) is None]
    return ExerciseExecution(
        exercise=exercise,
        position=position,
        note="",
        focused_at=now - timedelta(microseconds=position),  # the latest is the current one: the first
        superset=superset,
        sets=[],
        targets=[Target(position=place, entry=aim) for place, aim in enumerate(aims)],
    )


def _aims(earlier: ExerciseExecution) -> Sequence[SetEntry]:
    """What was done, or where nothing was, what had been aimed for; without help, effort and remarks."""
    rows = earlier.sets or earlier.targets
    return [replace(row.entry, forced_reps=0, rpe=None, note="") for row in rows]
