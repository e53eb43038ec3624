from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage import exercises, finding, listing
from storage.database import Database
from storage.finding import Sought, Use
from storage.models import Exercise
from storage.values.exercise import BodyPart, Modality
from storage.values.finding import Owned, SearchFilter
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg


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


async def merge(database: Database, merged: int, into: int) -> None:
    async with database.writing() as session:
        exercise = await session.get_one(Exercise, merged)
        exercise.merged_into_id, exercise.archived_at = into, MONDAY_EVENING


async def having(database: Database, sought: Sought, lifter: int = LIFTER) -> list[tuple[str, str]]:
    async with database.reading() as session:
        found = await finding.named(session, lifter, sought, SearchFilter())
    return sorted((name.name, name.key) for name in found)


async def containing(database: Database, *words: str, lifter: int = LIFTER) -> list[tuple[str, str]]:
    return await having(database, Sought([(word,) for word in words]), lifter)


async def names(database: Database, filters: SearchFilter) -> list[str]:
    async with database.reading() as session:
        listed = await listing.page(session, LIFTER, filters, (), range(100))
        assert await listing.count(session, LIFTER, filters) == len(listed)
        named = await finding.named(session, LIFTER, Sought([("",)]), filters)
    assert {name.name for name in named} == {name.name for name in listed}
    return sorted(name.name for name in listed)


OWN = [("Bench my way", "bench my way"), ("Bench my way", "squat")]
BENCH = [("Bench press", "bench"), ("Bench press", "bench press"), ("Bench press", "flat bench")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["bench"], [("Bench my way", "bench my way"), *BENCH]),
        (["press", "bench"], [("Bench press", "bench press")]),
        (["flat"], [("Bench press", "flat bench")]),
        (["flat", "press"], []),
        (["quat"], [("Back squat", "back squat"), ("Back squat", "squat"), ("Bench my way", "squat")]),
        (["old"], []),
        (["their"], []),
        (["%"], []),
        (["_"], []),
        (["/"], []),
    ],
)
async def test_words_are_all_in_the_name_or_all_in_one_alias(
    database: Database, library: dict[str, int], words: Sequence[str], found: list[tuple[str, str]]
) -> None:
    assert await containing(database, *words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([("bench", "squat")], [("Back squat", "back squat"), ("Back squat", "squat"), *OWN, *BENCH]),
        ([("bench", "squat"), ("back", "flat")], [("Back squat", "back squat"), ("Bench press", "flat bench")]),
        ([("back", "squat", "flat"), ("bench",)], [("Bench press", "flat bench")]),
        ([(" ben",)], [("Bench my way", "bench my way"), *BENCH]),
        ([(" ress",)], []),
        ([("ress ",)], [("Bench press", "bench press")]),
        ([(" bench press ",)], [("Bench press", "bench press")]),
        ([(" bench p ",)], []),
        ([("%ben", "b_n", "/")], []),
    ],
)
async def test_of_each_word_one_part_is_there_and_spaces_stand_where_words_begin_and_end(
    database: Database, library: dict[str, int], words: list[tuple[str, ...]], found: list[tuple[str, str]]
) -> None:
    assert await having(database, Sought(words)) == sorted(found)


@pytest.mark.parametrize(
    ("parts", "letters", "found"),
    [
        (["chpr"], range(10, 11), [("Bench press", "bench press")]),
        (["chpr"], range(9, 10), []),
        (["chpr"], range(11, 13), []),
        ([" bench"], range(5, 10), [("Bench press", "bench")]),
        ([" lat", " flat", "xyz"], range(5, 20), [("Bench press", "flat bench")]),
        (["squat"], range(6, 10), [("Back squat", "back squat")]),
    ],
)
async def test_or_else_the_key_without_spaces_has_a_part_and_about_as_many_letters(
    database: Database, library: dict[str, int], parts: list[str], letters: range, found: list[tuple[str, str]]
) -> None:
    assert await having(database, Sought([("xyzzy",)], parts, letters)) == found
    assert await having(database, Sought([("old",), ("xyzzy",)], parts, letters)) == found


async def test_a_stroke_is_only_a_stroke(database: Database) -> None:
    for name in ("3/4 sit up", "Sit up"):
        await add_exercise(database, name)
    assert await containing(database, "/4") == [("3/4 sit up", "3/4 sit up")]


async def test_a_list_is_narrowed_by_body_part_modality_owner_and_archive(
    database: Database, library: dict[str, int]
) -> None:
    async with database.writing() as session:
        (await session.get_one(Exercise, library["own"])).modality = Modality.CABLE
    everything = ["Back squat", "Bench my way", "Bench press"]
    for filters, found in [
        (SearchFilter(), everything),
        (SearchFilter(body_part=BodyPart.LEGS), ["Back squat"]),
        (SearchFilter(modality=Modality.CABLE), ["Bench my way"]),
        (SearchFilter(modality=Modality.BARBELL), ["Back squat", "Bench press"]),
        (SearchFilter(owned=Owned.OWN), ["Bench my way"]),
        (SearchFilter(owned=Owned.SYSTEM), ["Back squat", "Bench press"]),
        (SearchFilter(archived=True), ["Bench of old"]),
        (SearchFilter(archived=True, owned=Owned.OWN), []),
        (SearchFilter(body_part=BodyPart.CHEST, owned=Owned.SYSTEM), ["Bench press"]),
    ]:
        assert await names(database, filters) == found


async def test_what_was_merged_is_found_only_as_its_successor_and_by_its_owner(
    database: Database, library: dict[str, int]
) -> None:
    await merge(database, library["own"], library["bench"])
    await merge(database, library["strangers"], library["bench"])
    assert await containing(database, "way") == [("Bench press", "bench my way")]
    assert await containing(database, "way", lifter=STRANGER) == [("Bench press", "bench their way")]
    async with database.reading() as session:
        found = await exercises.by_exact_keys(session, LIFTER, ["bench my way", "bench their way", "squat"])
    assert {key: [exercise.name for exercise in named] for key, named in found.items()} == {
        "bench my way": ["Bench press"],
        "squat": ["Bench press", "Back squat"],
    }
    assert await names(database, SearchFilter(archived=True)) == ["Bench of old"]


async def test_the_name_of_a_system_exercise_that_was_merged_leads_nowhere_unless_it_became_an_alias(
    database: Database, library: dict[str, int]
) -> None:
    await merge(database, library["squat"], library["bench"])
    assert await containing(database, "back") == []


async def test_use_is_counted_over_the_lifters_own_workouts(database: Database, library: dict[str, int]) -> None:
    days = [MONDAY_EVENING - timedelta(days=day) for day in range(3)]
    bench, squat = library["bench"], library["squat"]
    await add_workout(database, started_at=days[0], performed={bench: [kg(100, 5)]})
    await add_workout(database, started_at=days[1], finished=True, performed={bench: [], squat: []})
    await add_workout(database, STRANGER, started_at=days[2], performed={library["strangers"]: []})
    async with database.reading() as session:
        assert await finding.uses(session, LIFTER) == {bench: Use(2, days[0]), squat: Use(1, days[1])}


async def test_only_the_latest_workouts_count_as_use(database: Database, library: dict[str, int]) -> None:
    days = [MONDAY_EVENING + timedelta(days=day) for day in range(1, finding.RECENT_WORKOUTS + 1)]
    for day in days:
        await add_workout(database, started_at=day, finished=True, performed={library["squat"]: []})
    await add_workout(database, started_at=MONDAY_EVENING, finished=True, performed={library["bench"]: []})
    async with database.reading() as session:
        assert await finding.uses(session, LIFTER) == {library["squat"]: Use(len(days), days[-1])}
