"""However much all lifters have done, looking at what one of them has done reads that alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text

from storage.database import Database
from storage.models import ExerciseExecution, Set, User, Workout
from storage.values.lifted import SetKind
from storage.values.quantity import WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.plans import read_as_a_whole
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, kg
from tests.support.statements import counted
from training.gym import open_gym
from training.progress import MOST_WITH_RECORDS

OTHERS, EACH = 300, 10


async def others_have_trained(database: Database, exercise_id: int) -> None:
    people = [{"id": 1_000 + n, "name": "Ann", "created_at": MONDAY_EVENING, "default_rest": 0} for n in range(OTHERS)]
    workouts: list[dict[str, Any]] = []
    for person in people:
        for day in range(EACH):
            began = MONDAY_EVENING - timedelta(days=day)
            number = 10_000 + len(workouts)
            workouts.append({"id": number, "user_id": person["id"], "started_at": began, "finished_at": began})
    executions = [
        {
            "id": workout["id"],
            "workout_id": workout["id"],
            "user_id": workout["user_id"],
            "exercise_id": exercise_id,
            "position": 0,
            "focused_at": MONDAY_EVENING,
        }
        for workout in workouts
    ]
    weight = {"kind": SetKind.WORKING, "weight": 100_000, "unit": WeightUnit.KG, "weight_mg": 100_000_000}
    sets = [
        weight | {"execution_id": one["id"], "position": place, "clean_reps": 5, "logged_at": MONDAY_EVENING}
        for one in executions
        for place in range(2)
    ]
    async with database.writing() as session:
        for model, rows in ((User, people), (Workout, workouts), (ExerciseExecution, executions), (Set, sets)):
            await session.execute(insert(model), rows)
        await session.execute(text("ANALYZE"))


async def test_no_query_reads_the_sets_of_all_lifters(database: Database, clock: FakeClock, alarm: ManualAlarm) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench press")
    for day in range(20):
        began = MONDAY_EVENING - timedelta(days=7 * day)
        await add_workout(database, started_at=began, finished=True, performed={bench: [kg(100, 5)] * 3})
    await others_have_trained(database, bench)
    progress = open_gym(database, clock, alarm, admin_ids=()).progress
    with counted(database) as statements:
        await progress.overview(LIFTER)
        await progress.exercise(LIFTER, bench)
        await progress.parts(LIFTER)
        await progress.year(LIFTER)
        await progress.performed(LIFTER, 0)
    assert len(statements) > 10
    tables = ["workouts", "exercise_executions", "sets"]
    for statement in statements:
        assert not await read_as_a_whole(database, statement, tables), statement.text


async def test_what_is_brought_does_not_grow_with_the_sets_of_a_workout(
    database: Database, clock: FakeClock, alarm: ManualAlarm
) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench press")
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)] * 3})
    progress = open_gym(database, clock, alarm, admin_ids=()).progress
    with counted(database) as few:
        await progress.overview(LIFTER)
        await progress.exercise(LIFTER, bench)
    for day in range(1, MOST_WITH_RECORDS):
        began = MONDAY_EVENING - timedelta(days=day)
        await add_workout(database, started_at=began, finished=True, performed={bench: [kg(100, 5)] * 5})
    with counted(database) as many:
        await progress.overview(LIFTER)
        await progress.exercise(LIFTER, bench)
    assert len(many) <= len(few) + 1
