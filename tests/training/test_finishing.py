import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from storage.models import ExerciseExecution, RestTimer, Workout
from storage.values.exercise import Measure
from tests.support.clock import FakeClock
from tests.support.rows import how_many, kg
from tests.support.training import ready_to_log, told
from training.errors import (
    NoOpenWorkoutError,
)
from training.gym import Gym
from training.open_workout import RestMessage
from training.summary import Performed
from training.workouts import Finished


async def test_finishing_returns_what_was_done(
    database: Database, gym: Gym, lifter: int, bench: int, *, squat: int, clock: FakeClock
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    card = await gym.workouts.add_exercise(lifter, squat)
    clock.advance(timedelta(minutes=50))
    finished = await gym.workouts.finish(lifter, logged.card.workout_id, card.revision)
    assert finished.summary is not None
    assert finished.summary.performed == (
        Performed("Bench press", Measure.WEIGHT_REPS, (kg(100, 5),), best=kg(100, 5), exercise_id=bench),
    )
    assert (finished.summary.sets, finished.summary.volume_mg) == (1, 500_000_000)
    assert finished.summary.duration == timedelta(minutes=50)
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(lifter)


async def test_finishing_ends_the_rest(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    finished = await gym.workouts.finish(lifter, card.workout_id, logged.card.revision)
    assert finished.outdated == ()
    assert await gym.rests.next_due() is None
    assert await how_many(database, RestTimer) == 0


async def test_finishing_says_which_rest_messages_should_leave_the_chat(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    timer_id = await told(database, message_id=501)
    finished = await gym.workouts.finish(lifter, card.workout_id, logged.card.revision)
    assert finished.outdated == (RestMessage(timer_id, 501),)


async def test_a_workout_without_sets_is_not_kept(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    finished = await gym.workouts.finish(lifter, card.workout_id, card.revision)
    assert finished == Finished(None, card.place, ())
    assert [await how_many(database, model) for model in (Workout, ExerciseExecution)] == [0, 0]


async def test_a_workout_never_ends_before_it_began_though_a_clock_went_back(
    database: Database, gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    clock.advance(timedelta(minutes=-5))
    finished = await gym.workouts.finish(lifter, card.workout_id, logged.card.revision)
    assert finished.summary is not None
    assert finished.summary.duration == timedelta(0)


async def test_twenty_presses_on_finish_finish_once(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    presses = (gym.workouts.finish(lifter, card.workout_id, logged.card.revision) for _ in range(20))
    results = await asyncio.gather(*presses, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Finished"] + ["StaleButtonError"] * 19


async def test_what_finishing_returned_can_be_told_again(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    await told(database, message_id=501)
    finished = await gym.workouts.finish(lifter, card.workout_id, logged.card.revision)
    assert await gym.workouts.finished(lifter, card.workout_id) == finished


async def test_that_a_workout_was_not_kept_can_be_told_again(gym: Gym, lifter: int) -> None:
    card = await gym.workouts.start(lifter)
    finished = await gym.workouts.finish(lifter, card.workout_id, card.revision)
    assert await gym.workouts.finished(lifter, card.workout_id) == finished
