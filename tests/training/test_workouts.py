import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.models import RestTimer, Set, Workout
from storage.values.exercise import Measure
from storage.values.quantity import WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, how_many, kg
from tests.support.training import LAST_WEEK, ready_to_log, told
from training.card import CardPlace, LastTime
from training.errors import (
    NoExerciseError,
    NoOpenWorkoutError,
    NotFoundError,
    NothingToLogError,
    StaleButtonError,
    UnitNotChosenError,
)
from training.gym import Gym
from training.open_workout import RestMessage


async def test_a_new_workout_is_empty(gym: Gym, lifter: int) -> None:
    card = await gym.workouts.start(lifter)
    assert (card.started_at, card.sets, card.exercises, card.volume_mg) == (MONDAY_EVENING, 0, 0, 0)
    assert (card.current, card.rest_until, card.place) == (None, None, CardPlace(None, 0))
    assert await gym.workouts.card(lifter) == card


async def test_a_card_is_where_it_was_sent_last_and_a_summary_in_its_place(
    gym: Gym, database: Database, lifter: int
) -> None:
    workout_id = (await gym.workouts.start(lifter)).workout_id
    assert await gym.workouts.place(lifter, workout_id) == CardPlace(None, 0)
    for finished_at in (None, MONDAY_EVENING):
        async with database.writing() as session:
            workout = await session.get_one(Workout, workout_id)
            workout.card_message_id, workout.messages_below, workout.finished_at = 500, 2, finished_at
        assert await gym.workouts.place(lifter, workout_id) == CardPlace(500, 2)
        assert await gym.workouts.is_summary(lifter, 500) is (finished_at is not None)
    assert not await gym.workouts.is_summary(lifter, 499)
    assert not await gym.workouts.is_summary(lifter + 1, 500)


async def test_starting_again_comes_back_to_the_open_workout_as_it_is(
    gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    clock.advance(timedelta(minutes=10))
    assert await gym.workouts.start(lifter) == card


async def test_a_unit_is_chosen_before_the_first_workout(database: Database, gym: Gym, bench: int) -> None:
    await add_lifter(database, unit=None)
    with pytest.raises(UnitNotChosenError):
        await gym.workouts.start(LIFTER)
    with pytest.raises(UnitNotChosenError):
        await gym.workouts.add_exercise(LIFTER, bench)
    assert await how_many(database, Workout) == 0


async def test_there_is_no_card_without_an_open_workout(database: Database, gym: Gym, lifter: int) -> None:
    await add_workout(database, finished=True)
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(lifter)


async def test_picking_an_exercise_starts_a_workout_and_makes_it_the_current_one(
    gym: Gym, lifter: int, bench: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    assert card.current is not None
    assert (card.current.name, card.current.place, card.exercises) == ("Bench press", 1, 1)
    assert (card.current.measure, card.current.unit) == (Measure.WEIGHT_REPS, WeightUnit.KG)
    assert (card.current.today, card.current.last_time, card.current.suggestion) == ((), None, None)


async def test_exercises_stand_in_the_order_in_which_they_were_picked(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    curl = await add_exercise(database, "Curl")
    cards = [await gym.workouts.add_exercise(lifter, exercise) for exercise in (bench, squat, curl)]
    currents = [card.current for card in cards if card.current is not None]
    assert [(current.name, current.place) for current in currents] == [
        ("Bench press", 1),
        ("Back squat", 2),
        ("Curl", 3),
    ]


async def test_an_exercise_of_the_workout_is_returned_to_and_not_added_again(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    for exercise in (bench, squat, bench):
        card = await gym.workouts.add_exercise(lifter, exercise)
    assert card.current is not None
    assert (card.current.name, card.current.place, card.exercises) == ("Bench press", 1, 2)


@pytest.mark.parametrize("seconds", [1, 0, -30])
async def test_the_exercise_picked_last_is_the_current_one_even_if_a_clock_stands_still_or_goes_back(
    database: Database, gym: Gym, lifter: int, bench: int, *, squat: int, clock: FakeClock, seconds: int
) -> None:
    curl = await add_exercise(database, "Curl")
    for exercise, name in [(bench, "Bench press"), (squat, "Back squat"), (bench, "Bench press"), (curl, "Curl")] * 2:
        card = await gym.workouts.add_exercise(lifter, exercise)
        assert card.current is not None
        assert card.current.name == name
        clock.advance(timedelta(seconds=seconds))


async def test_picking_the_current_exercise_again_changes_nothing(gym: Gym, lifter: int, bench: int) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    assert await gym.workouts.add_exercise(lifter, bench) == card


async def test_an_exercise_that_does_not_exist_can_not_be_picked_and_starts_nothing(
    database: Database, gym: Gym, lifter: int
) -> None:
    archived = await add_exercise(database, "Bench of old", archived=True)
    for exercise_id in (archived, 404, 0, -1, 2**63 - 1):
        with pytest.raises(NotFoundError):
            await gym.workouts.add_exercise(lifter, exercise_id)
    assert await how_many(database, Workout) == 0


async def test_the_card_shows_last_time_and_suggests_what_was_done_then(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    assert card.current is not None
    assert card.current.last_time == LastTime(LAST_WEEK, (kg(100, 5), kg(95, 6)))
    assert card.current.suggestion == kg(100, 5)


async def test_logging_the_suggestion_adds_that_set_and_suggests_the_next(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    assert logged.entries == (kg(100, 5),)
    assert logged.card.current is not None
    assert logged.card.current.today == (kg(100, 5),)
    assert logged.card.current.suggestion == kg(95, 6)
    assert (logged.card.sets, logged.card.volume_mg) == (1, 500_000_000)
    assert logged.card.revision > card.revision
    assert await gym.workouts.card(lifter) == logged.card


async def test_sets_are_logged_one_below_the_other(
    database: Database, gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    card = await ready_to_log(database, gym, bench)
    for _ in range(3):
        clock.advance(timedelta(minutes=3))
        card = (await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)).card
    async with database.reading() as session:
        today = select(Set.position, Set.weight, Set.logged_at).where(Set.logged_at > MONDAY_EVENING)
        rows = (await session.execute(today.order_by(Set.position))).all()
    minutes = [MONDAY_EVENING + timedelta(minutes=3 * number) for number in (1, 2, 3)]
    assert [tuple(row) for row in rows] == [
        (0, 100_000, minutes[0]),
        (1, 95_000, minutes[1]),
        (2, 95_000, minutes[2]),
    ]


async def test_a_button_pressed_twice_logs_once(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    card = await ready_to_log(database, gym, bench)
    await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    with pytest.raises(StaleButtonError):
        await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    assert (await gym.workouts.card(lifter)).sets == 1


async def test_twenty_presses_at_the_same_time_log_once(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    card = await ready_to_log(database, gym, bench)
    presses = (gym.workouts.log_suggested(lifter, card.workout_id, card.revision) for _ in range(20))
    results = await asyncio.gather(*presses, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Logged"] + ["StaleButtonError"] * 19
    assert (await gym.workouts.card(lifter)).sets == 1


async def test_a_button_of_an_older_card_logs_nothing(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    await gym.workouts.add_exercise(lifter, squat)
    with pytest.raises(StaleButtonError):
        await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    with pytest.raises(StaleButtonError):
        await gym.workouts.finish(lifter, card.workout_id, card.revision)
    assert (await gym.workouts.card(lifter)).sets == 0


async def test_a_button_of_a_finished_workout_does_nothing_to_the_next_one(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    await gym.workouts.finish(lifter, card.workout_id, logged.card.revision)
    await gym.workouts.add_exercise(lifter, bench)
    for press in (gym.workouts.log_suggested, gym.workouts.finish):
        with pytest.raises(StaleButtonError):
            await press(lifter, card.workout_id, logged.card.revision)


async def test_without_an_exercise_there_is_nothing_to_log(gym: Gym, lifter: int) -> None:
    card = await gym.workouts.start(lifter)
    with pytest.raises(NoExerciseError):
        await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)


async def test_without_history_there_is_nothing_to_log(gym: Gym, lifter: int, bench: int) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(NothingToLogError):
        await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)


async def test_logging_starts_the_rest_and_sets_the_alarm(
    database: Database, gym: Gym, lifter: int, bench: int, alarm: ManualAlarm
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    assert logged.card.rest_until == MONDAY_EVENING + timedelta(minutes=3)
    assert alarm.due == [logged.card.rest_until]


async def test_an_exercise_that_says_nothing_about_rest_takes_the_lifters_own(
    database: Database, gym: Gym, lifter: int, squat: int
) -> None:
    card = await ready_to_log(database, gym, squat)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    assert logged.card.rest_until == MONDAY_EVENING + timedelta(seconds=120)


async def test_no_rest_is_no_timer(database: Database, gym: Gym, lifter: int, alarm: ManualAlarm) -> None:
    card = await ready_to_log(database, gym, await add_exercise(database, "Superset curl", rest=0))
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    assert logged.card.rest_until is None
    assert alarm.due == []


async def test_the_next_set_ends_the_rest_before_it_and_its_message_leaves_the_chat(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    timer_id = await told(database, message_id=501)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, logged.card.revision)
    assert logged.outdated == (RestMessage(timer_id, 501),)
    assert await gym.rests.outdated(lifter) == logged.outdated
    assert await how_many(database, RestTimer) == 2
