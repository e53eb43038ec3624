"""What an import brings, what it leaves, and that it can be taken back."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from storage import taking_in
from storage.database import Database
from storage.models import Change, Exercise, ExercisePreference, ImportedWorkout, Reminder, User, Workout
from storage.values.change import ChangeKind
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import WeightUnit
from tests.conftest import ADMIN
from tests.support.accounts import add_account, add_library
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import BOT, LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from training.accounts.format import ExportKind
from training.accounts.importing import Imported, ImportPreview
from training.errors import NothingToUndoError, StaleButtonError
from training.gym import Gym

LAST_WEEK = MONDAY_EVENING - timedelta(days=7)


async def exported(gym: Gym, lifter_id: int = LIFTER) -> bytes:
    return (await gym.exports.export(lifter_id, ExportKind.JSON, "Workout")).content


async def offered(gym: Gym, content: bytes, lifter_id: int = STRANGER) -> ImportPreview:
    return await gym.imports.offer(lifter_id, "spotter.json", content)


async def imported(gym: Gym, content: bytes, lifter_id: int = STRANGER) -> Imported:
    preview = await offered(gym, content, lifter_id)
    assert preview.import_id is not None
    result = await gym.imports.load(lifter_id, preview.import_id, preview.revision)
    assert isinstance(result, Imported)
    return result


@pytest.fixture
async def account(database: Database) -> int:
    """A lifter's own exercise, a library one, three workouts; somebody else has nothing yet."""
    await add_lifter(database)
    await add_lifter(database, STRANGER, unit=None)
    bench = await add_exercise(database, "Bench Press")
    yoke = await add_exercise(database, "Yoke", owner=LIFTER, aliases=["Frame carry"])
    for days in range(3):
        started_at = LAST_WEEK + timedelta(days=days)
        performed = {bench: [kg(100, 5)], yoke: [kg(90, 1)]}
        await add_workout(database, started_at=started_at, finished=True, performed=performed)
    return yoke


async def test_the_preview_says_what_comes_and_nothing_is_changed(account: int, database: Database, gym: Gym) -> None:
    preview = await offered(gym, await exported(gym))
    assert (preview.workouts, preview.sets, preview.same, preview.differing) == (3, 6, 0, 0)
    assert (preview.first, preview.last) == (LAST_WEEK, LAST_WEEK + timedelta(days=2))
    assert (preview.makes, preview.makes_of_library, preview.settings) == (("Yoke",), (), True)
    assert (await gym.leaving.holdings(STRANGER)).workouts == 0
    assert await gym.imports.latest(STRANGER) == preview


async def test_what_is_here_stays_and_only_the_rest_comes(account: int, database: Database, gym: Gym) -> None:
    content = await exported(gym)
    squat = await add_exercise(database, "Squat")
    await add_workout(database, STRANGER, started_at=LAST_WEEK, finished=True, performed={squat: [kg(1, 1)]})
    preview = await offered(gym, content)
    assert (preview.workouts, preview.differing, preview.settings, preview.keeps_settings) == (2, 1, False, True)
    result = await imported(gym, content)
    assert (result.workouts, result.left, result.exercises, result.settings) == (2, 1, 1, False)
    again = await offered(gym, content)
    assert (again.import_id, again.same, again.differing) == (None, 2, 1)


async def test_an_open_workout_stays_out_while_another_is_open(account: int, database: Database, gym: Gym) -> None:
    await add_workout(database, performed={account: [kg(90, 1)]})
    content = await exported(gym)
    mine = await add_workout(database, STRANGER, started_at=MONDAY_EVENING - timedelta(minutes=5))
    assert (await offered(gym, content)).left_open
    assert (await imported(gym, content)).workouts == 3
    async with database.writing() as session:
        (await session.get_one(Workout, mine)).finished_at = MONDAY_EVENING
    preview = await offered(gym, content)
    assert (preview.workouts, preview.has_open) == (1, True)


async def test_what_the_library_lacks_or_measures_otherwise_becomes_the_lifters_own(
    account: int, database: Database, gym: Gym
) -> None:
    plank = await add_exercise(database, "Plank", measure=Measure.DURATION)
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={plank: [SetEntry(duration=60)]})
    document = json.loads(await exported(gym))
    for exercise in document["exercises"]:
        if exercise["name"] == "Bench Press":
            exercise["name"] = "Bench Press (Here unknown)"
    content = json.dumps(document).encode()
    async with database.writing() as session:
        (await session.get_one(Exercise, plank)).name_key = "not a plank any more"
    await add_exercise(database, "Plank", measure=Measure.REPS)
    await add_exercise(database, "yoke", owner=STRANGER, measure=Measure.REPS)
    preview = await offered(gym, content)
    assert preview.makes == ("Yoke (2)",)
    assert preview.makes_of_library == ("Bench Press (Here unknown)", "Plank")
    await imported(gym, content)
    assert (await offered(gym, content)).import_id is None
    once = await exported(gym, STRANGER)
    await add_lifter(database, 99, unit=None)
    await imported(gym, once, 99)
    assert await exported(gym, 99) == once


async def test_of_many_that_are_called_alike_and_measured_otherwise_each_finds_its_number(
    account: int, database: Database, gym: Gym
) -> None:
    stem = 95 * "y"
    for number in ("", *(f" ({number})" for number in range(2, 13))):
        name = f"{stem[: 100 - len(number)]}{number}"
        await add_exercise(database, name, owner=STRANGER, measure=Measure.REPS)
    document = json.loads(await exported(gym))
    yoke = document["exercises"][1]
    document["exercises"] += [yoke | {"name": f"{stem}{end}", "aliases": []} for end in ("", "AB", "CDEFG")]
    document["exercises"].append(yoke | {"name": f"{stem}CDEFG", "measure": "duration", "own": False, "aliases": []})
    content = json.dumps(document).encode()
    preview = await offered(gym, content)
    # "yyy…(10)" leaves one letter less of it than "yyy…(9)" does.
    assert preview.makes == ("Yoke", f"{stem} (13)", f"{stem}AB", f"{stem}CDEFG")
    await imported(gym, content)
    assert (await offered(gym, content)).import_id is None


async def test_a_merged_exercise_is_known_by_what_it_has_become(account: int, database: Database, gym: Gym) -> None:
    content = await exported(gym)
    frame = await add_exercise(database, "Frame", owner=LIFTER)
    await gym.exercises.merge(LIFTER, account, frame)
    preview = await offered(gym, content, LIFTER)
    assert (preview.import_id, preview.same) == (None, 3)


async def test_one_that_has_become_everybodys_is_that_one(account: int, database: Database, gym: Gym) -> None:
    content = await exported(gym)
    proposal = await gym.proposals.propose(LIFTER, account, BOT)
    await add_lifter(database, ADMIN)
    await gym.proposals.accept(ADMIN, proposal.id, proposal.mark, BOT)
    preview = await offered(gym, content, LIFTER)
    assert (preview.import_id, preview.same) == (None, 3)
    assert (await offered(gym, content)).makes == ("Yoke",)


async def test_undo_takes_the_whole_import_back(account: int, database: Database, gym: Gym) -> None:
    before = await exported(gym, STRANGER)
    content = await exported(gym)
    await imported(gym, content)
    assert await exported(gym, STRANGER) == content
    last = await gym.undo.latest(STRANGER)
    assert last is not None
    assert last.kind is ChangeKind.IMPORTED
    undone = await gym.undo.undo(STRANGER)
    assert undone.kind is ChangeKind.IMPORTED
    assert await exported(gym, STRANGER) == before
    assert await how_many(database, Change) == await how_many(database, ImportedWorkout) == 0
    with pytest.raises(NothingToUndoError):
        await gym.undo.undo(STRANGER)
    assert await exported(gym) == content


async def test_what_was_taken_back_is_not_said_to_be_imported(account: int, gym: Gym) -> None:
    preview = await offered(gym, await exported(gym))
    assert preview.import_id is not None
    for _ in range(2):
        assert isinstance(await gym.imports.load(STRANGER, preview.import_id, preview.revision), Imported)
    await gym.undo.undo(STRANGER)
    with pytest.raises(StaleButtonError):
        await gym.imports.load(STRANGER, preview.import_id, preview.revision)


async def test_undo_puts_everything_back_whatever_the_account_was(database: Database, gym: Gym) -> None:
    library = await add_library(database)
    for number in range(6):
        source, target = 2_000 + number, 3_000 + number
        await add_account(database, source, library, Random(number))  # noqa: S311 -- the same each time
        await add_account(database, target, library, Random(100 + number))  # noqa: S311 -- as above
        before, content = await exported(gym, target), await exported(gym, source)
        preview = await offered(gym, content, target)
        if preview.import_id is not None:
            await gym.imports.load(target, preview.import_id, preview.revision)
            assert (await offered(gym, content, target)).import_id is None
            await gym.undo.undo(target)
        assert (await exported(gym, target)).decode() == before.decode()


async def test_what_was_changed_since_stays_when_the_import_is_taken_back(
    account: int, database: Database, gym: Gym, clock: FakeClock
) -> None:
    await imported(gym, await exported(gym))
    async with database.writing() as session:
        workout = (await session.scalars(select(Workout).where(Workout.user_id == STRANGER).limit(1))).one()
        workout.note = "changed by what can't be undone any more"
    await gym.lifters.change_settings(STRANGER, default_rest=77)
    clock.advance(timedelta(days=29))
    await gym.undo.undo(STRANGER)
    document = json.loads(await exported(gym, STRANGER))
    assert [workout["note"] for workout in document["workouts"]] == ["changed by what can't be undone any more"]
    assert [exercise["name"] for exercise in document["exercises"]] == ["Bench Press", "Yoke"]
    assert (document["settings"]["default_rest"], document["settings"]["unit"]) == (77, None)


async def test_reminders_come_by_the_clock_of_the_zone_that_is_taken_over(
    account: int, database: Database, gym: Gym
) -> None:
    await gym.lifters.change_settings(LIFTER, time_zone="Asia/Tokyo")
    document = json.loads(await exported(gym)) | {"reminders": None}
    await gym.reminders.set_day(STRANGER, 1, on=True)

    async def hour_in_utc() -> int:
        async with database.reading() as session:
            return (await session.scalars(select(Reminder))).one().due_at.hour

    assert await hour_in_utc() == 18
    await imported(gym, json.dumps(document).encode())
    assert await hour_in_utc() == 9
    await gym.undo.undo(STRANGER)
    assert await hour_in_utc() == 18


async def test_after_thirty_days_it_stays(account: int, gym: Gym, clock: FakeClock) -> None:
    await imported(gym, await exported(gym))
    clock.advance(timedelta(days=31))
    with pytest.raises(NothingToUndoError):
        await gym.undo.undo(STRANGER)


class GoneError(Exception):
    """The process has died."""


@asynccontextmanager
async def dying(monkeypatch: pytest.MonkeyPatch, at: int, name: str) -> AsyncIterator[None]:
    """The process dies as it calls this query for the time that is said."""
    calls, real = 0, getattr(taking_in, name)

    async def call(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise GoneError
        return await real(*args)

    with monkeypatch.context() as patch, suppress(GoneError):
        patch.setattr(taking_in, name, call)
        yield
    assert calls == at


@pytest.mark.parametrize("at", [1, 2, 3])
async def test_an_import_that_is_cut_short_goes_on_and_can_be_taken_back(
    account: int, gym: Gym, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr("training.accounts.importing._AT_ONCE", 1)
    monkeypatch.setattr("training.accounts.undoing._WORKOUTS_AT_ONCE", 1)
    content, before = await exported(gym), await exported(gym, STRANGER)
    preview = await offered(gym, content)
    assert preview.import_id is not None
    async with dying(monkeypatch, at, "add_workouts"):
        await gym.imports.load(STRANGER, preview.import_id, preview.revision)
    result = await gym.imports.latest(STRANGER)
    assert isinstance(result, Imported)
    assert result.workouts == 3
    assert await exported(gym, STRANGER) == content
    async with dying(monkeypatch, 2, "remove"):
        await gym.undo.undo(STRANGER)
    await gym.undo.finish(STRANGER)
    assert await exported(gym, STRANGER) == before


async def test_sets_are_brought_a_few_at_a_time(account: int, gym: Gym, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.accounts.importing._LIFTED_AT_ONCE", 5)
    content, preview = await exported(gym), await offered(gym, await exported(gym))
    assert preview.import_id is not None
    async with dying(monkeypatch, 2, "add_workouts"):
        await gym.imports.load(STRANGER, preview.import_id, preview.revision)
    assert (await gym.leaving.holdings(STRANGER)).workouts == 2
    assert isinstance(await gym.imports.latest(STRANGER), Imported)
    assert await exported(gym, STRANGER) == content


async def test_half_an_import_can_be_taken_back_too(account: int, gym: Gym, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.accounts.importing._AT_ONCE", 1)
    before, preview = await exported(gym, STRANGER), await offered(gym, await exported(gym))
    assert preview.import_id is not None
    async with dying(monkeypatch, 2, "add_workouts"):
        await gym.imports.load(STRANGER, preview.import_id, preview.revision)
    await gym.undo.undo(STRANGER)
    assert await exported(gym, STRANGER) == before


async def test_finishing_an_undo_leaves_an_import_alone_that_nobody_takes_back(account: int, gym: Gym) -> None:
    content = await exported(gym)
    await imported(gym, content)
    await gym.undo.finish(STRANGER)
    assert await exported(gym, STRANGER) == content


async def test_where_the_account_has_changed_it_is_shown_anew(account: int, database: Database, gym: Gym) -> None:
    preview = await offered(gym, await exported(gym))
    assert preview.import_id is not None
    bench = await add_exercise(database, "Squat")
    await add_workout(database, STRANGER, started_at=LAST_WEEK, finished=True, performed={bench: [kg(1, 1)]})
    anew = await gym.imports.load(STRANGER, preview.import_id, preview.revision)
    assert isinstance(anew, ImportPreview)
    assert (anew.revision, anew.workouts, anew.differing) == (1, 2, 1)
    with pytest.raises(StaleButtonError):
        await gym.imports.load(STRANGER, preview.import_id, preview.revision)
    assert isinstance(await gym.imports.load(STRANGER, preview.import_id, 1), Imported)
    again = await gym.imports.load(STRANGER, preview.import_id, 1)
    assert isinstance(again, Imported)
    assert (await gym.leaving.holdings(STRANGER)).workouts == 3


async def test_a_file_of_somebody_elses_is_one_that_does_not_exist(account: int, gym: Gym) -> None:
    preview = await offered(gym, await exported(gym))
    assert preview.import_id is not None
    for call in (gym.imports.load, gym.imports.drop):
        with pytest.raises(StaleButtonError):
            await call(LIFTER, preview.import_id, preview.revision)
    await gym.imports.drop(STRANGER, preview.import_id, preview.revision)
    assert await gym.imports.latest(STRANGER) is None


async def test_steps_stay_in_the_unit_that_they_were_written_in(account: int, database: Database, gym: Gym) -> None:
    document = json.loads(await exported(gym))
    document["settings"] |= {"unit": "lb", "weight_step": "5"}
    document["exercises"][0]["preference"] = {"weight_step": "10"}
    await imported(gym, json.dumps(document).encode())
    async with database.reading() as session:
        user = await session.get_one(User, STRANGER)
        assert (user.unit, user.weight_step) == (WeightUnit.LB, 5_000)
    await gym.undo.undo(STRANGER)
    await add_workout(database, STRANGER, started_at=LAST_WEEK - timedelta(days=9), finished=True)
    await gym.lifters.choose_unit(STRANGER, WeightUnit.KG)
    await imported(gym, json.dumps(document).encode())
    here = json.loads(await exported(gym, STRANGER))
    assert "preference" not in here["exercises"][0]


async def test_steps_of_the_unit_that_came_are_not_read_in_the_one_that_was_before(
    account: int, database: Database, gym: Gym
) -> None:
    bench, kept = await add_exercise(database, "Squat"), await add_exercise(database, "Deadlift")
    await gym.lifters.choose_unit(STRANGER, WeightUnit.KG)
    async with database.writing() as session:
        session.add(ExercisePreference(user_id=STRANGER, exercise_id=kept, weight_step=1_250))
    document = json.loads(await exported(gym))
    document["settings"] |= {"unit": "lb", "weight_step": None}
    await imported(gym, json.dumps(document).encode())
    async with database.writing() as session:
        (await session.get_one(User, STRANGER)).weight_step = 5_000
        session.add(ExercisePreference(user_id=STRANGER, exercise_id=bench, weight_step=10_000))
        opened = Workout(user_id=STRANGER, started_at=MONDAY_EVENING)
        session.add(opened)
    await gym.undo.undo(STRANGER)
    async with database.reading() as session:
        user = await session.get_one(User, STRANGER)
        assert (user.unit, user.weight_step) == (WeightUnit.KG, None)
        preferences = await session.scalars(select(ExercisePreference).where(ExercisePreference.user_id == STRANGER))
        assert {one.exercise_id: one.weight_step for one in preferences} == {bench: None, kept: 1_250}
        assert (await session.get_one(Workout, opened.id)).revision == 1
