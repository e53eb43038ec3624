"""A lifter's profile and settings."""

from typing import Any

import pytest

from storage.database import Database
from storage.models import ExercisePreference
from storage.values.quantity import Weight, WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter
from training.errors import InvalidValueError, NotFoundError
from training.gym import Gym
from training.lifters import LifterProfile


def pounds(amount: str) -> Weight:
    return Weight.of(amount, WeightUnit.LB)


async def test_a_lifter_begins_with_the_usual_settings(database: Database, gym: Gym) -> None:
    await add_lifter(database, unit=None)
    await gym.lifters.mark_unreachable(LIFTER)
    assert await gym.lifters.get(LIFTER) == LifterProfile(
        id=LIFTER,
        name="Lifter 7",
        unit=None,
        time_zone="UTC",
        default_rest=120,
        warm_up_rest=0,
        drop_rest=0,
        rests_alike=False,
        warns_of_rest=False,
        weight_step=None,
        asks_rpe=False,
        cleans_messages=False,
        is_admin=False,
        unreachable_since=MONDAY_EVENING,
        created_at=MONDAY_EVENING,
    )
    with pytest.raises(NotFoundError):
        await gym.lifters.get(404)


async def test_settings_that_are_given_change_and_the_others_stay(database: Database, gym: Gym, lifter: int) -> None:
    await add_lifter(database, STRANGER)
    untouched = await gym.lifters.get(STRANGER)
    changed = await gym.lifters.change_settings(
        lifter,
        unit=WeightUnit.LB,
        time_zone="America/Argentina/Buenos_Aires",
        default_rest=3600,
        warm_up_rest=45,
        weight_step=pounds("2.5"),
    )
    assert (changed.unit, changed.time_zone) == (WeightUnit.LB, "America/Argentina/Buenos_Aires")
    assert (changed.default_rest, changed.warm_up_rest, changed.weight_step) == (3600, 45, pounds("2.5"))
    assert await gym.lifters.get(lifter) == changed
    assert await gym.lifters.change_settings(lifter) == changed
    rested = await gym.lifters.change_settings(lifter, default_rest=0, warm_up_rest=3600, drop_rest=20)
    assert (rested.default_rest, rested.warm_up_rest, rested.drop_rest) == (0, 3600, 20)
    chatty = await gym.lifters.change_settings(lifter, asks_rpe=True, cleans_messages=True, rests_alike=True)
    assert (chatty.asks_rpe, chatty.cleans_messages, chatty.rests_alike) == (True, True, True)
    assert (await gym.lifters.change_settings(lifter, warns_of_rest=True)).warns_of_rest
    quiet = await gym.lifters.change_settings(lifter, asks_rpe=False)
    assert (quiet.asks_rpe, quiet.cleans_messages, quiet.rests_alike) == (False, True, True)
    assert (rested.unit, rested.time_zone, rested.weight_step) == (changed.unit, changed.time_zone, pounds("2.5"))
    assert await gym.lifters.get(STRANGER) == untouched


async def test_settings_that_can_not_be_are_refused_and_nothing_changes(gym: Gym, lifter: int) -> None:
    before = await gym.lifters.get(lifter)
    refused: list[tuple[dict[str, Any], str, int | None]] = [
        ({"default_rest": -1}, "default_rest", 0),
        ({"default_rest": 3601}, "default_rest", 3600),
        ({"warm_up_rest": -1}, "warm_up_rest", 0),
        ({"warm_up_rest": 3601}, "warm_up_rest", 3600),
        ({"drop_rest": -1}, "drop_rest", 0),
        ({"weight_step": Weight(0, WeightUnit.KG)}, "weight_step", 0),
        ({"weight_step": Weight(-1, WeightUnit.KG)}, "weight_step", 0),
        ({"weight_step": Weight(1_000_001, WeightUnit.KG)}, "weight_step", 1000),
        ({"weight_step": Weight(2**63, WeightUnit.KG)}, "weight_step", 1000),
        ({"weight_step": pounds("5")}, "weight_step", None),
        ({"unit": WeightUnit.LB, "weight_step": Weight(5000, WeightUnit.KG)}, "weight_step", None),
        *(
            ({"default_rest": 60, "time_zone": name}, "time_zone", None)
            for name in ("", "Berlin", "Europe", "../UTC", "/etc/localtime", "localtime", "x\0y")
        ),
    ]
    for settings, field, limit in refused:
        with pytest.raises(InvalidValueError) as error:
            await gym.lifters.change_settings(lifter, **settings)
        assert (error.value.field, error.value.limit) == (field, limit)
    assert await gym.lifters.get(lifter) == before
    with pytest.raises(NotFoundError):
        await gym.lifters.change_settings(404, default_rest=60)
    smallest = await gym.lifters.change_settings(lifter, weight_step=Weight(1, WeightUnit.KG))
    assert smallest.weight_step == Weight(1, WeightUnit.KG)
    largest = await gym.lifters.change_settings(lifter, weight_step=Weight(1_000_000, WeightUnit.KG))
    assert largest.weight_step == Weight(1_000_000, WeightUnit.KG)


async def test_another_unit_brings_its_usual_steps_back(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await add_lifter(database, STRANGER)
    machine = await add_exercise(database, "Machine press")
    wanted = [
        ExercisePreference(user_id=lifter, exercise_id=bench, weight_step=1250, rest=90),
        ExercisePreference(user_id=lifter, exercise_id=machine, unit=WeightUnit.KG, weight_step=5000),
        ExercisePreference(user_id=lifter, exercise_id=squat, rest=200),
        ExercisePreference(user_id=STRANGER, exercise_id=bench, weight_step=1250),
    ]
    async with database.writing() as session:
        session.add_all(wanted)

    async def steps() -> list[int | None]:
        async with database.reading() as session:
            keys = [(row.user_id, row.exercise_id) for row in wanted]
            return [(await session.get_one(ExercisePreference, key)).weight_step for key in keys]

    kept = await gym.lifters.change_settings(lifter, weight_step=Weight(1250, WeightUnit.KG))
    assert await gym.lifters.change_settings(lifter, unit=WeightUnit.KG) == kept
    assert (await gym.lifters.choose_unit(lifter, WeightUnit.KG)).unit is WeightUnit.KG
    assert (await gym.lifters.get(lifter)).weight_step == Weight(1250, WeightUnit.KG)
    assert await steps() == [1250, 5000, None, 1250]
    await gym.lifters.choose_unit(lifter, WeightUnit.LB)
    assert (await gym.lifters.get(lifter)).weight_step is None
    assert await steps() == [None, 5000, None, 1250]
    await gym.lifters.change_settings(lifter, weight_step=pounds("5"))
    assert (await gym.lifters.change_settings(lifter, unit=WeightUnit.KG)).weight_step is None


KG_STEPS = (Weight.of("1.25", WeightUnit.KG), Weight.of(5, WeightUnit.KG))


async def test_no_step_comes_back_in_another_unit(gym: Gym, lifter: int, bench: int) -> None:
    for step in KG_STEPS:
        await gym.exercises.prefer(lifter, bench, weight_step=step, rest=45)
    await gym.exercises.prefer(lifter, bench, weight_step=None)
    await gym.lifters.change_settings(lifter, unit=WeightUnit.LB)
    usual = Weight.of(5, WeightUnit.LB)
    for rest in (45, 45, 180):
        await gym.undo.undo(lifter)
        now = await gym.exercises.get(lifter, bench)
        assert (now.step, now.rest) == (usual, rest)


async def test_a_step_in_the_unit_of_its_exercise_comes_back_whatever_the_lifters(
    gym: Gym, lifter: int, bench: int
) -> None:
    await gym.exercises.prefer(lifter, bench, unit=WeightUnit.KG, weight_step=KG_STEPS[0])
    await gym.exercises.prefer(lifter, bench, weight_step=KG_STEPS[1])
    await gym.lifters.choose_unit(lifter, WeightUnit.LB)
    await gym.undo.undo(lifter)
    assert (await gym.exercises.get(lifter, bench)).step == KG_STEPS[0]


async def test_no_step_comes_back_in_another_unit_with_an_exercise_that_an_admin_deleted(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_lifter(database, ADMIN)
    await gym.exercises.prefer(lifter, bench, weight_step=KG_STEPS[0], rest=45)
    await gym.exercises.delete(ADMIN, bench)
    await gym.lifters.choose_unit(lifter, WeightUnit.LB)
    await gym.undo.undo(ADMIN)
    now = await gym.exercises.get(lifter, bench)
    assert (now.step, now.rest) == (pounds("5"), 45)


async def test_a_new_step_makes_buttons_stale_that_say_the_old_one(gym: Gym, lifter: int) -> None:
    before = await gym.workouts.start(lifter)
    await gym.lifters.change_settings(lifter, weight_step=Weight.of(5, WeightUnit.KG))
    assert (await gym.workouts.card(lifter)).revision > before.revision


async def test_the_lifters_own_rest_holds_for_built_in_exercises_if_they_say_so(
    database: Database, gym: Gym, lifter: int
) -> None:
    built_in = await add_exercise(database, "Bench press", rest=180)
    own = await add_exercise(database, "Mine", owner=lifter, rest=45)
    await gym.lifters.change_settings(lifter, default_rest=90, rests_alike=True)
    assert [(await gym.exercises.get(lifter, one)).rest for one in (built_in, own)] == [90, 45]
    await gym.exercises.prefer(lifter, built_in, rest=240)
    assert (await gym.exercises.get(lifter, built_in)).rest == 240
    await gym.exercises.prefer(lifter, built_in, rest=None)
    await gym.lifters.change_settings(lifter, rests_alike=False)
    assert (await gym.exercises.get(lifter, built_in)).rest == 180
