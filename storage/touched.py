"""What the rows of a change belong to: workouts, exercises, and the sets that came back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select

from storage.database import ReadSession
from storage.images import ImageRow, portions
from storage.models import Exercise, ExerciseAlias, ExerciseExecution, ExercisePreference, Set, Target, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry

_LIFTED: tuple[type[Set | Target], ...] = (Set, Target)


async def workouts_of(session: ReadSession, rows: Sequence[ImageRow]) -> frozenset[int]:
    """The workouts that the rows are or were part of."""
    sets, targets, executions, workouts = (
        {row["key"][0] for row in rows if row["table"] == model.__tablename__}
        for model in (Set, Target, ExerciseExecution, Workout)
    )
    images = [row["was"] for row in rows if row["was"] is not None]
    executions |= {image["execution_id"] for image in images if "execution_id" in image}
    workouts |= {image["workout_id"] for image in images if "workout_id" in image}
    for model, ids in ((Set, sets), (Target, targets)):
        for some in portions(sorted(ids)):
            executions |= set(await session.scalars(select(model.execution_id).where(model.id.in_(some))))
    for some in portions(sorted(executions)):
        found = select(ExerciseExecution.workout_id).where(ExerciseExecution.id.in_(some))
        workouts |= set(await session.scalars(found))
    return frozenset(workouts)


async def exercises_of(session: ReadSession, rows: Sequence[ImageRow]) -> frozenset[int]:
    """The exercises that the change wrote to, or to whose names."""
    exercises = {row["key"][0] for row in rows if row["table"] == Exercise.__tablename__}
    aliases = [row for row in rows if row["table"] == ExerciseAlias.__tablename__]
    images = [row["was"] or row.get("is") for row in aliases]
    exercises |= {image["exercise_id"] for image in images if image is not None}
    unknown = [row["key"][0] for row, image in zip(aliases, images, strict=True) if image is None]
    for some in portions(unknown):
        exercises |= set(await session.scalars(select(ExerciseAlias.exercise_id).where(ExerciseAlias.id.in_(some))))
    return frozenset(exercises)


def preferred_of(rows: Sequence[ImageRow]) -> frozenset[int]:
    """The exercises with which the change had a lifter want something otherwise."""
    return frozenset(row["key"][1] for row in rows if row["table"] == ExercisePreference.__tablename__)


async def any_system(session: ReadSession, rows: Sequence[ImageRow], exercise_ids: Collection[int]) -> bool:
    """Whether one of the exercises, to which the change wrote, is one that everybody sees, or was."""
    images = [row["was"] for row in rows if row["table"] == Exercise.__tablename__ and row["was"] is not None]
    if any(image["user_id"] is None for image in images):
        return True
    for some in portions(sorted(exercise_ids)):
        system = select(Exercise.id).where(Exercise.id.in_(some), Exercise.user_id.is_(None)).limit(1)
        if await session.scalar(system) is not None:
            return True
    return False


async def lifts_of(session: ReadSession, rows: Sequence[ImageRow]) -> Sequence[tuple[SetEntry, Measure]]:
    """The sets and targets that came back, or whose exercise did, each with the measure of its exercise."""
    back = [row for row in rows if row["was"] is not None]
    executions = [row["key"][0] for row in back if row["table"] == ExerciseExecution.__tablename__]
    found: list[tuple[SetEntry, Measure]] = []
    for model in _LIFTED:
        ids = [row["key"][0] for row in back if row["table"] == model.__tablename__]
        lifted: Select[Set | Target, Measure] = select(model, Exercise.measure)
        lifted = lifted.join(ExerciseExecution, model.execution_id == ExerciseExecution.id)
        lifted = lifted.join(Exercise, ExerciseExecution.exercise_id == Exercise.id)
        for column, keys in ((model.id, ids), (model.execution_id, executions)):
            for some in portions(keys):
                with_measure = await session.execute(lifted.where(column.in_(some)))
                found += [(row.entry, measure) for row, measure in with_measure]
    return found
