"""A workout of the past, entered whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import exercises
from storage.database import ReadSession
from storage.models import Exercise, ExerciseExecution, Set, Workout
from storage.values.lifted import SetEntry
from training.describing import note_of, title_of
from training.errors import InvalidValueError, NotFoundError
from training.fitting import check_set
from training.limits import MOST_EXECUTIONS, MOST_SETS


@dataclass(frozen=True, slots=True)
class PastExercise:
    """What was done of one exercise, in the order in which it was done."""

    exercise_id: int
    entries: Sequence[SetEntry]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PastWorkout:
    """What was done on a day that is over; `finished_at` is None where only the start is known."""

    started_at: datetime
    exercises: Sequence[PastExercise]
    finished_at: datetime | None = None
    title: str = ""
    note: str = ""


def check_times(started_at: datetime, finished_at: datetime | None, now: datetime) -> None:
    """Nothing starts or ends in the future, or ends before it starts. Raises InvalidValueError."""
    if started_at > now:
        raise InvalidValueError("started_at")
    if finished_at is not None and not started_at <= finished_at <= now:
        raise InvalidValueError("finished_at")


async def past_workout(session: ReadSession, lifter_id: int, past: PastWorkout, now: datetime) -> Workout:
    """The workout as rows, finished. Raises InvalidValueError, InvalidSetError and NotFoundError."""
    check_times(past.started_at, past.finished_at, now)
    _check_amount(past)
    wanted = {done.exercise_id for done in past.exercises}
    known = await exercises.visible_all(session, lifter_id, wanted)
    if wanted - known.keys():
        raise NotFoundError
    return Workout(
        user_id=lifter_id,
        title=title_of(past.title),
        note=note_of(past.note),
        started_at=past.started_at,
        finished_at=past.started_at if past.finished_at is None else past.finished_at,
        executions=[
            _execution(position, done, known[done.exercise_id], past.started_at)
            for position, done in enumerate(past.exercises)
        ],
    )


def _check_amount(past: PastWorkout) -> None:
    if not any(done.entries for done in past.exercises):
        raise InvalidValueError("exercises")
    if len(past.exercises) > MOST_EXECUTIONS:
        raise InvalidValueError("exercises", MOST_EXECUTIONS)
    if any(len(done.entries) > MOST_SETS for done in past.exercises):
        raise InvalidValueError("sets", MOST_SETS)


def _execution(position: int, done: PastExercise, exercise: Exercise, started_at: datetime) -> ExerciseExecution:
    for entry in done.entries:
        check_set(entry, exercise.measure)
    return ExerciseExecution(
        exercise=exercise,
        position=position,
        note=note_of(done.note),
        focused_at=started_at + timedelta(microseconds=position),
        superset=None,
        sets=[Set(position=place, logged_at=started_at, entry=entry) for place, entry in enumerate(done.entries)],
        targets=[],
    )
