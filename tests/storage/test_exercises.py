from collections.abc import Sequence

import pytest

from storage import exercises
from storage.database import Database
from storage.values.exercise import BodyPart
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter


@pytest.fixture
async def library(database: Database) -> dict[str, int]:
    """A small library: two system exercises, one of each of two lifters, one that was archived."""
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
    return {
        "bench": await add_exercise(database, "Bench press", aliases=["bench", "flat bench"]),
        "squat": await add_exercise(database, "Back squat", aliases=["squat"], part=BodyPart.LEGS),
        "own": await add_exercise(database, "Bench my way", owner=LIFTER, aliases=["squat"]),
        "strangers": await add_exercise(database, "Bench their way", owner=STRANGER, aliases=["bench"]),
        "archived": await add_exercise(database, "Bench of old", aliases=["old bench"], archived=True),
    }


async def visible(database: Database, exercise_id: int) -> bool:
    async with database.reading() as session:
        return await exercises.visible(session, LIFTER, exercise_id) is not None


async def exactly(database: Database, *keys: str) -> dict[str, list[str]]:
    async with database.reading() as session:
        found = await exercises.by_exact_keys(session, LIFTER, keys)
    return {key: [exercise.name for exercise in named] for key, named in found.items()}


@pytest.mark.parametrize(
    ("which", "expected"),
    [("bench", True), ("own", True), ("strangers", False), ("archived", False)],
)
async def test_a_lifter_may_pick_system_exercises_and_their_own(
    database: Database, library: dict[str, int], which: str, *, expected: bool
) -> None:
    assert await visible(database, library[which]) is expected


@pytest.mark.parametrize("exercise_id", [0, -1, 2**63 - 1, -(2**63)])
async def test_no_exercise_has_a_made_up_id(database: Database, library: dict[str, int], exercise_id: int) -> None:
    assert not await visible(database, exercise_id)


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["bench press"], {"bench press": ["Bench press"]}),
        (["bench"], {"bench": ["Bench press"]}),
        (["squat"], {"squat": ["Bench my way", "Back squat"]}),
        (["bench press", "flat bench", "nothing"], {"bench press": ["Bench press"], "flat bench": ["Bench press"]}),
        (["bench their way", "bench of old", "old bench", ""], {}),
        ([], {}),
    ],
)
async def test_a_key_leads_to_the_exercises_of_that_name_or_alias_own_ones_first(
    database: Database, library: dict[str, int], keys: Sequence[str], found: dict[str, list[str]]
) -> None:
    assert await exactly(database, *keys) == found


async def test_an_exercise_found_by_its_name_and_by_an_alias_is_found_once(database: Database) -> None:
    await add_exercise(database, "Plank", aliases=["plank"])
    assert await exactly(database, "plank") == {"plank": ["Plank"]}


async def test_as_many_keys_can_be_looked_up_as_a_long_line_has_words(
    database: Database, library: dict[str, int]
) -> None:
    assert list(await exactly(database, *(f"word {number}" for number in range(4096)), "bench")) == ["bench"]


async def test_the_catalogue_is_every_system_exercise_archived_ones_too(
    database: Database, library: dict[str, int]
) -> None:
    async with database.reading() as session:
        found = await exercises.of_catalogue(session)
    assert {exercise.name: len(exercise.alias_keys) for exercise in found} == {
        "Bench press": 2,
        "Back squat": 1,
        "Bench of old": 1,
    }
