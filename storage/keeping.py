"""Queries that changing the exercise library takes, and merging, which re-points what referred to an exercise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, or_, select, true, update
from sqlalchemy.orm import selectinload

from storage.database import ReadSession, WriteSession
from storage.finding import MOVED, Bearer
from storage.models import (
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    PrivateAlias,
    Set,
    Target,
    Workout,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a name is taken: the exercise that bears it, and the one that it leads to."""

    key: str
    bearer_id: int
    is_own: bool
    exercise_id: int
    name: str


async def seen(session: ReadSession, user_id: int, exercise_id: int, *, alone: bool = True) -> Exercise | None:
    """The exercise with its aliases, archived ones too, if it is the lifter's own or the system's.

    None for one that was merged into another. In a writing transaction the row is held until the commit; unless
    `alone`, others may hold it at the same time to refer to it.
    """
    query = select(Exercise).where(
        Exercise.id == exercise_id,
        Exercise.merged_into_id.is_(None),
        or_(Exercise.user_id.is_(None), Exercise.user_id == user_id),
    )
    if isinstance(session, WriteSession):
        query = query.with_for_update(read=not alone, key_share=not alone)
    return await session.scalar(query.options(selectinload(Exercise.aliases)))


async def is_system(session: ReadSession, user_id: int, exercise_id: int) -> bool | None:
    """Whether the exercise is the system's; None if the lifter can't see it. Holds nothing."""
    query = select(Exercise.user_id.is_(None)).where(
        Exercise.id == exercise_id,
        Exercise.merged_into_id.is_(None),
        or_(Exercise.user_id.is_(None), Exercise.user_id == user_id),
    )
    return await session.scalar(query)


async def taken(session: ReadSession, owner: int | None, keys: Collection[str]) -> Sequence[Taken]:
    """Who bears one of these names already, as name or alias, among what the owner has and what all lifters see.

    What the owner has counts in every state, and so do names that they alone use; of the system's, for a lifter, only
    what can be picked.
    """
    systems = Bearer.user_id.is_(None)
    whose = systems if owner is None else or_(Bearer.user_id == owner, and_(systems, Bearer.archived_at.is_(None)))
    leads = Exercise.id == func.coalesce(Bearer.merged_into_id, Bearer.id)
    found = []
    for key, bears in ((Bearer.name_key, true()), (ExerciseAlias.alias_key, ExerciseAlias.exercise_id == Bearer.id)):
        query = select(key, Bearer.id, Bearer.user_id, Exercise.id, Exercise.name).where(leads, bears, whose)
        found += [
            Taken(name_key, bearer_id, user_id == owner, exercise_id, name)
            for name_key, bearer_id, user_id, exercise_id, name in await session.execute(
                query.where(key.in_(keys)).order_by(systems, Bearer.id)
            )
        ]
    private = select(PrivateAlias.alias_key, Exercise.id, Exercise.name).join(
        Exercise, PrivateAlias.exercise_id == Exercise.id
    )
    theirs = private.where(PrivateAlias.user_id == owner, PrivateAlias.alias_key.in_(keys))
    found += [
        Taken(name_key, exercise_id, owner is not None, exercise_id, name)
        for name_key, exercise_id, name in await session.execute(theirs.order_by(PrivateAlias.id))
    ]
    return found


async def release_name(session: WriteSession, exercise_id: int, key: str) -> None:
    """Takes the name or alias away from an exercise that was merged into another: it leads there no more.

    That is no part of a change that is being recorded. Taken back, the name is free.
    """
    name = update(Exercise).where(Exercise.id == exercise_id, Exercise.name_key == key)
    alias = delete(ExerciseAlias).where(ExerciseAlias.exercise_id == exercise_id, ExerciseAlias.alias_key == key)
    # Past the recording: rows of a merged exercise come back with its successor, where everybody would see the alias.
    for statement in (name.values(name_key=f"{MOVED}{exercise_id}"), alias):
        await session.execute(statement.execution_options(synchronize_session=False))


async def count_executions(session: ReadSession, exercise_id: int) -> int:
    """How often the exercise stands in a workout, whoever's."""
    query = select(func.count()).select_from(ExerciseExecution).where(ExerciseExecution.exercise_id == exercise_id)
    return await session.scalar(query) or 0


async def merged_into(session: ReadSession, exercise_id: int) -> Sequence[Exercise]:
    """The exercises that were merged into this one, and would go with it, with the names that they still have."""
    query = select(Exercise).where(Exercise.merged_into_id == exercise_id).order_by(Exercise.id)
    return (await session.scalars(query.options(selectinload(Exercise.aliases)))).all()


async def has_sets(session: ReadSession, exercise_id: int) -> bool:
    """Whether anybody has done a set of the exercise, or has one suggested."""
    for model in (Set, Target):
        query = select(model.id).join(ExerciseExecution, model.execution_id == ExerciseExecution.id)
        if await session.scalar(query.where(ExerciseExecution.exercise_id == exercise_id).limit(1)) is not None:
            return True
    return False


async def preference(session: ReadSession, user_id: int, exercise_id: int) -> ExercisePreference | None:
    """What the lifter wants otherwise with the exercise."""
    return await session.get(ExercisePreference, (user_id, exercise_id))


async def preferences(session: ReadSession, exercise_id: int) -> Sequence[ExercisePreference]:
    """What all lifters want otherwise with the exercise."""
    query = select(ExercisePreference).where(ExercisePreference.exercise_id == exercise_id)
    return (await session.scalars(query.order_by(ExercisePreference.user_id))).all()


async def aliases_of(session: ReadSession, exercise_id: int) -> Sequence[str]:
    """The other names of the exercise."""
    query = select(ExerciseAlias.alias).where(ExerciseAlias.exercise_id == exercise_id)
    return (await session.scalars(query.order_by(ExerciseAlias.id))).all()


async def private_aliases(
    session: ReadSession, exercise_id: int, *, user_id: int | None = None
) -> Sequence[PrivateAlias]:
    """The names that this lifter alone, or that each lifter for themselves, gives to the exercise."""
    query = select(PrivateAlias).where(PrivateAlias.exercise_id == exercise_id)
    if user_id is not None:
        query = query.where(PrivateAlias.user_id == user_id)
    return (await session.scalars(query.order_by(PrivateAlias.id))).all()


async def interrupt(session: WriteSession, exercise_ids: Collection[int], *, merged_id: int | None = None) -> None:
    """Holds the open workouts that have one of the exercises; buttons made for them before are stale from now on.

    Where `merged_id` is about to be merged, only those of lifters who have it in their history or preferences: for
    the others nothing changes. To be called before an exercise is held: who logs a set holds the workout first.
    """
    having = select(ExerciseExecution.workout_id).where(ExerciseExecution.exercise_id.in_(exercise_ids))
    query = select(Workout).where(Workout.id.in_(having), Workout.finished_at.is_(None)).order_by(Workout.id)
    if merged_id is not None:
        doing = select(ExerciseExecution.user_id).where(ExerciseExecution.exercise_id == merged_id)
        preferring = select(ExercisePreference.user_id).where(ExercisePreference.exercise_id == merged_id)
        query = query.where(or_(Workout.user_id.in_(doing), Workout.user_id.in_(preferring)))
    for workout in await session.scalars(query.with_for_update()):
        workout.revision += 1
    await session.flush()


async def repoint(session: WriteSession, exercise_id: int, successor_id: int) -> None:
    """Everything that refers to the exercise refers to its successor; where a lifter has preferences for both, those
    for the successor stay. That the exercise was hidden does not mean that its successor is.
    """
    executions = update(ExerciseExecution).where(ExerciseExecution.exercise_id == exercise_id)
    merged_before = update(Exercise).where(Exercise.merged_into_id == exercise_id)
    preferring = select(ExercisePreference.user_id).where(ExercisePreference.exercise_id == successor_id)
    preferences_of_it = ExercisePreference.exercise_id == exercise_id
    for statement in (
        executions.values(exercise_id=successor_id),
        merged_before.values(merged_into_id=successor_id),
        delete(ExercisePreference).where(preferences_of_it, ExercisePreference.user_id.in_(preferring)),
        update(ExercisePreference).where(preferences_of_it).values(exercise_id=successor_id, hidden=False),
        update(PrivateAlias).where(PrivateAlias.exercise_id == exercise_id).values(exercise_id=successor_id),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))
