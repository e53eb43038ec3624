"""Queries on a lifter's history: one workout with everything under it, and pages of workouts, newest first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from storage import workouts
from storage.database import ReadSession, WriteSession
from storage.models import Exercise, ExerciseExecution, Set, Workout
from storage.values.history import HistoryFilter, WorkoutState
from storage.values.name_key import name_key
from storage.values.texts import storable

_MOST_WORDS = 8
"""More words of a text don't narrow a search: each is looked for in every workout."""


class SecondOpenError(Exception):
    """Another workout of the lifter is open, and only one can be."""

    def __init__(self, workout_id: int) -> None:
        super().__init__(workout_id)
        self.workout_id = workout_id


async def workout_of(session: ReadSession, user_id: int, workout_id: int) -> Workout | None:
    """The lifter's workout with its executions, their exercises, sets and targets.

    In a writing transaction its row is held until the commit.
    """
    query = workouts.whole(user_id, Workout.id == workout_id)
    if isinstance(session, WriteSession):
        query = query.with_for_update()
    return await session.scalar(query)


async def hold_successors(session: WriteSession, exercise_ids: Collection[int]) -> dict[int, Exercise]:
    """For each exercise the one into which it was merged at last, itself if it wasn't: until the commit it stays so."""
    held: dict[int, Exercise] = {}
    wanted = set(exercise_ids)
    while wanted:
        query = select(Exercise).where(Exercise.id.in_(wanted)).order_by(Exercise.id)
        now = query.with_for_update(read=True, key_share=True).execution_options(populate_existing=True)
        found = (await session.scalars(now)).all()
        held |= {exercise.id: exercise for exercise in found}
        wanted = {exercise.merged_into_id for exercise in found if exercise.merged_into_id is not None} - held.keys()
    return {exercise_id: _last_of(held, exercise_id) for exercise_id in exercise_ids}


@asynccontextmanager
async def one_open(session: WriteSession, user_id: int) -> AsyncIterator[None]:
    """What is written within the block opens a workout. Raises SecondOpenError if another replica was quicker."""
    try:
        async with session.begin_nested():
            yield
    except IntegrityError as error:
        another = await workouts.open_workout(session, user_id)
        if another is None:
            raise
        raise SecondOpenError(another.id) from error


async def page(
    session: ReadSession, user_id: int, wanted: HistoryFilter, *, offset: int, limit: int
) -> Sequence[Workout]:
    """The lifter's workouts that are wanted, newest first, from `offset` on."""
    query = select(Workout).where(Workout.user_id == user_id, *_conditions(wanted))
    newest_first = query.order_by(Workout.started_at.desc(), Workout.id.desc())
    return (await session.scalars(newest_first.offset(offset).limit(limit))).all()


async def how_many(session: ReadSession, user_id: int, wanted: HistoryFilter) -> int:
    """How many of the lifter's workouts are wanted."""
    query = select(func.count()).select_from(Workout).where(Workout.user_id == user_id, *_conditions(wanted))
    return await session.scalar(query) or 0


async def beginnings(session: ReadSession, user_id: int) -> Sequence[datetime]:
    """When each of the lifter's finished workouts began, newest first."""
    query = select(Workout.started_at).where(Workout.user_id == user_id, Workout.finished_at.is_not(None))
    return (await session.scalars(query.order_by(Workout.started_at.desc()))).all()


async def performed(session: ReadSession, user_id: int, *, offset: int, limit: int) -> Sequence[Exercise]:
    """The exercises of the lifter's finished workouts, from `offset` on, those first that stand in most of them."""
    times = (
        select(ExerciseExecution.exercise_id, func.count().label("times"))
        .join(ExerciseExecution.workout)
        .where(ExerciseExecution.user_id == user_id, Workout.finished_at.is_not(None))
        .group_by(ExerciseExecution.exercise_id)
        .subquery()
    )
    query = select(Exercise).join(times, times.c.exercise_id == Exercise.id)
    most_first = query.order_by(times.c.times.desc(), Exercise.name_key, Exercise.id)
    return (await session.scalars(most_first.offset(offset).limit(limit))).all()


async def latest_finished(
    session: ReadSession, user_id: int, *, before: Workout | None = None, limit: int
) -> Sequence[Workout]:
    """The lifter's latest finished workouts, newest first; those that began before another one if that is given."""
    query = select(Workout).where(Workout.user_id == user_id, Workout.finished_at.is_not(None))
    if before is not None:
        query = query.where(Workout.started_at <= before.started_at, Workout.id != before.id)
    return (await session.scalars(query.order_by(Workout.started_at.desc(), Workout.id.desc()).limit(limit))).all()


async def exercise_names(session: ReadSession, workout_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """For each of the workouts the names of its exercises, by exercise and in their order."""
    query = (
        select(ExerciseExecution.workout_id, Exercise.id, Exercise.name)
        .join(ExerciseExecution.exercise)
        .where(ExerciseExecution.workout_id.in_(workout_ids))
        .order_by(ExerciseExecution.workout_id, ExerciseExecution.position)
    )
    names: dict[int, dict[int, str]] = {}
    if workout_ids:
        for workout_id, exercise_id, name in await session.execute(query):
            names.setdefault(workout_id, {}).setdefault(exercise_id, name)
    return names


def _last_of(held: Mapping[int, Exercise], exercise_id: int) -> Exercise:
    exercise = held[exercise_id]
    return exercise if exercise.merged_into_id is None else _last_of(held, exercise.merged_into_id)


def _conditions(wanted: HistoryFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.state is not WorkoutState.ANY:
        over = wanted.state is WorkoutState.FINISHED
        yield Workout.finished_at.is_not(None) if over else Workout.finished_at.is_(None)
    if wanted.since is not None:
        yield Workout.started_at >= wanted.since
    if wanted.until is not None:
        yield Workout.started_at < wanted.until
    if wanted.exercise_id is not None:
        yield _has_execution(ExerciseExecution.exercise_id == wanted.exercise_id)
    if wanted.body_part is not None:
        yield _has_execution(Exercise.body_part == wanted.body_part)
    for word in normalize("NFC", storable(wanted.text)).split()[:_MOST_WORDS]:
        yield or_(
            _contains(Workout.title, word),
            _contains(Workout.note, word),
            _has_execution(
                or_(
                    Exercise.name_key.contains(name_key(word), autoescape=True),
                    _contains(ExerciseExecution.note, word),
                    _contains(Set.note, word),
                )
            ),
        )


def _has_execution(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # One look per workout of the lifter. For an EXISTS PostgreSQL may rather read all sets of everybody into a hash.
    found = (
        select(literal(1))
        .select_from(ExerciseExecution)
        .join(ExerciseExecution.exercise)
        .outerjoin(ExerciseExecution.sets)
        .where(ExerciseExecution.workout_id == Workout.id, condition)
        .limit(1)
    )
    return found.correlate(Workout).scalar_subquery().is_not(None)


def _contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return or_(*(column.icontains(spelling, autoescape=True) for spelling in _spellings(word)))


def _spellings(word: str) -> list[str]:
    """SQLite knows upper and lower case of ASCII letters only, so others are looked for as people write them."""
    return [word] if word.isascii() else sorted({word, word.lower(), word.upper(), word.capitalize()})
