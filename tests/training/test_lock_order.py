"""Whoever changes the library and whoever trains take their locks in the same order: neither fails for the other."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from storage.catalogue import built_in
from storage.database import Database
from storage.models import Exercise, ExerciseExecution, User, Workout
from storage.values.exercise import BodyPart, Measure, Modality
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.locks import one_after_the_other
from tests.support.rows import LIFTER, add_exercise, add_workout, kg
from tests.support.training import leave
from training.edit import PlannedExercise
from training.errors import NotFoundError, StaleButtonError
from training.gym import Gym
from training.past import PastExercise, PastWorkout
from training.swapping import InsteadOf

pytestmark = pytest.mark.usefixtures("everybody")


def failures(results: list[object]) -> list[object]:
    """A pick of what was merged meanwhile may be refused; nothing else may be."""
    return [it for it in results if isinstance(it, BaseException) and not isinstance(it, NotFoundError)]


async def test_picking_what_is_being_merged(database: Database, gym: Gym) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    workout = await add_workout(database, performed={old: []})
    results = await one_after_the_other(
        database,
        select(Workout).where(Workout.id == workout),
        gym.exercises.merge(ADMIN, old, new),
        gym.workouts.add_exercise(LIFTER, old),
    )
    assert failures(results) == []


async def test_entering_exercises_that_are_being_merged(database: Database, gym: Gym) -> None:
    first, second = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    past = PastWorkout(MONDAY_EVENING, [PastExercise(it, [kg(100, 5)]) for it in (second, first)])
    results = await one_after_the_other(
        database,
        select(Exercise).where(Exercise.id == first),
        gym.exercises.merge(ADMIN, first, second),
        gym.history.enter_past(LIFTER, past),
    )
    assert failures(results) == []


async def test_replacing_exercises_by_some_that_are_being_merged(database: Database, gym: Gym) -> None:
    first, second = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    workout = await add_workout(database)
    results = await one_after_the_other(
        database,
        select(Exercise).where(Exercise.id == first),
        gym.exercises.merge(ADMIN, first, second),
        gym.editing.replace_exercises(LIFTER, workout, [PlannedExercise(second), PlannedExercise(first)]),
    )
    assert failures(results) == []


@pytest.mark.parametrize("swapping", [False, True])
async def test_creating_an_exercise_beside_one_that_is_being_merged(
    database: Database, gym: Gym, *, swapping: bool
) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    card = await gym.workouts.add_exercise(LIFTER, old)
    assert card.current is not None
    instead_of = InsteadOf(card.current.execution_id, card.revision) if swapping else None
    results = await one_after_the_other(
        database,
        select(Workout).where(Workout.id == card.workout_id),
        gym.exercises.merge(ADMIN, old, new),
        gym.picking.create(LIFTER, "Mine", BodyPart.CHEST, Modality.BARBELL, instead_of),
    )
    assert [it for it in failures(results) if not isinstance(it, StaleButtonError)] == []


@pytest.mark.parametrize("text", ["Press 2", "Press 2 100x5"])
async def test_naming_an_exercise_that_is_being_merged(database: Database, gym: Gym, text: str) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    await add_workout(database)
    results = await one_after_the_other(
        database,
        select(Exercise).where(Exercise.id == old),
        gym.exercises.merge(ADMIN, old, new),
        gym.notebook.write_set(LIFTER, text),
    )
    assert failures(results) == []
    async with database.reading() as session:
        assert set(await session.scalars(select(ExerciseExecution.exercise_id))) <= {new}


async def test_a_lifter_is_deleted_while_what_they_did_is_being_merged(database: Database, gym: Gym) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    await add_exercise(database, "Mine", owner=LIFTER)
    await gym.exercises.prefer(LIFTER, old, rest=60)
    workout = await add_workout(database, performed={old: [kg(100, 5)], new: [kg(90, 5)]})
    results = await one_after_the_other(
        database,
        select(Workout).where(Workout.id == workout),
        gym.exercises.merge(ADMIN, old, new),
        leave(gym, LIFTER),
    )
    assert failures(results) == []
    async with database.reading() as session:
        assert await session.get(User, LIFTER) is None


async def test_changing_the_measure_of_an_own_exercise_while_an_admin_merges_what_stands_beside_it(
    database: Database, gym: Gym
) -> None:
    own = await add_exercise(database, "My plank", owner=LIFTER)
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    workout = await add_workout(database, performed={own: [], old: []})
    results = await one_after_the_other(
        database,
        select(Workout).where(Workout.id == workout),
        gym.exercises.change(LIFTER, own, measure=Measure.DURATION),
        gym.exercises.merge(ADMIN, old, new),
    )
    assert failures(results) == []
    assert (await gym.exercises.get(LIFTER, own)).measure is Measure.DURATION


async def test_merging_an_own_exercise_into_one_that_is_being_brought_up_to_date(database: Database, gym: Gym) -> None:
    entry = built_in()[0]
    system = await add_exercise(database, entry.name)
    own = await add_exercise(database, "Mine", owner=LIFTER)
    await add_workout(database, finished=True, performed={own: []})
    results = await one_after_the_other(
        database,
        select(ExerciseExecution).where(ExerciseExecution.exercise_id == own),
        gym.exercises.merge(LIFTER, own, system),
        gym.library.seed_built_in(),
    )
    assert failures(results) == []
    assert (await gym.exercises.get(LIFTER, system)).name == entry.name


async def test_others_pick_an_exercise_while_a_lifter_writes_down_what_they_want_with_it(
    database: Database, gym: Gym
) -> None:
    bench = await add_exercise(database, "Bench press")
    async with database.writing() as session:
        await session.execute(
            select(Exercise.id).where(Exercise.id == bench).with_for_update(read=True, key_share=True)
        )
        if database.engine.dialect.name == "postgresql":
            await asyncio.wait_for(gym.exercises.prefer(LIFTER, bench, rest=60), 10)


async def test_deleting_a_finished_workout_while_what_was_done_twice_in_it_is_being_merged(
    database: Database, gym: Gym
) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    workout = await add_workout(database, performed={old: [kg(100, 5)], new: []})
    first = (await gym.editing.add_exercise(LIFTER, workout, old)).detail.executions[0].id
    await gym.editing.move_exercise(LIFTER, first, 1)  # on disk it stands behind the other one now
    async with database.writing() as session:
        (await session.get_one(Workout, workout)).finished_at = MONDAY_EVENING
    results = await one_after_the_other(
        database,
        select(ExerciseExecution).where(ExerciseExecution.id == first),
        gym.history.delete(LIFTER, workout),
        gym.exercises.merge(ADMIN, old, new),
    )
    assert failures(results) == []
