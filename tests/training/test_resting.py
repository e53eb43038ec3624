"""Rests that a lifter starts, changes or skips by hand."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from storage import rests
from storage.database import Database
from storage.models import RestTimer
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.rows import STRANGER, add_lifter, how_many
from tests.support.training import told
from training.errors import InvalidValueError, NoExerciseError, NoOpenWorkoutError, StaleButtonError
from training.gym import Gym
from training.open_workout import RestMessage
from training.rest_lengths import MORE, STEP


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
    await gym.resting.shift(lifter, card.workout_id, MORE)
    rested = await gym.resting.shift(lifter, card.workout_id, MORE)
    assert rested.card.rest_until == clock() + timedelta(seconds=240) == alarm.due[-1]
    assert rested.card.revision == card.revision  # the log button still fits
    for _ in range(150):
        rested = await gym.resting.shift(lifter, card.workout_id, MORE)
    assert rested.card.rest_until == clock() + timedelta(hours=1)


async def test_a_rest_that_is_overdue_but_has_not_rung_is_prolonged_from_now_on(
    gym: Gym, clock: FakeClock, lifter: int, bench: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.resting.start(lifter, card.workout_id)
    clock.advance(timedelta(minutes=10))
    rested = await gym.resting.shift(lifter, card.workout_id, MORE)
    assert rested.card.rest_until == clock() + timedelta(seconds=30)
    assert not (await gym.rests.ring(1)).lifter_ids


async def test_a_rest_that_has_run_out_goes_on_for_half_a_minute_and_its_message_leaves(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    workout_id = (await gym.notebook.write(lifter, "100x5")).card.workout_id
    timer_id = await told(database, 501)
    rested = await gym.resting.shift(lifter, workout_id, MORE)
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
    await gym.resting.shift(lifter, workout_id, MORE)
    assert await gym.rests.over(lifter, timer.id) is None


async def test_a_rest_is_made_longer_and_shorter_by_a_step_with_each_press(
    gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, bench: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.resting.start(lifter, card.workout_id)
    for by, seconds in ((STEP, 195), (-STEP, 180), (-STEP, 165), (-STEP, 150)):
        rested = await gym.resting.shift(lifter, card.workout_id, by)
        assert rested.card.rest_until == clock() + timedelta(seconds=seconds) == alarm.due[-1]
    assert rested.card.revision == card.revision


async def test_presses_at_once_all_count(gym: Gym, clock: FakeClock, lifter: int, bench: int) -> None:
    workout_id = (await gym.workouts.add_exercise(lifter, bench)).workout_id
    await gym.resting.start(lifter, workout_id)
    await asyncio.gather(*(gym.resting.shift(lifter, workout_id, by) for by in (STEP, -STEP, STEP, STEP)))
    assert (await gym.workouts.card(lifter)).rest_until == clock() + timedelta(seconds=210)


async def test_a_rest_that_nothing_is_left_of_ends_without_a_word(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int
) -> None:
    workout_id = (await gym.workouts.add_exercise(lifter, bench)).workout_id
    await gym.resting.start(lifter, workout_id)
    clock.advance(timedelta(seconds=165))
    for _ in range(2):  # of the second press there is nothing left to take
        assert (await gym.resting.shift(lifter, workout_id, -STEP)).card.rest_until is None
    assert await how_many(database, RestTimer) == 0
    clock.advance(timedelta(seconds=15))
    assert not (await gym.rests.ring(1)).lifter_ids


async def test_a_shorter_rest_is_none_where_it_has_run_out_and_its_message_stays(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    workout_id = (await gym.notebook.write(lifter, "100x5")).card.workout_id
    await told(database, 501)
    rested = await gym.resting.shift(lifter, workout_id, -STEP)
    assert (rested.card.rest_until, rested.outdated) == (None, ())


async def test_a_rest_of_any_length_takes_the_place_of_the_one_that_runs_or_has_run_out(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.resting.last(lifter, timedelta(seconds=90))
    clock.advance(timedelta(seconds=30))
    rested = await gym.resting.last(lifter, timedelta(seconds=5))
    assert rested.card.rest_until == clock() + timedelta(seconds=5) == alarm.due[-1]
    assert await how_many(database, RestTimer) == 1
    timer_id = await told(database, 501)
    rested = await gym.resting.last(lifter, timedelta(hours=1))
    assert rested.card.rest_until == clock() + timedelta(hours=1)
    assert rested.outdated == (RestMessage(timer_id, 501),)


@pytest.mark.parametrize(("seconds", "limit"), [(4, 5), (0, 5), (-90, 5), (3601, 3600), (99999, 3600)])
async def test_a_rest_that_nobody_means_is_refused(gym: Gym, lifter: int, bench: int, seconds: int, limit: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(InvalidValueError) as refused:
        await gym.resting.last(lifter, timedelta(seconds=seconds))
    assert refused.value.limit == limit
    assert (await gym.workouts.card(lifter)).rest_until is None


async def test_a_rest_is_ended_if_there_is_one(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    assert await gym.resting.off(lifter) is None
    await gym.notebook.write(lifter, "100x5")
    timer_id = await told(database, 501)
    rested = await gym.resting.off(lifter)
    assert rested is not None
    assert (rested.card.rest_until, rested.outdated) == (None, (RestMessage(timer_id, 501),))


async def test_what_was_said_of_a_rest_is_put_away_and_one_that_runs_goes_on(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    workout_id = (await gym.notebook.write(lifter, "100x5")).card.workout_id
    timer_id = await told(database, 501)
    for _ in range(2):  # until the message has left
        assert (await gym.resting.put_away(lifter, workout_id)).outdated == (RestMessage(timer_id, 501),)
    await gym.notebook.write(lifter, "100x5")
    rested = await gym.resting.put_away(lifter, workout_id)
    assert rested.card.rest_until == clock() + timedelta(seconds=180)


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
    for asking in (gym.resting.off(lifter), gym.resting.last(lifter, MORE)):
        with pytest.raises(NoOpenWorkoutError):
            await asking
    workout_id = (await gym.workouts.start(lifter)).workout_id
    with pytest.raises(NoExerciseError):
        await gym.resting.last(lifter, MORE)
    longer = partial(gym.resting.shift, by=MORE)
    for start in (gym.resting.start, longer):
        with pytest.raises(NoExerciseError):
            await start(lifter, workout_id)
    await add_lifter(database, STRANGER)
    await gym.workouts.start(STRANGER)
    for change in (gym.resting.start, longer, gym.resting.skip, gym.resting.put_away):
        with pytest.raises(StaleButtonError):
            await change(STRANGER, workout_id)
