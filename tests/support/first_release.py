"""A database of the first release, with rows in every table it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, select

from storage.database import open_engine
from storage.migrate import alembic_config
from storage.url import make_folder

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
Contents = dict[str, list[dict[str, Any]]]

AT = datetime(2026, 1, 5, 18, 0, 0, 123456, tzinfo=UTC)
LATER = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)
BIG = 2**52 + 1
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
            "id": BIG,
            "name": "Ada ½",
            "unit": "lb",
            "default_rest": 90,
            "step": "asked",
            "unreachable_since": AT,
            "created_at": AT,
        },
        {
            "id": 7,
            "name": "",
            "unit": None,
            "default_rest": 0,
            "step": None,
            "unreachable_since": None,
            "created_at": AT,
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
            "user_id": BIG,
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
            "archived_at": LATER,
        },
    ],
    "exercise_aliases": [
        {"id": 31, "exercise_id": 21, "alias": "Bench", "alias_key": "bench"},
        {"id": 32, "exercise_id": 22, "alias": "Run", "alias_key": "run"},
    ],
    "workouts": [
        {
            "id": 11,
            "user_id": BIG,
            "title": "Push",
            "note": "cold",
            "started_at": AT,
            "finished_at": LATER,
            "revision": 9,
            "card_message_id": BIG,
            "messages_below": 2,
        },
        {
            "id": 12,
            "user_id": BIG,
            "title": "",
            "note": "",
            "started_at": LATER,
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
            "user_id": BIG,
            "exercise_id": 21,
            "position": 0,
            "note": "seat 4",
            "focused_at": AT,
        },
        {
            "id": 42,
            "workout_id": 12,
            "user_id": BIG,
            "exercise_id": 22,
            "position": 0,
            "note": "",
            "focused_at": LATER,
        },
    ],
    "sets": [
        {"id": 51, "logged_at": AT, **_LIFTED},
        {"id": 52, "logged_at": LATER, **_CARRIED},
    ],
    "targets": [{"id": 61, **_LIFTED}, {"id": 62, **_CARRIED}],
    "rest_timers": [
        {
            "id": 71,
            "user_id": BIG,
            "workout_id": 12,
            "execution_id": 42,
            "started_at": AT,
            "due_at": LATER,
            "state": "running",
            "message_id": None,
        },
        {
            "id": 72,
            "user_id": BIG,
            "workout_id": 11,
            "execution_id": 41,
            "started_at": AT,
            "due_at": LATER,
            "state": "ended",
            "message_id": 501,
        },
    ],
    "journal": [
        {
            "id": 81,
            "bot_id": 4242,
            "source": "telegram",
            "source_id": BIG,
            "user_id": BIG,
            "payload": {"update_id": BIG, "message": {"text": "100x5 — ½"}},
            "status": "pending",
            "attempts": 1,
            "owed": None,
            "received_at": AT,
            "finished_at": None,
        },
        {
            "id": 82,
            "bot_id": 4242,
            "source": "rest",
            "source_id": 71,
            "user_id": BIG,
            "payload": {},
            "status": "applied",
            "attempts": 0,
            "owed": "card",
            "received_at": AT,
            "finished_at": LATER,
        },
    ],
}


async def made(url: str) -> None:
    """Its database without a row."""
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(_make)
    await engine.dispose()


def _make(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "0001")


def _fill(connection: Connection) -> None:
    _make(connection)
    metadata = MetaData()
    metadata.reflect(connection)
    known = {"alembic_version", *_FIRST_RELEASE}
    assert metadata.tables.keys() == known, "the first release has other tables than are filled here"
    for name, rows in _FIRST_RELEASE.items():
        table = metadata.tables[name]
        for row in rows:
            assert row.keys() == set(table.columns.keys()), name
            connection.execute(table.insert().values(row))


async def filled(url: str) -> Contents:
    """Makes the first release's database there."""
    make_folder(url)
    engine = open_engine(url, foreign_keys=False)
    async with engine.begin() as connection:
        await connection.run_sync(_fill)
        rows = await connection.run_sync(contents)
    await engine.dispose()
    return rows


def contents(connection: Connection) -> Contents:
    """Every row of every table there is, as the database has it."""
    metadata = MetaData()
    metadata.reflect(connection)
    return {
        name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for name, table in metadata.tables.items()
        if name != "alembic_version"
    }
