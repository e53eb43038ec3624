"""Queries for what a lifter's training comes to over time.

Every one brings a row for a workout or for an exercise, never the sets themselves; warm-ups count for nothing. Of an
open workout counts what was done in it so far.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from storage.database import ReadSession
from storage.models import Exercise, ExerciseExecution, Set, Workout
from storage.records import estimated_1rm
from storage.values.exercise import BodyPart, Measure
from storage.values.figure import Figure
from storage.values.lifted import SetKind
from storage.values.name_key import name_key
from storage.values.quantity import DistanceUnit

MOST_WORKOUTS = 4_000
"""Of more with an exercise, or within a year, only the newest are looked at: eleven years of one every day."""

_LONGEST_NAME = 128
_MOST_WORDS = 8

_COUNTS = Set.kind != SetKind.WARM_UP
_LOAD = case((Set.weight_mg > 0, Set.weight_mg), else_=0)
_REPS = func.coalesce(Set.clean_reps, 0) + Set.forced_reps
_IS_DONE = or_(Set.clean_reps > 0, Set.duration > 0, Set.distance_mm > 0)


@dataclass(frozen=True, slots=True)
class Done:
    """A workout. `sets` are those that count, `volume_mg` is in milligrams."""

    started_at: datetime
    sets: int
    volume_mg: int


@dataclass(frozen=True, slots=True)
class Reached:
    """What a workout came to with an exercise, by the figures that were asked for; None where it has none.

    `in_miles` says whether a distance was entered in miles.
    """

    started_at: datetime
    values: tuple[int | None, ...]
    in_miles: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """How many sets of an exercise were done in a time, and what they train."""

    body_part: BodyPart
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    is_late: bool
    sets: int


async def done_since(
    session: ReadSession, user_id: int, since: datetime, until: datetime | None = None
) -> Sequence[Done]:
    """The lifter's workouts that began in that time, oldest first: those that are finished, or have a set."""
    sets, volume = func.sum(case((_COUNTS, 1), else_=0)), func.sum(case((_COUNTS, _LOAD * _REPS), else_=0))
    query = (
        select(Workout.started_at, sets, volume)
        .outerjoin(ExerciseExecution, _of_workout(user_id))
        .outerjoin(Set, Set.execution_id == ExerciseExecution.id)
        .where(Workout.user_id == user_id, Workout.started_at >= since)
        .group_by(Workout.id, Workout.started_at, Workout.finished_at)
        .having(or_(Workout.finished_at.is_not(None), func.count(Set.id) > 0))
        .order_by(Workout.started_at.desc(), Workout.id.desc())
        .limit(MOST_WORKOUTS)
    )
    if until is not None:
        query = query.where(Workout.started_at < until)
    found = (await session.execute(query)).all()
    return [Done(started_at, int(sets), int(volume_mg)) for started_at, sets, volume_mg in reversed(found)]


def _of_workout(user_id: int) -> ColumnElement[bool]:
    # That they have one owner is known to the tables; said once more, PostgreSQL doesn't go through everybody's.
    return and_(ExerciseExecution.workout_id == Workout.id, ExerciseExecution.user_id == user_id)


async def finished_before(session: ReadSession, user_id: int, moment: datetime, limit: int) -> Sequence[datetime]:
    """When the latest of the lifter's finished workouts began that did so before this moment, newest first."""
    query = select(Workout.started_at).where(
        Workout.user_id == user_id, Workout.finished_at.is_not(None), Workout.started_at < moment
    )
    return (await session.scalars(query.order_by(Workout.started_at.desc()).limit(limit))).all()


async def first_workout(session: ReadSession, user_id: int) -> datetime | None:
    """When the lifter's first workout began."""
    query = select(Workout.started_at).where(Workout.user_id == user_id).order_by(Workout.started_at).limit(1)
    return await session.scalar(query)


async def reached(
    session: ReadSession, user_id: int, exercise_id: int, measure: Measure, figures: Sequence[Figure]
) -> Sequence[Reached]:
    """What each workout came to with the exercise, oldest first; those without a set that counts are left out."""
    in_miles = func.max(case((Set.distance_unit == DistanceUnit.MILE, 1), else_=0))
    query = (
        select(Workout.started_at, in_miles, *(_worth(figure, measure) for figure in figures))
        .join(ExerciseExecution, _of_workout(user_id))
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .where(Workout.user_id == user_id, ExerciseExecution.exercise_id == exercise_id, _COUNTS)
        .group_by(Workout.id, Workout.started_at)
        .order_by(Workout.started_at.desc(), Workout.id.desc())
        .limit(MOST_WORKOUTS)
    )
    found = (await session.execute(query)).all()
    return [
        Reached(started_at, tuple(None if value is None else int(value) for value in values), bool(miles))
        for started_at, miles, *values in reversed(found)
    ]


def _worth(figure: Figure, measure: Measure) -> ColumnElement[Any]:
    # Without a weight a bodyweight set is one with nothing added; elsewhere nothing is known of its load.
    load = func.coalesce(Set.weight_mg, 0) if measure is Measure.BODYWEIGHT_REPS else Set.weight_mg
    worth: dict[Figure, ColumnElement[Any]] = {
        Figure.ESTIMATED_1RM: func.max(estimated_1rm()),
        Figure.HEAVIEST: func.max(case((_IS_DONE, load))),
        Figure.VOLUME: func.nullif(func.sum(_LOAD * _REPS), 0),
        Figure.MOST_REPS: func.max(func.nullif(Set.clean_reps, 0)),
        Figure.REPS: func.nullif(func.sum(_REPS), 0),
        Figure.LONGEST: func.max(func.nullif(Set.duration, 0)),
        Figure.TIME: func.nullif(func.sum(Set.duration), 0),
        Figure.FARTHEST: func.max(func.nullif(Set.distance_mm, 0)),
        Figure.DISTANCE: func.nullif(func.sum(Set.distance_mm), 0),
    }
    return worth[figure]


async def trained_since(session: ReadSession, user_id: int, since: datetime, late: datetime) -> Sequence[Trained]:
    """The sets that the lifter has done in workouts that began since then, by exercise, those since `late` apart."""
    is_late = case((Workout.started_at >= late, 1), else_=0)
    query = (
        select(ExerciseExecution.exercise_id, is_late, func.count(Set.id))
        .select_from(Workout)
        .join(ExerciseExecution, _of_workout(user_id))
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .where(Workout.user_id == user_id, Workout.started_at >= since, _COUNTS)
        .group_by(ExerciseExecution.exercise_id, is_late)
    )
    found = (await session.execute(query)).all()
    about = await _about(session, {exercise_id for exercise_id, *_ in found})
    return [Trained(*about[exercise_id], bool(late), sets) for exercise_id, late, sets in found]


async def _about(
    session: ReadSession, exercise_ids: Collection[int]
) -> dict[int, tuple[BodyPart, tuple[str, ...], tuple[str, ...]]]:
    columns = (Exercise.id, Exercise.body_part, Exercise.primary_muscles, Exercise.secondary_muscles)
    about, left = {}, iter(exercise_ids)
    while some := list(islice(left, _AT_ONCE)):
        for exercise_id, part, primary, secondary in await session.execute(
            select(*columns).where(Exercise.id.in_(some))
        ):
            about[exercise_id] = (part, tuple(primary), tuple(secondary))
    return about


_AT_ONCE = 500
"""How many ids a statement names; a database takes only so many."""


async def performed(
    session: ReadSession, user_id: int, lately: datetime, *, offset: int, limit: int
) -> Sequence[Exercise]:
    """The exercises that stand in the lifter's workouts, archived ones too, from `offset` on: those first that were
    done most since `lately`, then those that were done most.
    """
    return (await session.scalars(_performed(user_id, lately).offset(offset).limit(limit))).all()


async def performed_named(
    session: ReadSession, user_id: int, lately: datetime, text: str, limit: int
) -> Sequence[Exercise]:
    """As `performed`, those that have every word of the text in their name."""
    query, key = _performed(user_id, lately), name_key(text)
    # Texts with such characters name nothing, and not every database takes them.
    if not key or len(key) > _LONGEST_NAME or not key.isprintable():
        return ()
    for word in key.split()[:_MOST_WORDS]:
        query = query.where(Exercise.name_key.contains(word, autoescape=True))
    return (await session.scalars(query.limit(limit))).all()


def _performed(user_id: int, lately: datetime) -> Select[Exercise]:
    times = (
        select(
            ExerciseExecution.exercise_id,
            func.count().label("times"),
            func.sum(case((Workout.started_at >= lately, 1), else_=0)).label("lately"),
        )
        .select_from(Workout)
        .join(ExerciseExecution, _of_workout(user_id))
        .where(Workout.user_id == user_id)
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


async def whole_since(session: ReadSession, user_id: int, since: datetime, limit: int) -> Sequence[Workout]:
    """The lifter's latest workouts that began since then, with their exercises and sets, oldest first."""
    under = selectinload(Workout.executions).options(
        joinedload(ExerciseExecution.exercise), selectinload(ExerciseExecution.sets)
    )
    query = select(Workout).where(Workout.user_id == user_id, Workout.started_at >= since).options(under)
    newest = (await session.scalars(query.order_by(Workout.started_at.desc(), Workout.id.desc()).limit(limit))).all()
    return newest[::-1]
