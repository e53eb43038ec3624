"""What can't be taken back any more is dropped, and stands in the way of nothing that came before it."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select, update

from storage import changes
from storage.database import Database
from storage.models import Change, Exercise, ExerciseExecution, Set, Workout
from storage.values.change import ChangeKind
from storage.values.exercise import BodyPart, Measure, Modality
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.locks import are_waiting, held, one_after_the_other
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from tests.support.statements import counted
from tests.support.tables import contents
from tests.support.waiting import until
from training.edit import PlannedExercise
from training.errors import AnotherOpenError, NothingToUndoError
from training.exercise_detail import NewExercise
from training.gym import Gym
from training.undo import Undone

OTHER_ADMIN = 901

DIP = NewExercise("Dip", BodyPart.CHEST, Modality.BODYWEIGHT, Measure.BODYWEIGHT_REPS)


@pytest.fixture(autouse=True)
async def everybody(database: Database, gym: Gym) -> None:
    for lifter_id in (LIFTER, STRANGER, ADMIN, OTHER_ADMIN):
        await add_lifter(database, lifter_id)
    await gym.admins.grant(ADMIN, OTHER_ADMIN)


async def dropped(database: Database, gym: Gym, lifter_id: int) -> bool:
    """Whether the latest change is refused, changes nothing, and is the latest no more."""
    last, before = await gym.undo.latest(lifter_id), await contents(database)
    assert last is not None
    with pytest.raises(NothingToUndoError):
        await gym.undo.undo(lifter_id, last.id)
    return await contents(database) == before and await gym.undo.latest(lifter_id) != last


async def test_what_needs_something_that_is_gone_is_dropped_and_the_one_before_it_is_the_latest(
    database: Database, gym: Gym, bench: int
) -> None:
    curl = await add_exercise(database, "Curl", owner=LIFTER)
    await gym.exercises.prefer(LIFTER, bench, rest=60)
    await gym.workouts.add_exercise(LIFTER, curl)
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    async with database.writing() as session:
        await session.delete(await session.get_one(Exercise, curl))
    assert await dropped(database, gym, LIFTER)
    assert await how_many(database, Workout) == 0
    assert await dropped(database, gym, LIFTER)  # the start of what is gone
    assert (await gym.undo.undo(LIFTER)).kind is ChangeKind.LIBRARY


async def test_what_would_open_a_second_workout_is_kept_until_the_first_one_is_over(
    database: Database, gym: Gym, bench: int
) -> None:
    await gym.workouts.add_exercise(LIFTER, bench)
    await gym.notebook.write(LIFTER, "100x5")
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    await add_workout(database)
    for _ in range(2):
        with pytest.raises(AnotherOpenError):
            await gym.undo.undo(LIFTER)


async def test_what_would_open_a_second_workout_is_refused_though_the_first_one_was_started_meanwhile(
    database: Database, gym: Gym, bench: int
) -> None:
    await gym.workouts.add_exercise(LIFTER, bench)
    await gym.notebook.write(LIFTER, "100x5")
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    last = await gym.undo.latest(LIFTER)
    if database.engine.dialect.name == "postgresql":
        async with held(database, select(Workout).where(Workout.id == card.workout_id)):
            undoing = asyncio.create_task(gym.undo.undo(LIFTER))
            await until(lambda: are_waiting(database, 1))
            another = await add_workout(database)
    else:  # there is one writer at a time
        another = await add_workout(database)
        undoing = asyncio.create_task(gym.undo.undo(LIFTER))
    with pytest.raises(AnotherOpenError) as refused:
        await undoing
    assert refused.value.workout_id == another
    assert await gym.undo.latest(LIFTER) == last


async def test_a_note_is_taken_back_beside_another_workout_that_is_open(
    database: Database, gym: Gym, bench: int
) -> None:
    workout_id = await add_workout(database, performed={bench: [kg(100, 5)]})
    await gym.history.describe(LIFTER, workout_id, note="tired")
    async with database.writing() as session:
        (await session.get_one(Workout, workout_id)).finished_at = MONDAY_EVENING
    await add_workout(database)
    await gym.undo.undo(LIFTER)
    now = await gym.history.detail(LIFTER, workout_id)
    assert (now.note, now.finished_at) == ("", MONDAY_EVENING)


async def test_a_swap_is_taken_back_though_what_it_swapped_in_was_merged(
    database: Database, gym: Gym, bench: int, squat: int
) -> None:
    front_squat = await add_exercise(database, "Front squat")
    workout_id = await add_workout(database, performed={bench: [kg(100, 5)]})
    before = await gym.history.detail(LIFTER, workout_id)
    await gym.editing.swap_exercise(LIFTER, before.executions[0].id, squat)
    await gym.exercises.merge(ADMIN, squat, front_squat)
    await gym.undo.undo(LIFTER)
    assert (await gym.history.detail(LIFTER, workout_id)).executions == before.executions


async def test_what_another_admin_changed_since_is_not_reverted(database: Database, gym: Gym, bench: int) -> None:
    await gym.exercises.change(ADMIN, bench, how="Lie down.")
    await gym.exercises.rename(OTHER_ADMIN, bench, "Chest press")
    await gym.exercises.archive(OTHER_ADMIN, bench)
    assert await dropped(database, gym, ADMIN)
    for _ in range(2):
        await gym.undo.undo(OTHER_ADMIN)
    now = await gym.exercises.get(ADMIN, bench)
    assert (now.name, now.is_archived, now.how) == ("Bench press", False, "Lie down.")


async def test_an_exercise_that_another_admin_gave_a_name_since_is_not_taken_away(database: Database, gym: Gym) -> None:
    dip = await gym.exercises.create(ADMIN, DIP, system=True)
    await gym.exercises.add_alias(OTHER_ADMIN, dip.id, "Dips")
    assert await dropped(database, gym, ADMIN)


async def test_a_workout_is_not_taken_away_with_what_can_not_be_taken_back(
    database: Database, gym: Gym, bench: int
) -> None:
    await gym.workouts.start(LIFTER)
    await gym.workouts.add_exercise(LIFTER, bench)
    last = await gym.undo.latest(LIFTER)
    assert last is not None
    async with database.writing() as session:
        await changes.drop(session, last.id)
    assert await dropped(database, gym, LIFTER)
    assert (await gym.workouts.card(LIFTER)).exercises == 1


async def test_an_exercise_that_somebody_wants_something_with_is_not_taken_away(database: Database, gym: Gym) -> None:
    dip = await gym.exercises.create(ADMIN, DIP, system=True)
    await gym.exercises.prefer(STRANGER, dip.id, rest=60)
    assert await dropped(database, gym, ADMIN)


async def test_a_name_that_another_exercise_took_since_does_not_come_back(
    database: Database, gym: Gym, bench: int, squat: int
) -> None:
    await gym.exercises.remove_alias(ADMIN, bench, "bench")
    await gym.exercises.add_alias(OTHER_ADMIN, squat, "bench")
    assert await dropped(database, gym, ADMIN)
    await gym.exercises.rename(ADMIN, bench, "Chest press")
    await gym.exercises.add_alias(OTHER_ADMIN, squat, "Bench press")
    assert await dropped(database, gym, ADMIN)
    assert (await gym.exercises.get(ADMIN, squat)).aliases == ("squat", "bench", "Bench press")


async def test_a_name_does_not_come_back_beside_itself(database: Database, gym: Gym, bench: int) -> None:
    await gym.exercises.remove_alias(ADMIN, bench, "bench")
    await gym.exercises.rename(OTHER_ADMIN, bench, "Bench")
    assert await dropped(database, gym, ADMIN)
    await gym.exercises.rename(ADMIN, bench, "Press")
    await gym.exercises.add_alias(OTHER_ADMIN, bench, "Bench")
    assert await dropped(database, gym, ADMIN)


async def test_names_come_back_to_an_exercise_with_more_than_can_be_added_since_a_merging(
    database: Database, gym: Gym
) -> None:
    old, new = [
        await add_exercise(database, name, owner=LIFTER, aliases=[f"{name} {number}" for number in range(30)])
        for name in ("Press 2", "Press")
    ]
    await gym.exercises.merge(LIFTER, old, new)
    before = await gym.exercises.get(LIFTER, new)
    await gym.exercises.rename(LIFTER, new, "Chest press")
    await gym.exercises.remove_alias(LIFTER, new, "Press 7")
    for _ in range(2):
        await gym.undo.undo(LIFTER)
    now = await gym.exercises.get(LIFTER, new)
    assert (now.name, set(now.aliases)) == (before.name, set(before.aliases))


async def test_sets_do_not_come_back_to_an_exercise_of_another_measure(
    database: Database, gym: Gym, bench: int
) -> None:
    workout_id = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    await gym.history.delete(LIFTER, workout_id)
    await gym.exercises.change(ADMIN, bench, measure=Measure.DURATION)
    assert await dropped(database, gym, LIFTER)
    assert await how_many(database, Set) == 0


async def test_sets_do_not_come_back_to_a_successor_of_another_measure(database: Database, gym: Gym) -> None:
    curl = await add_exercise(database, "Curl", owner=LIFTER)
    plank = await add_exercise(database, "Plank", owner=LIFTER, measure=Measure.DURATION)
    workout_id = await add_workout(database, finished=True, performed={curl: [kg(20, 8)]})
    await gym.history.delete(LIFTER, workout_id)
    await gym.exercises.merge(LIFTER, curl, plank)
    assert await dropped(database, gym, LIFTER)


async def test_what_stays_since_it_can_not_be_taken_back_closes_the_gap_before_it(
    database: Database, gym: Gym, bench: int, squat: int
) -> None:
    workout_id = await add_workout(database)
    await gym.workouts.add_exercise(LIFTER, bench)
    await gym.notebook.write_set(LIFTER, "squat 140x5")
    written = (await gym.history.detail(LIFTER, workout_id)).executions[1]
    await gym.editing.remove_set(LIFTER, written.sets[0].id)
    await gym.exercises.change(ADMIN, squat, measure=Measure.DURATION)
    for _ in range(2):
        assert await dropped(database, gym, LIFTER)
    await gym.undo.undo(LIFTER)
    async with database.reading() as session:
        left = await session.execute(select(ExerciseExecution.exercise_id, ExerciseExecution.position))
    assert left.all() == [(squat, 0)]


async def test_targets_do_not_come_back_to_an_exercise_of_another_measure(
    database: Database, gym: Gym, bench: int, squat: int
) -> None:
    earlier = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    started = await gym.history.start_from(LIFTER, earlier)
    await gym.editing.swap_exercise(LIFTER, started.workout.executions[0].id, squat)
    await gym.history.delete(LIFTER, earlier)
    await gym.undo.undo(LIFTER)
    async with database.writing() as session:
        await session.execute(update(Exercise).where(Exercise.id == bench).values(measure=Measure.DURATION))
    assert await dropped(database, gym, LIFTER)


async def test_a_measure_does_not_come_back_once_there_are_sets(database: Database, gym: Gym) -> None:
    plank = await add_exercise(database, "Plank")
    await gym.exercises.change(ADMIN, plank, measure=Measure.REPS)
    await gym.workouts.add_exercise(LIFTER, plank)
    await gym.notebook.write(LIFTER, "12")
    assert await dropped(database, gym, ADMIN)


async def test_a_measure_that_comes_back_makes_buttons_stale(gym: Gym, bench: int) -> None:
    await gym.exercises.change(ADMIN, bench, measure=Measure.REPS)
    before = await gym.workouts.add_exercise(LIFTER, bench)
    await gym.undo.undo(ADMIN)
    assert (await gym.workouts.card(LIFTER)).revision == before.revision + 1


async def test_what_was_recorded_without_what_it_left_is_taken_back(database: Database, gym: Gym, bench: int) -> None:
    await gym.workouts.add_exercise(LIFTER, bench)
    await gym.notebook.write(LIFTER, "100x5")
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    await gym.exercises.rename(ADMIN, bench, "Chest press")
    await gym.exercises.add_alias(ADMIN, bench, "chest")
    async with database.writing() as session:
        for change in await session.scalars(select(Change)):
            change.rows = [{name: row[name] for name in ("table", "key", "was")} for row in change.rows]
    for lifter_id, undoings in ((LIFTER, 3), (ADMIN, 2)):
        for _ in range(undoings):
            assert isinstance(await gym.undo.undo(lifter_id), Undone)
    assert await how_many(database, Workout) == 0
    now = await gym.exercises.get(LIFTER, bench)
    assert (now.name, now.aliases) == ("Bench press", ("bench",))


async def test_what_was_wanted_with_a_merged_exercise_is_dropped(database: Database, gym: Gym) -> None:
    old, new = await add_exercise(database, "Press 2"), await add_exercise(database, "Press")
    await gym.exercises.prefer(LIFTER, old, rest=60)
    await gym.exercises.merge(ADMIN, old, new)
    assert await dropped(database, gym, LIFTER)
    assert (await gym.exercises.get(LIFTER, new)).rest == 60


async def test_what_a_merge_under_way_forgets_is_not_taken_back(
    database: Database, gym: Gym, bench: int, squat: int
) -> None:
    await gym.exercises.add_alias(OTHER_ADMIN, squat, "low bar")
    results = await one_after_the_other(
        database,
        select(Exercise).where(Exercise.id == bench),
        gym.exercises.merge(ADMIN, bench, squat),
        gym.undo.undo(OTHER_ADMIN),
    )
    assert [type(it) for it in results if isinstance(it, BaseException)] == [NothingToUndoError]
    assert "low bar" in (await gym.exercises.get(LIFTER, squat)).aliases


async def test_what_comes_back_while_its_exercise_is_merged_comes_back_with_the_successor(
    database: Database, gym: Gym, bench: int, squat: int
) -> None:
    workout_id = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    await gym.history.delete(LIFTER, workout_id)
    results = await one_after_the_other(
        database,
        select(Exercise).where(Exercise.id == bench),
        gym.exercises.merge(ADMIN, bench, squat),
        gym.undo.undo(LIFTER),
    )
    assert [it for it in results if isinstance(it, BaseException)] == []
    async with database.reading() as session:
        assert (await session.scalars(select(ExerciseExecution.exercise_id))).all() == [squat]


async def test_undoing_and_merging_at_once_leave_nothing_with_what_was_merged(
    database: Database, gym: Gym, bench: int, squat: int
) -> None:
    for lifter_id in (LIFTER, STRANGER):
        workout_id = await add_workout(database, lifter_id, finished=True, performed={bench: [kg(100, 5)]})
        await gym.history.delete(lifter_id, workout_id)
    await gym.exercises.rename(OTHER_ADMIN, bench, "Chest press")
    results = await asyncio.gather(
        gym.undo.undo(LIFTER),
        gym.undo.undo(OTHER_ADMIN),
        gym.exercises.merge(ADMIN, bench, squat),
        gym.undo.undo(STRANGER),
        return_exceptions=True,
    )
    assert [type(it) for it in results if isinstance(it, BaseException)] in ([], [NothingToUndoError])
    async with database.reading() as session:
        assert (await session.scalars(select(ExerciseExecution.exercise_id))).all() == [squat, squat]


async def test_taking_back_a_replacement_takes_as_many_statements_for_fifty_exercises_as_for_five(
    database: Database, gym: Gym
) -> None:
    exercises = [await add_exercise(database, f"Exercise {number}") for number in range(100)]
    taken = []
    for number in (5, 50):
        before, after = exercises[:number], exercises[50 : 50 + number]
        workout_id = await add_workout(database, performed={it: [kg(100, 5), kg(90, 5)] for it in before})
        state = await contents(database)
        await gym.editing.replace_exercises(LIFTER, workout_id, [PlannedExercise(it, (kg(80, 8),)) for it in after])
        with counted(database) as statements:
            await gym.undo.undo(LIFTER)
        assert await contents(database) == state
        await gym.history.delete(LIFTER, workout_id)
        taken.append(len(statements))
    assert taken[0] == taken[1] <= 40
