"""Which facts matter most when a workout is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import Database
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
    weeks_in_a_row,
    weight_of,
)
from training.gym import Gym
from training.records import Record, RecordKind
from training.summary import Summary

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)

MOST_STATEMENTS = 10
"""Of telling what a workout came to once more."""


def days_ago(*numbers: int) -> list[date]:
    return [MONDAY - number * DAY for number in numbers]


@pytest.mark.parametrize(
    ("what", "facts"),
    [
        (Circumstances(MONDAY, 1, [], first_times=("Bench press",)), (Milestone(1),)),
        (Circumstances(MONDAY, 2, days_ago(0), first_times=("Curl", "Row")), (FirstTimes(("Curl", "Row")),)),
        (Circumstances(MONDAY, 2, days_ago(3)), (WeekInARow(2),)),
        (Circumstances(MONDAY + DAY, 3, [MONDAY, *days_ago(3)]), ()),
        (Circumstances(MONDAY, 25, days_ago(20), volume_mg=9, alike_mg=[8, 7, 6]), (Milestone(25), Return())),
        (Circumstances(MONDAY, 4, days_ago(14), volume_mg=9, alike_mg=[8, 7, 6]), (Return(), MostVolume(3))),
        (Circumstances(MONDAY, 4, days_ago(13), volume_mg=9, alike_mg=[8, 7]), ()),
        (Circumstances(MONDAY, 4, days_ago(13), volume_mg=9, alike_mg=[8, 7, 9]), ()),
        (
            Circumstances(MONDAY, 4, days_ago(6, 8, 15, 30), volume_mg=9, alike_mg=[1, 1, 1]),
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


@given(st.lists(st.dates(date(2025, 12, 1), date(2026, 3, 1)), max_size=30))
def test_weeks_in_a_row_are_counted_back_from_the_latest(days: list[date]) -> None:
    found = {day.isocalendar()[:2] for day in days}
    weeks, day = 0, max(days, default=MONDAY)
    while day.isocalendar()[:2] in found:
        weeks, day = weeks + 1, day - 7 * DAY
    assert weeks_in_a_row(days) == weeks


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
