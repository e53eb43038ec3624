"""Looking around in the library."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from training.browsing import Described
from training.exercise_detail import NewExercise
from training.gym import Gym


@pytest.fixture
async def everybody(database: Database) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)


async def looked_up(gym: Gym, text: str, start: int = 0, limit: int = 50, lifter_id: int = LIFTER) -> list[str]:
    found = await gym.browsing.look_up(lifter_id, text, start, limit)
    return [exercise.name for exercise in found.exercises]


async def test_what_is_looked_up_comes_with_what_is_to_be_told_about_it(gym: Gym, everybody: None) -> None:
    new = NewExercise("Zercher", BodyPart.LEGS, Modality.BARBELL, Measure.WEIGHT_REPS, ("z",))
    made = await gym.exercises.create(LIFTER, new)
    await gym.exercises.change(LIFTER, made.id, primary=(Muscle.QUADS,), secondary=(Muscle.ABS,), how="Hug it.")
    (found,) = (await gym.browsing.look_up(LIFTER, "z", 0, 1)).exercises
    described = Described(
        made.id, "Zercher", new.body_part, new.modality, new.measure, (Muscle.QUADS,), (Muscle.ABS,), "Hug it."
    )
    assert found == described


async def test_looking_up_goes_on_where_the_last_answer_ended(database: Database, gym: Gym, everybody: None) -> None:
    for name in ("Row A", "Row B", "Row C"):
        await add_exercise(database, name)
    for text in ("row", ""):
        first = await gym.browsing.look_up(LIFTER, text, 0, 2)
        assert ([it.name for it in first.exercises], first.next) == (["Row A", "Row B"], 2)
        last = await gym.browsing.look_up(LIFTER, text, 2, 2)
        assert ([it.name for it in last.exercises], last.next) == (["Row C"], None)
    assert await looked_up(gym, "", start=-5) == ["Row A", "Row B", "Row C"]
    assert await looked_up(gym, "", start=2**70) == []


async def test_nobody_looks_up_what_is_somebody_elses(database: Database, gym: Gym, everybody: None) -> None:
    await add_exercise(database, "Secret press", owner=LIFTER, aliases=["hush"])
    for text in ("", "secret press", "hush"):
        assert await looked_up(gym, text, lifter_id=STRANGER) == []
        assert await looked_up(gym, text, lifter_id=404) == []


async def test_what_a_lifter_uses_is_looked_up_first(database: Database, gym: Gym, everybody: None) -> None:
    rows = [await add_exercise(database, name) for name in ("Row A", "Row B")]
    await add_workout(database, finished=True, performed={rows[1]: [kg(60, 8)]})
    for text in ("", "row"):
        assert await looked_up(gym, text) == ["Row B", "Row A"]
        assert await looked_up(gym, text, lifter_id=STRANGER) == ["Row A", "Row B"]
