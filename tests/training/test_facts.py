"""Which facts matter most when a workout is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import lifters
from storage.database import Database
from storage.models import Workout
from storage.values.lifted import SetEntry
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import LIFTER, STRANGER, add_lifter, add_workout, kg
from tests.support.statements import counted
from training.facts import (
    Circumstances,
    Fact,
    FirstTimes,
    Milestone,
    MostVolume,
    Return,
    WeekInARow,
    facts_of,
    is_milestone,
    weight_of,
)
from training.gym import Gym
from training.records import Record, RecordKind
from training.summary import Summary
from training.week import week_of

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)

MOST_STATEMENTS = 10
"""Of telling what a workout came to once more."""


@pytest.mark.parametrize(
    ("what", "facts"),
    [
        (Circumstances(MONDAY, 1, first_times=("Bench press",)), (Milestone(1),)),
        (Circumstances(MONDAY, 2, MONDAY, first_times=("Curl", "Row")), (FirstTimes(("Curl", "Row")),)),
        (Circumstances(MONDAY, 2, MONDAY - 3 * DAY, weeks=2), (WeekInARow(2),)),
        (Circumstances(MONDAY + DAY, 3, MONDAY), ()),
        (Circumstances(MONDAY, 25, MONDAY - 20 * DAY, volume_mg=9, alike_mg=[8, 7, 6]), (Milestone(25), Return())),
        (Circumstances(MONDAY, 4, MONDAY - 14 * DAY, volume_mg=9, alike_mg=[8, 7, 6]), (Return(), MostVolume(3))),
        (Circumstances(MONDAY, 4, MONDAY - 13 * DAY, volume_mg=9, alike_mg=[8, 7]), ()),
        (Circumstances(MONDAY, 4, MONDAY - 13 * DAY, volume_mg=9, alike_mg=[8, 7, 9]), ()),
        (
            Circumstances(MONDAY, 4, MONDAY - 6 * DAY, weeks=4, volume_mg=9, alike_mg=[1, 1, 1]),
            (MostVolume(3), WeekInARow(4)),
        ),
    ],
)
def test_the_rarest_facts_come_first_and_two_at_most(what: Circumstances, facts: tuple[Fact, ...]) -> None:
    assert facts_of(what, beside_record=False) == facts
    assert facts_of(what, beside_record=True) == facts[:1]


def test_milestones_grow_rarer() -> None:
    celebrated = [number for number in range(1, 1001) if is_milestone(number)]
    assert celebrated[:8] == [1, 10, 25, 50, 75, 100, 150, 200]
    assert celebrated[-6:] == [500, 600, 700, 800, 900, 1000]


def test_records_of_strength_say_more_than_those_of_reps_and_volume_and_then_the_gain_counts() -> None:
    small = Record(RecordKind.HEAVIEST, 101_000_000, 100_000_000)
    large = Record(RecordKind.ESTIMATED_1RM, 120_000_000, 100_000_000)
    less_assistance = Record(RecordKind.HEAVIEST, -10_000_000, -20_000_000)
    reps = Record(RecordKind.MOST_REPS, 20, 5, load=kg(60).weight)
    volume = Record(RecordKind.SET_VOLUME, 10**9, 10**8)
    assert sorted([volume, small, reps, less_assistance, large], key=weight_of, reverse=True) == [
        less_assistance,
        large,
        small,
        reps,
        volume,
    ]


async def finished(gym: Gym, exercise_id: int, entry: str = "100x5") -> Summary:
    await gym.workouts.add_exercise(LIFTER, exercise_id)
    card = (await gym.notebook.write(LIFTER, entry)).card
    done = (await gym.workouts.finish(LIFTER, card.workout_id, card.revision)).summary
    assert done is not None
    assert (await gym.workouts.finished(LIFTER, card.workout_id)).summary == done
    assert (await gym.history.entry(LIFTER, card.workout_id)).summary.facts == ()
    return done


async def trained(database: Database, exercise_id: int, began: datetime, *entries: SetEntry) -> None:
    await add_workout(database, started_at=began, finished=True, performed={exercise_id: entries})


async def test_a_first_workout_is_greeted_and_nobody_elses_counts(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    await add_workout(database, STRANGER, finished=True, performed={bench: [kg(100, 5)]})
    assert (await finished(gym, bench)).facts == (Milestone(1),)


async def test_weeks_are_those_of_the_lifters_calendar(
    gym: Gym, database: Database, clock: FakeClock, lifter: int, bench: int
) -> None:
    await gym.lifters.change_settings(LIFTER, time_zone="Asia/Tokyo")
    sunday = datetime(2026, 1, 4, 20, tzinfo=UTC)  # already Monday in Tokyo
    await trained(database, bench, sunday - timedelta(days=7), kg(100, 5))
    await trained(database, bench, sunday, kg(100, 5))
    clock.now = sunday + timedelta(days=7)
    assert (await finished(gym, bench)).facts == (WeekInARow(3),)
    clock.now += timedelta(days=2)
    assert (await finished(gym, bench)).facts == ()


async def test_a_long_row_of_weeks_is_told_to_its_beginning_and_the_same_everywhere(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    await trained(database, bench, MONDAY_EVENING - 7 * DAY, kg(100, 5))
    async with database.writing() as session:
        for number in range(480):  # more than are looked at in one go
            began = MONDAY_EVENING - timedelta(weeks=1 + number // 4, minutes=number % 4)
            session.add(Workout(user_id=LIFTER, started_at=began, finished_at=began))
    assert (await finished(gym, bench)).facts == (WeekInARow(121),)
    assert (await gym.progress.overview(LIFTER)).in_a_row == 121
    async with database.reading() as session:
        week = await week_of(session, await lifters.by_id(session, LIFTER), MONDAY_EVENING + DAY)
    assert week is not None
    assert week.in_a_row == 121


async def test_beside_a_record_one_fact_is_told_and_the_exercise_with_the_largest_gain_leads(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    for number in range(9):
        await trained(database, bench, MONDAY_EVENING - (20 + number) * DAY, kg(100, 5))
        await trained(database, squat, MONDAY_EVENING - (40 + number) * DAY, kg(100, 5))
    await gym.workouts.add_exercise(LIFTER, bench)
    await gym.notebook.write(LIFTER, "101x5")
    done = await finished(gym, squat, "110x5")
    assert done.leading is not None
    assert done.leading.name == "Back squat"
    assert done.facts == (Return(),)


async def test_more_than_all_alike_before_stands_out(
    gym: Gym, database: Database, clock: FakeClock, lifter: int, bench: int
) -> None:
    for number in range(1, 4):
        await trained(database, bench, MONDAY_EVENING - number * DAY, kg(100, 5), kg(100, 4))
    done = await finished(gym, bench, "100x5,5,5")
    assert done.facts[:1] == (MostVolume(3),)
    assert done.before is not None
    assert done.before.volume_mg == 900_000_000


async def test_the_facts_take_one_statement(gym: Gym, database: Database, lifter: int, bench: int) -> None:
    for number in range(30):
        await trained(database, bench, MONDAY_EVENING - number * 7 * DAY - DAY, kg(100, 5))
    done = await finished(gym, bench)
    with counted(database) as looking:
        await gym.history.entry(LIFTER, done.workout_id)
    with counted(database) as telling:
        await gym.workouts.finished(LIFTER, done.workout_id)
    asked_for_facts = [one.text for one in telling if "OVER ()" in one.text]
    assert len(asked_for_facts) == 1
    assert not any("OVER ()" in one.text for one in looking)
    assert len(telling) <= MOST_STATEMENTS, [one.text for one in telling]
