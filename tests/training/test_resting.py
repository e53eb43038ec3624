"""Rests that a lifter starts, prolongs or skips by hand."""

from datetime import timedelta

import pytest

from storage import rests
from storage.database import Database
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.rows import STRANGER, add_lifter
from tests.support.training import told
from training.errors import NoExerciseError, NoOpenWorkoutError, StaleButtonError
from training.gym import Gym
from training.open_workout import RestMessage


async def test_a_rest_is_started_by_hand_and_rings(
    gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, bench: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    rested = await gym.resting.start(lifter, card.workout_id)
    assert rested.card.rest_until == clock() + timedelta(seconds=180) == alarm.due[-1]
    assert rested.card.revision == card.revision  # the log button still fits


async def test_a_rest_that_runs_goes_on(gym: Gym, clock: FakeClock, lifter: int, bench: int) -> None:
    workout_id = (await gym.workouts.add_exercise(lifter, bench)).workout_id
    first = await gym.resting.start(lifter, workout_id)
    clock.advance(timedelta(seconds=30))
    assert (await gym.resting.start(lifter, workout_id)).card == first.card


async def test_a_rest_is_prolonged_by_half_a_minute_with_each_press(
    gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, bench: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.resting.start(lifter, card.workout_id)
    await gym.resting.prolong(lifter, card.workout_id)
    rested = await gym.resting.prolong(lifter, card.workout_id)
    assert rested.card.rest_until == clock() + timedelta(seconds=240) == alarm.due[-1]
    assert rested.card.revision == card.revision  # the log button still fits
    for _ in range(150):
        rested = await gym.resting.prolong(lifter, card.workout_id)
    assert rested.card.rest_until == clock() + timedelta(hours=1)


async def test_a_rest_that_is_overdue_but_has_not_rung_is_prolonged_from_now_on(
    gym: Gym, clock: FakeClock, lifter: int, bench: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.resting.start(lifter, card.workout_id)
    clock.advance(timedelta(minutes=10))
    rested = await gym.resting.prolong(lifter, card.workout_id)
    assert rested.card.rest_until == clock() + timedelta(seconds=30)
    assert not (await gym.rests.ring(1)).lifter_ids


async def test_a_rest_that_has_run_out_goes_on_for_half_a_minute_and_its_message_leaves(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    workout_id = (await gym.notebook.write(lifter, "100x5")).card.workout_id
    timer_id = await told(database, 501)
    rested = await gym.resting.prolong(lifter, workout_id)
    assert rested.card.rest_until == clock() + timedelta(seconds=30) == alarm.due[-1]
    assert rested.outdated == (RestMessage(timer_id, 501),)


async def test_a_rest_that_has_rung_but_is_not_told_of_yet_is_not_told_of_once_it_goes_on(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    workout_id = (await gym.notebook.write(lifter, "100x5")).card.workout_id
    async with database.reading() as session:
        timer = await rests.running(session, lifter)
    assert timer is not None
    clock.advance(timedelta(minutes=3))
    assert (await gym.rests.ring(1)).lifter_ids == (lifter,)
    await gym.resting.prolong(lifter, workout_id)
    assert await gym.rests.over(lifter, timer.id) is None


async def test_a_rest_is_skipped_and_its_message_leaves(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    logged = await gym.notebook.write(lifter, "100x5")
    timer_id = await told(database, 501)
    rested = await gym.resting.skip(lifter, logged.card.workout_id)
    assert rested.card.rest_until is None
    assert rested.outdated == (RestMessage(timer_id, 501),)
    assert (await gym.resting.skip(lifter, logged.card.workout_id)).card == rested.card


async def test_a_rest_by_hand_follows_one_that_has_run_out(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    logged = await gym.notebook.write(lifter, "100x5")
    timer_id = await told(database, 501)
    rested = await gym.resting.start(lifter, logged.card.workout_id)
    assert rested.card.rest_until == clock() + timedelta(seconds=180)
    assert rested.outdated == (RestMessage(timer_id, 501),)


async def test_who_wants_no_rest_by_itself_gets_one_when_asked_for(
    gym: Gym, clock: FakeClock, lifter: int, squat: int
) -> None:
    await gym.lifters.change_settings(lifter, default_rest=0)
    card = await gym.workouts.add_exercise(lifter, squat)
    assert (await gym.resting.start(lifter, card.workout_id)).card.rest_until == clock() + timedelta(seconds=120)


async def test_a_rest_needs_an_exercise_in_the_open_workout(database: Database, gym: Gym, lifter: int) -> None:
    with pytest.raises(NoOpenWorkoutError):
        await gym.resting.start(lifter, 1)
    workout_id = (await gym.workouts.start(lifter)).workout_id
    for change in (gym.resting.start, gym.resting.prolong):
        with pytest.raises(NoExerciseError):
            await change(lifter, workout_id)
    await add_lifter(database, STRANGER)
    await gym.workouts.start(STRANGER)
    for change in (gym.resting.start, gym.resting.prolong, gym.resting.skip):
        with pytest.raises(StaleButtonError):
            await change(STRANGER, workout_id)
