"""What admins see before they change the library."""

import pytest

from storage.database import Database
from storage.models import AuditRow
from storage.values.exercise import Measure
from storage.values.quantity import Weight, WeightUnit
from tests.conftest import ADMIN
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, how_many, kg
from training.curating import MergePlan
from training.errors import (
    ArchivedError,
    InvalidValueError,
    MeasureMismatchError,
    NotAllowedError,
    NotFoundError,
)
from training.gym import Gym
from training.library import PAGE_SIZE
from training.matches import Choice


@pytest.fixture(autouse=True)
async def everybody(database: Database) -> None:
    for lifter_id in (LIFTER, ADMIN):
        await add_lifter(database, lifter_id)


async def test_a_name_finds_what_everybody_sees_in_the_archive_too(database: Database, gym: Gym) -> None:
    bench = await add_exercise(database, "Bench press", aliases=["bp"])
    old = await add_exercise(database, "Floor press", archived=True)
    await add_exercise(database, "My press", owner=ADMIN)
    found = await gym.curating.find(ADMIN, "press")
    assert (found.choices, found.exact) == ((Choice(bench, "Bench press"), Choice(old, "Floor press")), None)
    for text, wanted in (("BP", "Bench press"), ("bench-press", "Bench press"), ("floor press", "Floor press")):
        exact = (await gym.curating.find(ADMIN, text)).exact
        assert exact is not None
        assert exact.name == wanted
    alone = await gym.curating.find(ADMIN, "floor")
    assert (alone.choices, alone.exact) == ((Choice(old, "Floor press"),), None)
    guessed = await gym.curating.find(ADMIN, "flor press")
    assert (guessed.choices, guessed.exact, guessed.guessed) == ((Choice(old, "Floor press"),), None, True)
    nothing = await gym.curating.find(ADMIN, "my press")
    assert (nothing.choices, nothing.exact, nothing.guessed) == ((), None, False)


async def test_what_an_admin_hides_from_themselves_is_found_all_the_same(database: Database, gym: Gym) -> None:
    bench = Choice(await add_exercise(database, "Bench press"), "Bench press")
    old = Choice(await add_exercise(database, "Floor press", archived=True), "Floor press")
    for it in (bench, old):
        await gym.exercises.prefer(ADMIN, it.id, hidden=True)
    assert (await gym.curating.find(ADMIN, "pres")).choices == (bench, old)
    assert (await gym.curating.find(ADMIN, "bnech press")).choices == (bench,)
    assert (await gym.library.find(ADMIN, "pres")).choices == ()


async def test_no_more_is_listed_than_fits_and_how_much_is_left_out_is_said(database: Database, gym: Gym) -> None:
    for number in range(PAGE_SIZE):
        await add_exercise(database, f"Press {number}")
    await add_exercise(database, "Press old", archived=True)
    found = await gym.curating.find(ADMIN, "press")
    assert (len(found.choices), found.more) == (PAGE_SIZE, 1)


async def test_an_exercise_is_shown_with_what_is_its_own(database: Database, gym: Gym) -> None:
    bench = await add_exercise(database, "Bench press")
    assert (await gym.curating.get(ADMIN, bench)).default_rest is None
    step = Weight.of("1.25", WeightUnit.KG)
    about = await gym.exercises.change(ADMIN, bench, default_rest=90, weight_step=step)
    await gym.exercises.prefer(ADMIN, bench, rest=10)
    kept = await gym.curating.get(ADMIN, bench)
    assert (kept.default_rest, kept.weight_step, kept.about.name) == (90, step, about.name)
    own = await add_exercise(database, "Mine", owner=ADMIN)
    for missing in (own, 404):
        with pytest.raises(NotFoundError):
            await gym.curating.get(ADMIN, missing)


async def test_a_merging_is_planned_without_changing_anything(database: Database, gym: Gym) -> None:
    one, two = await add_exercise(database, "One"), await add_exercise(database, "Two")
    await add_workout(database, finished=True, performed={one: [kg(50, 5)]})
    plan = await gym.curating.plan_merge(ADMIN, one, two)
    assert plan == MergePlan(await gym.exercises.get(ADMIN, one), await gym.exercises.get(ADMIN, two), 1)
    archived = await add_exercise(database, "Old", archived=True)
    held = await add_exercise(database, "Held", measure=Measure.DURATION)
    impossible = {404: NotFoundError, one: InvalidValueError, archived: ArchivedError, held: MeasureMismatchError}
    for into, why in impossible.items():
        for refused in (gym.curating.plan_merge(ADMIN, one, into), gym.exercises.merge(ADMIN, one, into)):
            with pytest.raises(why):
                await refused
    assert (await gym.curating.plan_merge(ADMIN, archived, held)).executions == 0
    assert await how_many(database, AuditRow) == 0


async def test_others_see_none_of_it(database: Database, gym: Gym) -> None:
    bench = await add_exercise(database, "Bench press")
    for refused in (
        gym.curating.find(LIFTER, "bench"),
        gym.curating.get(LIFTER, bench),
        gym.curating.get(LIFTER, 404),
        gym.curating.plan_merge(LIFTER, bench, 404),
    ):
        with pytest.raises(NotAllowedError):
            await refused
