"""Queries on workouts, executions and sets. Every one takes the lifter's id and filters by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from storage.database import ReadSession, WriteSession
from storage.models import ExerciseExecution, Set, Workout
from storage.values.lifted import SetKind

_MOST_BEGINNINGS = 100
"""Half a year of training four times a week; who wants to know more asks for it."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a workout comes to. `volume_mg` is external load times reps, in milligrams; assistance doesn't count."""

    sets: int
    exercises: int
    volume_mg: int


async def open_workout(session: ReadSession, user_id: int) -> Workout | None:
    """The lifter's open workout. In a writing transaction the row is held until the commit."""
    query = select(Workout).where(Workout.user_id == user_id, Workout.finished_at.is_(None))
    if isinstance(session, WriteSession):
        query = query.with_for_update()
    return await session.scalar(query)


async def who_trains(session: ReadSession, user_ids: Collection[int]) -> frozenset[int]:
    """Those of the lifters who have a workout open."""
    if not user_ids:
        return frozenset()
    query = select(Workout.user_id).where(Workout.user_id.in_(user_ids), Workout.finished_at.is_(None))
    return frozenset(await session.scalars(query))


async def count(session: ReadSession, user_id: int) -> int:
    """How many workouts the lifter has, the open one too."""
    return await session.scalar(select(func.count()).select_from(Workout).where(Workout.user_id == user_id)) or 0


async def card_place(session: ReadSession, user_id: int, workout_id: int) -> tuple[int | None, int] | None:
    """The message of the lifter's workout, and how many have come below it; None if there is no such workout."""
    place = select(Workout.card_message_id, Workout.messages_below)
    found = (await session.execute(place.where(Workout.id == workout_id, Workout.user_id == user_id))).one_or_none()
    return None if found is None else (found.card_message_id, found.messages_below)


async def summed_up_in(session: ReadSession, user_id: int, message_id: int) -> Workout | None:
    """The lifter's finished workout whose summary stands in the message."""
    stands = select(Workout).where(
        Workout.user_id == user_id, Workout.card_message_id == message_id, Workout.finished_at.is_not(None)
    )
    return await session.scalar(stands.limit(1))


async def outdate_open(session: WriteSession, user_id: int) -> None:
    """Makes the buttons of the lifter's open workout stale, where what they offer goes by what is about to change."""
    workout = await open_workout(session, user_id)
    if workout is not None:
        workout.revision += 1


async def start(session: WriteSession, user_id: int, now: datetime) -> Workout:
    """The open workout, made if there is none: the database holds that there is only one."""
    # Again where another process starts one, or finishes it, between the two statements.
    while (workout := await open_workout(session, user_id)) is None:
        with suppress(IntegrityError):
            async with session.begin_nested():
                session.add(Workout(user_id=user_id, started_at=now))
    return workout


def whole(user_id: int, *conditions: ColumnElement[bool]) -> Select[Workout]:
    """The lifter's workouts for which this holds, with all that is under them."""
    under = selectinload(Workout.executions).options(
        joinedload(ExerciseExecution.exercise),
        selectinload(ExerciseExecution.sets),
        selectinload(ExerciseExecution.targets),
    )
    return select(Workout).where(Workout.user_id == user_id, *conditions).options(under)


_LATEST = (
    select(Workout.id, Workout.started_at)
    .join(ExerciseExecution, ExerciseExecution.workout_id == Workout.id)
    .where(
        ExerciseExecution.user_id == bindparam("of_lifter"),
        ExerciseExecution.exercise_id == bindparam("exercise"),
        Workout.finished_at.is_not(None),
        ExerciseExecution.sets.any(),
    )
    .order_by(Workout.started_at.desc(), Workout.id.desc())
    .limit(1)
    .subquery()
)
_LAST_PERFORMANCE = (
    select(Set, _LATEST.c.started_at)
    .join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
    .join(_LATEST, ExerciseExecution.workout_id == _LATEST.c.id)
    .where(ExerciseExecution.exercise_id == bindparam("exercise"))
    .order_by(ExerciseExecution.position, Set.position)
)


async def last_performance(
    session: ReadSession, user_id: int, exercise_id: int
) -> tuple[datetime, Sequence[Set]] | None:
    """When this exercise was last done in a finished workout, and all its sets then, in the order of the workout."""
    asked = {"of_lifter": user_id, "exercise": exercise_id}
    rows = (await session.execute(_LAST_PERFORMANCE, asked)).all()
    return (rows[0].started_at, [row.Set for row in rows]) if rows else None


async def finished_one(session: ReadSession, user_id: int, workout_id: int) -> Workout | None:
    """The workout, if it is the lifter's and finished."""
    query = select(Workout).where(
        Workout.id == workout_id, Workout.user_id == user_id, Workout.finished_at.is_not(None)
    )
    return await session.scalar(query)


async def finished_ones(session: WriteSession, user_id: int, workout_ids: Collection[int]) -> Sequence[Workout]:
    """Those of the workouts that are the lifter's and finished; they are held until the commit."""
    if not workout_ids:
        return ()
    query = select(Workout).where(
        Workout.id.in_(workout_ids), Workout.user_id == user_id, Workout.finished_at.is_not(None)
    )
    return (await session.scalars(query.order_by(Workout.id).with_for_update())).all()


async def finished_between(
    session: ReadSession, user_id: int, since: datetime, until: datetime
) -> Sequence[tuple[int, datetime]]:
    """The lifter's finished workouts that began in that time, the later end left out, and when each did; by that."""
    query = select(Workout.id, Workout.started_at).where(
        Workout.user_id == user_id,
        Workout.finished_at.is_not(None),
        Workout.started_at >= since,
        Workout.started_at < until,
    )
    found = await session.execute(query.order_by(Workout.started_at, Workout.id))
    return [(workout_id, started_at) for workout_id, started_at in found]


async def finished_whole(session: ReadSession, user_id: int, workout_ids: Collection[int]) -> Sequence[Workout]:
    """Those of the workouts that are the lifter's and finished, with all that is under them, by when they began."""
    query = whole(user_id, Workout.id.in_(workout_ids), Workout.finished_at.is_not(None))
    return (await session.scalars(query.order_by(Workout.started_at, Workout.id))).all()


async def begun_until(session: ReadSession, user_id: int, workout: Workout) -> tuple[int, Sequence[datetime]]:
    """How many finished workouts of the lifter began no later than this one, and when the latest of them did, newest
    first; it itself is left out.
    """
    query = select(Workout.started_at, func.count().over()).where(
        Workout.user_id == user_id,
        Workout.finished_at.is_not(None),
        Workout.started_at <= workout.started_at,
        Workout.id != workout.id,
    )
    latest = query.order_by(Workout.started_at.desc(), Workout.id.desc()).limit(_MOST_BEGINNINGS)
    found = (await session.execute(latest)).all()
    return (found[0][1] if found else 0), [began for began, _ in found]


async def totals_of(session: ReadSession, workout_ids: Collection[int]) -> dict[int, Totals]:
    """What each of the workouts comes to; one without sets is left out."""
    if not workout_ids:
        return {}
    load = case((Set.weight_mg > 0, Set.weight_mg), else_=0)
    reps = func.coalesce(Set.clean_reps, 0) + Set.forced_reps
    volume = case((Set.kind == SetKind.WARM_UP, 0), else_=load * reps)
    of = ExerciseExecution.workout_id
    query = (
        select(of, func.count(Set.id), func.count(Set.execution_id.distinct()), func.sum(volume))
        .join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
        .where(of.in_(workout_ids))
        .group_by(of)
    )
    rows = await session.execute(query)
    return {workout_id: Totals(sets, done, int(volume_mg)) for workout_id, sets, done, volume_mg in rows}


async def touch(session: WriteSession, user_id: int, workout_ids: Collection[int]) -> int | None:
    """Counts a change for each of these workouts that is there; the latest of them."""
    query = select(Workout).where(Workout.user_id == user_id, Workout.id.in_(workout_ids)).order_by(Workout.started_at)
    latest = None
    for workout in await session.scalars(query.execution_options(populate_existing=True)):
        workout.revision += 1
        latest = workout.id
    return latest
