"""What is recorded is taken back exactly, whatever was done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from storage import changes, touched
from storage.changes import Recording
from storage.database import Database, WriteSession
from storage.models import (
    Change,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    Set,
    Target,
    Workout,
)
from storage.values.change import ChangeKind
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from tests.support.tables import contents

NOW = MONDAY_EVENING + timedelta(hours=1)
EVERYTHING = SetEntry(
    Weight.of("62.5", WeightUnit.LB),
    5,
    2,
    SetKind.AMRAP,
    Decimal("8.5"),
    90,
    Distance.of("1.5", DistanceUnit.MILE),
    "with a belt",
)

Row = TypeVar("Row")
Act = Callable[[WriteSession, int, Random], Awaitable[None]]


async def a_history(database: Database, lifter_id: int) -> None:
    """A library of the lifter's own, a finished and an open workout, with something in every table."""
    await add_lifter(database, lifter_id)
    async with database.writing() as session:
        exercises = [an_exercise(lifter_id, name) for name in ("Press", "Curl")]
        session.add_all(exercises)
        await session.flush()
        session.add(ExercisePreference(user_id=lifter_id, exercise_id=exercises[0].id, unit=WeightUnit.LB, rest=90))
        session.add(a_workout(lifter_id, exercises, finished=True))
        session.add(a_workout(lifter_id, exercises, finished=False))


def an_exercise(lifter_id: int, name: str) -> Exercise:
    return Exercise(
        user_id=lifter_id,
        name=name,
        name_key=name.casefold(),
        body_part=BodyPart.CHEST,
        modality=Modality.CABLE,
        measure=Measure.WEIGHT_REPS,
        primary_muscles=["chest", "lats"],
        aliases=[ExerciseAlias(alias=f"{name} {n}", alias_key=f"{name} {n}") for n in range(2)],
    )


def a_workout(lifter_id: int, exercises: list[Exercise], *, finished: bool) -> Workout:
    return Workout(
        user_id=lifter_id,
        started_at=MONDAY_EVENING,
        finished_at=NOW if finished else None,
        executions=[
            ExerciseExecution(
                user_id=lifter_id,
                exercise=exercise,
                position=place,
                focused_at=MONDAY_EVENING,
                sets=[Set(position=n, logged_at=NOW, entry=EVERYTHING if n else kg(60, 5)) for n in range(3)],
                targets=[Target(position=n, entry=kg(60 + n, 5)) for n in range(2)],
            )
            for place, exercise in enumerate(exercises)
        ],
    )


async def one_of(session: WriteSession, model: type[Row], lifter_id: int, random: Random) -> Row | None:
    """Some row of the lifter's."""
    query: Any = select(model)
    match model.__name__:
        case "Set" | "Target":
            query = query.join(ExerciseExecution, model.execution_id == ExerciseExecution.id)  # type: ignore[attr-defined]
            query = query.where(ExerciseExecution.user_id == lifter_id)
        case "ExerciseAlias":
            query = query.join(Exercise).where(Exercise.user_id == lifter_id)
        case _:
            query = query.where(model.user_id == lifter_id)  # type: ignore[attr-defined]
    rows = (await session.scalars(query)).all()
    return random.choice(rows) if rows else None


def change(model: type[Any], **values: Callable[[Random], Any]) -> Act:
    async def act(session: WriteSession, lifter_id: int, random: Random) -> None:
        if (row := await one_of(session, model, lifter_id, random)) is not None:
            for name, value in values.items():
                setattr(row, name, value(random))

    return act


def remove(model: type[Any]) -> Act:
    async def act(session: WriteSession, lifter_id: int, random: Random) -> None:
        if (row := await one_of(session, model, lifter_id, random)) is not None:
            await session.delete(row)
            await session.flush()
            session.expire_all()

    return act


async def orphan_a_set(session: WriteSession, lifter_id: int, random: Random) -> None:
    if (row := await one_of(session, Set, lifter_id, random)) is not None:
        execution = await whole_execution(session, row.execution_id)
        execution.sets.remove(row)


async def whole_execution(session: WriteSession, execution_id: int) -> ExerciseExecution:
    loaded = selectinload(ExerciseExecution.sets)
    query = select(ExerciseExecution).where(ExerciseExecution.id == execution_id).options(loaded)
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def reverse_sets(session: WriteSession, lifter_id: int, random: Random) -> None:
    if (row := await one_of(session, Set, lifter_id, random)) is not None:
        await reverse((await whole_execution(session, row.execution_id)).sets, session)


async def reverse_executions(session: WriteSession, lifter_id: int, random: Random) -> None:
    if (workout := await one_of(session, Workout, lifter_id, random)) is not None:
        query = select(ExerciseExecution).where(ExerciseExecution.workout_id == workout.id)
        await reverse(list(await session.scalars(query)), session)


async def reverse(rows: list[Any], session: WriteSession) -> None:
    places = [row.position for row in rows]
    for row in rows:
        row.position = -1 - row.position
    await session.flush()
    for row, place in zip(rows, reversed(places), strict=True):
        row.position = place


async def add_a_set(session: WriteSession, lifter_id: int, random: Random) -> None:
    execution = await one_of(session, ExerciseExecution, lifter_id, random)
    if execution is not None:
        session.add(Set(execution_id=execution.id, position=next(NEW_PLACES), logged_at=NOW, entry=EVERYTHING))


async def add_a_workout(session: WriteSession, lifter_id: int, random: Random) -> None:
    exercises = (await session.scalars(select(Exercise).where(Exercise.user_id == lifter_id))).all()
    session.add(a_workout(lifter_id, list(exercises), finished=True))


async def expire_everything(session: WriteSession, lifter_id: int, random: Random) -> None:
    await session.flush()
    session.expire_all()


async def change_what_was_expired(session: WriteSession, lifter_id: int, random: Random) -> None:
    if (workout := await one_of(session, Workout, lifter_id, random)) is not None:
        await session.flush()
        session.expire(workout)
        workout.title = f"Unseen {random.random()}"


ACTS: list[Act] = [
    change(Set, entry=lambda random: random.choice([EVERYTHING, kg(100, 1), SetEntry(duration=60)])),
    change(Set, rpe=lambda random: random.choice([None, Decimal(7)]), note=lambda _: "!"),
    change(Target, entry=lambda random: kg(random.randint(1, 99), 3)),
    change(ExerciseExecution, note=lambda _: "slow", superset=lambda random: random.randint(1, 3)),
    change(Workout, title=lambda random: f"Day {random.random()}", finished_at=lambda _: NOW + timedelta(hours=1)),
    change(Workout, revision=lambda random: random.randint(1, 99)),
    change(Exercise, archived_at=lambda _: NOW, primary_muscles=lambda _: [], weight_step=lambda _: 5_000),
    change(ExercisePreference, unit=lambda _: None, weight_step=lambda _: 500),
    *(remove(model) for model in (Set, Target, ExerciseExecution, Workout, ExerciseAlias, ExercisePreference)),
    orphan_a_set,
    reverse_sets,
    reverse_executions,
    add_a_set,
    add_a_workout,
    expire_everything,
    change_what_was_expired,
]
NEW_LIFTERS = count(10_000)
NEW_PLACES = count(10)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(st.lists(st.sampled_from(ACTS), min_size=1, max_size=6), min_size=1, max_size=3),
    random=st.randoms(use_true_random=False),
)
async def test_changes_are_taken_back_one_after_the_other_to_the_last_row(
    database: Database, acts: list[list[Act]], random: Random
) -> None:
    lifter_id = next(NEW_LIFTERS)
    await a_history(database, lifter_id)
    before = {}
    for acts_of_a_change in acts:
        was = await contents(database)
        async with database.writing() as session, changes.recording(session, lifter_id, ChangeKind.LIBRARY, NOW):
            for act in acts_of_a_change:
                await act(session, lifter_id, random)
        if (last := await latest_id(database, lifter_id)) not in before:
            before[last] = was
        else:
            assert await contents(database) == was
    for change_id, was in reversed(before.items()):
        if change_id is not None:
            assert await undo(database, lifter_id) == change_id
        assert await contents(database) == was
    assert await latest_id(database, lifter_id) is None


async def latest_id(database: Database, lifter_id: int) -> int | None:
    async with database.reading() as session:
        last = await changes.latest(session, lifter_id)
    return None if last is None else last.id


async def undo(database: Database, lifter_id: int = LIFTER) -> int:
    async with database.writing() as session:
        last = await changes.latest(session, lifter_id)
        assert last is not None
        await changes.take_back(session, last)
    return last.id


@pytest.fixture
async def bench(database: Database) -> int:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
    return await add_exercise(database, "Bench press")


def recording(session: WriteSession, kind: ChangeKind = ChangeKind.LIBRARY) -> AbstractAsyncContextManager[Recording]:
    return changes.recording(session, LIFTER, kind, NOW)


async def test_nothing_is_kept_where_nothing_or_only_the_showing_changed(database: Database, bench: int) -> None:
    workout_id = await add_workout(database, performed={bench: [kg(100, 5)]})
    async with database.writing() as session, recording(session):
        workout = await session.get_one(Workout, workout_id)
        workout.revision, workout.card_message_id, workout.title = 3, 501, ""
        session.add(passing := Set(execution_id=1, position=9, logged_at=NOW, entry=kg(1, 1)))
        await session.flush()
        await session.delete(passing)
    assert await how_many(database, Change) == 0
    async with database.writing() as session:
        (await session.get_one(Workout, workout_id)).title = "Not watched"
    assert await how_many(database, Change) == 0


async def test_what_fails_is_neither_done_nor_kept(database: Database, bench: int) -> None:
    async def fail() -> None:
        async with database.writing() as session, recording(session):
            (await session.get_one(Exercise, bench)).name = "Never"
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await how_many(database, Change) == 0


async def test_the_latest_change_is_the_lifters_own_and_old_ones_are_forgotten(database: Database, bench: int) -> None:
    async with database.writing() as session:
        for user_id, days in ((LIFTER, 40), (LIFTER, 31), (LIFTER, 30), (STRANGER, 40)):
            made_at = MONDAY_EVENING - timedelta(days=days)
            session.add(Change(user_id=user_id, kind=ChangeKind.LOGGED, made_at=made_at, rows=[]))
            await session.flush()
    assert await latest_id(database, LIFTER) == 3
    async with database.writing() as session:
        await changes.forget(session, LIFTER, MONDAY_EVENING - timedelta(days=30))
    async with database.reading() as session:
        left = (await session.execute(select(Change.user_id, Change.made_at).order_by(Change.id))).all()
    days_ago = [(user_id, (MONDAY_EVENING - made_at).days) for user_id, made_at in left]
    assert days_ago == [(LIFTER, 30), (STRANGER, 40)]


async def test_a_workout_that_comes_back_keeps_its_revision_but_not_its_old_card(
    database: Database, bench: int
) -> None:
    workout_id = await add_workout(database, performed={bench: [kg(100, 5)]})
    async with database.writing() as session:
        workout = await session.get_one(Workout, workout_id)
        workout.revision, workout.card_message_id, workout.messages_below = 17, 501, 2
    async with database.writing() as session, recording(session, ChangeKind.DELETED):
        await session.delete(await session.get_one(Workout, workout_id))
    await undo(database)
    async with database.reading() as reading:
        workout = await reading.get_one(Workout, workout_id)
    assert (workout.revision, workout.card_message_id, workout.messages_below) == (17, None, 0)


async def test_what_was_done_with_a_merged_exercise_comes_back_with_its_successor(
    database: Database, bench: int
) -> None:
    between, successor = [await add_exercise(database, name) for name in ("Barbell bench", "Flat bench press")]
    workout_id = await add_workout(database, performed={bench: [kg(100, 5)]})
    async with database.writing() as session:
        session.add(ExercisePreference(user_id=LIFTER, exercise_id=bench, rest=60))
    async with database.writing() as session, recording(session):
        await session.delete(await session.get_one(Workout, workout_id))
        await session.delete(await session.get_one(ExercisePreference, (LIFTER, bench)))
        (await session.get_one(Exercise, bench)).name = "Bench"
    async with database.writing() as session:
        for one, into in ((bench, between), (between, successor)):
            exercise = await session.get_one(Exercise, one)
            exercise.merged_into_id, exercise.archived_at = into, NOW
    await undo(database)
    async with database.reading() as reading:
        assert await reading.scalar(select(ExerciseExecution.exercise_id)) == successor
        assert await reading.get(ExercisePreference, (LIFTER, bench)) is None
        merged = await reading.get_one(Exercise, bench)
    assert (merged.name, merged.merged_into_id, merged.archived_at) == ("Bench", between, NOW)


async def test_the_workouts_of_a_change_are_those_that_its_rows_are_or_were_part_of(
    database: Database, bench: int
) -> None:
    entries = [kg(100, 5), kg(95, 6)]
    ids = [await add_workout(database, finished=True, performed={bench: entries}) for _ in range(7)]
    async with database.reading() as session:
        executions = (await session.scalars(select(ExerciseExecution.id).order_by(ExerciseExecution.workout_id))).all()
        sets = (await session.scalars(select(Set.id).order_by(Set.execution_id))).all()
    rows: list[dict[str, Any]] = [
        {"table": "sets", "key": [sets[0]], "was": None},
        {"table": "sets", "key": [404], "was": {"execution_id": executions[1]}},
        {"table": "exercise_executions", "key": [executions[2]], "was": None},
        {"table": "exercise_executions", "key": [404], "was": {"workout_id": ids[3]}},
        {"table": "workouts", "key": [ids[4]], "was": None},
        {"table": "targets", "key": [404], "was": {"execution_id": executions[5]}},
        {"table": "exercises", "key": [bench], "was": {}},
    ]
    async with database.reading() as session:
        assert await touched.workouts_of(session, rows) == frozenset(ids[:6])
