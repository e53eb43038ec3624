from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.models import (
    Base,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    JournalRow,
    RestTimer,
    Set,
    Target,
    User,
    Workout,
)
from storage.values.chat import RestState
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import (
    LIFTER,
    STRANGER,
    add_execution,
    add_exercise,
    add_journal_row,
    add_lifter,
    add_rest,
    add_workout,
    how_many,
    kg,
    set_row,
)

LATER = MONDAY_EVENING + timedelta(days=1)


async def refused(database: Database, *rows: Base) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            session.add_all(rows)


async def test_a_lifter_has_one_open_workout(database: Database) -> None:
    await add_lifter(database)
    await add_workout(database)
    await refused(database, Workout(user_id=LIFTER, started_at=LATER))


async def test_two_lifters_have_open_workouts_at_the_same_time(database: Database) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
        await add_workout(database, lifter_id)
    assert await how_many(database, Workout) == 2


async def test_finished_workouts_beside_the_open_one_are_many(database: Database) -> None:
    await add_lifter(database)
    for finished in (True, True, False):
        await add_workout(database, finished=finished)
    assert await how_many(database, Workout) == 3


async def test_a_workout_does_not_end_before_it_starts(database: Database) -> None:
    await add_lifter(database)
    await refused(database, Workout(user_id=LIFTER, started_at=LATER, finished_at=MONDAY_EVENING))


async def test_a_workout_belongs_to_a_lifter_who_exists(database: Database) -> None:
    await refused(database, Workout(user_id=404, started_at=LATER))


async def test_a_place_in_a_workout_is_taken_once(database: Database) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench press")
    workout = await add_workout(database, performed={bench: []})
    await refused(
        database,
        ExerciseExecution(workout_id=workout, user_id=LIFTER, exercise_id=bench, position=0, focused_at=MONDAY_EVENING),
    )


@pytest.mark.parametrize("model", [Set, Target])
async def test_a_place_in_an_execution_is_taken_once(database: Database, model: type[Set | Target]) -> None:
    await add_lifter(database)
    execution = await add_execution(database)
    times = {"logged_at": MONDAY_EVENING} if model is Set else {}
    rows = [model(execution_id=execution, position=1, kind=SetKind.WORKING, **times) for _ in range(2)]
    await refused(database, *rows)


def change(**values: Any) -> Callable[[Set], None]:
    def apply(row: Set) -> None:
        for name, value in values.items():
            setattr(row, name, value)

    return apply


@pytest.mark.parametrize(
    "spoil",
    [
        change(weight=None),
        change(unit=None),
        change(weight_mg=None),
        change(distance=None),
        change(distance_unit=None),
        change(distance_mm=None),
        change(distance=-1),
        change(clean_reps=-1),
        change(forced_reps=-1),
        change(duration=-1),
        change(rpe=Decimal("0.5")),
        change(rpe=Decimal("10.5")),
        change(kind=None),
        change(execution_id=404),
    ],
)
async def test_a_set_that_makes_no_sense_is_refused(database: Database, spoil: Callable[[Set], None]) -> None:
    await add_lifter(database)
    entry = SetEntry(kg(100).weight, 5, duration=60, distance=Distance.of(5, DistanceUnit.KILOMETRE))
    row = set_row(0, entry, execution_id=await add_execution(database))
    spoil(row)
    await refused(database, row)


async def test_system_exercises_have_different_names(database: Database) -> None:
    await add_exercise(database, "Bench press")
    with pytest.raises(IntegrityError):
        await add_exercise(database, "bench PRESS")


async def test_a_lifter_has_one_exercise_of_a_name(database: Database) -> None:
    await add_lifter(database)
    await add_exercise(database, "My press", owner=LIFTER)
    with pytest.raises(IntegrityError):
        await add_exercise(database, "My Press", owner=LIFTER)


async def test_two_lifters_and_the_system_may_use_the_same_name(database: Database) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
    for owner in (LIFTER, STRANGER, None):
        await add_exercise(database, "My press", owner=owner)
    assert await how_many(database, Exercise) == 3


async def test_an_exercise_has_an_alias_once(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await add_exercise(database, "Bench press", aliases=["bench", "Bench"])


async def test_a_negative_rest_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await add_exercise(database, "Bench press", rest=-1)
    with pytest.raises(IntegrityError):
        await add_lifter(database, rest=-1)


async def test_a_value_outside_of_a_closed_set_is_refused(database: Database) -> None:
    await add_lifter(database)
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            await session.execute(text("UPDATE users SET unit = 'stone'"))


async def test_one_rest_runs_per_lifter(database: Database) -> None:
    await add_lifter(database)
    execution = await add_execution(database)
    await add_rest(database, execution)
    for state in (RestState.RUNG, RestState.ENDED):
        await add_rest(database, execution, state=state)
    with pytest.raises(IntegrityError):
        await add_rest(database, execution)


async def test_the_id_of_a_rest_is_never_given_twice(database: Database) -> None:
    await add_lifter(database)
    execution = await add_execution(database)
    first = await add_rest(database, execution)
    async with database.writing() as session:
        await session.delete(await session.get_one(RestTimer, first))
    assert await add_rest(database, execution) > first


async def test_an_update_is_in_the_journal_once(database: Database) -> None:
    await add_journal_row(database, 1)
    await add_journal_row(database, 1, bot_id=1)
    with pytest.raises(IntegrityError):
        await add_journal_row(database, 1)


async def test_journal_ids_keep_the_order_after_old_rows_are_gone(database: Database) -> None:
    first = await add_journal_row(database, 1)
    async with database.writing() as session:
        await session.delete(await session.get_one(JournalRow, first))
    assert await add_journal_row(database, 2) > first


async def test_an_exercise_that_was_performed_can_not_be_deleted(database: Database) -> None:
    await add_lifter(database)
    await add_execution(database)
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            await session.delete((await session.scalars(select(Exercise))).one())


async def test_deleting_a_workout_takes_all_that_hangs_on_it(database: Database) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench press")
    kept = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    gone = await add_workout(database, finished=True, performed={bench: [kg(100, 5), kg(100, 4)]})
    async with database.writing() as session:
        execution = await session.scalar(select(ExerciseExecution.id).where(ExerciseExecution.workout_id == gone))
        session.add(Target(execution_id=execution, position=0, kind=SetKind.WORKING))
    assert execution is not None
    await add_rest(database, execution)
    async with database.writing() as session:
        await session.delete(await session.get_one(Workout, gone))
    async with database.reading() as session:
        assert (await session.scalars(select(Workout.id))).all() == [kept]
    assert [await how_many(database, model) for model in (ExerciseExecution, Set, Target, RestTimer)] == [1, 1, 0, 0]


async def test_deleting_a_lifter_takes_their_rows_and_nobody_elses(database: Database) -> None:
    bench = await add_exercise(database, "Bench press")
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
        own = await add_exercise(database, "My press", owner=lifter_id, aliases=["mine"])
        await add_workout(database, lifter_id, performed={bench: [kg(100, 5)]})
        assert own
    async with database.writing() as session:
        await session.delete(await session.get_one(User, LIFTER))
    async with database.reading() as session:
        assert (await session.scalars(select(Workout.user_id))).all() == [STRANGER]
        owners = (await session.scalars(select(Exercise.user_id).order_by(Exercise.id))).all()
    assert owners == [None, STRANGER]
    assert [await how_many(database, model) for model in (Set, ExerciseAlias)] == [1, 1]


async def test_positions_can_be_turned_round_by_way_of_negative_ones(database: Database) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench press")
    await add_workout(database, performed={bench: [kg(weight, 5) for weight in (60, 80, 100)]})
    async with database.writing() as session:
        await session.execute(update(Set).values(position=-(3 - Set.position)))
        await session.execute(update(Set).values(position=-Set.position - 1))
    async with database.reading() as session:
        assert (await session.scalars(select(Set.weight).order_by(Set.position))).all() == [100_000, 80_000, 60_000]
