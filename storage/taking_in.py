"""Queries that take a lifter's file in, workouts a few at a time, and that take such workouts away again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, insert, select

from storage import workouts
from storage.database import ReadSession, WriteSession
from storage.images import portions, table_of
from storage.models import (
    AccountImport,
    Change,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    ImportedWorkout,
    PrivateAlias,
    RestHabit,
    Set,
    Target,
    Workout,
)
from storage.taking_out import LIFTED, WholeWorkout


async def of(session: ReadSession, user_id: int) -> AccountImport | None:
    """The lifter's latest file, waiting or taken in. In a writing transaction it is held until the commit."""
    query = select(AccountImport).where(AccountImport.user_id == user_id)
    if isinstance(session, WriteSession):
        query = query.with_for_update()
    return await session.scalar(query)


async def put(session: WriteSession, user_id: int, name: str, content: bytes, shown: str) -> AccountImport:
    """Keeps the file in place of the one before, whose buttons mean nothing from now on."""
    before = await of(session, user_id)
    if before is not None:
        await session.delete(before)
        await session.flush()
    kept = AccountImport(user_id=user_id, name=name, content=content, shown=shown)
    session.add(kept)
    await session.flush()
    return kept


async def own_exercises(session: ReadSession, user_id: int) -> Sequence[Exercise]:
    """The lifter's own exercises, archived and merged ones too."""
    return (await session.scalars(select(Exercise).where(Exercise.user_id == user_id).order_by(Exercise.id))).all()


async def system_exercises(
    session: ReadSession, keys: Collection[str], catalogue_keys: Collection[str]
) -> Sequence[Exercise]:
    """The system's that have one of these names or come from one of these entries; archived and merged ones too."""
    systems = select(Exercise).where(Exercise.user_id.is_(None)).order_by(Exercise.id)
    found: dict[int, Exercise] = {}
    for column, wanted in ((Exercise.name_key, keys), (Exercise.catalogue_key, catalogue_keys)):
        for some in portions(sorted(wanted)):
            found |= {one.id: one for one in await session.scalars(systems.where(column.in_(some)))}
    return list(found.values())


async def by_ids(session: ReadSession, exercise_ids: Collection[int]) -> dict[int, Exercise]:
    """The exercises by their ids. In a writing transaction they stay as they are until the commit."""
    found: dict[int, Exercise] = {}
    for some in portions(sorted(exercise_ids)):
        query = select(Exercise).where(Exercise.id.in_(some)).order_by(Exercise.id)
        if isinstance(session, WriteSession):
            query = query.with_for_update(read=True, key_share=True).execution_options(populate_existing=True)
        found |= {one.id: one for one in await session.scalars(query)}
    return found


async def own_names(session: ReadSession, user_id: int) -> dict[str, int]:
    """The other names that the lifter has for exercises, by their keys, with the exercises that they lead to."""
    own = select(ExerciseAlias.alias_key, Exercise.id).join(Exercise).where(Exercise.user_id == user_id)
    private = select(PrivateAlias.alias_key, PrivateAlias.exercise_id).where(PrivateAlias.user_id == user_id)
    return {key: exercise_id for query in (own, private) for key, exercise_id in await session.execute(query)}


async def performed(session: ReadSession, user_id: int) -> frozenset[int]:
    """The exercises that stand in the lifter's workouts."""
    query = select(ExerciseExecution.exercise_id).where(ExerciseExecution.user_id == user_id).distinct()
    return frozenset(await session.scalars(query))


async def settled(session: ReadSession, user_id: int) -> tuple[frozenset[int], frozenset[int]]:
    """The exercises with which the lifter wants something otherwise, and those with a habit of resting."""
    preferred = select(ExercisePreference.exercise_id).where(ExercisePreference.user_id == user_id)
    rested = select(RestHabit.exercise_id).where(RestHabit.user_id == user_id)
    return frozenset(await session.scalars(preferred)), frozenset(await session.scalars(rested))


async def add_workouts(
    session: WriteSession,
    change: Change,
    brought: Sequence[tuple[WholeWorkout, str]],
    exercise_ids: Mapping[int, int],
) -> None:
    """Adds the workouts, each with what stands for it; the change has brought them.

    `exercise_ids` says for each place in the file which exercise is meant.
    """
    user_id = change.user_id
    heads = [
        {
            "user_id": user_id,
            "revision": 0,
            "messages_below": 0,
            **{name: getattr(workout.head, name) for name in _HEAD},
        }
        for workout, _ in brought
    ]
    workout_ids = await _added(session, table_of(Workout), heads)
    done = [
        (workout_id, position, performed)
        for workout_id, (workout, _) in zip(workout_ids, brought, strict=True)
        for position, performed in enumerate(workout.executions)
    ]
    executions = [
        {
            "workout_id": workout_id,
            "user_id": user_id,
            "position": position,
            "exercise_id": exercise_ids[performed.row.exercise_id],
            **{name: getattr(performed.row, name) for name in ("note", "focused_at", "superset")},
        }
        for workout_id, position, performed in done
    ]
    execution_ids = await _added(session, table_of(ExerciseExecution), executions)
    of_executions = list(zip(execution_ids, (performed for _, _, performed in done), strict=True))
    sets = [
        {"execution_id": execution_id, "position": position, "logged_at": one.logged_at, **_columns(one)}
        for execution_id, performed in of_executions
        for position, one in enumerate(performed.sets)
    ]
    targets = [
        {"execution_id": execution_id, "position": position, **_columns(one)}
        for execution_id, performed in of_executions
        for position, one in enumerate(performed.targets)
    ]
    marks = [
        {"workout_id": workout_id, "change_id": change.id, "content": content}
        for workout_id, (_, content) in zip(workout_ids, brought, strict=True)
    ]
    for model, rows in ((Set, sets), (Target, targets), (ImportedWorkout, marks)):
        if rows:
            await session.execute(insert(table_of(model)), rows)


async def count_brought(session: ReadSession, change_id: int) -> int:
    """How many of the workouts that the change has brought are there."""
    query = select(func.count()).select_from(ImportedWorkout).where(_brought(change_id))
    return (await session.scalars(query)).one()


async def brought(session: ReadSession, change_id: int, limit: int) -> Sequence[ImportedWorkout]:
    """Some of the workouts that the change has brought."""
    query = select(ImportedWorkout).where(_brought(change_id)).order_by(ImportedWorkout.workout_id).limit(limit)
    return (await session.scalars(query)).all()


async def keep(session: WriteSession, workout_id: int) -> None:
    """The workout isn't the import's any more, and stays when that is taken back."""
    await session.execute(delete(ImportedWorkout).where(ImportedWorkout.workout_id == workout_id))


async def remove(session: WriteSession, user_id: int, workout_ids: Collection[int]) -> None:
    """Deletes these workouts of the lifter's with everything under them."""
    for workout in await session.scalars(workouts.whole(user_id, Workout.id.in_(workout_ids))):
        await session.delete(workout)
    await session.flush()


async def remove_habits(session: WriteSession, user_id: int, exercise_ids: Collection[int]) -> None:
    """Forgets the lifter's habits of resting after these exercises."""
    await session.execute(
        delete(RestHabit).where(RestHabit.user_id == user_id, RestHabit.exercise_id.in_(exercise_ids))
    )


_HEAD = ("title", "note", "started_at", "finished_at", "finished_before", "ends_at")


def _brought(change_id: int) -> ColumnElement[bool]:
    return ImportedWorkout.change_id == change_id


def _columns(lifted: Any) -> dict[str, Any]:
    weight, distance = lifted.entry.weight, lifted.entry.distance
    return {
        **{name: getattr(lifted, name) for name in LIFTED},
        "weight_mg": None if weight is None else weight.milligrams,
        "distance_mm": None if distance is None else distance.millimetres,
    }


async def _added(session: WriteSession, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """The ids of the new rows, in their order."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list((await session.scalars(statement, rows)).all())
