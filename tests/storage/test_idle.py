"""However many workouts there are, looking for idle ones goes through an index."""

from datetime import timedelta

from sqlalchemy import insert, text

from storage import history, idle
from storage.database import Database
from storage.models import IdleWatch, User, Workout
from storage.values.chat import WatchState
from tests.support.clock import MONDAY_EVENING
from tests.support.plans import read_as_a_whole
from tests.support.rows import LIFTER, STRANGER, add_lifter, add_workout, how_many
from tests.support.statements import counted

DONE = 3000
HOUR = timedelta(hours=1)


async def long_history(database: Database) -> None:
    """Thousands of workouts that are over, watches that have looked, and one open workout."""
    await add_lifter(database, LIFTER)
    await add_lifter(database, STRANGER)
    over = await add_workout(database, finished=True)
    await add_workout(database, STRANGER)
    async with database.writing() as session:
        started = [MONDAY_EVENING - timedelta(days=number) for number in range(DONE)]
        rows = [{"user_id": LIFTER, "started_at": at, "finished_at": at + HOUR} for at in started]
        await session.execute(insert(Workout), rows)
        others = [{"id": 1000 + number, "name": "", "created_at": MONDAY_EVENING} for number in range(100)]
        await session.execute(insert(User), others)
        watch = {"workout_id": over, "revision": 0, "has_asked": False, "state": WatchState.OVER}
        watches = [
            {**watch, "user_id": 1000 + number % 100, "quiet_since": at, "due_at": at + HOUR}
            for number, at in enumerate(started)
        ]
        await session.execute(insert(IdleWatch), watches)
        await session.execute(text("ANALYZE"))


async def test_looking_for_idle_workouts_reads_neither_all_workouts_nor_all_watches(database: Database) -> None:
    await long_history(database)
    with counted(database) as statements:
        async with database.writing() as session:
            await idle.watch_open(session, MONDAY_EVENING, HOUR, limit=10)
        async with database.writing() as session:
            (watch,) = await idle.claim_due(session, MONDAY_EVENING + HOUR, limit=10)
            assert await idle.watch_of(session, STRANGER, watch.id) is watch
            assert await idle.watch_of(session, LIFTER, watch.id) is None
            await idle.forget_others(session, STRANGER, watch.id)
            await idle.end(session, watch.workout_id)
    assert len(statements) > 5
    for statement in statements:
        assert not await read_as_a_whole(database, statement, ["workouts", "idle_watches"]), statement.text
    assert await how_many(database, IdleWatch) == DONE + 1


async def test_the_latest_workouts_are_found_without_reading_all(database: Database) -> None:
    await long_history(database)
    with counted(database) as statements:
        async with database.reading() as session:
            found = await history.latest_finished(session, LIFTER, limit=40)
            assert len(await history.latest_finished(session, LIFTER, before=found[5], limit=40)) == 40
            await history.exercise_names(session, [workout.id for workout in found])
    for statement in statements:
        assert not await read_as_a_whole(database, statement, ["workouts"]), statement.text
