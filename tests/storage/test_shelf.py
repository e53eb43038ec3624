"""The whole library is read and written a portion at a time, and nothing of a lifter's own is among it."""

import pytest

from storage import documents, shelf
from storage.database import Database
from storage.models import Exercise
from storage.shelf import ToChange, ToMake
from storage.values.exercise import BodyPart, Measure, Modality
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, kg

ABOUT = {"body_part": BodyPart.LEGS, "modality": Modality.OTHER, "measure": Measure.REPS}


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few exercises fill several."""
    monkeypatch.setattr("storage.shelf._PORTION", 2)
    monkeypatch.setattr("storage.images._AT_ONCE", 2)


async def names(database: Database) -> list[tuple[str, tuple[str, ...]]]:
    async with database.reading() as session:
        return [(it.name, it.aliases) for it in await shelf.system_exercises(session)]


async def test_what_everybody_sees_is_read_in_its_order_with_its_names(database: Database) -> None:
    await add_lifter(database)
    await add_exercise(database, "Squat", aliases=["sq", "back squat"])
    await add_exercise(database, "My squat", owner=LIFTER, aliases=["mine"])
    await add_exercise(database, "Bench", archived=True)
    merged = await add_exercise(database, "Old squat")
    kept = await add_exercise(database, "Row", aliases=["r"])
    async with database.writing() as session:
        (await session.get_one(Exercise, merged)).merged_into_id = kept
    assert await names(database) == [("Squat", ("sq", "back squat")), ("Bench", ()), ("Row", ("r",))]


async def test_exercises_are_made_with_their_names_and_what_is_not_said_of_them_is_as_usual(database: Database) -> None:
    wanted = [
        ToMake({"name": f"Yoke {number}", **ABOUT, "primary_muscles": ("quads",)}, {f"y{number}": f"Y{number}"})
        for number in range(5)
    ]
    async with database.writing() as session:
        await shelf.make(session, wanted)
    assert await names(database) == [(f"Yoke {number}", (f"Y{number}",)) for number in range(5)]
    async with database.reading() as session:
        made = (await shelf.system_exercises(session))[4]
    assert (made.name_key, made.primary_muscles, made.how, made.default_rest) == ("yoke 4", ("quads",), "", None)
    assert (made.is_archived, made.is_built_in, made.is_edited) == (False, False, False)


async def test_each_exercise_is_changed_as_is_said_of_it(database: Database) -> None:
    ids = [await add_exercise(database, f"Yoke {number}", rest=60) for number in range(5)]
    wanted = [ToChange(ids[4], {"default_rest": 90}, {}), ToChange(ids[0], {}, {"y": "Y"})]
    wanted += [ToChange(ids[1], {"how": "Walk.", "default_rest": None}, {"z": "Z"})]
    async with database.writing() as session:
        await shelf.change(session, wanted)
    async with database.reading() as session:
        there = {it.id: it for it in await shelf.system_exercises(session)}
    assert [there[it].default_rest for it in ids] == [60, None, 60, 60, 90]
    assert [there[it].aliases for it in ids] == [("Y",), ("Z",), (), (), ()]
    assert there[ids[1]].how == "Walk."


async def test_what_stands_in_a_workout_is_known(database: Database) -> None:
    await add_lifter(database)
    ids = [await add_exercise(database, f"Yoke {number}") for number in range(4)]
    for exercise_id in (ids[0], ids[3]):
        await add_workout(database, finished=True, performed={exercise_id: [kg(100, 5)]})
    async with database.writing() as session:
        assert await shelf.performed(session) == {ids[0], ids[3]}
        assert await shelf.held_performed(session, ids[1:]) == {ids[3]}
        assert await shelf.held_performed(session, []) == set()


async def test_a_new_document_takes_the_place_of_the_one_before(database: Database) -> None:
    await add_lifter(database)
    async with database.writing() as session:
        first = await documents.put(session, LIFTER, "a.csv", b"\x00a", "1")
        second = await documents.put(session, LIFTER, "b.csv", b"\x00b", "2")
        assert first.id != second.id
    async with database.reading() as session:
        kept = await documents.of(session, LIFTER)
        assert kept is not None
        assert (kept.name, kept.content, kept.outcome) == ("b.csv", b"\x00b", None)
        assert await documents.of(session, LIFTER + 1) is None
