"""Lifters in the gym, and what they lift."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.conftest import ADMIN
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter


@pytest.fixture
async def lifter(database: Database) -> int:
    """Lifts in kilograms."""
    return await add_lifter(database)


@pytest.fixture
async def everybody(database: Database) -> None:
    """Somebody, somebody else and an admin."""
    for lifter_id in (LIFTER, STRANGER, ADMIN):
        await add_lifter(database, lifter_id)


@pytest.fixture
async def bench(database: Database) -> int:
    """A weight-and-reps exercise with three minutes of rest."""
    return await add_exercise(database, "Bench press", aliases=["bench"], rest=180)


@pytest.fixture
async def squat(database: Database) -> int:
    """An exercise that leaves the rest to the lifter."""
    return await add_exercise(database, "Back squat", aliases=["squat"])
