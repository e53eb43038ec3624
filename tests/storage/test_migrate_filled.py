"""A database of the first release, with rows in every table, comes to this release with every row and value."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, select
from sqlalchemy.orm import selectinload

from storage.database import Database, open_engine
from storage.migrate import alembic_config, migrate
from storage.models import Base, ExerciseExecution, User, Workout
from storage.url import make_folder
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
Contents = dict[str, list[dict[str, Any]]]

_AT = datetime(2026, 1, 5, 18, 0, 0, 123456, tzinfo=UTC)
_LATER = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)
_BIG = 2**52 + 1
"""As Telegram's ids may become."""

_LIFTED: dict[str, Any] = {
    "execution_id": 41,
    "position": 0,
    "kind": "drop",
    "weight": 225_000,
    "unit": "lb",
    "weight_mg": 102_058_283,
    "clean_reps": 5,
    "forced_reps": 2,
    "rpe": 17,
    "duration": None,
    "distance": None,
    "distance_unit": None,
    "distance_mm": None,
    "note": "belt",
}
_CARRIED = _LIFTED | {
    "position": 1,
    "kind": "working",
    "weight": None,
    "unit": None,
    "weight_mg": None,
    "clean_reps": None,
    "forced_reps": 0,
    "rpe": None,
    "duration": 1500,
    "distance": 5_000,
    "distance_unit": "km",
    "distance_mm": 5_000_000,
    "note": "",
}

_FIRST_RELEASE: Rows = {
    "users": [
        {
            "id": _BIG,
            "name": "Ada ½",
            "unit": "lb",
            "default_rest": 90,
            "step": "asked",
            "unreachable_since": _AT,
            "created_at": _AT,
        },
        {
            "id": 7,
            "name": "",
            "unit": None,
            "default_rest": 0,
            "step": None,
            "unreachable_since": None,
            "created_at": _AT,
        },
    ],
    "exercises": [
        {
            "id": 21,
            "user_id": None,
            "name": "Bench press",
            "name_key": "bench press",
            "catalogue_key": "bench press",
            "body_part": "chest",
            "modality": "barbell",
            "measure": "weight_reps",
            "primary_muscles": ["chest"],
            "secondary_muscles": [],
            "default_rest": 180,
            "how": "Down, up.",
            "archived_at": None,
        },
        {
            "id": 22,
            "user_id": _BIG,
            "name": "Straße",
            "name_key": "strasse",
            "catalogue_key": None,
            "body_part": "cardio",
            "modality": "cardio",
            "measure": "distance_duration",
            "primary_muscles": [],
            "secondary_muscles": [],
            "default_rest": None,
            "how": "",
            "archived_at": _LATER,
        },
    ],
    "exercise_aliases": [
        {"id": 31, "exercise_id": 21, "alias": "Bench", "alias_key": "bench"},
        {"id": 32, "exercise_id": 22, "alias": "Run", "alias_key": "run"},
    ],
    "workouts": [
        {
            "id": 11,
            "user_id": _BIG,
            "title": "Push",
            "note": "cold",
            "started_at": _AT,
            "finished_at": _LATER,
            "revision": 9,
            "card_message_id": _BIG,
            "messages_below": 2,
        },
        {
            "id": 12,
            "user_id": _BIG,
            "title": "",
            "note": "",
            "started_at": _LATER,
            "finished_at": None,
            "revision": 0,
            "card_message_id": None,
            "messages_below": 0,
        },
    ],
    "exercise_executions": [
        {
            "id": 41,
            "workout_id": 11,
            "user_id": _BIG,
            "exercise_id": 21,
            "position": 0,
            "note": "seat 4",
            "focused_at": _AT,
        },
        {
            "id": 42,
            "workout_id": 12,
            "user_id": _BIG,
            "exercise_id": 22,
            "position": 0,
            "note": "",
            "focused_at": _LATER,
        },
    ],
    "sets": [
        {"id": 51, "logged_at": _AT, **_LIFTED},
        {"id": 52, "logged_at": _LATER, **_CARRIED},
    ],
    "targets": [{"id": 61, **_LIFTED}, {"id": 62, **_CARRIED}],
    "rest_timers": [
        {
            "id": 71,
            "user_id": _BIG,
            "workout_id": 12,
            "execution_id": 42,
            "started_at": _AT,
            "due_at": _LATER,
            "state": "running",
            "message_id": None,
        },
        {
            "id": 72,
            "user_id": _BIG,
            "workout_id": 11,
            "execution_id": 41,
            "started_at": _AT,
            "due_at": _LATER,
            "state": "ended",
            "message_id": 501,
        },
    ],
    "journal": [
        {
            "id": 81,
            "bot_id": 4242,
            "source": "telegram",
            "source_id": _BIG,
            "user_id": _BIG,
            "payload": {"update_id": _BIG, "message": {"text": "100x5 — ½"}},
            "status": "pending",
            "attempts": 1,
            "owed": None,
            "received_at": _AT,
            "finished_at": None,
        },
        {
            "id": 82,
            "bot_id": 4242,
            "source": "rest",
            "source_id": 71,
            "user_id": _BIG,
            "payload": {},
            "status": "applied",
            "attempts": 0,
            "owed": "card",
            "received_at": _AT,
            "finished_at": _LATER,
        },
    ],
}

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


def _fill(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "0001")
    metadata = MetaData()
    metadata.reflect(connection)
    filled = {"alembic_version", *_FIRST_RELEASE}
    assert metadata.tables.keys() == filled, "the first release has other tables than are filled here"
    for name, rows in _FIRST_RELEASE.items():
        table = metadata.tables[name]
        for row in rows:
            assert row.keys() == set(table.columns.keys()), name
            connection.execute(table.insert().values(row))


async def _filled(url: str) -> Contents:
    """Makes the first release's database there."""
    make_folder(url)
    engine = open_engine(url, foreign_keys=False)
    async with engine.begin() as connection:
        await connection.run_sync(_fill)
        contents = await connection.run_sync(_contents)
    await engine.dispose()
    return contents


def _contents(connection: Connection) -> Contents:
    metadata = MetaData()
    metadata.reflect(connection)
    return {
        name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for name, table in metadata.tables.items()
        if name != "alembic_version"
    }


async def test_every_row_and_value_of_the_first_release_survives(empty_url: str) -> None:
    before = await _filled(empty_url)
    assert all(before.values())
    await migrate(empty_url)
    engine = open_engine(empty_url)
    async with engine.connect() as connection:
        after = await connection.run_sync(_contents)
    await engine.dispose()
    assert after.keys() == Base.metadata.tables.keys()
    for name, rows in after.items():
        old, new = before.get(name, []), _NEW_SINCE.get(name, [{}] * len(before.get(name, [])))
        assert rows == [{**kept, **added} for kept, added in zip(old, new, strict=True)], name


async def test_what_survives_is_read_as_it_was_written(empty_url: str) -> None:
    await _filled(empty_url)
    await migrate(empty_url)
    database = Database(empty_url)
    async with database.reading() as session:
        user = await session.get_one(User, _BIG)
        under = selectinload(Workout.executions).selectinload(ExerciseExecution.sets)
        workout = await session.get_one(Workout, 11, options=[under])
    assert (user.name, user.unit, user.unreachable_since) == ("Ada ½", WeightUnit.LB, _AT)
    assert (workout.started_at, workout.finished_at) == (_AT, _LATER)
    first, second = workout.executions[0].sets
    assert first.entry == SetEntry(Weight.of(225, WeightUnit.LB), 5, 2, SetKind.DROP, Decimal("8.5"), note="belt")
    assert (second.duration, second.distance_mm) == (1500, 5_000_000)
    await database.close()
