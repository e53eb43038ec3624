"""Turning the suggested set, and going to another exercise."""

import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from storage.models import Change
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from tests.support.clock import FakeClock
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from tests.support.training import LAST_WEEK
from training.card import Card, CurrentExercise
from training.dials import Dial
from training.errors import NoOpenWorkoutError, NothingToLogError, StaleButtonError
from training.gym import Gym


@pytest.fixture
async def benching(database: Database, gym: Gym, lifter: int, bench: int) -> CurrentExercise:
    """The lifter at the bench, where last week 100 kg went up five times and 95 kg six times."""
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={bench: [kg(100, 5), kg(95, 6)]})
    return current(await gym.workouts.add_exercise(lifter, bench))


def current(card: Card) -> CurrentExercise:
    assert card.current is not None
    return card.current


async def turn(gym: Gym, at: CurrentExercise, dial: Dial, *steps: int) -> SetEntry | None:
    for step in steps:
        at = current(await gym.next_set.turn(LIFTER, at.execution_id, dial, step))
    return at.suggestion


async def test_each_step_counts(gym: Gym, benching: CurrentExercise) -> None:
    assert await turn(gym, benching, Dial.WEIGHT, 1, 1, -1, 1) == kg(105, 5)
    assert await turn(gym, benching, Dial.REPS, -1, -1) == kg(105, 3)
    assert current(await gym.workouts.card(LIFTER)).suggestion == kg(105, 3)


async def test_twenty_presses_at_the_same_time_are_twenty_steps(gym: Gym, benching: CurrentExercise) -> None:
    presses = (gym.next_set.turn(LIFTER, benching.execution_id, Dial.REPS, 1) for _ in range(20))
    await asyncio.gather(*presses)
    assert current(await gym.workouts.card(LIFTER)).suggestion == kg(100, 25)


async def test_what_was_turned_is_what_is_logged_and_then_forgotten(gym: Gym, benching: CurrentExercise) -> None:
    await turn(gym, benching, Dial.WEIGHT, 1)
    card = await gym.next_set.change_kind(LIFTER, benching.execution_id)
    logged = await gym.workouts.log_suggested(LIFTER, card.workout_id, card.revision)
    assert logged.entries == (SetEntry(kg("102.5").weight, 5, kind=SetKind.WARM_UP),)
    assert current(logged.card).suggestion == kg(100, 5)  # a warm-up is not followed


async def test_what_is_typed_lets_go_of_what_was_turned(gym: Gym, benching: CurrentExercise) -> None:
    await turn(gym, benching, Dial.WEIGHT, 5)
    await gym.notebook.write(LIFTER, "90x8")
    assert current(await gym.workouts.card(LIFTER)).suggestion == kg(90, 8)


async def test_the_button_of_before_a_step_logs_nothing(gym: Gym, benching: CurrentExercise) -> None:
    before = await gym.workouts.card(LIFTER)
    await turn(gym, benching, Dial.WEIGHT, 1)
    with pytest.raises(StaleButtonError):
        await gym.workouts.log_suggested(LIFTER, before.workout_id, before.revision)


async def test_a_step_too_far_changes_nothing(gym: Gym, benching: CurrentExercise) -> None:
    assert await turn(gym, benching, Dial.REPS, *[-1] * 9) == kg(100, 1)
    assert await turn(gym, benching, Dial.REPS, 1) == kg(100, 2)  # at once, not after nine presses
    before = await gym.workouts.card(LIFTER)
    assert await turn(gym, benching, Dial.WEIGHT, -41, 10**9, -(10**9)) == kg(100, 2)
    assert await turn(gym, benching, Dial.DURATION, 1) == kg(100, 2)
    assert (await gym.workouts.card(LIFTER)).revision == before.revision


async def test_kinds_go_around(gym: Gym, benching: CurrentExercise) -> None:
    kinds = []
    for _ in range(4):
        suggestion = current(await gym.next_set.change_kind(LIFTER, benching.execution_id)).suggestion
        assert suggestion is not None
        kinds.append(suggestion.kind)
    assert kinds == [SetKind.WARM_UP, SetKind.DROP, SetKind.AMRAP, SetKind.WORKING]


async def test_each_exercise_keeps_what_was_turned(database: Database, gym: Gym, benching: CurrentExercise) -> None:
    await turn(gym, benching, Dial.WEIGHT, 2)
    squat = await add_exercise(database, "Squat")
    at_squat = current(await gym.workouts.add_exercise(LIFTER, squat))
    assert (at_squat.before, at_squat.after, at_squat.suggestion) == (benching.execution_id, None, None)
    back = current(await gym.next_set.go_to(LIFTER, benching.execution_id))
    assert (back.before, back.after, back.suggestion) == (None, at_squat.execution_id, kg(105, 5))


async def test_where_nothing_is_suggested_nothing_can_be_turned(database: Database, gym: Gym, lifter: int) -> None:
    plank = await add_exercise(database, "Plank", measure=Measure.DURATION)
    at = current(await gym.workouts.add_exercise(lifter, plank))
    with pytest.raises(NothingToLogError):
        await gym.next_set.turn(lifter, at.execution_id, Dial.DURATION, 1)


async def test_going_back_and_forth_holds_though_the_clock_stands_still(
    database: Database, gym: Gym, benching: CurrentExercise, clock: FakeClock
) -> None:
    squat = current(await gym.workouts.add_exercise(LIFTER, await add_exercise(database, "Squat"))).execution_id
    clock.advance(-timedelta(hours=1))
    for wanted in (benching.execution_id, squat, squat, benching.execution_id):
        assert current(await gym.next_set.go_to(LIFTER, wanted)).execution_id == wanted
        assert current(await gym.workouts.card(LIFTER)).execution_id == wanted


async def test_a_button_of_another_exercise_turns_nothing(
    database: Database, gym: Gym, benching: CurrentExercise
) -> None:
    await gym.workouts.add_exercise(LIFTER, await add_exercise(database, "Squat"))
    for refused in (
        gym.next_set.turn(LIFTER, benching.execution_id, Dial.WEIGHT, 1),
        gym.next_set.change_kind(LIFTER, benching.execution_id),
        gym.next_set.go_to(LIFTER, 404),
    ):
        with pytest.raises(StaleButtonError):
            await refused


async def test_nobody_turns_what_is_somebody_elses(database: Database, gym: Gym, benching: CurrentExercise) -> None:
    await add_lifter(database, STRANGER)
    for open_one in (False, True):
        if open_one:
            await gym.workouts.start(STRANGER)
        for refused in (
            gym.next_set.turn(STRANGER, benching.execution_id, Dial.WEIGHT, 1),
            gym.next_set.change_kind(STRANGER, benching.execution_id),
            gym.next_set.go_to(STRANGER, benching.execution_id),
        ):
            with pytest.raises(StaleButtonError if open_one else NoOpenWorkoutError):
                await refused
    assert current(await gym.workouts.card(LIFTER)).suggestion == kg(100, 5)


async def test_turning_is_nothing_to_take_back(database: Database, gym: Gym, benching: CurrentExercise) -> None:
    before = await how_many(database, Change)
    await turn(gym, benching, Dial.WEIGHT, 1)
    assert await how_many(database, Change) == before
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.log_suggested(LIFTER, card.workout_id, card.revision)
    await gym.undo.undo(LIFTER)
    assert current(await gym.workouts.card(LIFTER)).today == ()
