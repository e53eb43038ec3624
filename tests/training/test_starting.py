from datetime import timedelta

import pytest

from storage.database import Database
from storage.models import User, Workout
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from tests.support.statements import counted
from training.gym import Gym
from training.matches import Choice
from training.starting import EARLIER_AT_ONCE, MOST_REPEATED


async def trained(database: Database, exercise_id: int, *, days_ago: int, title: str = "") -> int:
    performed = {exercise_id: [kg(100, 5)]}
    started_at = MONDAY_EVENING - timedelta(days=days_ago)
    workout_id = await add_workout(database, started_at=started_at, finished=True, performed=performed)
    async with database.writing() as session:
        (await session.get_one(Workout, workout_id)).title = title
    return workout_id


async def test_of_each_name_the_newest_is_offered(
    database: Database, gym: Gym, lifter: int, bench: int, *, squat: int
) -> None:
    await trained(database, bench, days_ago=9, title="Push")
    pushed = await trained(database, bench, days_ago=2, title="push ")
    benched = await trained(database, bench, days_ago=3)
    squatted = await trained(database, squat, days_ago=4)
    await trained(database, squat, days_ago=5)
    start = await gym.starting.offers(lifter)
    assert [(one.workout_id, one.days_ago) for one in start.again] == [(pushed, 2), (benched, 3), (squatted, 4)]
    assert start.last is not None
    assert (start.last.workout, start.last.sets, start.last.volume_mg) == (start.again[0], 1, 500_000_000)


async def test_no_more_are_offered_than_a_hand_can_choose_from(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    for day in range(1, 9):
        await trained(database, bench, days_ago=day, title=f"Day {day}")
    assert [one.title for one in (await gym.starting.offers(lifter)).again] == ["Day 1", "Day 2", "Day 3", "Day 4"]
    assert MOST_REPEATED == 4


async def test_what_is_open_or_somebody_elses_is_not_offered(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, await add_lifter(database, STRANGER), finished=True, performed={bench: [kg(1, 1)]})
    await add_workout(database)
    start = await gym.starting.offers(lifter)
    assert (start.last, start.again) == (None, ())
    assert (await gym.starting.earlier(lifter, 0)).workouts == ()


async def test_who_has_no_history_is_offered_popular_lifts_that_are_in_the_library(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    deadlift = await add_exercise(database, "Deadlift (Barbell)", aliases=["deadlift"])
    await add_exercise(database, "Squat", archived=True)
    start = await gym.starting.offers(lifter)
    assert start.popular == (Choice(bench, "Bench press"), Choice(deadlift, "Deadlift (Barbell)"))
    await trained(database, bench, days_ago=1)
    assert (await gym.starting.offers(lifter)).popular == ()


@pytest.mark.parametrize(("zone", "days"), [("UTC", 0), ("Pacific/Auckland", 1)])
async def test_days_are_counted_by_the_lifters_calendar(
    database: Database, gym: Gym, lifter: int, bench: int, *, clock: FakeClock, zone: str, days: int
) -> None:
    async with database.writing() as session:
        (await session.get_one(User, lifter)).time_zone = zone
    clock.now = MONDAY_EVENING.replace(hour=9)  # 22:00 in Auckland
    await add_workout(database, started_at=clock.now, finished=True, performed={bench: [kg(100, 5)]})
    clock.advance(timedelta(hours=3))
    start = await gym.starting.offers(lifter)
    assert start.last is not None
    assert start.last.workout.days_ago == days


async def test_earlier_workouts_come_in_pages(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    made = [await trained(database, bench, days_ago=day) for day in range(EARLIER_AT_ONCE + 2)]
    first, second = await gym.starting.earlier(lifter, 0), await gym.starting.earlier(lifter, 1)
    assert [one.workout_id for one in (*first.workouts, *second.workouts)] == made
    assert (first.more, second.more) == (True, False)
    assert (await gym.starting.earlier(lifter, -(2**63))).page == 0
    assert (await gym.starting.earlier(lifter, 2**63 - 1)).workouts == ()


async def test_looking_takes_few_statements_however_long_the_history(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    for day in range(60):
        await trained(database, bench, days_ago=day)
    with counted(database) as statements:
        await gym.starting.offers(LIFTER)
        await gym.starting.earlier(LIFTER, 3)
    assert len(statements) <= 4 + 3
