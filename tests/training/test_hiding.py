"""What a lifter hides is in none of their lists, and found by its exact name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage.database import Database
from storage.values.exercise import BodyPart
from storage.values.finding import SearchFilter
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_workout, kg
from tests.support.training import current_name
from training.browsing import Described
from training.errors import UnknownExerciseError
from training.gym import Gym
from training.matches import Choice

pytestmark = pytest.mark.usefixtures("everybody")

HIDDEN = SearchFilter(hidden=True)


@pytest.fixture
async def hidden(database: Database, gym: Gym) -> int:
    """Beside the bench press, which is shown."""
    await add_exercise(database, "Bench press")
    smith = await add_exercise(database, "Smith press", aliases=["smith"])
    assert (await gym.exercises.prefer(LIFTER, smith, hidden=True)).is_hidden
    return smith


async def listed(gym: Gym, text: str = "", filters: SearchFilter | None = None, lifter_id: int = LIFTER) -> list[str]:
    page = await gym.library.search(lifter_id, text, filters or SearchFilter())
    assert page.total == len(page.choices)
    return [choice.name for choice in page.choices]


async def test_it_is_in_no_list_and_no_suggestion_of_this_lifter_alone(
    database: Database, gym: Gym, hidden: int
) -> None:
    await add_workout(database, finished=True, performed={hidden: [kg(60, 8)]})
    for text in ("", "press", "smi", "smiht pres"):
        assert "Smith press" not in await listed(gym, text)
        assert "Smith press" in await listed(gym, text, lifter_id=STRANGER)
    shown: list[Sequence[Choice | Described]] = [
        (await gym.library.browse(LIFTER, BodyPart.CHEST, 0)).choices,
        (await gym.picking.suggested(LIFTER)).choices,
        (await gym.picking.usual(LIFTER, 0)).choices,
        await gym.library.nearest(LIFTER, "smith pressing thing"),
        (await gym.browsing.look_up(LIFTER, "", 0, 50)).exercises,
    ]
    assert "Smith press" not in {it.name for found in shown for it in found}


@pytest.mark.parametrize("text", ["Smith press", "smith", "SMITH  Press"])
async def test_its_exact_name_finds_and_picks_it(gym: Gym, hidden: int, text: str) -> None:
    assert (await listed(gym, text))[0] == "Smith press"
    assert current_name(await gym.notebook.pick(LIFTER, text)) == "Smith press"
    assert current_name(await gym.notebook.write_set(LIFTER, f"{text} 60x8")) == "Smith press"


@pytest.mark.parametrize("text", ["press smith", "smiths press", "seated smith press", "smith pres", "smithpress"])
async def test_what_merely_means_its_name_does_not(gym: Gym, hidden: int, text: str) -> None:
    assert "Smith press" not in await listed(gym, text)
    assert "Smith press" in await listed(gym, text, lifter_id=STRANGER)


async def test_part_of_its_name_does_not(database: Database, gym: Gym, hidden: int) -> None:
    with pytest.raises(UnknownExerciseError):
        await gym.notebook.pick(LIFTER, "smit")


async def test_what_stands_in_workouts_stays_and_is_repeated(database: Database, gym: Gym, hidden: int) -> None:
    last_week = MONDAY_EVENING - timedelta(days=7)
    workout = await add_workout(database, started_at=last_week, finished=True, performed={hidden: [kg(60, 8)]})
    repeated = await gym.history.start_from(LIFTER, workout)
    assert [it.name for it in repeated.workout.executions] == ["Smith press"]
    assert repeated.skipped == ()


async def test_it_is_listed_among_the_hidden_and_shown_again(gym: Gym, hidden: int) -> None:
    assert await listed(gym, filters=HIDDEN) == await listed(gym, "press", HIDDEN) == ["Smith press"]
    assert await listed(gym, filters=HIDDEN, lifter_id=STRANGER) == []
    assert not (await gym.exercises.prefer(LIFTER, hidden, hidden=False)).is_hidden
    assert await listed(gym, "smith p") == ["Smith press"]
    assert await listed(gym, filters=HIDDEN) == []


async def test_hiding_is_taken_back(gym: Gym, hidden: int) -> None:
    await gym.undo.undo(LIFTER)
    assert await listed(gym, filters=HIDDEN) == []


async def test_what_takes_over_a_hidden_exercise_is_not_hidden_by_that(
    database: Database, gym: Gym, hidden: int
) -> None:
    await gym.exercises.prefer(LIFTER, hidden, rest=60)
    into = await add_exercise(database, "Press")
    await gym.exercises.merge(ADMIN, hidden, into)
    assert await listed(gym) == ["Bench press", "Press"]
    assert (await gym.exercises.get(LIFTER, into)).rest == 60
