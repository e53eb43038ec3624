import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.models import Change, Exercise, ExerciseExecution, ExercisePreference, Set, User, Workout
from storage.values.exercise import BodyPart, Measure
from storage.values.finding import SearchFilter
from storage.values.lifted import SetEntry
from storage.values.quantity import WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from training.errors import (
    InvalidValueError,
    MeasureMismatchError,
    NotAllowedError,
    NotFoundError,
    TrainingError,
)
from training.gym import Gym

pytestmark = pytest.mark.usefixtures("everybody")

LAST_WEEK = MONDAY_EVENING - timedelta(days=7)


async def history(database: Database) -> list[tuple[int, int, list[SetEntry]]]:
    """Whose, which exercise, what was lifted."""
    async with database.reading() as session:
        executions = (await session.scalars(select(ExerciseExecution).order_by(ExerciseExecution.id))).all()
        rows = (await session.scalars(select(Set).order_by(Set.id))).all()
    return [(it.user_id, it.exercise_id, [row.entry for row in rows if row.execution_id == it.id]) for it in executions]


async def test_a_lifters_own_goes_into_another_one_with_its_history_and_names(database: Database, gym: Gym) -> None:
    old = await add_exercise(database, "Press 2", owner=LIFTER, aliases=["p2", "press"])
    new = await add_exercise(database, "Press", owner=LIFTER, aliases=["p"])
    both = {new: [kg(90, 5)], old: [kg(100, 5), kg(95, 6)]}
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed=both)
    open_id = await add_workout(database, performed={old: []})
    untouched = await add_workout(database, STRANGER)
    await gym.exercises.prefer(LIFTER, new, unit=WeightUnit.LB)
    merged = await gym.exercises.merge(LIFTER, old, new)
    assert merged == await gym.exercises.get(LIFTER, new)
    assert (merged.id, merged.name, merged.aliases) == (new, "Press", ("p", "Press 2", "p2"))
    assert merged.unit is WeightUnit.LB
    assert await history(database) == [
        (LIFTER, new, [kg(90, 5)]),
        (LIFTER, new, [kg(100, 5), kg(95, 6)]),
        (LIFTER, new, []),
    ]
    for text in ("press 2", "p2", "Press"):
        page = await gym.library.search(LIFTER, text)
        assert [choice.id for choice in page.choices] == [new]
    assert (await gym.library.search(LIFTER, "", SearchFilter(archived=True))).total == 0
    for wish in (gym.exercises.get, gym.exercises.unarchive, gym.exercises.delete, gym.workouts.add_exercise):
        with pytest.raises(NotFoundError):
            await wish(LIFTER, old)
    async with database.reading() as session:
        left = await session.get_one(Exercise, old)
        assert (left.merged_into_id, left.archived_at) == (new, MONDAY_EVENING)
        assert (await session.get_one(Workout, open_id)).revision == 2  # for the unit, and for the merging
        assert (await session.get_one(Workout, untouched)).revision == 0
    assert (await gym.exercises.rename(LIFTER, new, "Press 2")).name == "Press 2"


async def test_a_lifters_own_names_go_on_leading_them_to_a_system_exercise_and_nobody_else(
    database: Database, gym: Gym
) -> None:
    own = await add_exercise(database, "My bench", owner=LIFTER, aliases=["private"])
    bench = await add_exercise(database, "Bench press", aliases=["bench"])
    last = await add_exercise(database, "Flat bench press")
    await add_workout(database, finished=True, performed={own: [kg(100, 5)]})
    await add_workout(database, STRANGER, finished=True, performed={bench: [kg(80, 5)]})
    assert (await gym.exercises.merge(LIFTER, own, bench)).aliases == ("bench",)
    await gym.exercises.merge(ADMIN, bench, last)
    assert await history(database) == [(LIFTER, last, [kg(100, 5)]), (STRANGER, last, [kg(80, 5)])]
    for text in ("private", "my bench", "priv", "privaet"):
        assert [choice.id for choice in (await gym.library.search(LIFTER, text)).choices] == [last]
        assert (await gym.library.search(STRANGER, text)).total == 0
    assert (await gym.exercises.get(STRANGER, last)).aliases == ("Bench press", "bench")
    await gym.workouts.start(LIFTER)
    card = (await gym.notebook.write(LIFTER, "Private")).card
    assert card.current is not None
    assert card.current.name == "Flat bench press"


async def test_preferences_move_unless_there_are_some_for_the_successor(database: Database, gym: Gym) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    for lifter_id in (LIFTER, STRANGER):
        await gym.exercises.prefer(lifter_id, old, unit=WeightUnit.LB, rest=11)
    await gym.exercises.prefer(STRANGER, new, rest=22)
    await gym.exercises.merge(ADMIN, old, new)
    mine, theirs = await gym.exercises.get(LIFTER, new), await gym.exercises.get(STRANGER, new)
    assert (mine.unit, mine.rest) == (WeightUnit.LB, 11)
    assert (theirs.unit, theirs.rest) == (WeightUnit.KG, 22)
    assert await how_many(database, ExercisePreference) == 2


async def test_sets_of_another_measure_do_not_merge(database: Database, gym: Gym) -> None:
    held = await add_exercise(database, "Plank", owner=LIFTER, measure=Measure.DURATION)
    lifted = await add_exercise(database, "Press", owner=LIFTER)
    await add_workout(database, performed={held: [SetEntry(duration=60)], lifted: []})
    with pytest.raises(MeasureMismatchError) as refused:
        await gym.exercises.merge(LIFTER, held, lifted)
    assert (refused.value.have, refused.value.wanted) == (Measure.DURATION, Measure.WEIGHT_REPS)
    assert [exercise for _, exercise, _ in await history(database)] == [held, lifted]
    await gym.exercises.merge(LIFTER, lifted, held)
    assert [exercise for _, exercise, _ in await history(database)] == [held, held]


async def test_who_may_merge_what_into_what(database: Database, gym: Gym) -> None:
    mine = await add_exercise(database, "Mine", owner=LIFTER)
    theirs = await add_exercise(database, "Theirs", owner=STRANGER)
    admins = await add_exercise(database, "Admin's", owner=ADMIN)
    bench, squat = await add_exercise(database, "Bench"), await add_exercise(database, "Squat", part=BodyPart.LEGS)
    archived = await add_exercise(database, "Old", archived=True)
    refused: list[tuple[int, int, int, type[TrainingError]]] = [
        (LIFTER, bench, squat, NotAllowedError),
        (LIFTER, bench, mine, NotAllowedError),
        (ADMIN, bench, admins, NotAllowedError),
        (LIFTER, theirs, mine, NotFoundError),
        (LIFTER, mine, theirs, NotFoundError),
        (ADMIN, theirs, bench, NotFoundError),
        (ADMIN, bench, theirs, NotFoundError),
        (LIFTER, mine, 404, NotFoundError),
        (LIFTER, 404, mine, NotFoundError),
        (LIFTER, mine, archived, NotFoundError),
    ]
    for lifter_id, from_id, into_id, error in refused:
        with pytest.raises(error):
            await gym.exercises.merge(lifter_id, from_id, into_id)
    with pytest.raises(InvalidValueError) as same:
        await gym.exercises.merge(LIFTER, mine, mine)
    assert same.value.field == "into_id"
    async with database.reading() as session:
        assert (await session.scalars(select(Exercise).where(Exercise.merged_into_id.is_not(None)))).all() == []
    assert (await gym.exercises.merge(ADMIN, archived, bench)).aliases == ("Old",)


async def revisions(database: Database, workouts: Sequence[int]) -> list[int]:
    async with database.reading() as session:
        return [(await session.get_one(Workout, it)).revision for it in workouts]


async def test_merging_makes_buttons_stale_where_the_lifter_has_the_merged_one_and_nowhere_else(
    database: Database, gym: Gym
) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    did, prefers = [await add_lifter(database, lifter_id) for lifter_id in (901, 902)]
    await add_workout(database, did, started_at=LAST_WEEK, finished=True, performed={old: [kg(100, 5)]})
    await gym.exercises.prefer(prefers, old, unit=WeightUnit.LB)
    workouts = [
        await add_workout(database, LIFTER, performed={old: []}),
        await add_workout(database, did, performed={new: []}),
        await add_workout(database, prefers, performed={new: []}),
        await add_workout(database, STRANGER, performed={new: []}),
        await add_workout(database, ADMIN, performed={await add_exercise(database, "Dip"): []}),
        await add_workout(database, finished=True, performed={old: []}),
    ]
    await gym.exercises.merge(ADMIN, old, new)
    assert await revisions(database, workouts) == [1, 1, 1, 0, 0, 0]


async def test_merging_an_own_exercise_into_a_system_one_leaves_the_buttons_of_others_alone(
    database: Database, gym: Gym
) -> None:
    own, bench = await add_exercise(database, "My bench", owner=LIFTER), await add_exercise(database, "Bench press")
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={own: [kg(100, 5)]})
    workouts = [await add_workout(database, lifter_id, performed={bench: []}) for lifter_id in (LIFTER, STRANGER)]
    await gym.exercises.merge(LIFTER, own, bench)
    assert await revisions(database, workouts) == [1, 0]


async def test_what_was_merged_on_and_on_is_not_found_by_what_stands_in_place_of_its_name(
    database: Database, gym: Gym
) -> None:
    first, second = [await add_exercise(database, name, owner=LIFTER) for name in ("My bench", "My press")]
    bench = await add_exercise(database, "Bench press")
    await gym.exercises.merge(LIFTER, first, second)
    await gym.exercises.merge(LIFTER, second, bench)
    for text in ("merged", f"merged:{first}", "mergde"):
        assert (await gym.library.search(LIFTER, text)).total == 0
    for text in ("my bench", "my press", "My"):
        assert [choice.id for choice in (await gym.library.search(LIFTER, text)).choices] == [bench]


async def test_merging_puts_an_end_to_taking_back_what_was_changed_in_the_library_before(
    database: Database, gym: Gym
) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    mine = [await add_exercise(database, name, owner=LIFTER) for name in ("Mine", "Mine 2")]
    other_admin = await add_lifter(database, 901)
    async with database.writing() as session:
        (await session.get_one(User, other_admin)).is_admin = True

    async def who_can_take_back() -> list[int]:
        async with database.reading() as session:
            return sorted(await session.scalars(select(Change.user_id)))

    for admin in (ADMIN, other_admin):
        await gym.exercises.rename(admin, old, f"Press by {admin}")
    await gym.exercises.rename(LIFTER, mine[0], "My own")
    await gym.exercises.prefer(STRANGER, old, rest=60)
    assert await who_can_take_back() == [LIFTER, STRANGER, ADMIN, other_admin]
    await gym.exercises.merge(LIFTER, *mine)
    assert await who_can_take_back() == [STRANGER, ADMIN, other_admin]
    await gym.exercises.merge(other_admin, old, new)
    assert await who_can_take_back() == [STRANGER]


async def test_merging_forgets_only_what_was_changed_about_the_two(database: Database, gym: Gym) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    squat, other_admin = await add_exercise(database, "Squat"), await add_lifter(database, 901)
    await gym.admins.grant(ADMIN, other_admin)
    for admin in (ADMIN, other_admin):
        await gym.exercises.change(admin, squat, how=f"Low, says {admin}.")
        await gym.exercises.rename(admin, old, f"Press by {admin}")
        await gym.exercises.add_alias(admin, new, f"Press of {admin}")
        await gym.exercises.prefer(admin, old, rest=60)
    await gym.exercises.merge(ADMIN, old, new)
    assert await how_many(database, Change) == 2
    await gym.undo.undo(other_admin)
    assert (await gym.exercises.get(LIFTER, squat)).how == f"Low, says {ADMIN}."


async def test_merging_while_sets_are_logged_loses_none(database: Database, gym: Gym) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    lifters = [STRANGER, LIFTER]
    for lifter_id in lifters:
        await gym.workouts.add_exercise(lifter_id, old)
    sets = [gym.notebook.write(lifter_id, f"{100 + number}x5") for lifter_id in lifters for number in range(5)]
    results = await asyncio.gather(
        *sets[:5],
        gym.exercises.merge(ADMIN, old, new),
        gym.exercises.merge(ADMIN, new, old),
        *sets[5:],
        return_exceptions=True,
    )
    failures = [result for result in results if isinstance(result, BaseException)]
    assert [type(failure) for failure in failures] == [NotFoundError]
    assert await how_many(database, Set) == 10
    assert len({exercise for _, exercise, _ in await history(database)}) == 1


async def test_what_is_being_merged_is_picked_before_or_not_at_all(database: Database, gym: Gym) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    picks = [gym.workouts.add_exercise(lifter_id, old) for lifter_id in (LIFTER, STRANGER, ADMIN)]
    merging = gym.exercises.merge(ADMIN, old, new)
    results = await asyncio.gather(picks[0], merging, *picks[1:], return_exceptions=True)
    failures = [result for result in results if isinstance(result, BaseException)]
    assert all(isinstance(failure, NotFoundError) for failure in failures)
    assert [exercise for _, exercise, _ in await history(database)] == [new] * (3 - len(failures))
