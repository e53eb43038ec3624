import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage import workouts
from storage.database import Database
from storage.models import ExerciseExecution, Workout
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from storage.workouts import Totals
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_workout, kg

LATER = MONDAY_EVENING + timedelta(days=1)


async def start(database: Database, lifter_id: int = LIFTER) -> int:
    async with database.writing() as session:
        return (await workouts.start(session, lifter_id, LATER)).id


async def finish(database: Database) -> None:
    async with database.writing() as session:
        workout = await workouts.open_workout(session, LIFTER)
        if workout is not None:
            workout.finished_at = LATER


async def totals(database: Database, workout_id: int) -> Totals:
    async with database.reading() as session:
        return (await workouts.totals_of(session, [workout_id])).get(workout_id, Totals(0, 0, 0))


async def last_performance(database: Database, exercise_id: int) -> list[SetEntry] | None:
    async with database.reading() as session:
        found = await workouts.last_performance(session, LIFTER, exercise_id)
    return None if found is None else [row.entry for row in found[1]]


@pytest.fixture
async def bench(database: Database, lifters: None) -> int:
    return await add_exercise(database, "Bench press")


async def test_a_workout_is_started_where_none_is_open(database: Database, lifters: None) -> None:
    workout_id = await start(database)
    async with database.reading() as session:
        workout = await workouts.open_workout(session, LIFTER)
    assert workout is not None
    assert (workout.id, workout.started_at, workout.finished_at, workout.revision) == (workout_id, LATER, None, 0)


async def test_starting_while_one_is_open_comes_back_to_it(database: Database, lifters: None) -> None:
    open_since_yesterday = await add_workout(database)
    assert await start(database) == open_since_yesterday


async def test_the_open_workout_of_somebody_else_is_not_the_lifters(database: Database, lifters: None) -> None:
    await add_workout(database, STRANGER)
    async with database.reading() as session:
        assert await workouts.open_workout(session, LIFTER) is None


async def test_twenty_starts_at_the_same_time_make_one_workout(database: Database, lifters: None) -> None:
    assert len(set(await asyncio.gather(*(start(database) for _ in range(20))))) == 1
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Workout)) == 1


async def test_starting_and_finishing_across_each_other_never_fails_nor_opens_two(
    database: Database, lifters: None
) -> None:
    await asyncio.gather(*(act(database) for _ in range(15) for act in (start, finish)))
    async with database.reading() as session:
        still_open = select(func.count()).select_from(Workout).where(Workout.finished_at.is_(None))
        assert await session.scalar(still_open) in {0, 1}


async def test_last_time_is_the_latest_finished_workout_that_had_sets_of_it(database: Database, bench: int) -> None:
    squat = await add_exercise(database, "Back squat")
    days = [MONDAY_EVENING + timedelta(days=day) for day in range(6)]
    await add_workout(database, started_at=days[1], finished=True, performed={bench: [kg(100, 5)]})
    await add_workout(database, started_at=days[0], finished=True, performed={bench: [kg(90, 5)]})
    await add_workout(database, started_at=days[2], finished=True, performed={bench: [], squat: [kg(140, 5)]})
    await add_workout(database, STRANGER, started_at=days[3], finished=True, performed={bench: [kg(180, 5)]})
    await add_workout(database, started_at=days[4], performed={bench: [kg(105, 5)]})
    assert await last_performance(database, bench) == [kg(100, 5)]


async def test_last_time_is_all_that_was_done_of_it_in_that_workout(database: Database, bench: int) -> None:
    other, squat = await add_exercise(database, "Press 2"), await add_exercise(database, "Back squat")
    performed = {other: [kg(100, 5), kg(95, 6)], squat: [kg(140, 5)], bench: [kg(90, 8), kg(85, 8)]}
    await add_workout(database, finished=True, performed=performed)
    async with database.writing() as session:
        of_the_other = select(ExerciseExecution).where(ExerciseExecution.exercise_id == other)
        (await session.scalars(of_the_other)).one().exercise_id = bench
    assert await last_performance(database, bench) == [kg(100, 5), kg(95, 6), kg(90, 8), kg(85, 8)]


async def test_there_is_no_last_time_before_the_first(database: Database, bench: int) -> None:
    await add_workout(database, STRANGER, finished=True, performed={bench: [kg(180, 5)]})
    await add_workout(database, performed={bench: [kg(100, 5)]})
    assert await last_performance(database, bench) is None


async def test_a_finished_workout_is_found_by_its_owner_only(database: Database, lifters: None) -> None:
    finished = await add_workout(database, finished=True)
    still_open = await add_workout(database)
    async with database.reading() as session:
        assert await workouts.finished_one(session, LIFTER, finished) is not None
        assert await workouts.finished_one(session, STRANGER, finished) is None
        assert await workouts.finished_one(session, LIFTER, still_open) is None


async def test_totals_count_sets_exercises_and_the_load_lifted(database: Database, bench: int) -> None:
    squat = await add_exercise(database, "Back squat")
    untouched = await add_exercise(database, "Plank")
    pounds = SetEntry(Weight.of(100, WeightUnit.LB), 10)
    forced = SetEntry(Weight.of(100, WeightUnit.KG), 5, forced_reps=2)
    performed = {bench: [forced, pounds], squat: [kg("142.5", 1)], untouched: []}
    workout_id = await add_workout(database, performed=performed)
    expected = 700_000_000 + 453_592_370 + 142_500_000
    assert await totals(database, workout_id) == Totals(sets=3, exercises=2, volume_mg=expected)


@pytest.mark.parametrize(
    "entry",
    [
        SetEntry(Weight.of(60, WeightUnit.KG), 10, kind=SetKind.WARM_UP),
        SetEntry(Weight.of(-20, WeightUnit.KG), 10),
        SetEntry(None, 10),
        SetEntry(Weight.of(24, WeightUnit.KG), duration=60),
        SetEntry(duration=90),
    ],
)
async def test_warm_ups_assistance_and_what_has_no_load_or_reps_add_no_volume(
    database: Database, bench: int, entry: SetEntry
) -> None:
    workout_id = await add_workout(database, performed={bench: [entry]})
    assert await totals(database, workout_id) == Totals(sets=1, exercises=1, volume_mg=0)


async def test_a_workout_without_sets_comes_to_nothing(database: Database, bench: int) -> None:
    assert await totals(database, await add_workout(database, performed={bench: []})) == Totals(0, 0, 0)


async def test_totals_are_of_that_workout_alone(database: Database, bench: int) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    workout_id = await add_workout(database, performed={bench: [kg(50, 2)]})
    assert await totals(database, workout_id) == Totals(1, 1, 100_000_000)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(ExerciseExecution)) == 2
