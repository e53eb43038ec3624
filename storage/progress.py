"""Queries for what a lifter's training comes to over time.

Every one brings a row for a workout or for an exercise, never the sets themselves; warm-ups count for nothing. Of an
open workout counts what was done in it so far.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from storage.database import ReadSession
from storage.models import Exercise, ExerciseExecution, ExercisePreference, Set, Workout
from storage.record_book import fits
from storage.records import estimated_1rm
from storage.values.exercise import BodyPart, Measure
from storage.values.figure import Figure
from storage.values.lifted import SetKind
from storage.values.quantity import DistanceUnit

MOST_WORKOUTS = 4_000
"""Of more with an exercise, or within a year, only the newest are looked at: eleven years of one every day."""

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
    """What a workout came to with an exercise, by the figure that was asked for.

    `in_miles` says whether a distance was entered in miles.
    """

    started_at: datetime
    value: int
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
    begun = await _begun(session, user_id, since, until)
    totals = await _totals(session, [workout.id for workout in begun])
    return [
        Done(workout.started_at, *totals.get(workout.id, (0, 0)))
        for workout in reversed(begun)
        if workout.is_finished or workout.id in totals
    ]


class _Begun(NamedTuple):
    id: int
    started_at: datetime
    is_finished: bool


async def _begun(
    session: ReadSession, user_id: int, since: datetime, until: datetime | None = None, limit: int = MOST_WORKOUTS
) -> Sequence[_Begun]:
    """The lifter's workouts that began in that time, newest first.

    What was done in them is asked for by their ids: where all is joined, SQLite goes through everything that the lifter
    has ever done for each of them, and PostgreSQL through what everybody has.
    """
    query = select(Workout.id, Workout.started_at, Workout.finished_at).where(
        Workout.user_id == user_id, Workout.started_at >= since
    )
    if until is not None:
        query = query.where(Workout.started_at < until)
    newest = query.order_by(Workout.started_at.desc(), Workout.id.desc()).limit(limit)
    return [_Begun(key, at, finished_at is not None) for key, at, finished_at in await session.execute(newest)]


async def _totals(session: ReadSession, workout_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The sets and the volume of each workout that has any set."""
    if not workout_ids:
        return {}
    sets, volume = func.sum(case((_COUNTS, 1), else_=0)), func.sum(case((_COUNTS, _LOAD * _REPS), else_=0))
    query = (
        select(ExerciseExecution.workout_id, sets, volume)
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .where(ExerciseExecution.workout_id.in_(workout_ids))
        .group_by(ExerciseExecution.workout_id)
    )
    return {workout_id: (int(sets), int(volume)) for workout_id, sets, volume in await session.execute(query)}


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
    session: ReadSession, user_id: int, exercise: Exercise, figure: Figure, *, limit: int = MOST_WORKOUTS
) -> Sequence[Reached]:
    """What each of the latest workouts came to with the exercise, oldest first; those without anything are left out.

    As in the book of records, what doesn't fit the measure that the exercise has now doesn't count.
    """
    worth = _worth(figure, exercise.measure)
    in_miles = func.max(case((Set.distance_unit == DistanceUnit.MILE, 1), else_=0))
    query = (
        select(Workout.started_at, worth, in_miles)
        .join(ExerciseExecution, _of_workout(user_id))
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .where(Workout.user_id == user_id, ExerciseExecution.exercise_id == exercise.id)
        .where(_COUNTS, *fits(exercise.measure))
        .group_by(Workout.id, Workout.started_at)
        .having(worth.is_not(None))
        .order_by(Workout.started_at.desc(), Workout.id.desc())
        .limit(limit)
    )
    found = (await session.execute(query)).all()
    return [Reached(started_at, int(value), bool(miles)) for started_at, value, miles in reversed(found)]


@cache
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
    begun = await _begun(session, user_id, since)
    times = {is_late: [one.id for one in begun if (one.started_at >= late) is is_late] for is_late in (False, True)}
    found = {is_late: await _sets_by_exercise(session, workout_ids) for is_late, workout_ids in times.items()}
    about = await _about(session, found[False].keys() | found[True].keys())
    return [
        Trained(*about[exercise_id], is_late, sets)
        for is_late, by_exercise in found.items()
        for exercise_id, sets in by_exercise.items()
    ]


async def _sets_by_exercise(session: ReadSession, workout_ids: Sequence[int]) -> dict[int, int]:
    if not workout_ids:
        return {}
    query = (
        select(ExerciseExecution.exercise_id, func.count(Set.id))
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .where(ExerciseExecution.workout_id.in_(workout_ids), _COUNTS)
        .group_by(ExerciseExecution.exercise_id)
    )
    return dict((await session.execute(query)).all())


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


@dataclass(frozen=True, slots=True)
class Peaks:
    """The most that one set of an exercise came to, in a workout or before; None where it has none.

    Weights are in milligrams, `added` is that of a set with none where it has none; times in seconds, distances in
    millimetres.
    """

    estimated_1rm: int | None = None
    heaviest: int | None = None
    added: int | None = None
    most_reps: int | None = None
    longest: int | None = None
    farthest: int | None = None

    def of(self, figure: Figure, measure: Measure) -> int | None:
        """As `reached` has it."""
        is_added = measure is Measure.BODYWEIGHT_REPS
        peaks = {
            Figure.ESTIMATED_1RM: self.estimated_1rm,
            Figure.HEAVIEST: self.added if is_added else self.heaviest,
            Figure.MOST_REPS: self.most_reps,
            Figure.LONGEST: self.longest,
            Figure.FARTHEST: self.farthest,
        }
        return peaks[figure]


_PEAKS = (
    func.max(estimated_1rm()),
    func.max(case((_IS_DONE, Set.weight_mg))),
    func.max(case((_IS_DONE, func.coalesce(Set.weight_mg, 0)))),
    func.max(func.nullif(Set.clean_reps, 0)),
    func.max(func.nullif(Set.duration, 0)),
    func.max(func.nullif(Set.distance_mm, 0)),
)


_FITS = or_(*(and_(Exercise.measure == measure, *fits(measure)) for measure in Measure))


@dataclass(frozen=True, slots=True)
class Lately:
    """An exercise of the last workouts: the most of each, oldest first with when it began, and of all before them."""

    exercise_id: int
    name: str
    measure: Measure
    before: Peaks | None
    peaks: Sequence[tuple[datetime, Peaks]]


async def lately(session: ReadSession, user_id: int, since: datetime, limit: int) -> Sequence[Lately]:
    """The exercises of the lifter's latest workouts that began since then, so many at most."""
    begun = await _begun(session, user_id, since, limit=limit)
    found = await _peaks_in(session, {workout.id: workout.started_at for workout in begun})
    if not found:
        return []
    before = await _peaks_before(session, user_id, found.keys(), begun[-1].started_at)
    about = select(Exercise.id, Exercise.name, Exercise.measure).where(Exercise.id.in_(found))
    return [
        Lately(exercise_id, name, measure, before.get(exercise_id), sorted(found[exercise_id], key=itemgetter(0)))
        for exercise_id, name, measure in await session.execute(about.order_by(Exercise.id))
    ]


async def _peaks_in(session: ReadSession, begun: Mapping[int, datetime]) -> dict[int, list[tuple[datetime, Peaks]]]:
    found: dict[int, list[tuple[datetime, Peaks]]] = {}
    if begun:
        query = (
            select(ExerciseExecution.exercise_id, ExerciseExecution.workout_id, *_PEAKS)
            .join(Set, Set.execution_id == ExerciseExecution.id)
            .join(Exercise, Exercise.id == ExerciseExecution.exercise_id)
            .where(ExerciseExecution.workout_id.in_(begun), _COUNTS, _FITS)
            .group_by(ExerciseExecution.exercise_id, ExerciseExecution.workout_id)
        )
        for exercise_id, workout_id, *most in await session.execute(query):
            found.setdefault(exercise_id, []).append((begun[workout_id], Peaks(*most)))
    return found


async def _peaks_before(
    session: ReadSession, user_id: int, exercise_ids: Collection[int], moment: datetime
) -> dict[int, Peaks]:
    query = (
        select(ExerciseExecution.exercise_id, *_PEAKS)
        .select_from(Workout)
        .join(ExerciseExecution, _of_workout(user_id))
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .join(Exercise, Exercise.id == ExerciseExecution.exercise_id)
        .where(
            Workout.user_id == user_id,
            Workout.started_at < moment,
            ExerciseExecution.exercise_id.in_(exercise_ids),
            _COUNTS,
            _FITS,
        )
        .group_by(ExerciseExecution.exercise_id)
    )
    return {exercise_id: Peaks(*most) for exercise_id, *most in await session.execute(query)}


async def preferences(
    session: ReadSession, user_id: int, exercise_ids: Collection[int]
) -> dict[int, ExercisePreference]:
    """What the lifter wants otherwise with these exercises."""
    wanted = ExercisePreference.exercise_id.in_(exercise_ids)
    found = await session.scalars(select(ExercisePreference).where(ExercisePreference.user_id == user_id, wanted))
    return {preference.exercise_id: preference for preference in found}
