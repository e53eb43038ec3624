from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from storage import finding, listing
from storage.catalogue import built_in
from storage.database import Database
from storage.finding import Use
from storage.models import Exercise, User
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.finding import SearchFilter
from storage.values.name_key import name_key
from tests.support.clock import MONDAY_EVENING
from tests.support.plans import read_as_a_whole
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_workout, kg
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("lifters")

CHEST = SearchFilter(body_part=BodyPart.CHEST)


async def names(database: Database, places: range = range(100), popular: Sequence[str] = ()) -> list[str]:
    async with database.reading() as session:
        return [name.name for name in await listing.page(session, LIFTER, CHEST, popular, places)]


async def test_what_is_used_comes_first_then_what_is_popular_then_the_rest_by_name(database: Database) -> None:
    ids = {name: await add_exercise(database, name) for name in ("A", "B", "C", "D", "E", "F")}
    async with database.writing() as session:
        for name in ("D", "E"):
            (await session.get_one(Exercise, ids[name])).catalogue_key = name_key(name)
    await add_exercise(database, "Squat", part=BodyPart.LEGS)
    await add_exercise(database, "Theirs", owner=STRANGER)
    yesterday = MONDAY_EVENING - timedelta(days=1)
    await add_workout(database, finished=True, performed={ids["C"]: [kg(100, 5)]})
    await add_workout(database, started_at=yesterday, finished=True, performed={ids["B"]: [], ids["F"]: []})
    await add_workout(database, STRANGER, performed={ids["A"]: [kg(100, 5)]})
    in_order = ["C", "B", "F", "E", "D", "A"]
    assert await names(database, popular=["x", "e", "d"]) == in_order
    assert await names(database) == ["C", "B", "F", "A", "D", "E"]
    assert await names(database, range(2, 5), popular=["x", "e", "d"]) == in_order[2:5]
    assert await names(database, range(6, 9)) == []
    async with database.reading() as session:
        assert await listing.count(session, LIFTER, CHEST) == len(in_order)


async def test_what_is_used_and_can_still_be_picked_is_listed_with_its_use(database: Database) -> None:
    bench, own = await add_exercise(database, "Bench"), await add_exercise(database, "Mine", owner=LIFTER)
    gone = await add_exercise(database, "Gone", archived=True)
    await add_workout(database, performed={bench: [], own: [], gone: []})
    async with database.reading() as session:
        used = {name.name: use for name, use in await listing.used(session, LIFTER)}
        assert await listing.used(session, STRANGER) == []
    assert used == {"Bench": Use(1, MONDAY_EVENING), "Mine": Use(1, MONDAY_EVENING)}


async def test_only_the_open_workout_has_what_is_in_it(database: Database) -> None:
    bench, squat = await add_exercise(database, "Bench"), await add_exercise(database, "Squat")
    await add_workout(database, finished=True, performed={squat: [kg(100, 5)]})
    await add_workout(database, performed={bench: []})
    async with database.reading() as session:
        assert await listing.in_open_workout(session, LIFTER) == {bench}
        assert await listing.in_open_workout(session, STRANGER) == set()


async def test_names_that_share_one_of_the_parts_are_found_among_what_the_lifter_sees(database: Database) -> None:
    await add_exercise(database, "Back squat", aliases=["squats"])
    await add_exercise(database, "Zercher", owner=STRANGER)
    async with database.reading() as session:
        found = [name.key for name in await finding.with_a_part(session, LIFTER, ["zerc", "squa", "%"])]
        assert sorted(found) == ["back squat", "squats"]


async def test_lists_read_no_more_than_what_the_lifter_sees(database: Database) -> None:
    """Thousands of other lifters' exercises are not looked at, nor is the library as a whole brought here."""
    async with database.writing() as session:
        await session.execute(insert(User), [_lifter(number) for number in range(1000, 1050)])
        await session.execute(insert(Exercise), [_exercise(entry.name, None) for entry in built_in()])
        await session.execute(insert(Exercise), [_exercise(f"Press {no}", 1000 + no % 50) for no in range(5000)])
        await session.execute(text("ANALYZE"))
    with counted(database) as statements:
        async with database.reading() as session:
            for filters in (CHEST, SearchFilter(modality=Modality.CABLE)):
                await listing.count(session, LIFTER, filters)
                assert len(await listing.page(session, LIFTER, filters, ["dip"], range(8))) == 8
            await listing.used(session, LIFTER)
            await listing.of_catalogue(session, LIFTER, ["plank", "dip"])
            await listing.in_open_workout(session, LIFTER)
    for statement in statements:
        assert not await read_as_a_whole(database, statement, ["exercises"]), statement.text


def _lifter(number: int) -> dict[str, Any]:
    return {"id": number, "name": str(number), "created_at": MONDAY_EVENING}


def _exercise(name: str, owner: int | None) -> dict[str, Any]:
    entry = next((it for it in built_in() if it.name == name), built_in()[0])
    return {
        "user_id": owner,
        "name": name,
        "name_key": name_key(name),
        "catalogue_key": None if owner else name_key(name),
        "body_part": entry.body_part,
        "modality": entry.modality,
        "measure": Measure.WEIGHT_REPS,
    }
