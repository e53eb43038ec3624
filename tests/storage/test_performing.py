"""The queries behind logging a set."""

from __future__ import annotations

from storage import exercises, performing
from storage.database import Database
from storage.models import ExercisePreference, RestHabit, Target
from storage.values.name_key import name_key
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_workout, kg


async def test_the_lifter_comes_with_the_open_workout_that_is_theirs(database: Database, lifters: None) -> None:
    await add_workout(database, finished=True)
    await add_workout(database, STRANGER)
    async with database.writing() as session:
        assert await performing.lifter_and_workout(session, LIFTER) is None
    workout_id = await add_workout(database)
    async with database.writing() as session:
        found = await performing.lifter_and_workout(session, LIFTER)
    assert found is not None
    assert (found[0].id, found[1].id) == (LIFTER, workout_id)


async def test_executions_come_whole_in_their_order_with_what_their_lifter_prefers(
    database: Database, lifters: None
) -> None:
    bench, squat = [await add_exercise(database, name) for name in ("Bench press", "Back squat")]
    sets = {squat: [kg(140, 5), kg(150, 3)], bench: []}
    workout_id = await add_workout(database, performed=sets)
    async with database.writing() as session:
        rows = await performing.executions(session, workout_id)
        session.add_all(
            Target(execution_id=rows[0].execution.id, position=1 - place, entry=kg(9, place)) for place in (0, 1)
        )
        session.add(ExercisePreference(user_id=LIFTER, exercise_id=bench, rest=10))
        session.add(ExercisePreference(user_id=STRANGER, exercise_id=squat, rest=20))
        session.add(RestHabit(user_id=LIFTER, exercise_id=squat, length=90, times=1))
        session.add(RestHabit(user_id=STRANGER, exercise_id=bench, length=60, times=1))
    async with database.reading() as reading:
        found = await performing.executions(reading, workout_id)
    assert [
        (
            done.execution.exercise.name,
            [row.entry for row in done.execution.sets],
            [row.entry for row in done.execution.targets],
            done.preference and done.preference.rest,
            done.habit and done.habit.length,
        )
        for done in found
    ] == [("Back squat", sets[squat], [kg(9, 1), kg(9, 0)], None, 90), ("Bench press", [], [], 10, None)]


async def test_one_query_finds_by_exact_name_or_alias_what_two_would(database: Database, lifters: None) -> None:
    await add_exercise(database, "Bench press", aliases=["bench"])
    await add_exercise(database, "Bench", owner=LIFTER, aliases=["Bench!"])
    await add_exercise(database, "Bench", owner=STRANGER)
    await add_exercise(database, "Bench of old", aliases=["bench"], archived=True)
    await add_exercise(database, "Row", owner=STRANGER, aliases=["bench"])
    async with database.reading() as session:
        for text in ("bench", "Bench press", "row", "nothing"):
            key = name_key(text)
            expected = (await exercises.by_exact_keys(session, LIFTER, [key])).get(key, [])
            found = await exercises.exactly_named(session, LIFTER, key)
            assert [exercise.id for exercise in found] == [exercise.id for exercise in expected]
