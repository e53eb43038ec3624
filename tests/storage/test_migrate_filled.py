"""A database of the first release, with rows in every table, comes to this release with every row and value."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import selectinload

from storage.database import Database, open_engine
from storage.migrate import migrate
from storage.models import Base, ExerciseExecution, User, Workout
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.first_release import AT, BIG, LATER, Rows, contents, filled

_NEW_SINCE: Rows = {
    "users": [
        {"time_zone": "UTC", "warm_up_rest": 0, "weight_step": None, "is_admin": False, "leaving_since": None}
        | {"asks_rpe": False, "cleans_messages": False, "rests_alike": False, "drop_rest": 0, "warns_of_rest": False},
    ]
    * 2,
    "sets": [{"message_id": None, "message_edited_at": None}] * 2,
    "rest_timers": [{"planned": None, "wanted": None, "warns": False}] * 2,
    "rest_habits": [],
    "pastes": [],
    "library_documents": [],
    "timers": [],
    "account_imports": [],
    "imported_workouts": [],
    "exercises": [{"weight_step": None, "weight_step_unit": None, "merged_into_id": None, "is_edited": False}] * 2,
    "workouts": [{"finished_before": None, "ends_at": None}] * 2,
    "exercise_executions": [{"superset": None, "turned": None}] * 2,
    "exercise_preferences": [],
    "changes": [],
    "journal": [{"has_effect": False}, {"has_effect": True}],
    "replicas": [],
    "lanes": [],
    "duties": [],
    "idle_watches": [],
    "audit": [],
    "announcements": [],
    "deliveries": [],
    "private_aliases": [],
    "proposals": [],
    "proposal_notices": [],
    "reminder_plans": [],
    "reminders": [],
}


async def test_every_row_and_value_of_the_first_release_survives(empty_url: str) -> None:
    before = await filled(empty_url)
    assert all(before.values())
    await migrate(empty_url)
    engine = open_engine(empty_url)
    async with engine.connect() as connection:
        after = await connection.run_sync(contents)
    await engine.dispose()
    assert after.keys() == Base.metadata.tables.keys()
    for name, rows in after.items():
        old, new = before.get(name, []), _NEW_SINCE.get(name, [{}] * len(before.get(name, [])))
        assert rows == [{**kept, **added} for kept, added in zip(old, new, strict=True)], name


async def test_what_survives_is_read_as_it_was_written(empty_url: str) -> None:
    await filled(empty_url)
    await migrate(empty_url)
    database = Database(empty_url)
    async with database.reading() as session:
        user = await session.get_one(User, BIG)
        under = selectinload(Workout.executions).selectinload(ExerciseExecution.sets)
        workout = await session.get_one(Workout, 11, options=[under])
    assert (user.name, user.unit, user.unreachable_since) == ("Ada ½", WeightUnit.LB, AT)
    assert (workout.started_at, workout.finished_at) == (AT, LATER)
    first, second = workout.executions[0].sets
    assert first.entry == SetEntry(Weight.of(225, WeightUnit.LB), 5, 2, SetKind.DROP, Decimal("8.5"), note="belt")
    assert (second.duration, second.distance_mm) == (1500, 5_000_000)
    await database.close()


async def test_ids_of_rows_that_are_gone_are_not_given_again(tmp_path: Path) -> None:
    file = tmp_path / "spotter.db"
    await filled(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        with connection:
            connection.execute("UPDATE sqlite_sequence SET seq = seq + 70")
            connection.execute("DELETE FROM journal")
        given = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    await migrate(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        after = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    assert {"journal", "exercises", "rest_timers"} <= given.keys()
    assert {name: after.get(name) for name in given} == given
