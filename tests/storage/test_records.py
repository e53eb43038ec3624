from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import records
from storage.database import Database
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from tests.support.lifting import entries_of
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from training.records import best_of

NEW_LIFTERS = count(10_000)
NEW_NAMES = count()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.sampled_from(Measure).flatmap(lambda measure: st.lists(entries_of(measure), max_size=12)))
async def test_the_query_for_the_bests_says_what_the_sets_come_to(database: Database, entries: list[SetEntry]) -> None:
    exercise_id = await add_exercise(database, f"Exercise {next(NEW_NAMES)}")
    lifter_id = await add_lifter(database, next(NEW_LIFTERS))
    for some in (entries[::2], entries[1::2]):
        await add_workout(database, lifter_id, finished=True, performed={exercise_id: some})
    async with database.reading() as session:
        found = await records.bests(session, lifter_id, [exercise_id])
    assert found.get(exercise_id, {}) == best_of(entries)


async def test_the_bests_are_the_lifters_own_of_these_exercises_without_the_workout_that_does_not_count(
    database: Database,
) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
    bench, squat, curl = [await add_exercise(database, name) for name in ("Bench press", "Back squat", "Curl")]
    await add_workout(database, finished=True, performed={bench: [kg(100, 5), kg(100, 6)], squat: [kg(140, 3)]})
    opened = await add_workout(database, performed={bench: [kg(60, 12)], curl: [kg(20, 8)]})
    await add_workout(database, STRANGER, performed={bench: [kg(180, 5)]})
    async with database.reading() as session:
        found = await records.bests(session, LIFTER, [bench, squat])
        assert found == {bench: best_of([kg(100, 6), kg(60, 12)]), squat: best_of([kg(140, 3)])}
        found = await records.bests(session, LIFTER, [bench, curl], without_workout=opened)
        assert found == {bench: best_of([kg(100, 6)])}
        assert await records.bests(session, LIFTER, []) == {}
