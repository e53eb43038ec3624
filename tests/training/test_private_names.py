"""Names that one lifter gives to exercises that everybody sees."""

from __future__ import annotations

import asyncio

import pytest

from storage.database import Database
from storage.models import PrivateAlias
from tests.conftest import ADMIN
from tests.support.rows import LIFTER, STRANGER, add_exercise, how_many
from tests.support.training import current_name, leave
from training.errors import InvalidValueError, NameTakenError, NotFoundError, NothingToUndoError, UnknownExerciseError
from training.exercise_detail import ExerciseDetail
from training.gym import Gym
from training.matches import Choice
from training.naming import MOST_ALIASES

pytestmark = pytest.mark.usefixtures("everybody")


@pytest.fixture
async def bench(database: Database) -> int:
    return await add_exercise(database, "Bench press", aliases=["bench"])


@pytest.fixture
async def dumbbells(database: Database) -> int:
    return await add_exercise(database, "Dumbbell press")


async def found(gym: Gym, text: str, lifter_id: int = LIFTER) -> list[str]:
    return [choice.name for choice in (await gym.library.search(lifter_id, text)).choices]


async def test_it_finds_the_exercise_for_this_lifter_alone(gym: Gym, bench: int) -> None:
    assert (await gym.private_names.add(LIFTER, bench, " The  classic")).private_aliases == ("The classic",)
    assert await found(gym, "classic") == ["Bench press"]
    assert await found(gym, "clasic") == ["Bench press"]
    assert current_name(await gym.notebook.pick(LIFTER, "THE CLASSIC")) == "Bench press"
    assert current_name(await gym.notebook.write_set(LIFTER, "the classic 100x5")) == "Bench press"
    assert (await gym.exercises.get(STRANGER, bench)).private_aliases == ()
    assert await found(gym, "classic", STRANGER) == []
    with pytest.raises(UnknownExerciseError):
        await gym.notebook.pick(STRANGER, "the classic")


async def test_what_everybody_calls_something_else_so_is_asked_about_and_then_means_this_alone(
    gym: Gym, bench: int, dumbbells: int
) -> None:
    with pytest.raises(NameTakenError) as taken:
        await gym.private_names.add(LIFTER, dumbbells, "Bench")
    assert taken.value.existing == Choice(bench, "Bench press")
    await gym.private_names.add(LIFTER, dumbbells, "Bench", anyway=True)
    assert current_name(await gym.notebook.pick(LIFTER, "bench")) == "Dumbbell press"
    assert current_name(await gym.notebook.write_set(LIFTER, "bench 30x8")) == "Dumbbell press"
    assert current_name(await gym.notebook.pick(STRANGER, "bench")) == "Bench press"
    assert sorted(await found(gym, "bench")) == ["Bench press", "Dumbbell press"]


@pytest.mark.parametrize("anyway", [False, True])
async def test_what_the_lifter_calls_something_else_so_is_taken(
    database: Database, gym: Gym, bench: int, dumbbells: int, *, anyway: bool
) -> None:
    own = await add_exercise(database, "My press", owner=LIFTER)
    await gym.private_names.add(LIFTER, bench, "flat one")
    for name, bearer in (("my press", own), ("Flat One", bench)):
        with pytest.raises(NameTakenError) as taken:
            await gym.private_names.add(LIFTER, dumbbells, name, anyway=anyway)
        assert taken.value.existing.id == bearer
    with pytest.raises(NameTakenError):
        await gym.exercises.rename(LIFTER, own, "flat one", anyway=anyway)
    await gym.private_names.add(STRANGER, dumbbells, "flat one")  # it is nothing to her


async def test_it_goes_again_and_both_are_taken_back(gym: Gym, bench: int) -> None:
    await gym.private_names.add(LIFTER, bench, "flat")
    assert (await gym.private_names.remove(LIFTER, bench, "FLAT")).private_aliases == ()
    assert await found(gym, "flat") == []
    await gym.undo.undo(LIFTER)
    assert await found(gym, "flat") == ["Bench press"]
    await gym.undo.undo(LIFTER)
    assert await found(gym, "flat") == []
    with pytest.raises(NotFoundError):
        await gym.private_names.remove(LIFTER, bench, "flat")


async def test_a_name_does_not_come_back_beside_an_own_exercise_of_that_name(
    database: Database, gym: Gym, bench: int
) -> None:
    await gym.private_names.add(LIFTER, bench, "flat")
    await gym.private_names.remove(LIFTER, bench, "flat")
    await add_exercise(database, "Flat", owner=LIFTER)
    with pytest.raises(NothingToUndoError):
        await gym.undo.undo(LIFTER)
    assert (await gym.exercises.get(LIFTER, bench)).private_aliases == ()


async def test_a_name_that_it_has_changes_nothing(database: Database, gym: Gym, bench: int) -> None:
    for name in ("bench PRESS", "flat", "Flat"):
        await gym.private_names.add(LIFTER, bench, name)
    assert (await gym.exercises.get(LIFTER, bench)).private_aliases == ("flat",)


async def test_only_for_what_everybody_sees(database: Database, gym: Gym, bench: int) -> None:
    own = await add_exercise(database, "Mine", owner=LIFTER)
    for exercise_id in (own, 404):
        for wish in (gym.private_names.add, gym.private_names.remove):
            for lifter_id in (LIFTER, STRANGER):
                with pytest.raises(NotFoundError):
                    await wish(lifter_id, exercise_id, "it")
    await gym.private_names.add(LIFTER, bench, "flat")
    with pytest.raises(NotFoundError):
        await gym.private_names.remove(STRANGER, bench, "flat")


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\0b"])
async def test_what_can_be_no_name_is_refused(gym: Gym, bench: int, name: str) -> None:
    with pytest.raises(InvalidValueError):
        await gym.private_names.add(LIFTER, bench, name)


async def test_there_is_an_end_to_them(database: Database, gym: Gym, bench: int) -> None:
    async with database.writing() as session:
        for number in range(MOST_ALIASES):
            name = f"name {number}"
            session.add(PrivateAlias(user_id=LIFTER, exercise_id=bench, alias=name, alias_key=name))
    with pytest.raises(InvalidValueError):
        await gym.private_names.add(LIFTER, bench, "one more")


async def test_of_two_who_take_a_name_at_once_one_gets_it(gym: Gym, bench: int, dumbbells: int) -> None:
    results = await asyncio.gather(
        *(gym.private_names.add(LIFTER, it, "flat") for it in (bench, dumbbells)), return_exceptions=True
    )
    assert {type(result) for result in results} == {ExerciseDetail, NameTakenError}


async def test_it_goes_along_when_its_exercise_is_merged(database: Database, gym: Gym, bench: int) -> None:
    await gym.private_names.add(LIFTER, bench, "flat")
    into = await add_exercise(database, "Press")
    await gym.exercises.merge(ADMIN, bench, into)
    assert (await gym.exercises.get(LIFTER, into)).private_aliases == ("flat",)
    assert current_name(await gym.notebook.pick(LIFTER, "flat")) == "Press"
    await gym.undo.undo(LIFTER)  # the pick
    await gym.undo.undo(LIFTER)
    assert (await gym.exercises.get(LIFTER, into)).private_aliases == ()


async def test_when_its_exercise_is_deleted_it_goes_and_comes_back_with_it(
    database: Database, gym: Gym, bench: int
) -> None:
    await gym.private_names.add(LIFTER, bench, "flat")
    await gym.private_names.add(STRANGER, bench, "her flat")
    await gym.exercises.delete(ADMIN, bench)
    assert await how_many(database, PrivateAlias) == 0
    await leave(gym, STRANGER)
    await gym.undo.undo(ADMIN)
    assert (await gym.exercises.get(LIFTER, bench)).private_aliases == ("flat",)
    assert await how_many(database, PrivateAlias) == 1
