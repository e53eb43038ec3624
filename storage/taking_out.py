"""Everything that is a lifter's, as plain rows: the workouts page by page, in the order of their starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import Row, and_, func, literal, or_, select

from storage.database import ReadSession
from storage.finding import MOVED
from storage.images import portions
from storage.models import (
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    PrivateAlias,
    RestHabit,
    Set,
    Target,
    Workout,
)

LIFTED = ("kind", "weight", "unit", "clean_reps", "forced_reps", "rpe", "duration", "distance", "distance_unit", "note")
"""What a set and a target say. What stands beside it for comparing follows from it."""

_HEAD = ("id", "started_at", "finished_at", "ends_at", "finished_before", "title", "note")
_PERFORMED = ("id", "workout_id", "exercise_id", "note", "superset", "focused_at")

_HEADS = select(*(getattr(Workout, name) for name in _HEAD)).order_by(Workout.started_at, Workout.id)
_EXECUTIONS = select(*(getattr(ExerciseExecution, name) for name in _PERFORMED)).order_by(
    ExerciseExecution.workout_id, ExerciseExecution.position
)
_SETS = select(*(getattr(Set, name) for name in ("execution_id", "logged_at", *LIFTED))).order_by(
    Set.execution_id, Set.position
)
_TARGETS = select(*(getattr(Target, name) for name in ("execution_id", *LIFTED))).order_by(
    Target.execution_id, Target.position
)


_LIFTED_AT_ONCE = 1000
"""Sets and targets that are read at a time, if that is more than one workout has: others wait meanwhile."""

_IN_IT = sum(
    (
        select(func.count())
        .select_from(ExerciseExecution)
        .join(model)
        .where(ExerciseExecution.workout_id == Workout.id)
        .scalar_subquery()
        for model in (Set, Target)
    ),
    start=literal(0),
).label("in_it")


@dataclass(frozen=True, slots=True)
class Performed:
    """An exercise in a workout, with what was done of it and what is suggested: rows, or what has their columns."""

    row: Any
    sets: list[Any] = field(default_factory=list)
    targets: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WholeWorkout:
    """A workout with all that is under it, in its order."""

    head: Any
    executions: list[Performed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KnownExercise:
    """An exercise that the lifter has made, or done something with: what it is, and what it is to them.

    `names` are theirs alone.
    """

    exercise: Exercise
    aliases: Sequence[str]
    names: Sequence[str]
    preference: ExercisePreference | None
    habit: RestHabit | None


async def page(session: ReadSession, user_id: int, after: WholeWorkout | None, limit: int) -> Sequence[WholeWorkout]:
    """The lifter's next workouts after this one; the first ones if there is none. Fewer if there is much in them."""
    query = _HEADS.where(Workout.user_id == user_id).limit(limit)
    if after is not None:
        started_at, workout_id = after.head.started_at, after.head.id
        later = and_(Workout.started_at == started_at, Workout.id > workout_id)
        query = query.where(Workout.started_at >= started_at, or_(Workout.started_at > started_at, later))
    heads = (await session.execute(query.add_columns(_IN_IT))).all()
    return await _whole(session, heads[: _few([head.in_it for head in heads])])


async def how_many_at_once(session: ReadSession, workout_ids: Sequence[int]) -> int:
    """How many of them, from the first on, aren't too much to be read at once; one never is."""
    query = select(Workout.id, _IN_IT).where(Workout.id.in_(workout_ids))
    in_it = {row.id: row.in_it for row in await session.execute(query)}
    return _few([in_it.get(workout_id, 0) for workout_id in workout_ids])


async def these(session: ReadSession, user_id: int, workout_ids: Collection[int]) -> Sequence[WholeWorkout]:
    """Those of the workouts that are the lifter's."""
    query = _HEADS.where(Workout.user_id == user_id, Workout.id.in_(workout_ids))
    return await _whole(session, (await session.execute(query)).all())


async def starts(session: ReadSession, user_id: int) -> Sequence[tuple[int, datetime]]:
    """The lifter's workouts with their starts."""
    query = select(Workout.id, Workout.started_at).where(Workout.user_id == user_id)
    return [(row.id, row.started_at) for row in await session.execute(query.order_by(Workout.started_at, Workout.id))]


async def exercises(session: ReadSession, user_id: int) -> Sequence[KnownExercise]:
    """The lifter's own exercises, archived ones too, and the others that they have done, named or want otherwise.

    Sorted by their names; of two of one name the lifter's own comes first. What was merged is there as what it has
    become, whose names those are then that still lead there.
    """
    done = select(ExerciseExecution.exercise_id).where(ExerciseExecution.user_id == user_id).distinct()
    merged = select(Exercise.merged_into_id).where(Exercise.user_id == user_id, Exercise.merged_into_id.is_not(None))
    theirs = (
        select(model.exercise_id).where(model.user_id == user_id)
        for model in (ExercisePreference, PrivateAlias, RestHabit)
    )
    used = set(await session.scalars(select(Exercise.id).where(Exercise.user_id == user_id)))
    for query in (done, merged, *theirs):
        used |= set(await session.scalars(query))
    found = [
        exercise
        for some in portions(sorted(used))
        for exercise in await session.scalars(
            select(Exercise).where(Exercise.id.in_(some), Exercise.merged_into_id.is_(None))
        )
    ]
    own = select(ExerciseAlias).join(Exercise).where(Exercise.user_id == user_id).order_by(ExerciseAlias.id)
    aliases: dict[int, list[str]] = defaultdict(list)
    for alias in await session.scalars(own):
        aliases[alias.exercise_id].append(alias.alias)
    names = await _names(session, user_id)
    preferences = await session.scalars(select(ExercisePreference).where(ExercisePreference.user_id == user_id))
    preferred = {preference.exercise_id: preference for preference in preferences}
    habits = await session.scalars(select(RestHabit).where(RestHabit.user_id == user_id))
    rests = {habit.exercise_id: habit for habit in habits}
    found.sort(key=lambda exercise: (exercise.name_key, exercise.user_id is None))
    return [
        KnownExercise(
            exercise,
            aliases[exercise.id],
            names[exercise.id],
            preferred.get(exercise.id),
            rests.get(exercise.id),
        )
        for exercise in found
    ]


def _few(in_each: Sequence[int]) -> int:
    return max(1, sum(number <= _LIFTED_AT_ONCE for number in accumulate(in_each)))


async def _names(session: ReadSession, user_id: int) -> dict[int, list[str]]:
    """What the lifter alone calls exercises: also what their own ones were called that were merged into these."""
    names: dict[int, list[str]] = defaultdict(list)
    query = select(PrivateAlias.exercise_id, PrivateAlias.alias).where(PrivateAlias.user_id == user_id)
    for row in await session.execute(query.order_by(PrivateAlias.id)):
        names[row.exercise_id].append(row.alias)
    merged = select(Exercise).where(Exercise.user_id == user_id, Exercise.merged_into_id.is_not(None))
    for signpost in await session.scalars(merged.order_by(Exercise.id)):
        assert signpost.merged_into_id is not None
        if not signpost.name_key.startswith(MOVED):
            names[signpost.merged_into_id].append(signpost.name)
        aliases = select(ExerciseAlias.alias).where(ExerciseAlias.exercise_id == signpost.id)
        names[signpost.merged_into_id] += await session.scalars(aliases.order_by(ExerciseAlias.id))
    return names


async def _whole(session: ReadSession, heads: Sequence[Row[Any]]) -> Sequence[WholeWorkout]:
    workouts = {head.id: WholeWorkout(head) for head in heads}
    performed: dict[int, Performed] = {}
    if workouts:
        of_these = ExerciseExecution.workout_id.in_(workouts)
        for row in await session.execute(_EXECUTIONS.where(of_these)):
            performed[row.id] = Performed(row)
            workouts[row.workout_id].executions.append(performed[row.id])
        for row in await _under(session, _SETS, Set, of_these):
            performed[row.execution_id].sets.append(row)
        for row in await _under(session, _TARGETS, Target, of_these):
            performed[row.execution_id].targets.append(row)
    return list(workouts.values())


async def _under(session: ReadSession, query: Any, model: type[Set | Target], of_these: Any) -> Iterable[Row[Any]]:
    joined = query.join(ExerciseExecution, model.execution_id == ExerciseExecution.id)
    return (await session.execute(joined.where(of_these))).all()
